#include "demo_walk.h"

#include "answer_send.h"
#include "arrival.h"
#include "asked.h"
#include "assess.h"
#include "case_copy.h"
#include "case_letter.h"
#include "case_promise.h"
#include "close.h"
#include "consult.h"
#include "date_words.h"
#include "db.h"
#include "delay.h"
#include "deliver.h"
#include "diary.h"
#include "dossier.h"
#include "exit.h"
#include "handover.h"
#include "hear.h"
#include "intake.h"
#include "meeting.h"
#include "note.h"
#include "register.h"
#include "remind.h"
#include "remind_sql.h"
#include "search.h"
#include "staff_notice_sql.h"
#include "talk.h"

enum act {
    ACT_submit,
    ACT_deliver, /* what is queued leaves; or cannot be delivered */
    ACT_register,
    ACT_sort,
    ACT_exit,  /* it is no feedback: it leaves by an exit */
    ACT_taken, /* and has arrived where it went */
    ACT_assign,
    ACT_accept,
    ACT_note,
    ACT_call,
    ACT_write,
    ACT_ask, /* the person writes */
    ACT_share,
    ACT_draft,
    ACT_reply,
    ACT_tick,
    ACT_thank,
    ACT_close,
    ACT_diary,    /* who keeps the diary enters the reply and closes the case there */
    ACT_complain, /* the person writes after closing */
    ACT_remind,   /* a working day's morning: of no case, or of many */
};

struct action {
    struct utc_us at;
    int item; /* which case */
    enum act act;
};

struct item {
    const struct demo_story *story;
    const struct unit *unit, *first_unit; /* where it belongs, where it comes in */
    uint32_t *rows;
    uint32_t number; /* its own random number, for choices that must not depend on the order */
    struct str way, name;
    bool bounces;
    struct case_id id;
    struct str case_number;
};

struct walk {
    struct ctx *ctx;
    struct clock *clock;
    struct random random;
    const struct demo_data *data;
    const struct town *town;
    struct utc_us until;
    struct item *items;
    struct action *actions;
    size_t n_actions;
};

static uint32_t below(struct walk *w, uint32_t n)
{
    return random_below(&w->random, n);
}

static bool chance(struct walk *w, uint32_t percent)
{
    return below(w, 100) < percent;
}

static struct str pick(const struct demo_list *list, uint32_t number)
{
    return list->n ? list->v[number % list->n] : STR("Noterat.");
}

/* ---- when ---- */

/* n working days later at some time of an office day. */
static struct utc_us office(struct walk *w, struct utc_us from, int64_t n)
{
    struct date day = utc_to_date(from), later;
    if (workdays_add(w->ctx, NULL, day, n, &later) != OK || (n == 0 && workdays_roll(w->ctx, NULL, day, &later) != OK))
        return from;
    struct utc_us at = utc_from_local(later, 8 + (int)below(w, 8), (int)below(w, 60), (int)below(w, 60), 0);
    return at.v <= from.v ? utc_add(from, (int64_t)(20 + below(w, 90)) * MINUTE_US) : at;
}

static void plan(struct walk *w, int item, enum act act, struct utc_us at)
{
    if (at.v > w->until.v)
        return;
    w->actions[w->n_actions++] = (struct action){at, item, act};
}

/* The way of one case from the day it comes in; what lies after w->until is left to the people who try the demo. */
static void plan_case(struct walk *w, int item, struct utc_us at)
{
    struct item *it = &w->items[item];
    bool is_short = str_eq(it->story->type, STR("praise")) || str_eq(it->story->type, STR("question"));
    plan(w, item, ACT_submit, at);
    plan(w, item, ACT_deliver, utc_add(at, 20 * SECOND_US));
    struct utc_us t = office(w, at, chance(w, 75) ? 0 : 1);
    plan(w, item, ACT_register, t);
    plan(w, item, ACT_sort, utc_add(t, 3 * MINUTE_US));
    if (!str_is_empty(it->story->exit)) {
        plan(w, item, ACT_exit, utc_add(t, 8 * MINUTE_US));
        plan(w, item, ACT_deliver, utc_add(t, 9 * MINUTE_US));
        plan(w, item, ACT_tick, office(w, t, 1));
        plan(w, item, ACT_taken, office(w, t, 1));
        return;
    }
    t = chance(w, 80) ? utc_add(t, 7 * MINUTE_US) : office(w, t, chance(w, 80) ? 1 : 3);
    plan(w, item, ACT_assign, t);
    t = office(w, t, chance(w, 70) ? 0 : 1 + below(w, 2));
    plan(w, item, ACT_accept, t);
    if (!is_short) {
        t = office(w, t, chance(w, 85) ? below(w, 2) : 3 + below(w, 4));
        plan(w, item, chance(w, 55) ? ACT_write : ACT_call, t);
        plan(w, item, ACT_deliver, utc_add(t, 20 * SECOND_US));
        if (chance(w, 12))
            plan(w, item, ACT_ask, utc_add(t, (int64_t)(5 + below(w, 30)) * HOUR_US));
        t = office(w, t, 1 + below(w, 2));
        plan(w, item, ACT_note, t);
    }
    t = office(w, t, below(w, 2));
    plan(w, item, ACT_share, t);
    plan(w, item, ACT_draft, utc_add(t, 9 * MINUTE_US));
    t = office(w, utc_add(t, DAY_US), chance(w, 86) ? below(w, 2) : 5 + below(w, 9));
    plan(w, item, ACT_reply, t);
    plan(w, item, ACT_deliver, utc_add(t, 20 * SECOND_US));
    t = office(w, t, 1);
    plan(w, item, ACT_tick, t);
    if (chance(w, 25))
        plan(w, item, ACT_thank, utc_add(t, (int64_t)(1 + below(w, 20)) * HOUR_US));
    t = office(w, t, 1 + below(w, 4));
    plan(w, item, ACT_close, t);
    plan(w, item, ACT_diary, office(w, t, 1 + below(w, 3)));
    if (!is_short && chance(w, 7)) {
        t = utc_add(t, (int64_t)(1 + below(w, 5)) * DAY_US);
        plan(w, item, ACT_complain, t);
        t = office(w, t, 2 + below(w, 3));
        plan(w, item, ACT_reply, t);
        plan(w, item, ACT_deliver, utc_add(t, 20 * SECOND_US));
        t = office(w, t, 2);
        plan(w, item, ACT_close, t);
        plan(w, item, ACT_diary, office(w, t, 1));
    }
}

