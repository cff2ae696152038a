/* What: GET and POST /arende/{nr}/forsening: tell the person that it takes longer, why, and the new date. Flow: form ->
 * a look at what the person gets and at the day, counted and named -> sent, or the call written down. A fault shows the
 * form again with what was written. Not here: the rules (delay.h), the letter's text (case_letter.h).
 * Source: S1.49; mock-up 05. */
#include "case_letter.h"
#include "case_page.h"
#include "date_words.h"
#include "delay.h"
#include "delay_page_html.h"
#include "delay_view.h"
#include "deliver.h"
#include "form.h"
#include "frame.h"
#include "page_parts.h"

#define DELAY_FORM(F)                                                                                                  \
    F(version, NUMBER, INT32_MAX, OPTIONAL, MSG_case_about)                                                            \
    F(promise, CODE, 60, OPTIONAL, MSG_delay_which)                                                                    \
    F(reason, LINES, DELAY_REASON_MAX_CHARS, OPTIONAL, MSG_delay_reason)                                               \
    F(when, CODE, 10, OPTIONAL, MSG_delay_new_date)                                                                    \
    F(new_day, DATE, 0, OPTIONAL, MSG_delay_day)                                                                       \
    F(how, CODE, 10, OPTIONAL, MSG_delay_how)                                                                          \
    F(called_day, DATE, 0, OPTIONAL, MSG_delay_called_day)                                                             \
    F(said, LINES, DELAY_REASON_MAX_CHARS, OPTIONAL, MSG_delay_said)                                                   \
    F(step, CODE, 10, OPTIONAL, MSG_delay_send)
FORM(delay, DELAY_FORM)

/* What one request works with. */
struct delay_asked {
    struct open_case c;
    struct delay_look look;
    const struct promise *promise; /* the one chosen */
    struct date today;
    struct day_rule rule;
    struct delay_form form;
    struct faults_list faults;
    struct date day; /* the new date as chosen; DATE_NONE: none that can be read */
    bool called;
};

/* ---- the form ---- */

static struct str iso(struct ctx *ctx, struct date day)
{
    struct out out = out_init(ctx->arena, /* max_bytes= */ 20);
    out_date(&out, day);
    return out_take(&out);
}

static struct str counted(struct ctx *ctx, const struct delay_asked *a, struct date day)
{
    return WORDS(ctx, delay_counted, .n = workdays_between(&a->rule, a->today, day));
}

/* A few working days after today, or after the date that holds, whichever is later. */
static enum err date_choices(struct ctx *ctx, const struct delay_asked *a, struct delay_view *view)
{
    static const int64_t ahead[] = {3, 5, 10};
    struct delay_choice_view *dates = ARENA_ARRAY(ctx->arena, struct delay_choice_view, ARRAY_LEN(ahead));
    struct date from = utc_to_date(promise_due_now(a->promise));
    from = from.days > a->today.days ? from : a->today;
    for (size_t i = 0; i < ARRAY_LEN(ahead); i++) {
        struct date day;
        TRY(workdays_add(ctx, &a->rule, from, ahead[i], &day));
        struct when_text when = when_day(ctx->arena, ctx->lang, day, a->today);
        dates[i] = (struct delay_choice_view){
            .value = iso(ctx, day),
            .label = WORDS(ctx, delay_date_choice, .when = when, .counted = counted(ctx, a, day)),
            .id = str_fmt(ctx->arena, "when%s",
                          i == 0   ? ""
                          : i == 1 ? "-2"
                                   : "-3"),
        };
        dates[i].is_chosen = str_eq(a->form.when.text, dates[i].value);
    }
    view->dates = dates;
    view->n_dates = ARRAY_LEN(ahead);
    return OK;
}

static struct str days_words(struct ctx *ctx, const struct delay_asked *a, struct date due)
{
    if (due.days == a->today.days)
        return msg_text(ctx->lang, MSG_delay_today);
    int64_t n = workdays_between(&a->rule, a->today, due);
    return n >= 0 ? WORDS(ctx, delay_in_days, .n = n) : WORDS(ctx, delay_days_ago, .n = -n);
}

