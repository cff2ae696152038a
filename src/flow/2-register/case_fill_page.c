/* The parts of the case page, filled in from the case: next step, promises, words, events, people. */
#include "answer.h"
#include "arrival_page.h"
#include "assess_page.h"
#include "case_events.h"
#include "case_next.h"
#include "case_page.h"
#include "case_promise.h"
#include "close_panel_page.h"
#include "close_sql.h"
#include "consult_panel_page.h"
#include "contact.h"
#include "copy_panel_page.h"
#include "date_words.h"
#include "delay_panel_page.h"
#include "deliver.h"
#include "diary_panel_page.h"
#include "document.h"
#include "exit_panel_page.h"
#include "follow_up.h"
#include "handover.h"
#include "handover_panel.h"
#include "inquiry_panel_page.h"
#include "letter_panel_page.h"
#include "page_parts.h"
#include "taken_page.h"
#include "team_panel_page.h"

/* What one page is filled from: each thing is read once. */
struct case_sources {
    const struct open_case *c;
    const struct case_again *again;
    struct date today;
    struct facts facts;
    struct promise *promises;
    size_t n_promises;
    struct document_list_row *documents;
    size_t n_documents;
    struct str *texts; /* of each document that is a text; STR_NONE for files */
    struct outbox_of_case_row *sent;
    size_t n_sent;
    struct task_of_case_row *tasks;
    size_t n_tasks;
    struct event_list_row *events;
    size_t n_events;
    struct waiver_reasons_row *waivers;
    size_t n_waivers;
    struct draft draft;
    bool has_failed;
    struct exit_left exit;
    struct handover_past handed;
    bool to_close; /* whoever closes it by the routine was asked to */
};

enum { EVENTS_SHOWN = 300, TEXTS_SHOWN = 200 };

static enum err read_sources(struct ctx *ctx, const struct open_case *c, const struct case_again *again,
                             struct case_sources *s)
{
    *s = (struct case_sources){.c = c, .again = again, .today = utc_to_date(ctx_now(ctx))};
    TRY(case_facts(ctx, c, &s->facts));
    TRY(case_promises(ctx, c, &s->promises, &s->n_promises));
    TRY(document_list(ctx, c->row.id, &s->documents, &s->n_documents));
    TRY(outbox_of_case(ctx, c->row.id, &s->sent, &s->n_sent));
    TRY(task_of_case(ctx, c->row.id, &s->tasks, &s->n_tasks));
    TRY(event_list(ctx, c->row.id, EVENTS_SHOWN, &s->events, &s->n_events));
    TRY(waiver_reasons(ctx, c->row.id, &s->waivers, &s->n_waivers));
    TRY(answer_draft(ctx, c->row.id, &s->draft));
    TRY(exit_left_of(ctx, c, &s->exit));
    TRY(handover_read(ctx, c->row.id, &s->handed));
    struct case_to_close_row to_close;
    TRY(case_to_close(ctx, c->row.id, &to_close));
    s->to_close = !str_is_empty(to_close.role);
    s->texts = ARENA_ARRAY(ctx->arena, struct str, s->n_documents);
    size_t n_texts = 0;
    for (size_t i = 0; i < s->n_documents; i++) {
        bool is_text =
            str_eq(s->documents[i].media_type, STR("text/plain")) && !str_eq(s->documents[i].kind, STR("attachment"));
        s->texts[i] = STR_NONE;
        if (is_text && n_texts++ < TEXTS_SHOWN)
            TRY(document_body(ctx, c->row.id, s->documents[i].body, PURPOSE_handle_case, &s->texts[i]));
    }
    for (size_t i = 0; i < s->n_sent; i++)
        s->has_failed |= str_eq(s->sent[i].status, STR("failed"));
    return OK;
}

static struct str staff_name(const struct case_sources *s, struct user_id id)
{
    const struct staff *staff = id.v ? town_staff(s->c->town, id) : NULL;
    return staff ? staff->name : STR_NONE;
}

struct str case_title(struct ctx *ctx, const struct open_case *c)
{
    if (!str_is_empty(c->row.title))
        return c->row.title;
    return WORDS(ctx, case_no_title, .type = type_word(ctx, c->routine, c->row.type));
}

