#include "deliver.h"

#include "arrival.h"
#include "db.h"
#include "delay.h"
#include "document_sql.h"
#include "first_response.h"

/* What somebody does by hand to reach a person in this way; STR_NONE: nothing. */
static struct str task_kind(struct str preference)
{
    static const struct {
        struct str preference, kind;
    } kinds[] = {{STR_INIT("letter"), STR_INIT("letter")},
                 {STR_INIT("phone"), STR_INIT("call")},
                 {STR_INIT("sms"), STR_INIT("sms")},
                 {STR_INIT("meeting"), STR_INIT("meeting")}};
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (str_eq(preference, kinds[i].preference))
            return kinds[i].kind;
    return STR_NONE;
}

bool deliver_is_by_hand(struct str preference)
{
    return !str_is_none(task_kind(preference));
}

/* A letter, a call ... for somebody to make; ret_made false when this person is reached another way. */
static enum err make_task(struct ctx *ctx, const struct open_case *c, struct str purpose, struct document_id document,
                          bool *ret_made)
{
    *ret_made = false;
    struct str kind = task_kind(c->row.reply_preference);
    if (str_is_none(kind))
        return OK;
    *ret_made = true;
    return task_add(ctx, c->row.id, kind, purpose, document, ctx_now(ctx), c->row.next_due);
}

/* What came in writing by other ways than our own form: its sender has no receipt in hand. */
static enum err acknowledge_from_afar(struct ctx *ctx, struct open_case *c)
{
    bool by_hand;
    if (!c->row.contact_known)
        return OK; /* nobody to tell (S0.45) */
    return make_task(ctx, c, STR("acknowledgement"), (struct document_id){0}, &by_hand);
}

enum err deliver_acknowledgement(struct ctx *ctx, struct open_case *c)
{
    bool by_mail = c->row.contact_known && str_eq(c->row.reply_preference, STR("email"));
    if (!by_mail && arrival_is_written(c->row.channel))
        return acknowledge_from_afar(ctx, c);
    TRY(case_step(ctx, c, STEP_acknowledge,
                  &(struct step_note){.data = STEP_DATA(ctx, {"way", c->row.reply_preference})}));
    if (!by_mail)
        return OK;
    struct outbox_add_row row;
    return outbox_add(ctx, c->row.id, STR("acknowledgement"), (struct document_id){0}, ctx_now(ctx), &row);
}

enum err deliver_reply(struct ctx *ctx, struct open_case *c, struct document_id reply, bool *ret_reached)
{
    bool by_hand;
    TRY(make_task(ctx, c, STR("reply"), reply, &by_hand));
    *ret_reached = !by_hand;
    if (by_hand || !str_eq(c->row.reply_preference, STR("email")))
        return OK;
    struct outbox_add_row row;
    return outbox_add(ctx, c->row.id, STR("reply"), reply, ctx_now(ctx), &row);
}

enum err deliver_message(struct ctx *ctx, struct open_case *c, struct document_id message)
{
    if (!c->row.contact_known || !str_eq(c->row.reply_preference, STR("email")))
        return OK;
    struct outbox_add_row row;
    return outbox_add(ctx, c->row.id, STR("message"), message, ctx_now(ctx), &row);
}

/* Ways on which nobody reads a message by themselves. */
static bool needs_a_hand(const struct open_case *c)
{
    static const struct str ways[] = {STR_INIT("letter"), STR_INIT("phone"), STR_INIT("sms")};
    for (size_t i = 0; i < ARRAY_LEN(ways) && c->row.contact_known; i++)
        if (str_eq(c->row.reply_preference, ways[i]))
            return true;
    return false;
}

enum err deliver_word(struct ctx *ctx, struct open_case *c, struct document_id message, bool *ret_reached)
{
    *ret_reached = !needs_a_hand(c);
    if (*ret_reached)
        return deliver_message(ctx, c, message);
    bool by_hand;
    return make_task(ctx, c, STR("message"), message, &by_hand);
}

