#include "deliver.h"

#include "arrival.h"
#include "case_letter.h"
#include "db.h"
#include "delay.h"
#include "document.h"
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

/* Somebody posts these words: what the person is told when a case has come in. */
static enum err acknowledgement_letter(struct ctx *ctx, const struct open_case *c, struct document_id *ret)
{
    struct case_letter letter;
    TRY(case_letter(ctx, case_language(c), c, LETTER_acknowledgement, &(struct letter_fill){.text = STR_NONE},
                    (struct url){STR_NONE}, &letter));
    return document_add(
        ctx, c->row.id, /* number= */ 0,
        &(struct new_document){.kind = "acknowledgement", .direction = "out", .body = letter.body, .user = ctx->who},
        ret);
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
    if (document.v == 0 && str_eq(kind, STR("letter")) && str_eq(purpose, STR("acknowledgement")))
        TRY(acknowledgement_letter(ctx, c, &document));
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

enum err deliver_purpose(struct ctx *ctx, struct open_case *c, struct str purpose, struct document_id document,
                         bool *ret_reached)
{
    bool by_hand;
    TRY(make_task(ctx, c, purpose, document, &by_hand));
    *ret_reached = !by_hand;
    if (by_hand || !str_eq(c->row.reply_preference, STR("email")))
        return OK;
    struct outbox_add_row row;
    return outbox_add(ctx, c->row.id, purpose, document, ctx_now(ctx), &row);
}

enum err deliver_reply(struct ctx *ctx, struct open_case *c, struct document_id reply, bool *ret_reached)
{
    return deliver_purpose(ctx, c, STR("reply"), reply, ret_reached);
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

/* The fact that a kind of dispatch stands for. A reply after opening again is another one than the first. */
static struct str fact_of(const struct open_case *c, struct str kind)
{
    static const struct {
        struct str kind;
        enum event event;
    } facts[] = {{STR_INIT("acknowledgement"), EVENT_acknowledged},
                 {STR_INIT("message"), EVENT_first_response},
                 {STR_INIT("follow_up"), EVENT_followed_up},
                 {STR_INIT("no_further"), EVENT_considered},
                 {STR_INIT("delay_notice"), EVENT_delay_notified}};
    if (str_eq(kind, STR("reply")))
        return event_code(c->row.reopened ? EVENT_replied_again : EVENT_replied);
    for (size_t i = 0; i < ARRAY_LEN(facts); i++)
        if (str_eq(kind, facts[i].kind))
            return event_code(facts[i].event);
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
    bool is_question = str_eq(row.kind, STR("survey"));   /* nothing was promised: it stands on the follow-up page */
    TRY(outbox_settle(ctx, id, is_outside || is_question ? STR("given_up") : STR("failed"), UTC_NONE, error));
    if (row.case_id.v && !is_question) {
        struct open_case c;
        TRY(case_open_by_id(ctx, row.case_id, &c));
        if (is_outside)
            TRY(deliver_outside(ctx, &c, row.document, /* by_mail= */ false));
        /* The fact was set in the transaction that queued this: at most a moment before. */
        struct str fact = fact_of(&c, row.kind);
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

/* ── done by hand, and since when ── */

bool deliver_day_moment(struct date day, struct utc_us made, struct utc_us now, struct utc_us *ret)
{
    enum { NOON = 12 };
    if (date_is_none(day) || day.days == utc_to_date(now).days) {
        *ret = now;
        return true;
    }
    if (day.days > utc_to_date(now).days || day.days < utc_to_date(made).days)
        return false;
    struct utc_us noon = utc_from_local(day, NOON, 0, 0, 0);
    *ret = utc_cmp(noon, made) < 0 ? made : noon;
    return true;
}

static bool is_letter(struct str kind)
{
    return str_eq(kind, STR("letter")) || str_eq(kind, STR("letter_outside"));
}

static struct str day_words(struct ctx *ctx, struct date day)
{
    struct out out = out_init(ctx->arena, /* max_bytes= */ 20);
    out_date(&out, day);
    return out_take(&out);
}

static enum err done_at(struct ctx *ctx, struct open_case *c, struct task_id id, struct date day)
{
    struct task_get_row task;
    TRY(task_get(ctx, id, c->row.id, &task));
    struct utc_us kept;
    if (!deliver_day_moment(day, task.created, ctx_now(ctx), &kept))
        return fail(ctx, ERR_INVALID, "it was posted neither before it was written nor after today");
    struct date posted = is_letter(task.kind) ? utc_to_date(kept) : DATE_NONE;
    struct task_done_row row;
    TRY(task_done(ctx, id, c->row.id, ctx->who, ctx_now(ctx), posted, kept, &row));
    TRY(response_reached(ctx, c, row.document, kept));
    if (str_eq(row.purpose, STR("handover")))
        TRY(handover_told_by_hand(ctx, c->row.id, kept));
    if (str_eq(row.purpose, STR("delay_notice")))
        TRY(delay_reached(ctx, c->row.id, row.document, kept, STR_NONE));
    struct step_note note = {.data = STEP_DATA(ctx, {"kind", row.kind}, {"purpose", row.purpose}),
                             .document = row.document,
                             .fact = fact_of(c, row.purpose),
                             .fact_at = kept};
    if (!date_is_none(posted))
        note.data = STEP_DATA(ctx, {"kind", row.kind}, {"purpose", row.purpose}, {"posted", day_words(ctx, posted)});
    return case_step(ctx, c, STEP_tick, &note);
}

enum err deliver_task_done(struct ctx *ctx, struct str number, struct task_id id, struct date day)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    TRY(done_at(ctx, &c, id, day));
    return tx_commit(&tx);
}

/* The fact goes, unless something else made it true as well: another letter, or a call. */
static enum err take_fact_back(struct ctx *ctx, const struct open_case *c, const struct task_get_row *task)
{
    struct str fact = fact_of(c, task->purpose);
    if (str_is_none(fact))
        return OK;
    TRY(fact_clear(ctx, c->row.id, fact, task->kept));
    struct task_kept_row other;
    enum err err = task_kept(ctx, c->row.id, task->purpose, &other);
    if (err == OK)
        TRY(fact_set(ctx, c->row.id, fact, other.kept));
    else if (err != ERR_NOT_FOUND)
        return err;
    struct call_first_row call;
    err = str_eq(fact, STR("first_response")) ? call_first(ctx, c->row.id, &call) : ERR_NOT_FOUND;
    if (err == OK)
        return fact_set(ctx, c->row.id, fact, call.at);
    return err == ERR_NOT_FOUND ? OK : err;
}

bool deliver_may_undo(struct utc_us ticked, struct utc_us now)
{
    return utc_cmp(now, utc_add(ticked, UNDO_DAYS * DAY_US)) <= 0;
}

enum err deliver_task_undone(struct ctx *ctx, struct str number, struct task_id id)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    struct task_get_row task;
    TRY(task_get(ctx, id, c.row.id, &task));
    if (utc_is_none(task.done) || date_is_none(task.posted))
        return fail(ctx, ERR_CONFLICT, "that letter is not marked as posted");
    if (!deliver_may_undo(task.done, ctx_now(ctx)))
        return fail(ctx, ERR_CLOSED, "it was marked as posted more than %d days ago", UNDO_DAYS);
    TRY(task_undo(ctx, id));
    TRY(response_lost(ctx, c.row.id, task.document, task.kept));
    TRY(take_fact_back(ctx, &c, &task));
    if (str_eq(task.purpose, STR("handover")))
        TRY(handover_untold_by_hand(ctx, c.row.id, task.kept));
    if (str_eq(task.purpose, STR("delay_notice")))
        TRY(delay_not_reached(ctx, c.row.id, task.document));
    TRY(case_step(ctx, &c, STEP_untick,
                  &(struct step_note){.data = STEP_DATA(ctx, {"kind", task.kind}, {"purpose", task.purpose}),
                                      .document = task.document}));
    return tx_commit(&tx);
}

/* ── another way ── */

static bool known_way(struct str preference)
{
    return deliver_is_by_hand(preference) || str_eq(preference, STR("code")) || str_eq(preference, STR("email"));
}

/* What the person is owed, in the way chosen now: a task, a mail, or at once on the follow-up page. */
static enum err owe_anew(struct ctx *ctx, struct open_case *c, struct str purpose, struct document_id document)
{
    bool by_hand;
    TRY(make_task(ctx, c, purpose, document, &by_hand));
    if (by_hand)
        return OK;
    struct str fact = fact_of(c, purpose);
    if (!str_is_none(fact))
        TRY(fact_set(ctx, c->row.id, fact, ctx_now(ctx)));
    TRY(response_reached(ctx, c, document, ctx_now(ctx)));
    if (str_eq(purpose, STR("handover")))
        TRY(handover_told_by_hand(ctx, c->row.id, ctx_now(ctx)));
    if (str_eq(purpose, STR("delay_notice")))
        TRY(delay_reached(ctx, c->row.id, document, ctx_now(ctx), c->row.reply_preference));
    if (!str_eq(c->row.reply_preference, STR("email")))
        return OK;
    struct outbox_add_row row;
    return outbox_add(ctx, c->row.id, purpose, document, ctx_now(ctx), &row);
}

static bool reaches_person(const struct task_of_case_row *task)
{
    return utc_is_none(task->done) && !str_eq(task->kind, STR("promise")) && !str_eq(task->kind, STR("letter_outside"));
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
    struct task_of_case_row *tasks;
    size_t n, n_tasks;
    TRY(outbox_of_case(ctx, c.row.id, &sent, &n));
    TRY(task_of_case(ctx, c.row.id, &tasks, &n_tasks));
    TRY(outbox_give_up(ctx, c.row.id));
    TRY(task_drop_open(ctx, c.row.id));
    TRY(case_set_reply_preference(ctx, c.row.id, preference));
    c.row.reply_preference = preference;
    struct str kept = STR_NONE;
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(sent[i].status, STR("failed")) || str_eq(sent[i].kind, STR("handover")))
            continue; /* who takes over is owed again, and told the new way from the case page */
        TRY(owe_anew(ctx, &c, sent[i].kind, sent[i].document));
        kept = sent[i].kind;
    }
    for (size_t i = 0; i < n_tasks; i++) /* a letter that was never posted, a call that was never made */
        if (reaches_person(&tasks[i]))
            TRY(owe_anew(ctx, &c, tasks[i].purpose, tasks[i].document));
    TRY(case_step(ctx, &c, STEP_redirect,
                  &(struct step_note){.data = STEP_DATA(ctx, {"way", preference}, {"kind", kept})}));
    return tx_commit(&tx);
}
