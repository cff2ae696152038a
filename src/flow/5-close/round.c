#include "round.h"

#include "case_promise.h"
#include "round_sql.h"

/* What happens once in each round: from one closing to the next opening, and until the next closing. */
static const enum event of_a_round[] = {EVENT_closed, EVENT_followed_up, EVENT_heard_closed, EVENT_considered,
                                        EVENT_replied_again};

static uint64_t bits_of(size_t n, const enum event *events)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < n; i++)
        bits |= EVENT_BIT(events[i]);
    return bits;
}

/* Set down the promises that begin with or are kept by these events, and let the events not have happened. */
static enum err end_some(struct ctx *ctx, const struct open_case *c, size_t n, const enum event *events)
{
    uint64_t bits = bits_of(n, events);
    for (size_t i = 0; i < c->routine->n_obligations; i++) {
        const struct obligation *o = &c->routine->obligations[i];
        bool begins = !o->from.is_due && bits & EVENT_BIT(o->from.event);
        if (!begins && (o->met_by & bits) != o->met_by)
            continue;
        TRY(round_keep(ctx, c->row.id, c->row.reopened, o->id));
        TRY(round_counted(ctx, c->row.id, o->id));
    }
    for (size_t i = 0; i < n; i++)
        TRY(round_forget(ctx, c->row.id, event_code(events[i])));
    return OK;
}

enum err round_end(struct ctx *ctx, struct open_case *c)
{
    struct facts facts;
    TRY(case_facts(ctx, c, &facts));
    if (!utc_is_none(facts.at[EVENT_heard_closed]))
        TRY(fact_set(ctx, c->row.id, event_code(EVENT_considered), ctx_now(ctx)));
    TRY(case_promises_refresh(ctx, c)); /* as it stands now, not as it stood at the latest step */
    TRY(end_some(ctx, c, ARRAY_LEN(of_a_round), of_a_round));
    TRY(round_end_survey(ctx, c->row.id, ctx_now(ctx)));
    TRY(case_set_reopened(ctx, c->row.id));
    c->row.reopened++;
    return OK;
}

enum err round_heard(struct ctx *ctx, const struct open_case *c)
{
    static const enum event of_a_message[] = {EVENT_heard_closed, EVENT_considered};
    struct facts facts;
    TRY(case_facts(ctx, c, &facts));
    if (utc_is_none(facts.at[EVENT_considered]))
        return OK; /* what came first is still waiting: its date stands */
    return end_some(ctx, c, ARRAY_LEN(of_a_message), of_a_message);
}