static void promise_choices(struct ctx *ctx, const struct delay_asked *a, struct delay_view *view)
{
    struct delay_choice_view *choices = ARENA_ARRAY(ctx->arena, struct delay_choice_view, a->look.n_choices);
    for (size_t i = 0; i < a->look.n_choices; i++) {
        const struct promise *p = a->look.choices[i];
        struct when_text when = when_day(ctx->arena, ctx->lang, utc_to_date(promise_due_now(p)), a->today);
        choices[i] = (struct delay_choice_view){
            .value = p->obligation->id,
            .label = WORDS(ctx, delay_promise_choice, .what = promise_name(ctx, p->obligation), .when = when),
            .id = str_fmt(ctx->arena, "promise-%.*s", STR_ARG(p->obligation->id)),
            .is_chosen = p == a->promise};
    }
    view->promises = choices;
    view->n_promises = a->look.n_choices;
}

static struct str way_words(struct ctx *ctx, const struct open_case *c)
{
    return msg_of_code(ctx->lang, MSG_PREFIX("delay_way_"), c->row.reply_preference);
}

static enum err fill(struct ctx *ctx, const struct request *req, const struct delay_asked *a, struct delay_view *view)
{
    const struct open_case *c = &a->c;
    const struct delay_form *form = &a->form;
    struct date due = utc_to_date(promise_due_now(a->promise));
    bool was_told = !utc_is_none(a->promise->new_due);
    *view = (struct delay_view){
        .csrf = req->csrf,
        .version = form->version.number ? form->version.number : c->row.version,
        .title = WORDS(ctx, delay_title, .title = case_title(ctx, c)),
        .action = URL_PATH(ctx->arena, "/arende/%/forsening", c->row.number),
        .back = URL_PATH(ctx->arena, "/arende/%", c->row.number),
        .faults = faults_view(ctx, &a->faults),
        .promise = promise_name(ctx, a->promise->obligation),
        .code = a->promise->obligation->id,
        .due = when_day(ctx->arena, ctx->lang, due, a->today),
        .is_late = due.days < a->today.days,
        .days = days_words(ctx, a, due),
        .nth = (int64_t)a->look.n_told + 1,
        .cannot_be_told = !a->look.can_be_told,
        .promise_field = field_view(&a->faults, STR("promise"), form->promise.text),
        .reason = field_view(&a->faults, STR("reason"), form->reason.text),
        .new_day = field_view(&a->faults, STR("new_day"), form->new_day.text),
        .called_day = field_view(&a->faults, STR("called_day"),
                                 str_is_empty(form->called_day.text) ? iso(ctx, a->today) : form->called_day.text),
        .said = field_view(&a->faults, STR("said"), form->said.text),
        .other_date = str_eq(form->when.text, STR("other")),
        .is_call = a->called,
        .way = way_words(ctx, c),
        .guidance = guidance_words(ctx, c->routine, PLACE_draft),
        .choice = form->when.text,
    };
    if (was_told)
        view->own_due = when_day(ctx->arena, ctx->lang, utc_to_date(a->promise->due), a->today);
    if (a->look.duty && !str_is_empty(a->look.duty->quote)) {
        view->quote = a->look.duty->quote;
        view->clause = a->look.duty->clause;
    }
    promise_choices(ctx, a, view);
    TRY(date_choices(ctx, a, view));
    view->crumbs = case_crumbs(ctx, c->row.number, msg_text(ctx->lang, MSG_delay_heading), view->action);
    return case_story(ctx, c, &view->story);
}

static enum err show_form(struct ctx *ctx, struct request *req, struct response *res, const struct delay_asked *a,
                          enum err refused)
{
    struct delay_view view;
    TRY(fill(ctx, req, a, &view));
    view.notice = refused_notice(ctx, refused);
    frame_fill(ctx, req, a->c.town, NAV_TODO, view.title, a->faults.n > 0, &view.frame);
    html_delay(&res->body, ctx->lang, &view);
    if (a->faults.n || refused != OK)
        res->status = err_http_status(a->faults.n ? ERR_INVALID : refused);
    return OK;
}

/* ---- what the person gets ---- */

/* What is written down of a call. */
static struct str call_words(struct ctx *ctx, const struct delay_asked *a)
{
    struct when_text when = when_day(ctx->arena, ctx->lang, a->day, a->today);
    struct out out = out_init(ctx->arena, 4 * WORDS_MAX_BYTES);
    text_msg_delay_call_note(&out, ctx->lang,
                             (struct msg_delay_call_note){.reason = a->form.reason.text, .when = when});
    if (!str_is_empty(a->form.said.text)) {
        out_lit(&out, "\n\n");
        out_str(&out, a->form.said.text);
    }
    return out_take(&out);
}

