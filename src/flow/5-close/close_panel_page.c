#include "close_panel_page.h"

#include "close_sql.h"
#include "document.h"
#include "follow_up.h"
#include "meeting.h"
#include "page_parts.h"
#include "survey.h"

/* ---- what is missing ---- */

bool missing_is_in_form(const struct missing *missing)
{
    static const struct str codes[] = {STR_INIT("outcome"),         STR_INIT("measure"),       STR_INIT("measure_text"),
                                       STR_INIT("explanation"),     STR_INIT("referral"),      STR_INIT("prevention"),
                                       STR_INIT("prevention_text"), STR_INIT("prevention_due")};
    for (size_t i = 0; missing->gate == NULL && i < ARRAY_LEN(codes); i++)
        if (str_eq(missing->code, codes[i]))
            return true;
    return false;
}

/* Who does it: a name where the case has one, else the routine's word for the role. */
static struct str who_words(struct ctx *ctx, const struct open_case *c, struct str who)
{
    const struct staff *owner = c->row.owner.v ? town_staff(c->town, c->row.owner) : NULL;
    if (str_is_empty(who))
        return STR_NONE;
    if (owner && str_eq(who, role_name(ROLE_responsible_manager)))
        return owner->name;
    return role_word(ctx, c->routine, who);
}

/* Where an event is made to happen, when no tick does it. */
static struct url place_of(struct ctx *ctx, const struct open_case *c, enum event event)
{
    if (event == EVENT_unit_meeting_held)
        return URL_PATH(ctx->arena, "/arende/%#apt", c->row.number);
    if (event == EVENT_copy_registered || event == EVENT_diary_closed || event == EVENT_event_numbered)
        return URL_PATH(ctx->arena, "/arende/%#diariet", c->row.number);
    if (event == EVENT_investigated || event == EVENT_analysed)
        return URL_PATH(ctx->arena, "/arende/%#utredning", c->row.number);
    if (event == EVENT_categorised)
        return URL_PATH(ctx->arena, "/arende/%/sortera", c->row.number);
    if (event == EVENT_replied || event == EVENT_first_response)
        return URL_PATH(ctx->arena, "/arende/%/svar", c->row.number);
    return URL_PATH(ctx->arena, "/arende/%#lov", c->row.number);
}

static void fill_gate(struct ctx *ctx, const struct open_case *c, const struct missing *missing,
                      const struct case_again *again, struct missing_view *view)
{
    if (!str_is_empty(missing->gate->name))
        view->text = missing->gate->name;
    view->clause = missing->gate->clause;
    view->quote = missing->gate->quote;
    bool is_inquiry = missing->gate->needs & (EVENT_BIT(EVENT_investigated) | EVENT_BIT(EVENT_analysed));
    if (missing->is_ticked && !is_inquiry && case_may(c, STEP_keep)) {
        view->event = event_code(missing->event);
        if (str_is_empty(view->text))
            view->text = with_capital(ctx, msg_of_code(ctx->lang, MSG_PREFIX("happened_"), view->event));
    }
    view->link = place_of(ctx, c, missing->event);
    view->link_text = msg_text(ctx->lang, is_inquiry ? MSG_close_inquiry_link : MSG_close_show_place);
    if (!missing->gate->may_skip || !case_may(c, STEP_waive))
        return;
    bool came_back = again && str_eq(again->form, STR("waive")) && str_eq(again->key, missing->code);
    view->waive = missing->code;
    view->reason.name = str_fmt(ctx->arena, "utan-%.*s", STR_ARG(missing->code));
    view->reason.value = came_back ? again->text : STR("");
}

static void fill_own(struct ctx *ctx, const struct open_case *c, struct str code, struct missing_view *view)
{
    if (str_eq(code, STR("reply")) && case_may(c, STEP_reply)) {
        view->link = URL_PATH(ctx->arena, "/arende/%/svar", c->row.number);
        view->link_text = msg_text(ctx->lang, MSG_next_button_answer);
    } else if (str_eq(code, STR("category")) && case_may(c, STEP_categorise)) {
        view->link = URL_PATH(ctx->arena, "/arende/%/sortera", c->row.number);
        view->link_text = msg_text(ctx->lang, MSG_next_button_sort);
    } else if (str_eq(code, STR("diary_number")) && (case_may(c, STEP_register) || case_may(c, STEP_register_later))) {
        view->post = URL_PATH(ctx->arena, "/arende/%/registrera", c->row.number);
        view->link_text = msg_text(ctx->lang, MSG_next_button_register);
    }
}