static struct tags_view tags(struct ctx *ctx, const struct open_case *c)
{
    enum { TAGS_MAX = 4 };
    struct tag_view *tags = ARENA_ARRAY(ctx->arena, struct tag_view, TAGS_MAX);
    size_t n = 0;
    tags[n++] = (struct tag_view){type_word(ctx, c->routine, c->row.type), TONE_NEUTRAL, ICON_NONE};
    if (!str_is_empty(c->row.subject))
        tags[n++] =
            (struct tag_view){msg_of_code(ctx->lang, MSG_PREFIX("subject_"), c->row.subject), TONE_NEUTRAL, ICON_NONE};
    if (c->row.secret)
        tags[n++] = (struct tag_view){msg_text(ctx->lang, MSG_case_tag_secret), TONE_WARNING, ICON_LOCK};
    tags[n++] =
        (struct tag_view){msg_of_code(ctx->lang, MSG_PREFIX("status_"), c->row.status), TONE_OUTLINE, ICON_NONE};
    return (struct tags_view){tags, n};
}

/* ---- the next step ---- */

static bool is_open_promise(const struct promise *promise)
{
    return promise->state == PROMISE_running || promise->state == PROMISE_missed;
}

static struct next_facts next_facts(struct ctx *ctx, const struct case_sources *s)
{
    const struct open_case *c = s->c;
    struct next_facts f = {
        .status = c->status,
        .has_owner = c->row.owner.v != 0,
        .is_accepted = !utc_is_none(c->row.accepted),
        .is_owner = roles_has(c->roles, ROLE_owner),
        .is_waiting = s->handed.waiting != NULL,
        .is_asked = handover_is_asked(ctx, c->town, s->handed.waiting),
        .in_diary = !str_is_none(c->row.diary_number),
        .wants_diary = c->routine->registration.where == REGISTER_diary,
        .is_sorted = !str_is_none(c->row.subject) && !str_eq(c->row.type, STR("unknown")),
        .has_failed = s->has_failed,
        .has_draft = s->draft.version > 0,
        .is_reply_owed = s->facts.contact_known && s->facts.reply_wanted &&
                         utc_is_none(s->facts.at[c->row.reopened ? EVENT_replied_again : EVENT_replied]),
        .is_resolved = s->facts.on_spot && c->row.reopened == 0,
    };
    f.is_reply_owed &= !f.is_resolved;
    for (size_t i = 0; i < s->n_tasks; i++)
        if (utc_is_none(s->tasks[i].done)) {
            f.has_letter |= str_eq(s->tasks[i].kind, STR("letter")) || str_eq(s->tasks[i].kind, STR("letter_outside"));
            f.has_call |= str_eq(s->tasks[i].kind, STR("call"));
            f.has_sms |= str_eq(s->tasks[i].kind, STR("sms"));
            f.has_promised |= str_eq(s->tasks[i].kind, STR("promise")) &&
                              (s->tasks[i].user.v == 0 || s->tasks[i].user.v == ctx->who.v);
            f.has_meeting |= str_eq(s->tasks[i].kind, STR("meeting"));
        }
    for (size_t i = 0; i < s->n_promises; i++) {
        enum event event;
        bool is_open = is_open_promise(&s->promises[i]);
        f.is_response_owed |= is_open && s->promises[i].obligation->met_by & EVENT_BIT(EVENT_first_response);
        bool is_meeting = s->promises[i].obligation->met_by & EVENT_BIT(EVENT_unit_meeting_held);
        f.has_open_promise |= is_open && (is_meeting || promise_ticked_by(c, &s->promises[i], &event));
        f.is_meeting_left |= is_open && is_meeting;
    }
    f.closes_self = close_is_for(ctx, c);
    f.was_handed_in = s->to_close;
    f.is_heard = c->status == CASE_closed && follow_up_is_heard(&s->facts);
    f.is_follow_up_owed = c->status == CASE_closed && follow_up_is_owed(c, &s->facts);
    for (enum step step = 0; step < STEP_COUNT; step++)
        f.may[step] = case_may(c, step);
    return f;
}

static void next_second(struct ctx *ctx, struct next_view *next, struct url url, enum msg text)
{
    next->second = url;
    next->second_text = msg_text(ctx->lang, text);
}

