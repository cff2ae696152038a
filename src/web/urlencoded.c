#include "urlencoded.h"

#include "charset.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static struct str decode(struct ctx *ctx, struct str s)
{
    char *p = arena_alloc(ctx->arena, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '+') {
            c = ' ';
        } else if (c == '%' && i + 2 < s.n && hex_digit(s.p[i + 1]) >= 0 && hex_digit(s.p[i + 2]) >= 0) {
            c = (char)(hex_digit(s.p[i + 1]) * 16 + hex_digit(s.p[i + 2]));
            i += 2;
        }
        p[n++] = c;
    }
    return (struct str){p, n};
}

enum err urlencoded_parse(struct ctx *ctx, struct str body, struct str charset, struct part **ret, size_t *ret_n)
{
    if (body.n > URLENCODED_BYTES_MAX)
        return fail(ctx, ERR_TOO_LARGE, "a form without files of %zu bytes; at most %d are taken in", body.n,
                    URLENCODED_BYTES_MAX);
    size_t n_max = 1, n = 0;
    for (size_t i = 0; i < body.n; i++)
        n_max += body.p[i] == '&';
    if (n_max > URLENCODED_PARTS_MAX)
        return fail(ctx, ERR_TOO_LARGE, "a form with %zu fields; at most %d are taken in", n_max, URLENCODED_PARTS_MAX);
    struct part *parts = ARENA_ARRAY(ctx->arena, struct part, n_max);
    struct str pair;
    while (str_split(&body, '&', &pair)) {
        if (pair.n == 0)
            continue;
        ptrdiff_t equals = str_find_char(pair, '=');
        struct str name = equals < 0 ? pair : str_head(pair, (size_t)equals);
        struct str value = equals < 0 ? STR("") : str_skip(pair, (size_t)equals + 1);
        parts[n++] = (struct part){.name = decode(ctx, name), .value = decode(ctx, value)};
    }
    parts_to_utf8(ctx, parts, n, charset);
    *ret = parts;
    *ret_n = n;
    return OK;
}