struct missing_list_view missing_views(struct ctx *ctx, const struct open_case *c, const struct missing *missing,
                                       size_t n, struct str csrf, const struct case_again *again)
{
    struct missing_view *views = ARENA_ARRAY(ctx->arena, struct missing_view, n);
    struct missing_list_view list = {.csrf = csrf,
                                     .version = c->row.version,
                                     .promise_url = URL_PATH(ctx->arena, "/arende/%/lofte", c->row.number),
                                     .missing = views};
    for (size_t i = 0; i < n; i++) {
        if (missing_is_in_form(&missing[i]))
            continue;
        struct missing_view *view = &views[list.n_missing++];
        enum msg words;
        *view = (struct missing_view){.who = who_words(ctx, c, missing[i].who)};
        if (msg_find(missing[i].gate ? MSG_PREFIX("missing_gate_") : MSG_PREFIX("missing_"), missing[i].code, &words))
            view->text = msg_text(ctx->lang, words);
        if (missing[i].gate)
            fill_gate(ctx, c, &missing[i], again, view);
        else
            fill_own(ctx, c, missing[i].code, view);
    }
    return list;
}

/* ---- the parts ---- */

static enum err fill_end(struct ctx *ctx, const struct open_case *c, struct url next, struct close_panel_view *view)
{
    struct missing *missing;
    size_t n;
    struct case_to_close_row asked;
    struct url close = URL_PATH(ctx->arena, "/arende/%/avsluta", c->row.number);
    struct str role = with_capital(ctx, role_word(ctx, c->routine, role_name(close_role(ctx, c))));
    TRY(close_missing(ctx, c, /* closing= */ NULL, &missing, &n));
    TRY(case_to_close(ctx, c->row.id, &asked));
    bool closes = close_is_for(ctx, c), may = case_may(c, STEP_close);
    view->missing = missing_views(ctx, c, missing, n, view->csrf, NULL);
    view->is_shown = may || n > 0;
    view->hands_in = !closes;
    if (may && !str_eq(next.s, close.s) && (closes || str_is_empty(asked.role)))
        view->close = close;
    if (!str_is_empty(asked.role) && !closes)
        view->state = WORDS(ctx, close_waits_for, .role = with_capital(ctx, role_word(ctx, c->routine, asked.role)));
    else if (!closes)
        view->state = n ? WORDS(ctx, close_by_role, .role = role) : WORDS(ctx, close_ready_for, .role = role);
    else if (n == 0)
        view->state = msg_text(ctx->lang, MSG_close_nothing_missing);
    return OK;
}

static enum err fill_after(struct ctx *ctx, const struct open_case *c, const struct facts *facts,
                           const struct case_again *again, struct close_panel_view *view)
{
    view->is_shown = view->is_closed = true;
    view->may_reopen = case_may(c, STEP_reopen);
    view->reopen_is_open = str_eq(again->form, STR("reopen"));
    view->reopen = field_view(&again->faults, STR("text-reopen"), view->reopen_is_open ? again->text : STR(""));
    view->reopen_url = URL_PATH(ctx->arena, "/arende/%/oppna", c->row.number);
    if (follow_up_is_heard(facts) && (case_may(c, STEP_no_further) || case_may(c, STEP_reopen)))
        view->heard = URL_PATH(ctx->arena, "/arende/%/skrev-igen", c->row.number);
    if (follow_up_is_owed(c, facts) && case_may(c, STEP_follow_up))
        view->follow_up = URL_PATH(ctx->arena, "/arende/%/uppfoljning", c->row.number);
    return OK;
}

static enum err fill_survey(struct ctx *ctx, const struct open_case *c, struct date today,
                            struct close_panel_view *view)
{
    struct survey survey;
    TRY(survey_of_case(ctx, c, &survey));
    if (str_is_empty(survey.answer))
        return OK;
    view->survey = msg_of_code(ctx->lang, MSG_PREFIX("survey_answer_"), survey.answer);
    view->survey_at = when_date(ctx->arena, ctx->lang, utc_to_date(survey.answered), today);
    return OK;
}