struct str deliver_way(const struct open_case *c)
{
    static const struct str ways[] = {STR_INIT("email"), STR_INIT("letter"), STR_INIT("phone")};
    for (size_t i = 0; i < ARRAY_LEN(ways) && c->row.contact_known; i++)
        if (str_eq(c->row.reply_preference, ways[i]))
            return ways[i];
    return str_eq(c->row.reply_preference, STR("code")) ? STR("code") : STR("none");
}

enum err deliver_notice(struct ctx *ctx, struct open_case *c, struct document_id notice, struct str *ret_way)
{
    *ret_way = deliver_way(c);
    bool by_hand;
    if (str_eq(*ret_way, STR("letter")) || str_eq(*ret_way, STR("phone")))
        return make_task(ctx, c, STR("message"), notice, &by_hand);
    return deliver_message(ctx, c, notice);
}

enum err deliver_outside(struct ctx *ctx, struct open_case *c, struct document_id letter, bool by_mail)
{
    if (!by_mail)
        return task_add(ctx, c->row.id, STR("letter_outside"), STR("handed_on"), letter, ctx_now(ctx), UTC_NONE);
    struct outbox_add_row row;
    return outbox_add(ctx, c->row.id, STR("handed_on"), letter, ctx_now(ctx), &row);
}

enum err deliver_handover(struct ctx *ctx, struct open_case *c, struct document_id notice, bool *ret_reached)
{
    bool by_hand;
    TRY(make_task(ctx, c, STR("handover"), notice, &by_hand));
    *ret_reached = !by_hand;
    if (by_hand || !c->row.contact_known || !str_eq(c->row.reply_preference, STR("email")))
        return OK;
    struct outbox_add_row row;
    return outbox_add(ctx, c->row.id, STR("handover"), notice, ctx_now(ctx), &row);
}

enum err deliver_delay(struct ctx *ctx, struct open_case *c, struct document_id notice, bool *ret_by_hand)
{
    TRY(make_task(ctx, c, STR("delay_notice"), notice, ret_by_hand));
    if (*ret_by_hand || !c->row.contact_known || !str_eq(c->row.reply_preference, STR("email")))
        return OK;
    struct outbox_add_row row;
    return outbox_add(ctx, c->row.id, STR("delay_notice"), notice, ctx_now(ctx), &row);
}

/* The fact that a kind of dispatch stands for. */
static struct str fact_of(struct str kind)
{
    if (str_eq(kind, STR("acknowledgement")))
        return STR("acknowledged");
    if (str_eq(kind, STR("reply")))
        return STR("replied");
    if (str_eq(kind, STR("message")))
        return STR("first_response");
    if (str_eq(kind, STR("delay_notice")))
        return STR("delay_notified");
    return STR_NONE;
}

enum err deliver_sent(struct ctx *ctx, struct outbox_id id)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct outbox_get_row row;
    TRY(outbox_get(ctx, id, &row));
    TRY(outbox_settle(ctx, id, STR("sent"), ctx_now(ctx), STR_NONE));
    if (row.case_id.v) {
        struct open_case c;
        TRY(case_open_by_id(ctx, row.case_id, &c));
        TRY(case_step(ctx, &c, STEP_deliver,
                      &(struct step_note){.data = STEP_DATA(ctx, {"kind", row.kind}), .document = row.document}));
    }
    return tx_commit(&tx);
}