static enum err text_of(struct ctx *ctx, const struct delay_asked *a, struct str *ret)
{
    if (a->called) {
        *ret = call_words(ctx, a);
        return OK;
    }
    const struct lang *lang = case_language(&a->c);
    struct letter_fill words = {.reason = a->form.reason.text,
                                .new_date = when_day(ctx->arena, lang, a->day, a->today)};
    struct case_letter letter;
    TRY(case_letter(ctx, lang, &a->c, LETTER_delay_notice, &words, (struct url){STR_NONE}, &letter));
    *ret = letter.body;
    return OK;
}

static enum err show_check(struct ctx *ctx, struct request *req, struct response *res, const struct delay_asked *a)
{
    struct delay_view view;
    TRY(fill(ctx, req, a, &view));
    view.day = iso(ctx, a->day);
    view.new_date = when_day(ctx->arena, ctx->lang, a->day, a->today);
    view.counted = counted(ctx, a, a->day);
    view.how = a->called ? msg_text(ctx->lang, MSG_delay_called_saved) : view.way;
    TRY(text_of(ctx, a, &view.letter));
    frame_fill(ctx, req, a->c.town, NAV_TODO, view.title, /* has_fault= */ false, &view.frame);
    html_delay_check(&res->body, ctx->lang, &view);
    return OK;
}

/* ---- reading what was sent ---- */

static enum err open_for_telling(struct ctx *ctx, const struct request *req, struct delay_asked *a)
{
    TRY(case_read(ctx, req->params[0], &a->c));
    if (!case_may(&a->c, STEP_delay))
        return fail(ctx, right_held(RIGHT_CASE_ANSWER, a->c.roles) ? ERR_CLOSED : ERR_FORBIDDEN,
                    "this person cannot tell of a delay in this case now");
    TRY(delay_look(ctx, &a->c, &a->look));
    if (a->look.n_choices == 0)
        return fail(ctx, ERR_CLOSED, "there is no promise that could be late");
    a->promise = a->look.choices[0];
    a->today = utc_to_date(ctx_now(ctx));
    a->rule = *town_days(a->c.town, a->c.row.unit);
    a->rule.eves_are_worked = a->c.routine->eves_are_worked;
    return OK;
}

enum err delay_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct delay_asked a = {.day = DATE_NONE};
    TRY(open_for_telling(ctx, req, &a));
    FORM_EMPTY(&a.form, delay);
    a.called = str_eq(a.c.row.reply_preference, STR("phone"));
    return show_form(ctx, req, res, &a, OK);
}

static void one_fault(struct ctx *ctx, struct delay_asked *a, struct str field, enum msg words)
{
    fault_add(&a->faults, field, msg_text(ctx->lang, words), msg_text(ctx->lang, words));
}

static void check_day(struct ctx *ctx, struct delay_asked *a)
{
    struct date day;
    bool is_other = str_eq(a->form.when.text, STR("other"));
    if (is_other && !a->form.new_day.fault && a->form.new_day.on)
        a->day = a->form.new_day.date;
    else if (!is_other && date_parse(a->form.when.text, &day))
        a->day = day;
    if (date_is_none(a->day)) {
        one_fault(ctx, a, STR("new_day"), MSG_delay_day_missing);
        return;
    }
    switch (delay_day_check(&a->c, a->promise, a->day, a->today)) {
    case DELAY_DAY_good:
        return;
    case DELAY_DAY_past:
        one_fault(ctx, a, STR("new_day"), MSG_delay_day_past);
        return;
    case DELAY_DAY_not_later:
        one_fault(ctx, a, STR("new_day"), MSG_delay_day_not_later);
        return;
    case DELAY_DAY_far:
        one_fault(ctx, a, STR("new_day"), MSG_delay_day_far);
        return;
    case DELAY_DAY_free: {
        struct str words = WORDS(ctx, delay_day_free, .when = when_day(ctx->arena, ctx->lang, a->day, a->today));
        fault_add(&a->faults, STR("new_day"), words, words);
        return;
    }
    }
    BUG("no such day");
}