/* ---- who ---- */

/* The nearest person who may take the step in the case's unit. */
static struct user_id somebody(struct ctx *ctx, const struct town *town, struct unit_id unit, enum right right,
                               uint32_t number)
{
    static const enum role order[] = {ROLE_registration_officer, ROLE_intake_officer,
                                      ROLE_complaints_officer,   ROLE_registrar,
                                      ROLE_quality_unit,         ROLE_responsible_manager};
    for (size_t i = 0; i < ARRAY_LEN(order); i++) {
        if (!right_held(right, roles_with((struct roles){0}, order[i])))
            continue;
        const struct staff **people;
        size_t n = town_people(ctx, town, order[i], unit, &people);
        if (n)
            return people[number % (n > 2 ? 2 : n)]->id;
    }
    return (struct user_id){0};
}

static struct user_id manager_of(struct ctx *ctx, const struct town *town, struct unit_id unit)
{
    const struct staff **people;
    return town_people(ctx, town, ROLE_responsible_manager, unit, &people) ? people[0]->id : (struct user_id){0};
}

/* ---- what ---- */

static enum err text_of(struct ctx *ctx, const struct walk *w, const struct item *it, struct str text, struct str *ret)
{
    return demo_words(ctx, w->data, it->rows, text, ret);
}

static struct contact contact_of(struct ctx *ctx, const struct walk *w, const struct item *it)
{
    struct contact c = {STR(""), STR(""), STR(""), STR(""), STR("")};
    if (str_eq(it->way, STR("code")) || str_eq(it->way, STR("none")))
        return c;
    c.name = it->name;
    if (str_eq(it->way, STR("email"))) {
        struct out out = out_init(ctx->arena, /* max_bytes= */ 200);
        out_fmt(&out, "%s%u@hem.example", it->bounces ? "finns-inte" : "brev", it->number % 9000 + 1000);
        c.email = out_take(&out);
    } else if (str_eq(it->way, STR("phone"))) {
        c.phone = str_fmt(ctx->arena, "070-174 06 %02u", 5 + it->number % 95);
    } else {
        c.address = str_fmt(ctx->arena, "%.*s %u\n999 %02u Ekhamn", STR_ARG(pick(&w->data->streets, it->number)),
                            1 + it->number % 60, 10 + it->number % 80);
    }
    return c;
}

/* Where somebody judges what is unclear; the unit itself when nobody does. */
static const struct unit *judged_at(const struct town *town, const struct unit *otherwise)
{
    for (size_t i = 0; i < town->n_staff; i++)
        for (size_t r = 0; r < town->staff[i].n_roles; r++)
            if (town->staff[i].roles[r].role == ROLE_quality_unit)
                return town_unit(town, town->staff[i].roles[r].unit);
    return otherwise;
}

/* What came in writing has its arrival stamp; a post that nobody is sure about waits to be judged. */
static enum err add_arrival(struct ctx *ctx, const struct receipt *receipt, struct utc_us received, bool is_unclear)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(arrival_add(ctx, receipt->id,
                    &(struct arrival){.arrived = utc_to_date(received),
                                      .link = is_unclear ? STR("https://social.example/ekhamn/1") : STR("")}));
    if (is_unclear) {
        struct open_case c;
        TRY(case_open(ctx, receipt->number, &c));
        TRY(assess_mark(ctx, &c, STR("")));
    }
    return tx_commit(&tx);
}