enum err deliver_failed(struct ctx *ctx, struct outbox_id id, struct str error)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct outbox_get_row row;
    TRY(outbox_get(ctx, id, &row));
    bool is_outside = str_eq(row.kind, STR("handed_on")); /* not the person's way: somebody here takes it over */
    TRY(outbox_settle(ctx, id, is_outside ? STR("given_up") : STR("failed"), UTC_NONE, error));
    if (row.case_id.v) {
        struct open_case c;
        TRY(case_open_by_id(ctx, row.case_id, &c));
        if (is_outside)
            TRY(deliver_outside(ctx, &c, row.document, /* by_mail= */ false));
        /* The fact was set in the transaction that queued this: at most a moment before. */
        struct str fact = fact_of(row.kind);
        if (!str_is_none(fact))
            TRY(fact_clear(ctx, row.case_id, fact, utc_add(row.created, -SECOND_US)));
        TRY(response_lost(ctx, row.case_id, row.document, utc_add(row.created, -SECOND_US)));
        if (str_eq(row.kind, STR("handover")))
            TRY(handover_not_told(ctx, row.case_id));
        if (str_eq(row.kind, STR("delay_notice")))
            TRY(delay_not_reached(ctx, row.case_id, row.document));
        TRY(case_step(ctx, &c, STEP_fail,
                      &(struct step_note){.data = STEP_DATA(ctx, {"kind", row.kind}, {"error", error}),
                                          .document = row.document}));
    }
    return tx_commit(&tx);
}

enum err deliver_task_done(struct ctx *ctx, struct str number, struct task_id id)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    struct task_done_row row;
    TRY(task_done(ctx, id, c.row.id, ctx->who, ctx_now(ctx), &row));
    TRY(response_reached(ctx, &c, row.document, ctx_now(ctx)));
    if (str_eq(row.purpose, STR("handover")))
        TRY(handover_told_by_hand(ctx, c.row.id, ctx_now(ctx)));
    if (str_eq(row.purpose, STR("delay_notice")))
        TRY(delay_reached(ctx, c.row.id, row.document, STR_NONE));
    TRY(case_step(ctx, &c, STEP_tick,
                  &(struct step_note){.data = STEP_DATA(ctx, {"kind", row.kind}, {"purpose", row.purpose}),
                                      .document = row.document,
                                      .fact = fact_of(row.purpose)}));
    return tx_commit(&tx);
}

static bool known_way(struct str preference)
{
    return deliver_is_by_hand(preference) || str_eq(preference, STR("code")) || str_eq(preference, STR("email"));
}

enum err deliver_another_way(struct ctx *ctx, struct str number, struct str preference)
{
    if (!known_way(preference))
        return fail(ctx, ERR_INVALID, "\"%.*s\" is no way to reach somebody", STR_ARG(preference));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    struct outbox_of_case_row *sent;
    size_t n;
    TRY(outbox_of_case(ctx, c.row.id, &sent, &n));
    TRY(outbox_give_up(ctx, c.row.id));
    TRY(task_drop_open(ctx, c.row.id));
    TRY(case_set_reply_preference(ctx, c.row.id, preference));
    c.row.reply_preference = preference;
    struct str kept = STR_NONE;
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(sent[i].status, STR("failed")) || str_eq(sent[i].kind, STR("handover")))
            continue; /* who takes over is owed again, and told the new way from the case page */
        bool by_hand;
        TRY(make_task(ctx, &c, sent[i].kind, sent[i].document, &by_hand));
        if (!by_hand) {
            TRY(fact_set(ctx, c.row.id, fact_of(sent[i].kind), ctx_now(ctx)));
            TRY(response_reached(ctx, &c, sent[i].document, ctx_now(ctx)));
        }
        if (!by_hand && str_eq(sent[i].kind, STR("delay_notice")))
            TRY(delay_reached(ctx, c.row.id, sent[i].document, preference));
        if (!by_hand && str_eq(preference, STR("email"))) {
            struct outbox_add_row row;
            TRY(outbox_add(ctx, c.row.id, sent[i].kind, sent[i].document, ctx_now(ctx), &row));
        }
        kept = sent[i].kind;
    }
    TRY(case_step(ctx, &c, STEP_redirect,
                  &(struct step_note){.data = STEP_DATA(ctx, {"way", preference}, {"kind", kept})}));
    return tx_commit(&tx);
}
