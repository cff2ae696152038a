#include "answer_send.h"

#include "answer_letter.h"
#include "answer_review.h"
#include "answer_sql.h"
#include "case_promise.h"
#include "db.h"
#include "deliver.h"
#include "document.h"
#include "measure.h"
#include "note.h"

/* The gates before a reply: open, or passed with a reason that is written down. */
static enum err pass_gates(struct ctx *ctx, struct open_case *c, const struct answer *a, struct str *ret_gate)
{
    struct facts facts;
    TRY(case_facts(ctx, c, &facts));
    struct gate_state *gates;
    size_t n;
    routine_gates(ctx, c->routine, GATE_reply, &facts, ctx_now(ctx), &gates, &n);
    for (size_t i = 0; i < n; i++) {
        struct str id = gates[i].gate->id;
        if (gates[i].is_open)
            continue;
        if (!gates[i].gate->may_skip || str_is_empty(str_trim(a->gate_reason))) {
            *ret_gate = id;
            return fail(ctx, ERR_INVALID, "the gate \"%.*s\" is shut, and no reason was given to pass it", STR_ARG(id));
        }
        TRY(case_waive(ctx, c, id, a->gate_reason));
    }
    return OK;
}

static bool known_measure(struct str kind)
{
    return str_eq(kind, STR("done")) || str_eq(kind, STR("later")) || str_eq(kind, STR("none"));
}

/* What the register says of amends: the words are in the reply. */
static enum err keep_amends(struct ctx *ctx, const struct open_case *c, const struct answer *a)
{
    struct date corrected = DATE_NONE;
    if (!str_is_empty(a->corrected) && !date_parse(a->corrected, &corrected))
        return fail(ctx, ERR_INVALID, "\"%.*s\" is no day", STR_ARG(a->corrected));
    return case_set_amends(ctx, c->row.id, a->apology ? STR("given") : STR(""), corrected);
}

static enum err keep_measure(struct ctx *ctx, const struct open_case *c, const struct answer *a)
{
    TRY(keep_amends(ctx, c, a));
    if (str_is_none(a->measure_kind))
        return OK;
    if (!known_measure(a->measure_kind))
        return fail(ctx, ERR_INVALID, "unknown kind of measure \"%.*s\"", STR_ARG(a->measure_kind));
    TRY(case_set_measure(ctx, c->row.id, a->measure_kind));
    if (str_is_empty(str_trim(a->measure)) || str_eq(a->measure_kind, STR("none")))
        return OK;
    struct document_id measure;
    return measure_add(
        ctx, c,
        &(struct new_measure){.text = a->measure,
                              .done = str_eq(a->measure_kind, STR("later")) ? DATE_NONE : utc_to_date(ctx_now(ctx)),
                              .due = DATE_NONE,
                              .who = ctx->who},
        &measure);
}

enum err answer_send(struct ctx *ctx, struct str number, const struct answer *a, struct draft *ret_other,
                     struct str *ret_gate)
{
    *ret_gate = STR_NONE;
    TRY(answer_check_text(ctx, a));
    if (str_is_empty(str_trim(a->text)))
        return fail(ctx, ERR_INVALID, "the reply is empty");
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    TRY(answer_review_pass(ctx, &c, a));
    TRY(pass_gates(ctx, &c, a, ret_gate));
    TRY(answer_drop_draft(ctx, &c, a, ret_other));
    struct case_letter letter;
    struct document_id reply;
    TRY(answer_letter(ctx, &c, a->text, a->follow, &letter));
    TRY(document_add(ctx, c.row.id, /* number= */ 0,
                     &(struct new_document){.kind = "reply", .direction = "out", .body = letter.body, .user = ctx->who},
                     &reply));
    TRY(keep_measure(ctx, &c, a));
    bool reached;
    TRY(deliver_reply(ctx, &c, reply, &reached));
    TRY(search_pending_add(ctx, c.row.id));
    TRY(case_step(
        ctx, &c, STEP_reply,
        &(struct step_note){.document = reply,
                            .fact = c.row.reopened ? event_code(EVENT_replied_again) : STR_NONE,
                            .no_fact = !reached,
                            .data = STEP_DATA(ctx, {"way", c.row.reply_preference}, {"measure", a->measure_kind})}));
    return tx_commit(&tx);
}