static enum err submit(struct ctx *ctx, struct walk *w, struct item *it)
{
    struct str story;
    TRY(text_of(ctx, w, it, it->story->story, &story));
    struct receipt receipt;
    bool is_unclear = it == &w->items[UNCLEAR_CASE];
    if (is_unclear)
        it->first_unit = judged_at(w->town, it->first_unit);
    struct str channel = is_unclear                        ? STR("social_media")
                         : str_is_none(it->story->channel) ? STR("web")
                                                           : it->story->channel;
    bool is_letter = str_eq(channel, STR("letter")), is_web = str_eq(channel, STR("web"));
    struct utc_us received =
        is_letter ? utc_add(ctx_now(ctx), -DAY_US) : ctx_now(ctx); /* it lay a day in the post room */
    ctx->who =
        is_web ? (struct user_id){0} : somebody(ctx, w->town, it->first_unit->id, RIGHT_CASE_REGISTER, it->number);
    bool is_offered = str_eq(it->story->type, STR("complaint")) || str_eq(it->story->type, STR("suggestion")) ||
                      str_eq(it->story->type, STR("praise"));
    TRY(intake_submit(
        ctx,
        &(struct submission){.type = is_offered ? it->story->type : STR("unknown"),
                             .story = story,
                             .unit = it->first_unit->id,
                             .reply_preference = it->way,
                             .contact = contact_of(ctx, w, it),
                             .channel = channel,
                             .received = received,
                             .receiver = ctx->who,
                             .language = str_is_none(it->story->language) ? STR("sv") : it->story->language},
        &receipt));
    it->id = receipt.id;
    it->case_number = str_copy(w->ctx->arena, receipt.number);
    return is_letter || is_unclear ? add_arrival(ctx, &receipt, received, is_unclear) : OK;
}

static enum err deliver(struct ctx *ctx, const struct item *it)
{
    struct outbox_of_case_row *rows;
    size_t n;
    TRY(outbox_of_case(ctx, it->id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(rows[i].status, STR("queued")))
            continue;
        if (it->bounces)
            TRY(deliver_failed(ctx, rows[i].id, STR("550 mailbox_unknown")));
        else
            TRY(deliver_sent(ctx, rows[i].id));
    }
    return OK;
}

static enum err sort(struct ctx *ctx, const struct item *it)
{
    struct open_case c;
    TRY(case_open_by_id(ctx, it->id, &c));
    return sort_case(ctx, it->case_number, -1,
                     &(struct sorting){.type = it->story->type,
                                       .subject = it->story->subject,
                                       .title = it->story->title,
                                       .secret = c.row.secret || !str_is_none(it->unit->secrecy_provision),
                                       .provision = str_is_none(c.row.secrecy_provision) ? it->unit->secrecy_provision
                                                                                         : c.row.secrecy_provision,
                                       .unit = it->unit->id});
}

static enum err draft(struct ctx *ctx, const struct walk *w, const struct item *it)
{
    struct draft before, other;
    TRY(answer_draft(ctx, it->id, &before));
    struct answer answer = {.draft_version = before.version};
    TRY(text_of(ctx, w, it, it->story->answer, &answer.text));
    TRY(answer_save(ctx, it->case_number, &answer, &other));
    struct str story, question; /* what the person asked is listed beside the draft */
    TRY(text_of(ctx, w, it, it->story->story, &story));
    return asked_guess(story, &question, 1) ? asked_add(ctx, it->case_number, question) : OK;
}

/* Somebody of the unit, else of one beside it, who is not the one who answers. */
static struct user_id worker_of(const struct walk *w, const struct open_case *c, struct user_id manager)
{
    struct user_id beside = {0};
    for (size_t i = 0; i < w->town->n_staff; i++) {
        const struct staff *staff = &w->town->staff[i];
        const struct unit *unit = town_unit(w->town, town_unit_of(w->town, staff->id));
        if (!staff->active || staff->id.v == manager.v || unit == NULL)
            continue;
        if (unit->id.v == c->row.unit.v)
            return staff->id;
        if (beside.v == 0 && unit->parent.v == c->unit->parent.v)
            beside = staff->id;
    }
    return beside;
}

/* The one asked reads it: most have nothing to add, some do, some never answer. */
static enum err say_something(struct ctx *ctx, const struct item *it, struct case_id id, struct user_id worker)
{
    enum { ANSWERS = 4 };
    static const struct str views[] = {
        STR_INIT("Det stämmer inte riktigt. Vi ringde två gånger, men ingen svarade. Skriv det."),
        STR_INIT("Det låter som om det var den som klagade som gjorde fel. Börja med att be om ursäkt."),
    };
    struct consult_find_row row;
    uint32_t kind = it->number % ANSWERS;
    TRY(consult_find(ctx, id, worker, &row));
    if (kind == ANSWERS - 1)
        return OK;
    struct user_id manager = ctx->who;
    ctx->who = worker;
    struct str text = kind < ARRAY_LEN(views) ? views[kind] : STR("");
    enum err err = consult_say(ctx, row.id, text, str_is_empty(text));
    ctx->who = manager;
    if (err != OK || str_is_empty(text) || it->number % 3 == 0) /* some are still to be considered */
        return err;
    TRY(consult_find(ctx, id, worker, &row));
    return consult_consider(ctx, it->case_number, row.id, row.said);
}