/* A call lies on a day between the arrival and today. */
static void check_call(struct ctx *ctx, struct delay_asked *a)
{
    const struct form_value *day = &a->form.called_day;
    bool is_good = day->on && !day->fault && day->date.days <= a->today.days &&
                   day->date.days >= utc_to_date(a->c.row.received).days;
    if (a->called && !is_good)
        one_fault(ctx, a, STR("called_day"), MSG_delay_called_day_wrong);
    fault_add_common(ctx, &a->faults, STR("said"), &a->form.said, MSG_delay_said, MSG_delay_said);
}

static void check(struct ctx *ctx, struct delay_asked *a)
{
    bool is_known = false;
    for (size_t i = 0; i < a->look.n_choices; i++)
        if (str_eq(a->look.choices[i]->obligation->id, a->form.promise.text)) {
            a->promise = a->look.choices[i];
            is_known = true;
        }
    if (!is_known)
        one_fault(ctx, a, STR("promise"), MSG_delay_which_missing);
    fault_add_common(ctx, &a->faults, STR("reason"), &a->form.reason, MSG_delay_reason_missing,
                     MSG_delay_reason_missing);
    if (str_is_empty(a->form.reason.text))
        one_fault(ctx, a, STR("reason"), MSG_delay_reason_missing);
    check_day(ctx, a);
    check_call(ctx, a);
}

/* Today: now. An earlier day: noon, as only the day is known. */
static struct utc_us called_at(struct ctx *ctx, const struct delay_asked *a)
{
    struct date day = a->form.called_day.date;
    return day.days == a->today.days ? ctx_now(ctx) : utc_from_local(day, /* hour= */ 12, 0, 0, 0);
}

static enum err changed_meanwhile(struct ctx *ctx, const struct delay_asked *a, bool *ret)
{
    struct open_case now;
    TRY(case_read(ctx, a->c.row.number, &now));
    *ret = !a->form.version.fault && case_expect_version(ctx, &now, a->form.version.number) == ERR_CONFLICT;
    return OK;
}

/* Somebody changed the case meanwhile: as it is now, with what was written; sending it once more is meant then. */
static enum err show_again(struct ctx *ctx, struct request *req, struct response *res, struct delay_asked *a)
{
    struct delay_form written = a->form;
    struct str code = a->promise->obligation->id;
    TRY(open_for_telling(ctx, req, a));
    for (size_t i = 0; i < a->look.n_choices; i++)
        if (str_eq(a->look.choices[i]->obligation->id, code))
            a->promise = a->look.choices[i];
    a->form = written;
    a->faults = (struct faults_list){0};
    a->form.version.number = a->c.row.version;
    return show_form(ctx, req, res, a, ERR_CONFLICT);
}

enum err delay_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct delay_asked a = {.day = DATE_NONE};
    size_t n_faults;
    TRY(open_for_telling(ctx, req, &a));
    TRY(FORM_READ(ctx, req, delay, &a.form, &n_faults));
    a.called = str_eq(a.form.how.text, STR("called"));
    if (str_eq(a.form.step.text, STR("edit"))) {
        for (size_t i = 0; i < a.look.n_choices; i++)
            if (str_eq(a.look.choices[i]->obligation->id, a.form.promise.text))
                a.promise = a.look.choices[i];
        return show_form(ctx, req, res, &a, OK);
    }
    if (!n_faults && case_expect_version(ctx, &a.c, a.form.version.number) == ERR_CONFLICT)
        return show_again(ctx, req, res, &a);
    check(ctx, &a);
    bool stale = false;
    if (a.faults.n) /* what looks wrong may only be new: the case was read before somebody else told, its dates after */
        TRY(changed_meanwhile(ctx, &a, &stale));
    if (stale)
        return show_again(ctx, req, res, &a);
    if (a.faults.n)
        return show_form(ctx, req, res, &a, OK);
    if (!str_eq(a.form.step.text, STR("send")))
        return show_check(ctx, req, res, &a);
    struct delay delay = {.code = a.promise->obligation->id,
                          .new_day = a.day,
                          .how = a.called ? DELAY_CALLED : DELAY_SEND,
                          .called = a.called ? called_at(ctx, &a) : UTC_NONE,
                          .version = a.form.version.fault ? -1 : a.form.version.number};
    bool reached;
    TRY(text_of(ctx, &a, &delay.text));
    enum err err = delay_tell(ctx, a.c.row.number, &delay, &reached);
    if (err == ERR_CONFLICT)
        return show_again(ctx, req, res, &a);
    TRY(err);
    case_done(ctx, req, res, a.c.row.number, reached ? STR("forsening") : STR("forseninghand"));
    return OK;
}