/* Where the button leads, and another way on where there is one. */
static void next_links(struct ctx *ctx, const struct case_view *view, enum next_step step, const struct next_facts *f,
                       struct next_view *next)
{
    switch (step) {
    case NEXT_register:
        next->post = view->register_url;
        if (f->may[STEP_categorise] && !f->is_sorted)
            next_second(ctx, next, view->sort_url, MSG_next_button_sort);
        break;
    case NEXT_sort:
        next->link = view->sort_url;
        if (f->may[STEP_assign])
            next_second(ctx, next, view->assign_url, MSG_next_button_assign);
        break;
    case NEXT_assign:
        next->link = view->assign_url;
        break;
    case NEXT_accept:
        next->post = view->accept_url;
        next_second(ctx, next, URL("#tacka-nej"), MSG_handover_decline);
        break;
    case NEXT_wait_person:
        next->link = URL("#komplettering");
        break;
    case NEXT_respond:
        next->link = URL("#samtal");
        next_second(ctx, next, view->answer_url, MSG_next_button_answer);
        break;
    case NEXT_answer:
    case NEXT_finish_answer:
        next->link = view->answer_url;
        next_second(ctx, next, URL("#samtal"), MSG_talk_open);
        break;
    case NEXT_send_copy:
        next->link = URL("#kopior");
        break;
    case NEXT_share_draft:
        next->link = view->consult.url;
        next_second(ctx, next, view->answer_url, MSG_next_button_finish_answer);
        break;
    case NEXT_reply_waits:
        next->link = URL("#samrad");
        break;
    case NEXT_close:
    case NEXT_hand_in:
        next->link = view->close_url;
        break;
    case NEXT_heard:
        next->link = URL_PATH(ctx->arena, "/arende/%/skrev-igen", view->number);
        break;
    case NEXT_follow_up:
        next->link = URL_PATH(ctx->arena, "/arende/%/uppfoljning", view->number);
        break;
    case NEXT_after_closing:
        next->link = f->is_meeting_left ? URL("#apt") : URL("#lov");
        break;
    case NEXT_attach_copy:
    case NEXT_exit_heard:
    case NEXT_exit_take:
        next->link = URL("#undantag");
        break;
    case NEXT_exit_enter:
        next->link = URL("#undantag");
        if (f->may[STEP_register] || f->may[STEP_register_later])
            next->post = view->register_url;
        break;
    case NEXT_wait_accept:
        if (f->may[STEP_hand_over])
            next_second(ctx, next, view->assign_url, MSG_next_second_ask_other);
        break;
    case NEXT_another_way: /* its form stands in the card */
    case NEXT_post_letter:
    case NEXT_make_call:
    case NEXT_send_sms:
    case NEXT_meet:
    case NEXT_keep_promise:
    case NEXT_closed:
    case NEXT_wait_close:
    case NEXT_exited:
    case NEXT_exit_wait:
    case NEXT_wait_other:
    case NEXT_STEP_COUNT:
        break;
    }
}

/* The panel offers to send one. */
static bool is_copy_owed(const struct copy_panel_view *copies)
{
    for (size_t i = 0; i < copies->n_lines; i++)
        if (!str_is_empty(copies->lines[i].send))
            return true;
    return false;
}

/* Who closes it, when the reader does not. */
static struct str next_close_words(struct ctx *ctx, const struct case_sources *s, enum next_step step)
{
    struct str role = with_capital(ctx, role_word(ctx, s->c->routine, role_name(close_role(ctx, s->c))));
    return step == NEXT_hand_in ? WORDS(ctx, close_hand_in_text, .role = role)
                                : WORDS(ctx, close_waits_for, .role = role);
}

static void fill_next(struct ctx *ctx, const struct case_sources *s, struct case_view *view)
{
    struct next_facts f = next_facts(ctx, s);
    f.is_copy_owed = is_copy_owed(&view->copies);
    f.wants_consult = view->consult.wants;
    f.is_planned = view->consult.plan.tone != TONE_NEUTRAL;
    f.exit_heard = s->exit.heard;
    f.exit_untaken = s->exit.untaken;
    f.exit_waits = s->exit.waits;
    f.exit_unentered = s->exit.unentered;
    enum next_step step = case_next(&f);
    struct str code = next_step_name(step);
    struct next_view next = {
        .title = msg_of_code(ctx->lang, MSG_PREFIX("next_title_"), code),
        .text = msg_of_code(ctx->lang, MSG_PREFIX("next_text_"), code),
    };
    struct str owner = staff_name(s, s->c->row.owner);
    if (step == NEXT_wait_accept)
        next.text = WORDS(ctx, next_wait_accept_for, .name = staff_name(s, s->handed.waiting->to));
    if (step == NEXT_wait_other && !str_is_empty(owner))
        next.text = WORDS(ctx, next_wait_other_for, .name = owner);
    if (step == NEXT_hand_in || step == NEXT_wait_close)
        next.text = next_close_words(ctx, s, step);
    if (step == NEXT_closed && s->c->routine->closed_message == CLOSED_MESSAGE_consider)
        next.text = msg_text(ctx->lang, MSG_next_text_closed_consider);
    next.version = step == NEXT_accept ? (int64_t)s->handed.n : s->c->row.version;
    next_links(ctx, view, step, &f, &next);
    enum msg button;
    if ((!str_is_none(next.link.s) || !str_is_none(next.post.s)) && msg_find(MSG_PREFIX("next_button_"), code, &button))
        next.button = msg_text(ctx->lang, button);
    const struct promise *due = promise_next(s->promises, s->n_promises);
    if (due && s->c->status != CASE_closed && !utc_is_none(due->due)) {
        next.promise = promise_name(ctx, due->obligation);
        next.due = due->obligation->within.unit == LIMIT_hour
                       ? when_moment(ctx->arena, ctx->lang, promise_due_now(due), s->today)
                       : when_day(ctx->arena, ctx->lang, utc_to_date(promise_due_now(due)), s->today);
        next.is_late = due->state == PROMISE_missed && utc_cmp(promise_due_now(due), ctx_now(ctx)) < 0;
    }
    view->next = next;
}