/* What the routine asks those concerned to do before a reply, where it asks for it. */
static enum err share(struct ctx *ctx, const struct walk *w, const struct item *it)
{
    struct open_case c;
    struct facts facts;
    struct draft before;
    TRY(case_open_by_id(ctx, it->id, &c));
    TRY(case_facts(ctx, &c, &facts));
    struct user_id worker = worker_of(w, &c, ctx->who);
    if (!consult_wish(ctx, c.routine, &facts).is_asked_for || worker.v == 0)
        return OK;
    TRY(draft(ctx, w, it));
    TRY(answer_draft(ctx, it->id, &before));
    TRY(consult_share(ctx, it->case_number,
                      &(struct consult_ask){.people = &worker,
                                            .n_people = 1,
                                            .draft_version = before.version,
                                            .question = STR("Stämmer det som står?"),
                                            .story_reason = STR("")}));
    return say_something(ctx, it, it->id, worker);
}

static enum err reply(struct ctx *ctx, const struct walk *w, const struct item *it)
{
    struct draft before, other;
    TRY(answer_draft(ctx, it->id, &before));
    struct open_case c;
    TRY(case_open_by_id(ctx, it->id, &c));
    struct answer answer = {.draft_version = before.version,
                            .measure_kind = it->story->measure,
                            .measure = str_is_none(it->story->done) ? STR("") : it->story->done,
                            .apology = str_eq(it->story->measure, STR("done")),
                            .secrecy_checked = true};
    struct sending how = {.gate_reason = pick(&w->data->waiver_reasons, it->number), .stands_for_it = true};
    if (c.row.reopened)
        answer.text = STR("Hej igen! Tack för att du hör av dig. Jag beklagar att det inte blev bra. Jag har talat med "
                          "alla som berörs i "
                          "dag, och vi följer upp varje dag den här veckan. Jag hör av mig till dig på fredag.");
    else
        TRY(text_of(ctx, w, it, it->story->answer, &answer.text));
    struct send_stop stop;
    return answer_send(ctx, it->case_number, &answer, &how, &other, &stop);
}

/* Most who see that a mail came back choose another way; some do not, and the watchdog tells. */
static bool stays_undelivered(const struct item *it)
{
    return it->bounces && it->number % 3 == 0;
}

static enum err tick(struct ctx *ctx, const struct item *it)
{
    if (it->bounces && !stays_undelivered(it))
        TRY(deliver_another_way(ctx, it->case_number, STR("code")));
    struct task_of_case_row *tasks;
    size_t n;
    TRY(task_of_case(ctx, it->id, &tasks, &n));
    for (size_t i = 0; i < n; i++)
        if (utc_is_none(tasks[i].done))
            TRY(deliver_task_done(ctx, it->case_number, tasks[i].id, DATE_NONE));
    return OK;
}

static enum err person_writes(struct ctx *ctx, const struct item *it, struct str text)
{
    ctx->who = (struct user_id){0};
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open_by_id(ctx, it->id, &c));
    TRY(hear(ctx, &c, &(struct message){.text = text}));
    return tx_commit(&tx);
}

/* So that it does not happen again: a measure for a month, or, now and then, nothing is needed. */
static struct prevention prevention_of(const struct ctx *ctx, const struct item *it)
{
    enum { DAYS_TO_DO_IT = 30 };
    if (it->number % 3 == 0)
        return (struct prevention){
            .kind = STR("none"), .text = STR("Det var en engångshändelse. Rutinen var rätt."), .due = DATE_NONE};
    return (struct prevention){
        .kind = STR("measure"),
        .text = STR("Vi går igenom rutinen med alla på nästa träff och skriver in det i checklistan."),
        .user = ctx->who,
        .due = date_add(utc_to_date(ctx_now(ctx)), DAYS_TO_DO_IT)};
}

/* What is missing is done first: talked through, ticked off, or let go with a reason. */
static enum err settle(struct ctx *ctx, const struct walk *w, const struct item *it, const struct missing *missing)
{
    if (missing->gate && missing->event == EVENT_unit_meeting_held)
        return meeting_set(ctx, it->case_number, utc_to_date(ctx_now(ctx)), /* is_held= */ true);
    uint64_t needs = missing->gate ? missing->gate->needs : 0;
    if (needs & EVENT_BIT(EVENT_investigated))
        return note_investigation(ctx, it->case_number, pick(&w->data->notes, it->number));
    if (needs & EVENT_BIT(EVENT_analysed))
        return note_analysis(ctx, it->case_number, pick(&w->data->notes, it->number));
    if (missing->is_ticked)
        return note_happened(ctx, it->case_number, event_code(missing->event), pick(&w->data->notes, it->number));
    return note_waived(ctx, it->case_number, missing->code, pick(&w->data->waiver_reasons, it->number));
}