static struct str iso(struct ctx *ctx, struct date day)
{
    struct out out = out_init(ctx->arena, /* max_bytes= */ 16);
    out_date(&out, day);
    return out_take(&out);
}

static enum err fill_meeting(struct ctx *ctx, const struct open_case *c, const struct case_again *again,
                             struct date today, struct close_panel_view *view)
{
    struct meeting meeting;
    TRY(meeting_of(ctx, c->row.id, &meeting));
    bool is_planned = !date_is_none(meeting.planned), is_held = !date_is_none(meeting.held);
    view->has_meeting = is_planned || is_held || meeting_is_wanted(c->routine);
    view->may_meet = !is_held && case_may(c, STEP_hold_meeting);
    view->meeting_url = URL_PATH(ctx->arena, "/arende/%/apt", c->row.number);
    bool came_back = str_eq(again->form, STR("plan")) || str_eq(again->form, STR("hold"));
    view->meeting_is_open = came_back;
    if (is_planned)
        view->planned = when_day(ctx->arena, ctx->lang, meeting.planned, today);
    if (is_held)
        view->held = when_day(ctx->arena, ctx->lang, meeting.held, today);
    view->planned_field = field_view(&again->faults, STR("planned"),
                                     came_back    ? again->text
                                     : is_planned ? iso(ctx, meeting.planned)
                                                  : STR(""));
    view->held_field = field_view(&again->faults, STR("held"), came_back ? again->text : iso(ctx, today));
    return OK;
}

static enum err fill_preventions(struct ctx *ctx, const struct open_case *c, struct date today,
                                 struct close_panel_view *view)
{
    struct prevention_of_case_row *rows;
    size_t n;
    TRY(prevention_of_case(ctx, c->row.id, &rows, &n));
    struct prevention_view *views = ARENA_ARRAY(ctx->arena, struct prevention_view, n);
    for (size_t i = 0; i < n; i++) {
        const struct staff *staff = rows[i].user.v ? town_staff(c->town, rows[i].user) : NULL;
        bool is_done = !utc_is_none(rows[i].done);
        views[i] = (struct prevention_view){
            .is_needed = rows[i].is_needed, .who = staff ? staff->name : STR(""), .is_done = is_done};
        TRY(document_body(ctx, c->row.id, rows[i].body, PURPOSE_handle_case, &views[i].text));
        if (rows[i].is_needed) {
            views[i].due = when_day(ctx->arena, ctx->lang, utc_to_date(rows[i].due), today);
            views[i].is_late = !is_done && utc_cmp(rows[i].due, ctx_now(ctx)) < 0;
        }
        if (is_done)
            views[i].done = when_date(ctx->arena, ctx->lang, utc_to_date(rows[i].done), today);
        else if (rows[i].is_needed && case_may(c, STEP_prevent_done))
            views[i].done_url = URL_PATH(ctx->arena, "/arende/%/forebyggande/%", c->row.number,
                                         str_fmt(ctx->arena, "%lld", (long long)rows[i].id.v));
    }
    view->preventions = views;
    view->n_preventions = n;
    return OK;
}

enum err close_panel_fill(struct ctx *ctx, const struct open_case *c, const struct case_again *again, struct str csrf,
                          struct url next, struct close_panel_view *ret)
{
    struct close_panel_view view = {.csrf = csrf, .version = c->row.version};
    struct date today = utc_to_date(ctx_now(ctx));
    struct facts facts;
    TRY(case_facts(ctx, c, &facts));
    if (c->status == CASE_closed)
        TRY(fill_after(ctx, c, &facts, again, &view));
    else if (c->status == CASE_investigating || c->status == CASE_replied || case_may(c, STEP_close))
        TRY(fill_end(ctx, c, next, &view));
    TRY(fill_survey(ctx, c, today, &view));
    if (c->status != CASE_not_a_case && c->status != CASE_awaiting_copy)
        TRY(fill_meeting(ctx, c, again, today, &view));
    TRY(fill_preventions(ctx, c, today, &view));
    *ret = view;
    return OK;
}