static size_t document_index(const struct case_sources *s, struct document_id id)
{
    size_t i = 0;
    while (i < s->n_documents && s->documents[i].id.v != id.v)
        i++;
    return i;
}

/* ---- deliveries ---- */

static void fill_ways(struct ctx *ctx, const struct case_sources *s, struct case_view *view)
{
    static const struct str ways[] = {STR_INIT("phone"),   STR_INIT("letter"), STR_INIT("sms"),
                                      STR_INIT("meeting"), STR_INIT("code"),   STR_INIT("email")};
    if (!s->has_failed)
        return;
    view->failed = (struct notice_view){.tone = TONE_WARNING,
                                        .heading = msg_text(ctx->lang, MSG_case_failed),
                                        .text = msg_text(ctx->lang, MSG_case_failed_text)};
    if (!case_may(s->c, STEP_redirect))
        return;
    view->may_redirect = true;
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, ARRAY_LEN(ways));
    for (size_t i = 0; i < ARRAY_LEN(ways); i++)
        options[i] = (struct option_view){ways[i], msg_of_code(ctx->lang, MSG_PREFIX("way_new_"), ways[i]),
                                          str_eq(s->again->text, ways[i])};
    view->ways = options;
    view->n_ways = ARRAY_LEN(ways);
    view->way = field_view(&s->again->faults, STR("way"), STR_NONE);
}

/* A mail that waits for its next try: the mail server was out of reach. */
static void fill_retry(struct ctx *ctx, const struct case_sources *s, struct case_view *view)
{
    const struct outbox_of_case_row *next = NULL;
    for (size_t i = 0; i < s->n_sent; i++) {
        bool waits = str_eq(s->sent[i].status, STR("queued")) && s->sent[i].attempts > 0;
        if (waits && (next == NULL || utc_cmp(s->sent[i].due, next->due) < 0))
            next = &s->sent[i];
    }
    if (next)
        view->retried = (struct notice_view){
            .tone = TONE_INFO,
            .heading = msg_text(ctx->lang, MSG_case_retried),
            .text = WORDS(ctx, case_retried_text, .n = next->attempts,
                          .when = when_moment(ctx->arena, ctx->lang, next->due, s->today)),
        };
}

/* Where the words of a letter to post lie, to be printed; none when it has no document. */
static struct url task_paper(struct ctx *ctx, const struct case_sources *s, const struct task_of_case_row *task)
{
    if (!str_eq(task->kind, STR("letter")) && !str_eq(task->kind, STR("letter_outside")))
        return (struct url){STR_NONE};
    size_t d = task->document.v ? document_index(s, task->document) : s->n_documents;
    if (d >= s->n_documents)
        return (struct url){STR_NONE};
    struct str number = str_fmt(ctx->arena, "%lld", (long long)s->documents[d].number);
    return URL_PATH(ctx->arena, "/arende/%/brev/%", s->c->row.number, number);
}