/* By whoever closes under the routine; the one who has the case hands it in to them. */
static enum err close_or_hand_in(struct ctx *ctx, const struct item *it, const struct closing *closing)
{
    struct open_case c;
    const struct staff **people;
    TRY(case_read(ctx, it->case_number, &c));
    if (close_is_for(ctx, &c))
        return close_case(ctx, it->case_number, -1, closing);
    TRY(close_hand_in(ctx, it->case_number, -1, closing));
    if (town_people(ctx, c.town, close_role(ctx, &c), c.unit->id, &people) == 0)
        return OK;
    ctx->who = people[0]->id;
    return close_case(ctx, it->case_number, -1,
                      &(struct closing){.outcome = closing->outcome, .measure_kind = closing->measure_kind});
}

static enum err close_it(struct ctx *ctx, const struct walk *w, const struct item *it)
{
    struct closing closing = {.outcome = str_is_none(it->story->outcome) ? STR("answered") : it->story->outcome,
                              .measure_kind = str_is_none(it->story->measure) ? STR("none") : it->story->measure,
                              .measure = str_is_none(it->story->done) ? STR("") : it->story->done,
                              .explanation = STR("Vi talades vid och redde ut vad som hade hänt."),
                              .referral =
                                  STR("Det här bestämmer inte kommunen över. Ring Försäkringskassan, 0771-524 524."),
                              .note = STR("Personen fick veta vart man kan vända sig i svaret.")};
    struct open_case c;
    struct facts facts;
    TRY(case_open_by_id(ctx, it->id, &c));
    TRY(case_facts(ctx, &c, &facts));
    if (close_asks_prevention(&c, &facts))
        closing.prevention = prevention_of(ctx, it);
    struct missing *missing;
    size_t n;
    TRY(close_missing(ctx, &c, &closing, &missing, &n));
    for (size_t i = 0; i < n; i++) {
        if (missing[i].gate == NULL)
            return OK; /* a reply that never arrived: it stays open until somebody finds another way */
        TRY(settle(ctx, w, it, &missing[i]));
    }
    return close_or_hand_in(ctx, it, &closing);
}

/* What others are owed of a case: sent by whoever answers for it, received by those it goes to. */
static enum err send_copies(struct ctx *ctx, const struct walk *w, const struct item *it)
{
    struct open_case c;
    struct copy_duties duties;
    TRY(case_read(ctx, it->case_number, &c));
    TRY(copy_duties(ctx, &c, &duties));
    for (size_t i = 0; i < duties.n; i++) {
        const struct copy_duty *duty = &duties.v[i];
        const struct staff **readers;
        if (duty->kind == COPY_report || duty->sent || duty->is_kept || !duty->can_be_sent ||
            !case_may(&c, STEP_send_copy))
            continue;
        TRY(case_copy_send(ctx, it->case_number, -1, duty->kind));
        struct case_copy_list_row *sent;
        size_t n;
        TRY(case_copy_list(ctx, it->id, &sent, &n));
        if (it->number % 4 == 0 || town_people(ctx, w->town, copy_role(duty->kind), c.row.unit, &readers) == 0)
            continue; /* it waits in the list */
        struct user_id sender = ctx->who;
        ctx->who = readers[0]->id;
        TRY(case_copy_arrived(ctx, it->case_number, sent[n - 1].id));
        ctx->who = sender;
    }
    return OK;
}

/* A reply that will be late or is: most people are told why, and by when instead. */
static enum err tell_delay(struct ctx *ctx, const struct walk *w, const struct item *it)
{
    struct open_case c;
    struct delay_look look;
    TRY(case_read(ctx, it->case_number, &c));
    TRY(delay_look(ctx, &c, &look));
    if ((look.state != DELAY_near && look.state != DELAY_untold) || it->number % 3 == 0 || !case_may(&c, STEP_delay))
        return OK;
    struct date today = utc_to_date(ctx_now(ctx)), from = utc_to_date(promise_due_now(look.promise));
    struct delay delay = {.code = look.promise->obligation->id, .how = DELAY_SEND, .version = -1};
    TRY(workdays_add(ctx, town_days(w->town, c.row.unit), from.days > today.days ? from : today, 5, &delay.new_day));
    if (delay_day_check(&c, look.promise, delay.new_day, today) != DELAY_DAY_good)
        return OK;
    const struct lang *lang = case_language(&c);
    struct letter_fill words = {.reason = pick(&w->data->delay_reasons, it->number),
                                .new_date = when_day(ctx->arena, lang, delay.new_day, today)};
    struct case_letter letter;
    TRY(case_letter(ctx, lang, &c, LETTER_delay_notice, &words, (struct url){STR_NONE}, &letter));
    delay.text = letter.body;
    bool reached;
    return delay_tell(ctx, it->case_number, &delay, &reached);
}

