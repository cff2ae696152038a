/* GET and POST /arende/{nr}/avsluta (outcome, measure, what is missing), POST /arende/{nr}/oppna (open again).
 * Not here: the rules (close.h). */
#include "case_page.h"
#include "close.h"
#include "close_page_html.h"
#include "close_view.h"
#include "form.h"
#include "frame.h"
#include "page_parts.h"

enum { CLOSE_LINE_MAX = 2000, CLOSE_NOTE_MAX = 20000 };

#define CLOSE_FORM(F)                                                                                                  \
    F(version, NUMBER, INT32_MAX, REQUIRED, MSG_case_about)                                                            \
    F(outcome, CODE, 40, OPTIONAL, MSG_close_outcome)                                                                  \
    F(measure_kind, CODE, 10, OPTIONAL, MSG_close_measure)                                                             \
    F(measure_done, LINE, CLOSE_LINE_MAX, OPTIONAL, MSG_answer_measure_done)                                           \
    F(measure_later, LINE, CLOSE_LINE_MAX, OPTIONAL, MSG_answer_measure_later)                                         \
    F(note, LINES, CLOSE_NOTE_MAX, OPTIONAL, MSG_close_note)
FORM(close, CLOSE_FORM)

#define REOPEN_FORM(F)                                                                                                 \
    F(version, NUMBER, INT32_MAX, REQUIRED, MSG_case_about)                                                            \
    F(text, LINES, CLOSE_NOTE_MAX, OPTIONAL, MSG_case_reopen_reason)
FORM(reopen, REOPEN_FORM)

static bool is_kind(struct str kind, const char *code)
{
    return str_eq(kind, str_from(code));
}

static struct closing closing_of(const struct close_form *form)
{
    struct str kind = form->measure_kind.text, measure = STR("");
    if (is_kind(kind, "done"))
        measure = form->measure_done.text;
    if (is_kind(kind, "later"))
        measure = form->measure_later.text;
    return (struct closing){
        .outcome = form->outcome.text, .measure_kind = kind, .measure = measure, .note = form->note.text};
}

/* Things that one chooses in this very form are told at their fields. */
static bool is_in_form(struct str code)
{
    return is_kind(code, "outcome") || is_kind(code, "measure") || is_kind(code, "measure_text") ||
           is_kind(code, "referral");
}

static struct missing_view missing_view_of(struct ctx *ctx, const struct open_case *c, const struct missing *missing)
{
    struct missing_view view = {.text = msg_of_code(ctx->lang, MSG_PREFIX("missing_"), missing->code)};
    if (missing->gate) {
        view.text = str_is_empty(missing->gate->name) ? view.text : missing->gate->name;
        view.clause = missing->gate->clause;
        view.quote = missing->gate->quote;
        bool is_inquiry = missing->gate->needs & (EVENT_BIT(EVENT_investigated) | EVENT_BIT(EVENT_analysed));
        if (is_inquiry && case_may(c, STEP_investigate)) {
            view.link = URL_PATH(ctx->arena, "/arende/%#utredning", c->row.number);
            view.link_text = msg_text(ctx->lang, MSG_close_inquiry_link);
        } else if (missing->is_ticked && case_may(c, STEP_keep)) {
            view.event = event_code(missing->event);
            view.text = with_capital(ctx, msg_of_code(ctx->lang, MSG_PREFIX("happened_"), view.event));
        }
    } else if (is_kind(missing->code, "reply") && case_may(c, STEP_reply)) {
        view.link = URL_PATH(ctx->arena, "/arende/%/svar", c->row.number);
        view.link_text = msg_text(ctx->lang, MSG_next_button_answer);
    } else if (is_kind(missing->code, "category") && case_may(c, STEP_categorise)) {
        view.link = URL_PATH(ctx->arena, "/arende/%/sortera", c->row.number);
        view.link_text = msg_text(ctx->lang, MSG_next_button_sort);
    } else if (is_kind(missing->code, "diary_number") &&
               (case_may(c, STEP_register) || case_may(c, STEP_register_later))) {
        view.post = URL_PATH(ctx->arena, "/arende/%/registrera", c->row.number);
        view.link_text = msg_text(ctx->lang, MSG_next_button_register);
    }
    return view;
}