/* What is to be done; of a promise also what was promised, by whom and by when. */
static struct str task_words(struct ctx *ctx, const struct case_sources *s, const struct task_of_case_row *task)
{
    struct str prefix = str_eq(task->purpose, STR("handover"))          ? MSG_PREFIX("task_handover_")
                        : str_eq(task->purpose, STR("delay_notice"))    ? MSG_PREFIX("task_delay_")
                        : str_eq(task->purpose, STR("acknowledgement")) ? MSG_PREFIX("task_acknowledge_")
                                                                        : MSG_PREFIX("task_");
    struct str words = msg_of_code(ctx->lang, prefix, task->kind);
    if (!str_eq(task->kind, STR("promise")))
        return words;
    for (size_t i = 0; i < s->n_documents; i++)
        if (s->documents[i].id.v == task->document.v && !str_is_empty(s->texts[i]))
            words = WORDS(ctx, task_promised, .text = s->texts[i]);
    struct out out = out_init(ctx->arena, WORDS_MAX_BYTES);
    out_str(&out, words);
    struct str name = staff_name(s, task->user);
    if (!str_is_empty(name))
        out_str(&out, WORDS(ctx, task_promised_by, .name = name));
    if (!utc_is_none(task->due))
        out_str(&out, WORDS(ctx, task_promised_until,
                            .when = when_day(ctx->arena, ctx->lang, utc_to_date(task->due), s->today)));
    return out_take(&out);
}

static void fill_tasks(struct ctx *ctx, const struct case_sources *s, struct case_view *view)
{
    if (!case_may(s->c, STEP_tick))
        return;
    struct task_view *tasks = ARENA_ARRAY(ctx->arena, struct task_view, s->n_tasks);
    size_t n = 0;
    for (size_t i = 0; i < s->n_tasks; i++) {
        const struct task_of_case_row *task = &s->tasks[i];
        if (!utc_is_none(task->done))
            continue;
        tasks[n++] = (struct task_view){
            .url = URL_PATH(ctx->arena, "/arende/%/uppgift/%", view->number,
                            str_fmt(ctx->arena, "%lld", (long long)task->id.v)),
            .text = task_words(ctx, s, task),
            .button = msg_of_code(ctx->lang, MSG_PREFIX("task_button_"), task->kind),
            .since = when_date(ctx->arena, ctx->lang, utc_to_date(task->created), s->today),
            .paper = task_paper(ctx, s, task),
        };
    }
    view->tasks = tasks;
    view->n_tasks = n;
}

/* ---- promises ---- */

static struct str waiver_note(struct ctx *ctx, const struct case_sources *s, const struct waiver_reasons_row *waiver,
                              enum err *ret_err)
{
    struct str reason = STR_NONE;
    *ret_err = vault_unseal(ctx, s->c->row.id, waiver->reason, PURPOSE_handle_case, &reason);
    struct str name = staff_name(s, waiver->who);
    return str_fmt(ctx->arena, "%.*s: ”%.*s”", STR_ARG(name), STR_ARG(reason));
}

static enum err fill_promise(struct ctx *ctx, const struct case_sources *s, const struct promise_reader *reader,
                             const struct promise *promise, bool is_next, struct case_promise_view *ret)
{
    struct str code = promise->obligation->id;
    bool may_waive = case_may(s->c, STEP_waive);
    *ret = (struct case_promise_view){
        .promise = promise_view(ctx, reader, promise, is_next),
        .code = code,
        .may_waive = may_waive && is_open_promise(promise),
        .waive_open = str_eq(s->again->form, STR("waive")) && str_eq(s->again->key, code),
        .waive = field_view(&s->again->faults, str_fmt(ctx->arena, "waive-%.*s", STR_ARG(code)), STR("")),
    };
    if (ret->waive_open)
        ret->waive.value = s->again->text;
    enum event event;
    if (is_open_promise(promise) && case_may(s->c, STEP_keep) && promise_ticked_by(s->c, promise, &event)) {
        ret->event = event_code(event);
        ret->happened = msg_of_code(ctx->lang, MSG_PREFIX("happened_"), ret->event);
        ret->keep_open = str_eq(s->again->form, STR("keep")) && str_eq(s->again->key, ret->event);
        ret->keep = field_view(&s->again->faults, str_fmt(ctx->arena, "keep-%.*s", STR_ARG(code)),
                               ret->keep_open ? s->again->text : STR(""));
    }
    for (size_t i = 0; i < s->n_waivers; i++)
        if (str_eq(s->waivers[i].code, code)) {
            enum err err;
            ret->promise.note = waiver_note(ctx, s, &s->waivers[i], &err);
            TRY(err);
        }
    return OK;
}