/* What the diary waits for, one thing after the other. */
static enum err keep_diary(struct ctx *ctx, const struct item *it)
{
    for (;;) {
        struct open_case c;
        struct facts facts;
        struct diary_state state;
        TRY(case_read(ctx, it->case_number, &c));
        TRY(case_facts(ctx, &c, &facts));
        TRY(diary_state(ctx, &c, &facts, &state));
        if (state.waiting.wait == DIARY_WAIT_reply) {
            struct dossier_row reply;
            TRY(dossier_reply(ctx, it->id, 0, &reply));
            TRY(diary_enter_reply(ctx, it->case_number, -1, reply.number,
                                  diary_event_number(ctx, c.row.diary_number, reply.number)));
        } else if (state.waiting.wait == DIARY_WAIT_close) {
            return diary_close(ctx, it->case_number, -1);
        } else {
            return OK;
        }
    }
}

/* What the exit asks for is filled in as the page would offer it. */
static enum err leave(struct ctx *ctx, const struct item *it)
{
    struct open_case c;
    TRY(case_read(ctx, it->case_number, &c));
    const struct routine_exit *exit = routine_exit(c.routine, it->story->exit);
    if (exit == NULL)
        return fail(ctx, ERR_CORRUPT, "story %.*s has an exit its routine has not", STR_ARG(it->story->id));
    struct exit_choice choice = {.code = exit->id,
                                 .body = str_is_none(exit->body) ? it->story->done : exit->body,
                                 .reason = it->story->answer,
                                 .grounds = exit->n_grounds ? exit->grounds[0].id : STR(""),
                                 .reference = STR(""),
                                 .unit = STR(""),
                                 .receiver = STR(""),
                                 .with_story = true,
                                 .story_said = true};
    TRY(exit_default_text(ctx, &c, exit, choice.body, &choice.text));
    choice.is_silent = str_is_empty(choice.text) && exit->action != EXIT_ACTION_answer;
    if (str_is_empty(choice.text) && !choice.is_silent)
        choice.text = it->story->answer;
    return exit_take(ctx, it->case_number, -1, &choice);
}

/* The one it was handed to says so; where nobody was, or the copy is still awaited, there is nothing to say. */
static enum err arrive(struct ctx *ctx, const struct item *it)
{
    struct exit_latest_row exit;
    TRY(exit_latest(ctx, it->id, &exit));
    if (!exit.needs_taken || exit.to_user.v == 0)
        return OK;
    ctx->who = exit.to_user;
    return exit_taken(ctx, it->case_number, str_fmt(ctx->arena, "LS 2026/%u", it->number % 40 + 1));
}

/* The step is not due: a reply that could not be delivered, a case somebody else opened. */
static bool is_moot(const struct open_case *c, const struct item *it, enum act act)
{
    if (act == ACT_diary)
        return c->status != CASE_closed;
    if (act == ACT_complain)
        return c->status != CASE_closed;
    if (act == ACT_thank || act == ACT_ask)
        return c->status == CASE_closed;
    if (act == ACT_close)
        return c->status == CASE_closed || stays_undelivered(it);
    return act != ACT_deliver && c->status == CASE_closed;
}

/* Mails to staff reach them; the demo has no mail server. */
static enum err deliver_notices(struct ctx *ctx)
{
    for (;;) {
        struct staff_notice_next_row next;
        enum err err = staff_notice_next(ctx, ctx_now(ctx), ctx_now(ctx), &next);
        if (err == ERR_NOT_FOUND)
            return OK;
        TRY(err);
        TRY(staff_notice_settle(ctx, next.id, STR("sent"), ctx_now(ctx), STR_NONE));
    }
}

static enum err remind(struct ctx *ctx)
{
    struct date today = utc_to_date(ctx_now(ctx));
    bool more = true;
    for (struct remind_at at = {.code = STR_NONE}; more;)
        TRY(remind_some(ctx, today, &at, &more));
    more = true;
    for (struct remind_at at = {.code = STR_NONE}; more;)
        TRY(remind_some_delayed(ctx, today, &at, &more));
    more = true;
    for (struct remind_at at = {.code = STR_NONE}; more;)
        TRY(remind_some_unregistered(ctx, today, &at, &more));
    TRY(remind_digests(ctx));
    TRY(deliver_notices(ctx));
    return remind_day_put(ctx, today, ctx_now(ctx));
}