static const struct option_view *outcome_options(struct ctx *ctx, struct str chosen, size_t *ret_n)
{
    const struct str *codes;
    size_t n = case_outcomes(&codes);
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, n);
    for (size_t i = 0; i < n; i++)
        options[i] = (struct option_view){codes[i], msg_of_code(ctx->lang, MSG_PREFIX("outcome_"), codes[i]),
                                          str_eq(codes[i], chosen)};
    *ret_n = n;
    return options;
}

static enum err show(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                     const struct close_form *form, const struct faults_list *faults, enum err refused)
{
    struct closing closing = closing_of(form);
    struct missing *missing;
    size_t n;
    TRY(close_missing(ctx, c, &closing, &missing, &n));
    struct facts facts;
    TRY(case_facts(ctx, c, &facts));
    struct close_view view = {
        .csrf = req->csrf,
        .version = c->row.version,
        .action = URL_PATH(ctx->arena, "/arende/%/avsluta", c->row.number),
        .back = URL_PATH(ctx->arena, "/arende/%", c->row.number),
        .promise_url = URL_PATH(ctx->arena, "/arende/%/lofte", c->row.number),
        .notice = refused == OK ? done_notice(ctx, request_query(req, STR("klart"))) : refused_notice(ctx, refused),
        .faults = faults_view(ctx, faults),
        .heading = case_title(ctx, c),
        .outcome = field_view(faults, STR("outcome"), form->outcome.text),
        .measure_kind = field_view(faults, STR("measure_kind"), form->measure_kind.text),
        .measure_done = field_view(faults, STR("measure_done"), form->measure_done.text),
        .measure_later = field_view(faults, STR("measure_later"), form->measure_later.text),
        .note = field_view(faults, STR("note"), form->note.text),
        .is_done = is_kind(form->measure_kind.text, "done"),
        .is_later = is_kind(form->measure_kind.text, "later"),
        .is_none = is_kind(form->measure_kind.text, "none"),
        .has_measure = !utc_is_none(facts.at[EVENT_measures_logged]),
        .guidance = guidance_words(ctx, c->routine, PLACE_close),
    };
    struct missing_view *views = ARENA_ARRAY(ctx->arena, struct missing_view, n);
    for (size_t i = 0; i < n; i++)
        if (!is_in_form(missing[i].code))
            views[view.n_missing++] = missing_view_of(ctx, c, &missing[i]);
    TRY(case_story(ctx, c, &view.story));
    view.missing = views;
    view.outcomes = outcome_options(ctx, form->outcome.text, &view.n_outcomes);
    view.crumbs = case_crumbs(ctx, c->row.number, msg_text(ctx->lang, MSG_close_title), view.action);
    frame_fill(ctx, req, c->town, NAV_TODO,
               str_fmt(ctx->arena, "%.*s %.*s", STR_ARG(msg_text(ctx->lang, MSG_close_title)), STR_ARG(c->row.number)),
               faults->n > 0, &view.frame);
    html_close(&res->body, ctx->lang, &view);
    if (faults->n || refused != OK)
        res->status = err_http_status(faults->n ? ERR_INVALID : refused);
    return OK;
}

static enum err open_for_closing(struct ctx *ctx, const struct request *req, struct open_case *ret)
{
    TRY(case_read(ctx, req->params[0], ret));
    if (!case_may(ret, STEP_close))
        return fail(ctx, right_held(RIGHT_CASE_CLOSE, ret->roles) ? ERR_CLOSED : ERR_FORBIDDEN,
                    "the case cannot be closed by this person now");
    return OK;
}