static enum err fill_promises(struct ctx *ctx, const struct case_sources *s, struct case_view *view)
{
    struct promise_reader reader = {.routine = s->c->routine,
                                    .local = &town_days(s->c->town, s->c->row.unit)->local,
                                    .today = s->today,
                                    .is_staff = true,
                                    .with_explanations = true,
                                    .owner = staff_name(s, s->c->row.owner)};
    const struct promise *next = promise_next(s->promises, s->n_promises);
    struct case_promise_view *views = ARENA_ARRAY(ctx->arena, struct case_promise_view, s->n_promises);
    for (size_t i = 0; i < s->n_promises; i++)
        TRY(fill_promise(ctx, s, &reader, &s->promises[i], &s->promises[i] == next, &views[i]));
    view->promises = views;
    view->n_promises = s->n_promises;
    return OK;
}

/* ---- words and papers ---- */

static enum err document_view_of(struct ctx *ctx, const struct case_sources *s, const struct document_list_row *d,
                                 struct document_view *ret)
{
    *ret = (struct document_view){
        .number = d->number,
        .name = document_kind_words(ctx, d),
        .more = d->name.v ? size_words(ctx, d->size_bytes) : STR_NONE,
        .url = document_url(ctx, s->c->row.number, d->number),
    };
    if (d->name.v)
        TRY(vault_unseal(ctx, s->c->row.id, d->name, PURPOSE_handle_case, &ret->name));
    return OK;
}

/* The documents whose letter is parent; parent .v 0: the whole dossier. */
static enum err document_views(struct ctx *ctx, const struct case_sources *s, struct document_id parent,
                               struct documents_view *ret)
{
    struct document_view *views = ARENA_ARRAY(ctx->arena, struct document_view, s->n_documents);
    size_t n = 0;
    for (size_t i = 0; i < s->n_documents; i++)
        if (parent.v == 0 || s->documents[i].parent.v == parent.v)
            TRY(document_view_of(ctx, s, &s->documents[i], &views[n++]));
    *ret = (struct documents_view){views, n};
    return OK;
}

static bool is_message(const struct document_list_row *d)
{
    return str_eq(d->kind, STR("message_in")) || str_eq(d->kind, STR("message_out")) || str_eq(d->kind, STR("reply")) ||
           str_eq(d->kind, STR("call")) || str_eq(d->kind, STR("follow_up")) ||
           str_eq(d->kind, STR("no_further_reply")) || str_eq(d->kind, STR("referral")) ||
           str_eq(d->kind, STR("survey_answer"));
}

static bool is_shown_above(const struct document_list_row *d)
{
    return is_message(d) || str_eq(d->kind, STR("investigation")) || str_eq(d->kind, STR("analysis"));
}

static enum err fill_words(struct ctx *ctx, const struct case_sources *s, struct case_view *view)
{
    struct message_view *messages = ARENA_ARRAY(ctx->arena, struct message_view, s->n_documents);
    size_t n_messages = 0;
    for (size_t i = 0; i < s->n_documents; i++) {
        const struct document_list_row *d = &s->documents[i];
        if (str_eq(d->kind, STR("submission"))) {
            view->story = s->texts[i];
            view->story_at = when_moment(ctx->arena, ctx->lang, d->at, s->today);
            view->story_number = d->number;
            TRY(document_views(ctx, s, d->id, &view->story_files));
        } else if (is_message(d)) {
            bool is_out = !str_eq(d->direction, STR("in")); /* a call we wrote down, too */
            const struct staff *staff = d->user.v ? town_staff(s->c->town, d->user) : NULL;
            struct message_view *m = &messages[n_messages++];
            *m = (struct message_view){
                .is_mine = is_out,
                .who = staff ? staff->name : msg_text(ctx->lang, is_out ? MSG_case_automatic : MSG_case_person),
                .title = staff                                   ? staff->title
                         : str_eq(d->kind, STR("survey_answer")) ? document_kind_words(ctx, d)
                                                                 : STR_NONE,
                .at = when_moment(ctx->arena, ctx->lang, d->at, s->today),
                .text = s->texts[i],
            };
            TRY(document_views(ctx, s, d->id, &m->documents));
        }
    }
    view->story_how = msg_of_code(ctx->lang, MSG_PREFIX("channel_"), s->c->row.channel);
    view->messages = (struct messages_view){messages, n_messages};
    view->message_way = msg_of_code(ctx->lang, MSG_PREFIX("case_message_way_"), s->c->row.reply_preference);
    if (s->draft.version > 0) {
        view->has_draft = true;
        view->draft = s->draft.text;
        view->draft_by = staff_name(s, s->draft.user);
        view->draft_at = when_moment(ctx->arena, ctx->lang, s->draft.saved, s->today);
    }
    return document_views(ctx, s, (struct document_id){0}, &view->documents);
}

