#include "answer_send.h"

#include "answer_letter.h"
#include "answer_review.h"
#include "answer_sql.h"
#include "case_promise.h"
#include "consult.h"
#include "db.h"
#include "deliver.h"
#include "document.h"
#include "measure.h"
#include "note.h"
#include "reply_plan.h"

static enum err read_gates(struct ctx *ctx, const struct open_case *c, struct gate_state **ret, size_t *ret_n)
{
    struct facts facts;
    TRY(case_facts(ctx, c, &facts));
    routine_gates(ctx, c->routine, GATE_reply, &facts, ctx_now(ctx), ret, ret_n);
    return OK;
}

/* The gates before a reply: open, or passed with a reason that is written down. */
static enum err pass_gates(struct ctx *ctx, struct open_case *c, const struct sending *how, struct send_stop *ret_stop)
{
    struct gate_state *gates;
    size_t n;
    TRY(read_gates(ctx, c, &gates, &n));
    for (size_t i = 0; i < n; i++) {
        struct str id = gates[i].gate->id;
        if (gates[i].is_open)
            continue;
        if (!gates[i].gate->may_skip || str_is_empty(str_trim(how->gate_reason))) {
            ret_stop->gate = id;
            return fail(ctx, ERR_INVALID, "the gate \"%.*s\" is shut, and no reason was given to pass it", STR_ARG(id));
        }
        TRY(case_waive(ctx, c, id, how->gate_reason));
    }
    return OK;
}

enum err answer_wants_sign_off(struct ctx *ctx, const struct open_case *c, bool *ret)
{
    struct facts facts;
    TRY(case_facts(ctx, c, &facts));
    struct consult_wish wish = consult_wish(ctx, c->routine, &facts);
    *ret = wish.consulted != NULL;
    return OK;
}

enum err answer_check_sign_off(struct ctx *ctx, const struct open_case *c, const struct sending *how,
                               struct send_stop *ret_stop)
{
    TRY(answer_wants_sign_off(ctx, c, &ret_stop->needs_sign_off));
    ret_stop->needs_sign_off &= !how->stands_for_it;
    return ret_stop->needs_sign_off ? fail(ctx, ERR_INVALID, "nobody has signed for the reply") : OK;
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

/* Everything but the step: in the name of who stands for it. */
static enum err write_reply(struct ctx *ctx, struct open_case *c, const struct answer *a, struct draft *ret_other,
                            struct document_id *ret, bool *ret_reached)
{
    struct case_letter letter;
    int64_t n_planned;
    TRY(answer_drop_draft(ctx, c, a, ret_other));
    TRY(answer_letter(ctx, c, a->text, a->follow, &letter));
    TRY(document_add(ctx, c->row.id, /* number= */ 0,
                     &(struct new_document){.kind = "reply", .direction = "out", .body = letter.body, .user = ctx->who},
                     ret));
    TRY(keep_measure(ctx, c, a));
    TRY(deliver_reply(ctx, c, *ret, ret_reached));
    TRY(search_pending_add(ctx, c->row.id));
    TRY(consult_sent(ctx, c));
    return reply_plan_end(ctx, c->row.id, ctx_now(ctx), STR("sent"), &n_planned);
}

enum err answer_send_locked(struct ctx *ctx, struct open_case *c, const struct answer *a, enum step step,
                            struct user_id signer, struct draft *ret_other)
{
    const struct staff *staff = town_staff(c->town, signer);
    struct user_id actor = ctx->who; /* the program, when it goes by itself */
    struct document_id reply;
    bool reached, is_signed;
    TRY(answer_wants_sign_off(ctx, c, &is_signed));
    ctx->who = signer;
    enum err err = write_reply(ctx, c, a, ret_other, &reply, &reached);
    ctx->who = actor;
    TRY(err);
    return case_step(
        ctx, c, step,
        &(struct step_note){.document = reply,
                            .fact = c->row.reopened ? event_code(EVENT_replied_again) : STR_NONE,
                            .no_fact = !reached,
                            .data = STEP_DATA(ctx, {"way", c->row.reply_preference}, {"measure", a->measure_kind},
                                              {"signed", is_signed && staff ? staff->login : STR_NONE})});
}

enum err answer_send(struct ctx *ctx, struct str number, const struct answer *a, const struct sending *how,
                     struct draft *ret_other, struct send_stop *ret_stop)
{
    *ret_stop = (struct send_stop){.gate = STR_NONE};
    TRY(answer_check_text(ctx, a));
    if (str_is_empty(str_trim(a->text)))
        return fail(ctx, ERR_INVALID, "the reply is empty");
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    TRY(answer_review_pass(ctx, &c, a));
    TRY(answer_check_sign_off(ctx, &c, how, ret_stop));
    TRY(pass_gates(ctx, &c, how, ret_stop));
    TRY(answer_send_locked(ctx, &c, a, STEP_reply, ctx->who, ret_other));
    return tx_commit(&tx);
}
