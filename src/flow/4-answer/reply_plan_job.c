/* Sends the replies whose chosen moment has come, and calls off those that no longer are what was looked at. The case
 * is locked and everything is asked again before anything goes: of two hosts, and of a person and this job, one is
 * first. */
#include "case_promise.h"
#include "db.h"
#include "job.h"
#include "reply_plan.h"
#include "site.h"

/* One row, and where the job works. */
struct looking {
    const struct job_place *place;
    struct reply_plan_ready_row row;
};

enum { PLAN_BATCH = 20, PLAN_ARENA_MAX = 16 << 20 };

/* Why it must not go; STR_NONE: it may. */
static enum err find_change(struct ctx *ctx, const struct open_case *c, const struct reply_plan_get_row *row,
                            const struct draft *draft, struct str *ret)
{
    const struct staff *by = town_staff(c->town, row->by);
    *ret = STR_NONE;
    if (!case_may(c, STEP_reply_planned))
        *ret = STR("state");
    else if (c->row.unit.v != row->unit.v)
        *ret = STR("unit");
    else if (c->row.owner.v != row->owner.v || by == NULL || !by->active)
        *ret = STR("owner");
    else if (draft->version != row->draft_version)
        *ret = STR("draft");
    if (!str_is_none(*ret) || utc_cmp(row->send, ctx_now(ctx)) > 0)
        return OK;
    struct facts facts;
    struct gate_state *gates;
    size_t n;
    TRY(case_facts(ctx, c, &facts));
    routine_gates(ctx, c->routine, GATE_reply, &facts, ctx_now(ctx), &gates, &n);
    if (!gates_are_open(gates, n))
        *ret = STR("gate");
    return OK;
}

static enum err send(struct ctx *ctx, const struct looking *look, struct open_case *c,
                     const struct reply_plan_get_row *row, const struct draft *draft)
{
    struct draft other;
    const struct answer answer = {
        .text = draft->text,
        .draft_version = draft->version,
        .measure_kind = str_is_empty(draft->measure_kind) ? STR_NONE : draft->measure_kind,
        .measure = draft->measure,
        .corrected = draft->corrected,
        .apology = draft->apology,
        .follow = follow_address(ctx, look->place->server, look->place->municipality),
    };
    return answer_send_locked(ctx, c, &answer, STEP_reply_planned, row->by, &other);
}

static enum err look(struct ctx *ctx, void *p)
{
    const struct looking *looking = p;
    const struct reply_plan_ready_row *ready = &looking->row;
    struct open_case c;
    struct reply_plan_get_row row;
    struct draft draft;
    struct str why;
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(case_open_by_id(ctx, ready->case_id, &c));
    TRY(reply_plan_get(ctx, ready->id, &row));
    if (!utc_is_none(row.ended))
        return OK; /* by somebody else, a moment ago */
    TRY(answer_draft(ctx, ready->case_id, &draft));
    TRY(find_change(ctx, &c, &row, &draft, &why));
    if (!str_is_none(why))
        TRY(reply_plan_drop(ctx, &c, why));
    else if (utc_cmp(row.send, ctx_now(ctx)) <= 0)
        TRY(send(ctx, looking, &c, &row, &draft));
    return tx_commit(&tx);
}

enum err reply_plan_job(struct ctx *ctx, const struct job_place *place, bool *ret_more)
{
    struct reply_plan_ready_row *ready;
    size_t n;
    TRY(reply_plan_ready(ctx, ctx_now(ctx), PLAN_BATCH, &ready, &n));
    for (size_t i = 0; i < n && !job_is_told_to_stop(place); i++)
        TRY(ctx_in_scratch(ctx, PLAN_ARENA_MAX, look, &(struct looking){place, ready[i]}));
    *ret_more = n == PLAN_BATCH;
    return OK;
}