/* Why a promise or a gate was let go; STR_NONE when the event is about something else. */
static enum err event_reason(struct ctx *ctx, const struct case_sources *s, const struct event_list_row *event,
                             struct str *ret)
{
    *ret = STR_NONE;
    if (!str_eq(event->kind, step_name(STEP_waive)))
        return OK;
    struct str code = event_value(ctx, event->data, "promise");
    for (size_t i = 0; i < s->n_waivers; i++)
        if (str_eq(s->waivers[i].code, code))
            return vault_unseal(ctx, s->c->row.id, s->waivers[i].reason, PURPOSE_handle_case, ret);
    return OK;
}

static enum err fill_events(struct ctx *ctx, const struct case_sources *s, struct case_view *view)
{
    struct happening_view *happenings = ARENA_ARRAY(ctx->arena, struct happening_view, s->n_events);
    for (size_t i = 0; i < s->n_events; i++) {
        const struct event_list_row *e = &s->events[i];
        happenings[i] = (struct happening_view){
            .dot = event_dot(e->kind),
            .icon = event_icon(e->kind),
            .at = when_moment(ctx->arena, ctx->lang, e->at, s->today),
            .who = event_who(ctx, s->c, e),
            .text = event_words(ctx, s->c, e->kind, e->data),
        };
        TRY(event_reason(ctx, s, e, &happenings[i].said));
        size_t d = e->document.v ? document_index(s, e->document) : s->n_documents;
        if (d == s->n_documents)
            continue;
        /* Messages, calls, the investigation and measures stand under their own headings, notes only here. */
        if (str_eq(s->documents[d].direction, STR("internal")) && !is_shown_above(&s->documents[d]) &&
            !str_ends(e->kind, STR("_measure")))
            happenings[i].said = s->texts[d];
        struct document_view *one = ARENA_NEW(ctx->arena, struct document_view);
        TRY(document_view_of(ctx, s, &s->documents[d], one));
        happenings[i].documents = (struct documents_view){one, 1};
    }
    view->events = (struct timeline_view){happenings, s->n_events};
    return OK;
}

/* ---- people and facts ---- */

static void fill_contact(struct ctx *ctx, const struct case_sources *s, struct case_view *view)
{
    const struct str *codes;
    size_t n = contact_reasons(&codes);
    struct option_view *reasons = ARENA_ARRAY(ctx->arena, struct option_view, n);
    for (size_t i = 0; i < n; i++)
        reasons[i] =
            (struct option_view){codes[i], msg_of_code(ctx->lang, MSG_PREFIX("contact_reason_"), codes[i]), false};
    view->reasons = reasons;
    view->n_reasons = n;
    view->reason = field_view(&s->again->faults, STR("reason"), STR_NONE);
    view->has_contact = s->c->row.contact_known;
    view->may_show_contact = case_may(s->c, STEP_show_contact);
    view->reply_way = msg_of_code(ctx->lang, MSG_PREFIX("case_wants_"), s->c->row.reply_preference);
    for (size_t i = 0; i < s->n_events; i++)
        if (str_eq(s->events[i].kind, step_name(STEP_show_contact)) && view->n_shown++ == 0) {
            view->shown_by = event_who(ctx, s->c, &s->events[i]);
            view->shown_at = when_date(ctx->arena, ctx->lang, utc_to_date(s->events[i].at), s->today);
        }
    if (s->again->contact == NULL)
        return;
    const struct {
        enum msg name;
        struct str value;
    } all[] = {{MSG_contact_name, s->again->contact->name},
               {MSG_contact_phone, s->again->contact->phone},
               {MSG_contact_call_time, s->again->contact->call_time},
               {MSG_contact_email, s->again->contact->email},
               {MSG_contact_address, s->again->contact->address}};
    struct fact_view *facts = ARENA_ARRAY(ctx->arena, struct fact_view, ARRAY_LEN(all));
    size_t n_facts = 0;
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        if (!str_is_empty(all[i].value))
            facts[n_facts++] = (struct fact_view){msg_text(ctx->lang, all[i].name), all[i].value};
    view->is_contact_shown = true;
    view->contact = (struct facts_view){facts, n_facts};
}

