#include "follow.h"

#include "follow_sql.h"
#include "intake.h"

struct str follow_number(struct ctx *ctx, struct str typed)
{
    enum { YEAR_DIGITS = 4, NUMBER_DIGITS = 4, MAX_DIGITS = 12 };
    char digits[MAX_DIGITS];
    size_t n = 0;
    for (size_t i = 0; i < typed.n; i++) {
        if (typed.p[i] < '0' || typed.p[i] > '9')
            continue;
        if (n == MAX_DIGITS)
            return str_trim(typed);
        digits[n++] = typed.p[i];
    }
    if (n <= YEAR_DIGITS)
        return str_trim(typed);
    int64_t number;
    if (!str_to_i64((struct str){digits + YEAR_DIGITS, n - YEAR_DIGITS}, &number))
        return str_trim(typed);
    struct out out = out_init(ctx->arena, 40);
    out_bytes(&out, digits, YEAR_DIGITS);
    out_char(&out, '-');
    out_padded(&out, number, NUMBER_DIGITS);
    return out_take(&out);
}

enum err follow_find(struct ctx *ctx, struct str number, struct str code, struct case_id *ret)
{
    struct str hash;
    TRY(intake_code_hash(ctx, code, &hash));
    struct case_by_code_row row;
    TRY(case_by_code(ctx, follow_number(ctx, number), hash, &row));
    *ret = row.id;
    return OK;
}
