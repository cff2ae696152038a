#include "prevention.h"

#include "db.h"
#include "document.h"

static bool is_measure(const struct prevention *p)
{
    return str_eq(p->kind, STR("measure"));
}

struct str prevention_lacks(const struct prevention *p)
{
    if (!is_measure(p) && !str_eq(p->kind, STR("none")))
        return STR("prevention");
    if (str_is_empty(str_trim(p->text)))
        return STR("prevention_text");
    if (is_measure(p) && (date_is_none(p->due) || p->user.v == 0))
        return STR("prevention_due");
    return STR("");
}

enum err prevention_add(struct ctx *ctx, struct open_case *c, const struct prevention *p)
{
    struct str lacks = prevention_lacks(p);
    if (!str_is_empty(lacks))
        return fail(ctx, ERR_INVALID, "the preventive measure is not whole: %.*s", STR_ARG(lacks));
    bool is_needed = is_measure(p);
    if (is_needed && town_staff(c->town, p->user) == NULL)
        return fail(ctx, ERR_INVALID, "nobody has the number %lld", (long long)p->user.v);
    struct document_id words;
    TRY(document_add(
        ctx, c->row.id, /* number= */ 0,
        &(struct new_document){.kind = "prevention", .direction = "internal", .body = p->text, .user = ctx->who},
        &words));
    struct prevention_insert_row row;
    TRY(prevention_insert(ctx, c->row.id, words, is_needed, is_needed ? p->user : (struct user_id){0},
                          is_needed ? date_end(p->due) : UTC_NONE, ctx_now(ctx), &row));
    return case_step(ctx, c, STEP_prevent,
                     &(struct step_note){.data = STEP_DATA(ctx, {"prevention", p->kind}), .document = words});
}

enum err prevention_done(struct ctx *ctx, struct str number, struct prevention_id id)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    int64_t n_changed;
    TRY(prevention_tick(ctx, id, c.row.id, ctx_now(ctx), ctx->who, &n_changed));
    if (n_changed != 1)
        return fail(ctx, ERR_NOT_FOUND, "this measure is done already, or is none of this case");
    TRY(case_step(ctx, &c, STEP_prevent_done, &(struct step_note){0}));
    return tx_commit(&tx);
}
