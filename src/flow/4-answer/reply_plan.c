#include "reply_plan.h"

#include "answer_review.h"
#include "case_promise.h"
#include "db.h"
#include "staff_notice.h"

enum err reply_plan_of(struct ctx *ctx, struct case_id id, struct reply_plan_waiting_row *ret)
{
    struct reply_plan_waiting_row row = {.id = {0}};
    enum err err = reply_plan_waiting(ctx, id, &row);
    *ret = row;
    return err == ERR_NOT_FOUND ? OK : err;
}

/* When it may go. */
static enum err find_moment(struct ctx *ctx, const struct open_case *c, struct utc_us *ret, struct send_stop *ret_stop)
{
    struct facts facts;
    struct gate_state *gates;
    size_t n;
    TRY(case_facts(ctx, c, &facts));
    routine_gates(ctx, c->routine, GATE_reply, &facts, ctx_now(ctx), &gates, &n);
    if (gates_are_open(gates, n))
        return fail(ctx, ERR_CLOSED, "every gate is open: the reply can go now");
    *ret = gates_open_at(gates, n);
    for (size_t i = 0; i < n && utc_is_none(*ret); i++)
        if (!gates[i].is_open && utc_is_none(gates[i].opens_at)) {
            ret_stop->gate = gates[i].gate->id;
            return fail(ctx, ERR_INVALID, "the gate \"%.*s\" waits for something to happen", STR_ARG(ret_stop->gate));
        }
    return OK;
}

/* As a number of microseconds, for the journal. */
static struct str moment_code(struct ctx *ctx, struct utc_us at)
{
    return str_fmt(ctx->arena, "%lld", (long long)at.v);
}

enum err reply_plan_make(struct ctx *ctx, struct str number, const struct answer *a, const struct sending *how,
                         struct draft *ret_other, struct send_stop *ret_stop)
{
    *ret_stop = (struct send_stop){.gate = STR_NONE};
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    struct utc_us send_at;
    int64_t n;
    TRY(case_open(ctx, number, &c));
    TRY(answer_draft(ctx, c.row.id, ret_other));
    if (ret_other->version != a->draft_version || ret_other->version == 0)
        return fail(ctx, ERR_CONFLICT, "somebody else saved the draft first");
    TRY(answer_review_pass(ctx, &c, a));
    TRY(answer_check_sign_off(ctx, &c, how, ret_stop));
    TRY(find_moment(ctx, &c, &send_at, ret_stop));
    TRY(reply_plan_end(ctx, c.row.id, ctx_now(ctx), STR("called_off"), &n));
    TRY(reply_plan_add(ctx, c.row.id, ctx->who, ctx_now(ctx), send_at, a->draft_version, c.row.owner, c.row.unit));
    TRY(case_step(ctx, &c, STEP_plan_reply,
                  &(struct step_note){.data = STEP_DATA(ctx, {"at_us", moment_code(ctx, send_at)},
                                                        {"stands", how->stands_for_it ? STR("yes") : STR("")})}));
    return tx_commit(&tx);
}

enum err reply_plan_stop(struct ctx *ctx, struct str number)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    int64_t n;
    TRY(case_open(ctx, number, &c));
    TRY(reply_plan_end(ctx, c.row.id, ctx_now(ctx), STR("called_off"), &n));
    if (n == 0)
        return fail(ctx, ERR_CLOSED, "no reply waits to be sent");
    TRY(case_step(ctx, &c, STEP_plan_stop, &(struct step_note){0}));
    return tx_commit(&tx);
}

enum err reply_plan_drop(struct ctx *ctx, struct open_case *c, struct str why)
{
    struct reply_plan_waiting_row row;
    int64_t n;
    TRY(reply_plan_of(ctx, c->row.id, &row));
    if (row.id.v == 0)
        return OK;
    TRY(reply_plan_end(ctx, c->row.id, ctx_now(ctx), why, &n));
    TRY(staff_notice(ctx, row.by, NOTICE_plan_fell, c->row.id));
    if (c->row.owner.v && c->row.owner.v != row.by.v)
        TRY(staff_notice(ctx, c->row.owner, NOTICE_plan_fell, c->row.id));
    return case_step(ctx, c, STEP_plan_fall, &(struct step_note){.data = STEP_DATA(ctx, {"why", why})});
}