static enum err act(struct ctx *ctx, struct walk *w, const struct action *a)
{
    struct item *it = &w->items[a->item];
    if (a->act == ACT_submit)
        return submit(ctx, w, it);
    if (a->act == ACT_remind)
        return remind(ctx);
    struct open_case c;
    TRY(case_open_by_id(ctx, it->id, &c));
    if (is_moot(&c, it, a->act))
        return OK;
    struct user_id owner = c.row.owner.v ? c.row.owner : manager_of(ctx, w->town, it->unit->id);
    ctx->who = owner;
    struct str diary_number;
    switch (a->act) {
    case ACT_submit:
        break;
    case ACT_deliver:
        ctx->who = (struct user_id){0}; /* the program itself */
        return deliver(ctx, it);
    case ACT_register:
        ctx->who = somebody(ctx, w->town, c.row.unit, RIGHT_CASE_REGISTER, it->number);
        return register_case(ctx, it->case_number, -1, &diary_number);
    case ACT_sort:
        ctx->who = somebody(ctx, w->town, c.row.unit, RIGHT_CASE_CATEGORISE, it->number);
        return sort(ctx, it);
    case ACT_exit:
        ctx->who = somebody(ctx, w->town, c.row.unit, RIGHT_CASE_EXIT, it->number);
        return leave(ctx, it);
    case ACT_taken:
        return arrive(ctx, it);
    case ACT_assign:
        ctx->who = somebody(ctx, w->town, c.row.unit, RIGHT_CASE_ASSIGN, it->number);
        return handover_ask(ctx, it->case_number, -1,
                            &(struct handover_ask){.to = manager_of(ctx, w->town, it->unit->id)});
    case ACT_accept:
        return c.row.owner.v ? OK : handover_accept(ctx, it->case_number, -1); /* who sorts may have taken it */
    case ACT_note:
        return note_add(ctx, it->case_number, pick(&w->data->notes, it->number));
    case ACT_call:
        return talk_log(ctx, it->case_number,
                        &(struct talk){.how = TALK_WE_CALLED,
                                       .at = ctx_now(ctx),
                                       .told = RESPONSE_investigation,
                                       .text = pick(&w->data->call_notes, it->number)});
    case ACT_write:
        return note_message(ctx, it->case_number, pick(&w->data->first_responses, it->number), RESPONSE_investigation);
    case ACT_ask:
        return person_writes(ctx, it, pick(&w->data->questions, it->number));
    case ACT_share:
        return share(ctx, w, it);
    case ACT_draft:
        TRY(tell_delay(ctx, w, it));
        return draft(ctx, w, it);
    case ACT_reply:
        return reply(ctx, w, it);
    case ACT_tick:
        return tick(ctx, it);
    case ACT_thank:
        return person_writes(ctx, it, pick(&w->data->thanks, it->number));
    case ACT_close:
        TRY(send_copies(ctx, w, it));
        return close_it(ctx, w, it);
    case ACT_diary:
        ctx->who = somebody(ctx, w->town, c.row.unit, RIGHT_DIARY, it->number);
        return keep_diary(ctx, it);
    case ACT_complain:
        return person_writes(ctx, it, pick(&w->data->unhappy, it->number));
    case ACT_remind:
        break;
    }
    BUG("no act");
}

/* Each action in a ctx of its own, so that memory does not grow. */
static enum err act_alone(struct walk *w, const struct action *a)
{
    enum { ACTION_ARENA_MAX = 64 << 20 };
    w->clock->standing = a->at;
    struct ctx one = ctx_begin(w->clock, &w->random, ACTION_ARENA_MAX);
    one.db = w->ctx->db;
    one.vault = w->ctx->vault;
    one.town = w->ctx->town;
    one.lang = w->ctx->lang;
    enum err err = act(&one, w, a);
    if (err != OK)
        fail(w->ctx, err, "case %.*s, action %d: %.*s", STR_ARG(w->items[a->item].case_number), a->act,
             STR_ARG(one.error.message));
    ctx_end(&one);
    return err;
}

/* ---- all ---- */

enum { DEMO_REMINDED_DAYS = 40 };

/* Reminders go out each working day; the last weeks are enough to see them. */
static void plan_mornings(struct walk *w)
{
    struct date today = utc_to_date(w->until);
    for (int back = DEMO_REMINDED_DAYS; back >= 0; back--) {
        struct date day = date_add(today, -back);
        if (day_is_working(NULL, day))
            plan(w, 0, ACT_remind, utc_from_local(day, 7, 0, 0, 0));
    }
}

static int by_time(const void *a, const void *b)
{
    const struct action *x = a, *y = b;
    int order = utc_cmp(x->at, y->at);
    return order ? order : x->item != y->item ? (x->item > y->item) - (x->item < y->item) : (int)x->act - (int)y->act;
}

static struct str way_of(struct walk *w, const struct demo_story *story)
{
    if (story->anonymous)
        return chance(w, 60) ? STR("code") : STR("none");
    uint32_t n = below(w, 100);
    return n < 52 ? STR("email") : n < 74 ? STR("code") : n < 88 ? STR("phone") : n < 93 ? STR("letter") : STR("none");
}

