#include "demo_routines.h"

#include "routine_version.h"
#include "town_sql.h"
#include "what_if.h"

/* The text with every `find` made into `put`. */
static struct str replaced(struct ctx *ctx, struct str text, struct str find, struct str put)
{
    struct out out = out_init(ctx->arena, ROUTINE_FILE_MAX);
    for (ptrdiff_t at = str_find(text, find); at >= 0; at = str_find(text, find)) {
        out_str(&out, str_head(text, (size_t)at));
        out_str(&out, put);
        text = str_skip(text, (size_t)at + find.n);
    }
    out_str(&out, text);
    return out_take(&out);
}

static const struct staff *person(const struct town *town, struct str login)
{
    for (size_t i = 0; i < town->n_staff; i++)
        if (str_eq(town->staff[i].login, login))
            return &town->staff[i];
    return NULL;
}

static enum err try_draft(struct ctx *ctx, const struct town *town, struct str code, struct str yaml)
{
    struct checked_text text;
    struct what_if_id id;
    bool more = true;
    TRY(routine_text_check(ctx, town, code, yaml, utc_to_date(ctx_now(ctx)), &text));
    if (text.routine == NULL)
        return fail(ctx, ERR_CORRUPT, "the renewed routine \"%.*s\" has faults", STR_ARG(code));
    TRY(what_if_ask(ctx, town, code, yaml, text.parent, &id));
    while (more)
        TRY(what_if_batch(ctx, &more));
    return OK;
}

static enum err renew(struct ctx *ctx, const struct demo_renewal *renewal)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct date today = utc_to_date(ctx_now(ctx));
    const struct routine_version *base = version_at(town, renewal->routine, today);
    const struct staff *by = person(town, renewal->by);
    if (base == NULL || by == NULL)
        return fail(ctx, ERR_CORRUPT, "no such routine or person: %.*s", STR_ARG(renewal->routine));
    struct town_routine_yaml_row row;
    TRY(town_routine_yaml(ctx, base->id, &row));
    struct str yaml = replaced(ctx, row.yaml, renewal->find, renewal->put);
    ctx->who = by->id;
    TRY(routine_draft_save(ctx, base, /* seen= */ 0, yaml));
    TRY(try_draft(ctx, town, base->code, yaml));
    if (renewal->days == 0)
        return OK;
    struct publish_order order = {.code = base->code,
                                  .seen = 1,
                                  .from = {today.days + (int32_t)renewal->days},
                                  .decided_by = renewal->decided_by,
                                  .number = renewal->number};
    enum publish_fault fault;
    struct str name;
    TRY(routine_publish(ctx, &order, &fault, &name));
    return fault == PUBLISH_OK ? OK
                               : fail(ctx, ERR_CORRUPT, "the routine \"%.*s\" is not published", STR_ARG(base->code));
}

enum err demo_routines(struct ctx *ctx, const struct demo_data *data)
{
    struct user_id before = ctx->who;
    for (size_t i = 0; i < data->n_renewals; i++)
        TRY(renew(ctx, &data->renewals[i]));
    ctx->who = before;
    return OK;
}
