#include "staff_notice.h"

#include "absence.h"
#include "staff_notice_sql.h"

static const char *const codes[] = {
#define NOTICE(code, place, text) [NOTICE_##code] = #code,
#include "notices.def"
#undef NOTICE
};

struct str notice_kind_code(enum notice_kind kind)
{
    return str_from(codes[kind]);
}

bool notice_kind_find(struct str code, enum notice_kind *ret)
{
    for (enum notice_kind kind = 0; kind < NOTICE_KIND_COUNT; kind++)
        if (str_eq(code, notice_kind_code(kind))) {
            *ret = kind;
            return true;
        }
    return false;
}

static enum err add(struct ctx *ctx, struct user_id to, enum notice_kind kind, struct case_id about, int64_t n,
                    struct notice_id *ret_id)
{
    struct staff_notice_add_row row = {{0}};
    enum err err = staff_notice_add(ctx, to, notice_kind_code(kind), about, n, ctx_now(ctx), &row);
    if (err != OK && err != ERR_NOT_FOUND) /* not found: the person has left */
        return err;
    *ret_id = row.id;
    return OK;
}

enum err staff_notice(struct ctx *ctx, struct user_id to, enum notice_kind kind, struct case_id about)
{
    struct notice_id id;
    struct user_id acts;
    if (to.v != ctx->who.v)
        TRY(add(ctx, to, kind, about, /* n= */ 1, &id));
    TRY(absence_stand_in(ctx, to, ctx_now(ctx), &acts));
    return acts.v == to.v || acts.v == ctx->who.v ? OK : add(ctx, acts, kind, about, /* n= */ 1, &id);
}

enum err staff_notice_alone(struct ctx *ctx, struct user_id to, enum notice_kind kind, struct case_id about)
{
    struct notice_id id;
    return to.v == ctx->who.v ? OK : add(ctx, to, kind, about, /* n= */ 1, &id);
}

enum err staff_notice_many(struct ctx *ctx, struct user_id to, enum notice_kind kind, int64_t n,
                           struct notice_id *ret_id)
{
    return add(ctx, to, kind, (struct case_id){0}, n, ret_id);
}