enum err close_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    TRY(open_for_closing(ctx, req, &c));
    struct close_form form;
    FORM_EMPTY(&form, close);
    if (!str_is_none(c.row.measure_kind))
        form.measure_kind.text = c.row.measure_kind;
    return show(ctx, req, res, &c, &form, &(struct faults_list){.n = 0}, OK);
}

/* The field where a missing thing is put right, and how. */
static void add_missing(struct ctx *ctx, const struct missing *missing, const struct close_form *form,
                        struct faults_list *faults)
{
    struct str field = STR("saknas");
    if (is_kind(missing->code, "outcome"))
        field = STR("outcome");
    else if (is_kind(missing->code, "measure"))
        field = STR("measure_kind");
    else if (is_kind(missing->code, "measure_text"))
        field = is_kind(form->measure_kind.text, "later") ? STR("measure_later") : STR("measure_done");
    else if (is_kind(missing->code, "referral"))
        field = STR("note");
    struct str text = is_in_form(missing->code) ? msg_of_code(ctx->lang, MSG_PREFIX("missing_"), missing->code)
                                                : msg_text(ctx->lang, MSG_close_missing_first);
    fault_add(faults, field, text, text);
}

enum err close_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    TRY(open_for_closing(ctx, req, &c));
    struct close_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, close, &form, &n_faults));
    struct faults_list faults = {.n = 0};
    fault_add_common(ctx, &faults, STR("outcome"), &form.outcome, MSG_missing_outcome, MSG_missing_outcome);
    fault_add_common(ctx, &faults, STR("measure_kind"), &form.measure_kind, MSG_missing_measure, MSG_missing_measure);
    fault_add_common(ctx, &faults, STR("measure_done"), &form.measure_done, MSG_missing_measure_text,
                     MSG_missing_measure_text);
    fault_add_common(ctx, &faults, STR("measure_later"), &form.measure_later, MSG_missing_measure_text,
                     MSG_missing_measure_text);
    fault_add_common(ctx, &faults, STR("note"), &form.note, MSG_close_note, MSG_close_note);
    struct closing closing = closing_of(&form);
    struct missing *missing;
    size_t n_missing;
    TRY(close_missing(ctx, &c, &closing, &missing, &n_missing));
    for (size_t i = 0; i < n_missing; i++)
        add_missing(ctx, &missing[i], &form, &faults);
    if (faults.n)
        return show(ctx, req, res, &c, &form, &faults, OK);
    enum err err = close_case(ctx, c.row.number, form.version.fault ? -1 : form.version.number, &closing);
    if (err == ERR_CONFLICT || err == ERR_CLOSED ||
        err == ERR_INVALID) { /* invalid: something went missing meanwhile */
        TRY(case_read(ctx, c.row.number, &c));
        return show(ctx, req, res, &c, &form, &faults, err == ERR_INVALID ? ERR_CONFLICT : err);
    }
    TRY(err);
    case_done(ctx, req, res, c.row.number, STR("avslutat"));
    return OK;
}

enum err reopen_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct str number = req->params[0];
    struct reopen_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, reopen, &form, &n_faults));
    struct case_again again = {.form = STR("reopen"), .text = form.text.text};
    fault_add_common(ctx, &again.faults, STR("text-reopen"), &form.text, MSG_case_reopen_missing,
                     MSG_case_reopen_missing);
    if (str_is_empty(form.text.text))
        fault_add(&again.faults, STR("text-reopen"), msg_text(ctx->lang, MSG_case_reopen_missing),
                  msg_text(ctx->lang, MSG_case_reopen_missing));
    if (again.faults.n)
        return case_show(ctx, req, res, number, &again);
    enum err err = reopen_case(ctx, number, form.version.fault ? -1 : form.version.number, form.text.text);
    if (err != OK)
        return case_refused(ctx, req, res, number, err, &again);
    case_done(ctx, req, res, number, STR("oppnat"));
    return OK;
}