/* Every story once before any comes again, at a time of the year when such things happen. n_told: how often each was
 * told. */
static size_t choose_story(const struct walk *w, int i, uint32_t *n_told, int month)
{
    size_t n = w->data->n_stories;
    uint32_t round = (uint32_t)((size_t)i / n);
    for (uint32_t more = 0;; more++)
        for (size_t k = 0; k < n; k++) {
            size_t s = ((size_t)i * 37 + k) % n;
            if (n_told[s] <= round + more && demo_story_fits(&w->data->stories[s], month)) {
                n_told[s]++;
                return s;
            }
        }
}

static enum err make_item(struct walk *w, int i, uint32_t *n_told, struct utc_us arrived)
{
    struct ctx *ctx = w->ctx;
    struct item *it = &w->items[i];
    size_t story = choose_story(w, i, n_told, date_to_civil(utc_to_date(arrived)).month);
    it->story = &w->data->stories[story];
    /* Told again, it takes the next row of every set: no two cases read the same. */
    it->rows = ARENA_ARRAY(ctx->arena, uint32_t, w->data->n_sets);
    for (size_t s = 0; s < w->data->n_sets; s++)
        it->rows[s] = (uint32_t)((story * 7 + s * 13 + n_told[story]) % w->data->sets[s].n_rows);
    it->number = below(w, 1u << 30);
    it->unit = town_unit_by_code(w->town, it->story->units[below(w, (uint32_t)it->story->n_units)]);
    if (it->unit == NULL)
        return fail(ctx, ERR_CORRUPT, "story %.*s has no unit", STR_ARG(it->story->id));
    /* The form offers operations; a third do not know whom it concerns. */
    const struct unit *offered = it->unit;
    while (offered && !offered->is_public)
        offered = town_unit(w->town, offered->parent);
    it->first_unit = offered && chance(w, 68) ? offered : town_intake_unit(w->town);
    it->way = way_of(w, it->story);
    it->bounces = str_eq(it->way, STR("email")) && chance(w, 3);
    it->name = str_fmt(ctx->arena, "%.*s %.*s", STR_ARG(pick(&w->data->first_names, it->number)),
                       STR_ARG(pick(&w->data->last_names, it->number / 64)));
    return OK;
}

/* The moment case i came in: spread over the year, denser towards the end (by the square of the distance, half and half
 * with an even spread), mostly by day. */
static struct utc_us arrival(struct walk *w, int i)
{
    int64_t left = DEMO_CASES - i, even = left * (364 * DAY_US / DEMO_CASES);
    int64_t back = (even + even / DEMO_CASES * left) / 2 - (int64_t)below(w, 20) * HOUR_US;
    struct date day = utc_to_date(utc_add(w->until, -back));
    int hour = chance(w, 80) ? 7 + (int)below(w, 13) : (int)below(w, 24);
    struct utc_us at = utc_from_local(day, hour, (int)below(w, 60), (int)below(w, 60), 0);
    return at.v > w->until.v ? utc_add(w->until, -(int64_t)(1 + below(w, 180)) * MINUTE_US) : at;
}

enum err demo_walk(struct ctx *ctx, struct clock *clock, const struct demo_data *data, struct utc_us until)
{
    enum { ACTIONS_PER_CASE = 32, SEED = 1889 };
    struct walk w = {
        .ctx = ctx, .clock = clock, .random = {.seeded = true, .seed = SEED}, .data = data, .until = until};
    TRY(town_get(ctx, &w.town));
    w.items = ARENA_ARRAY(ctx->arena, struct item, DEMO_CASES);
    w.actions = ARENA_ARRAY(ctx->arena, struct action, (size_t)DEMO_CASES * ACTIONS_PER_CASE + DEMO_REMINDED_DAYS + 1);
    uint32_t *n_told = ARENA_ARRAY(ctx->arena, uint32_t, data->n_stories);
    for (int i = 0; i < DEMO_CASES; i++) {
        struct utc_us arrived = arrival(&w, i);
        TRY(make_item(&w, i, n_told, arrived));
        if (i == UNCLEAR_CASE)
            plan(&w, (size_t)i, ACT_submit, arrived);
        else
            plan_case(&w, i, arrived);
    }
    plan_mornings(&w);
    qsort(w.actions, w.n_actions, sizeof w.actions[0], by_time);
    for (size_t i = 0; i < w.n_actions; i++)
        TRY(act_alone(&w, &w.actions[i]));
    clock->standing = until;
    TRY(deliver_notices(ctx));
    bool more = true;
    while (more) {
        struct ctx one = ctx_begin(clock, ctx->random, (size_t)256 << 20);
        one.db = ctx->db;
        one.vault = ctx->vault;
        one.town = ctx->town;
        enum err err = search_index_batch(&one, &more);
        if (err != OK)
            fail(ctx, err, "%.*s", STR_ARG(one.error.message));
        ctx_end(&one);
        TRY(err);
    }
    return OK;
}
