#include "ahead_page.h"

/* The page says "at once: you get a number" itself. */
static bool is_acknowledgement(const struct obligation *obligation)
{
    return obligation->met_by & EVENT_BIT(EVENT_acknowledged);
}

enum err promises_ahead(struct ctx *ctx, const struct town *town, const struct ahead *a, struct promises_view *ret)
{
    struct facts facts = facts_begin();
    if (!feedback_type_find(a->type, &facts.type))
        facts.type = TYPE_unknown;
    facts.channel = a->channel;
    facts.contact_known = facts.reply_wanted = a->is_reachable;
    facts.at[EVENT_received] = a->received;
    struct utc_us now = ctx_now(ctx);
    const struct local_days *local = &town_days(town, a->unit->id)->local;
    struct promise *promises;
    size_t n, n_ahead = 0;
    TRY(routine_promises(ctx, a->routine, local, &facts, now, &promises, &n));
    for (size_t i = 0; i < n; i++)
        if (!is_acknowledgement(promises[i].obligation))
            promises[n_ahead++] = promises[i];
    struct promise_reader reader = {
        .routine = a->routine, .local = local, .today = utc_to_date(now), .with_explanations = true};
    struct promises_view rest = promise_views(ctx, &reader, promises, n_ahead);
    struct promise_view *dated = ARENA_ARRAY(ctx->arena, struct promise_view, rest.n_promises);
    size_t n_dated = 0;
    for (size_t i = 0; i < rest.n_promises; i++)
        if (a->with_undated || !when_is_none(rest.promises[i].due)) {
            dated[n_dated] = rest.promises[i];
            dated[n_dated++].mark = MARK_LATER;
        }
    *ret = (struct promises_view){dated, n_dated};
    return OK;
}