static void fill_facts(struct ctx *ctx, const struct case_sources *s, struct case_view *view)
{
    const struct open_case *c = s->c;
    const struct {
        enum msg name;
        struct str value;
    } all[] = {
        {MSG_fact_received, when_moment(ctx->arena, ctx->lang, c->row.received, s->today).words},
        {MSG_fact_unit, c->unit->name},
        {MSG_fact_language,
         str_eq(c->row.language, STR("sv")) ? STR_NONE : with_capital(ctx, language_name(ctx, c->row.language))},
        {MSG_fact_diary, c->row.diary_number},
        {MSG_fact_routine, c->routine->document.title},
        {MSG_fact_outcome,
         str_is_none(c->row.outcome) ? STR_NONE : msg_of_code(ctx->lang, MSG_PREFIX("outcome_"), c->row.outcome)},
        {MSG_fact_closed, utc_is_none(c->row.closed)
                              ? STR_NONE
                              : when_date(ctx->arena, ctx->lang, utc_to_date(c->row.closed), s->today).words},
    };
    struct fact_view *facts = ARENA_ARRAY(ctx->arena, struct fact_view, ARRAY_LEN(all));
    size_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        if (!str_is_empty(all[i].value))
            facts[n++] = (struct fact_view){msg_text(ctx->lang, all[i].name), all[i].value};
    view->facts = (struct facts_view){facts, n};
    view->checklist = URL_PATH(ctx->arena, "/checklista/%", c->unit->code);

    view->is_secret = c->row.secret;
    view->provision = c->row.secrecy_provision;
    view->secret_by = staff_name(s, c->row.secret_by);
    if (!utc_is_none(c->row.secret_since))
        view->secret_at = when_date(ctx->arena, ctx->lang, utc_to_date(c->row.secret_since), s->today);
}

static struct text_form_view text_form(const struct case_again *again, struct str form, struct str id)
{
    bool came_back = str_eq(again->form, form);
    return (struct text_form_view){.text = field_view(&again->faults, id, came_back ? again->text : STR("")),
                                   .is_open = came_back};
}

static void fill_forms(const struct case_sources *s, struct case_view *view)
{
    const struct open_case *c = s->c;
    view->may_write = case_may(c, STEP_write);
    view->may_answer = case_may(c, STEP_reply);
    view->may_sort = case_may(c, STEP_categorise);
    /* In the next step's card already: then not once more. */
    view->may_register = str_is_none(c->row.diary_number) && str_is_none(view->next.post.s) &&
                         (case_may(c, STEP_register) || case_may(c, STEP_register_later));
    view->is_answered = c->status == CASE_replied || !utc_is_none(s->facts.at[EVENT_replied]);
    view->message = text_form(s->again, STR("message"), STR("text-message"));
}

enum err case_fill(struct ctx *ctx, const struct open_case *c, const struct case_again *again, int64_t usual_days,
                   struct case_view *view)
{
    struct case_sources s;
    TRY(read_sources(ctx, c, again, &s));
    view->tags = tags(ctx, c);
    TRY(copy_panel_fill(ctx, c, view->csrf, &view->copies));
    TRY(consult_panel_fill(ctx, c, &s.facts, view->csrf, s.draft.version > 0, &view->consult));
    fill_next(ctx, &s, view);
    fill_ways(ctx, &s, view);
    fill_retry(ctx, &s, view);
    fill_tasks(ctx, &s, view);
    TRY(fill_promises(ctx, &s, view));
    TRY(fill_words(ctx, &s, view));
    TRY(fill_events(ctx, &s, view));
    fill_contact(ctx, &s, view);
    fill_facts(ctx, &s, view);
    TRY(taken_fill(ctx, c, &view->taken));
    TRY(arrival_fill(ctx, c, &view->arrival));
    TRY(assess_fill(ctx, c, again, view->csrf, &view->assess));
    fill_forms(&s, view);
    TRY(delay_panel_fill(ctx, c, &view->delay));
    TRY(letter_panel_fill(ctx, c, view->csrf, &view->letters));
    TRY(diary_panel_fill(ctx, c, &s.facts, view->csrf, usual_days, &view->diary));
    TRY(exit_panel_fill(ctx, c, again, view->csrf, &view->exit));
    const struct inquiry_sources inquiry = {&s.facts, s.promises, s.n_promises, s.documents, s.texts, s.n_documents};
    TRY(inquiry_panel_fill(ctx, c, again, view->csrf, &inquiry, &view->inquiry));
    TRY(team_panel_fill(ctx, c, again, view->csrf, &view->team));
    TRY(close_panel_fill(ctx, c, again, view->csrf, view->next.link, &view->close));
    TRY(handover_panel_fill(ctx, c, again, &view->handover));
    view->handover.csrf = view->csrf;
    view->handover.accept_above = str_eq(view->next.post.s, view->accept_url.s);
    return OK;
}
