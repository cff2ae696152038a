/* GET and POST /arende/{nr}/avsluta (outcome, measure, preventive measure, what is missing; closing, or handing it in
 * to whoever closes by the routine), POST /arende/{nr}/oppna (open again). Not here: the rules (close.h). */
#include "close_page_html.h"
#include "close_panel_page.h"
#include "close_sql.h"
#include "close_view.h"
#include "deliver.h"
#include "form.h"
#include "frame.h"
#include "page_parts.h"

enum { CLOSE_LINE_MAX = 2000, CLOSE_NOTE_MAX = 20000 };

#define CLOSE_FORM(F)                                                                                                  \
    F(version, NUMBER, INT32_MAX, REQUIRED, MSG_case_about)                                                            \
    F(outcome, CODE, 40, OPTIONAL, MSG_close_outcome)                                                                  \
    F(explanation, LINES, CLOSE_NOTE_MAX, OPTIONAL, MSG_close_explanation)                                             \
    F(referral, LINES, CLOSE_NOTE_MAX, OPTIONAL, MSG_close_referral)                                                   \
    F(measure_kind, CODE, 10, OPTIONAL, MSG_close_measure)                                                             \
    F(measure_done, LINE, CLOSE_LINE_MAX, OPTIONAL, MSG_answer_measure_done)                                           \
    F(measure_later, LINE, CLOSE_LINE_MAX, OPTIONAL, MSG_answer_measure_later)                                         \
    F(prevention, CODE, 10, OPTIONAL, MSG_prevention_legend)                                                           \
    F(prevention_what, LINES, PREVENTION_MAX_CHARS, OPTIONAL, MSG_prevention_what)                                     \
    F(prevention_who, ID, 0, OPTIONAL, MSG_prevention_who)                                                             \
    F(prevention_due, DATE, 0, OPTIONAL, MSG_prevention_due)                                                           \
    F(prevention_why, LINES, PREVENTION_MAX_CHARS, OPTIONAL, MSG_prevention_why)                                       \
    F(note, LINES, CLOSE_NOTE_MAX, OPTIONAL, MSG_close_note)
FORM(close, CLOSE_FORM)

#define REOPEN_FORM(F)                                                                                                 \
    F(version, NUMBER, INT32_MAX, REQUIRED, MSG_case_about)                                                            \
    F(text, LINES, CLOSE_NOTE_MAX, OPTIONAL, MSG_case_reopen_reason)
FORM(reopen, REOPEN_FORM)

static bool is(struct str code, const char *other)
{
    return str_eq(code, str_from(other));
}

static struct closing closing_of(const struct close_form *form)
{
    struct str kind = form->measure_kind.text, measure = STR("");
    if (is(kind, "done"))
        measure = form->measure_done.text;
    if (is(kind, "later"))
        measure = form->measure_later.text;
    bool prevents = is(form->prevention.text, "measure");
    return (struct closing){
        .outcome = form->outcome.text,
        .measure_kind = kind,
        .measure = measure,
        .explanation = form->explanation.text,
        .referral = form->referral.text,
        .prevention = {.kind = form->prevention.text,
                       .text = prevents ? form->prevention_what.text : form->prevention_why.text,
                       .user = {form->prevention_who.number},
                       .due = form->prevention_due.on && !form->prevention_due.fault ? form->prevention_due.date
                                                                                     : DATE_NONE},
        .note = form->note.text,
    };
}

/* ---- showing it ---- */

static const struct outcome_view *outcome_views(struct ctx *ctx, struct str chosen, size_t *ret_n)
{
    const struct str *codes;
    size_t n = case_outcomes(&codes);
    struct outcome_view *views = ARENA_ARRAY(ctx->arena, struct outcome_view, n);
    for (size_t i = 0; i < n; i++)
        views[i] = (struct outcome_view){
            .code = codes[i],
            .label = msg_of_code(ctx->lang, MSG_PREFIX("outcome_"), codes[i]),
            .id = i == 0 ? STR("outcome") : str_fmt(ctx->arena, "outcome-%zu", i + 1),
            .is_chosen = str_eq(codes[i], chosen),
            .is_misunderstanding = is(codes[i], "misunderstanding"),
            .is_not_solvable = is(codes[i], "not_solvable"),
        };
    *ret_n = n;
    return views;
}

/* Who may see to a measure: those who work in the unit or above it. */
static const struct option_view *people_options(struct ctx *ctx, const struct open_case *c, struct user_id chosen,
                                                size_t *ret_n)
{
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, c->town->n_staff);
    size_t n = 0;
    if (chosen.v == 0)
        chosen = c->row.owner.v ? c->row.owner : ctx->who;
    for (size_t i = 0; i < c->town->n_staff; i++) {
        const struct staff *staff = &c->town->staff[i];
        if (!staff->active || !right_held(RIGHT_CASE_READ, town_roles_at(c->town, staff->id, c->unit->id)))
            continue;
        options[n++] = (struct option_view){.value = str_fmt(ctx->arena, "%lld", (long long)staff->id.v),
                                            .label = staff->name,
                                            .is_selected = staff->id.v == chosen.v};
    }
    *ret_n = n;
    return options;
}

static void fill_fields(const struct close_form *form, const struct faults_list *faults, struct close_view *view)
{
    view->outcome = field_view(faults, STR("outcome"), form->outcome.text);
    view->explanation = field_view(faults, STR("explanation"), form->explanation.text);
    view->referral = field_view(faults, STR("referral"), form->referral.text);
    view->measure_kind = field_view(faults, STR("measure_kind"), form->measure_kind.text);
    view->measure_done = field_view(faults, STR("measure_done"), form->measure_done.text);
    view->measure_later = field_view(faults, STR("measure_later"), form->measure_later.text);
    view->prevention = field_view(faults, STR("prevention"), form->prevention.text);
    view->prevention_what = field_view(faults, STR("prevention_what"), form->prevention_what.text);
    view->prevention_who = field_view(faults, STR("prevention_who"), STR_NONE);
    view->prevention_due = field_view(faults, STR("prevention_due"), form->prevention_due.text);
    view->prevention_why = field_view(faults, STR("prevention_why"), form->prevention_why.text);
    view->note = field_view(faults, STR("note"), form->note.text);
    view->is_done = is(form->measure_kind.text, "done");
    view->is_later = is(form->measure_kind.text, "later");
    view->is_none = is(form->measure_kind.text, "none");
    view->prevents = is(form->prevention.text, "measure");
    view->prevents_nothing = is(form->prevention.text, "none");
    view->prevention_open = view->prevents || view->prevents_nothing;
}

/* Who reads it closes it; or hands it in to those who do. */
static void fill_end(struct ctx *ctx, const struct open_case *c, struct close_view *view)
{
    if (close_is_for(ctx, c)) {
        view->title = msg_text(ctx->lang, MSG_close_title);
        view->button = msg_text(ctx->lang, MSG_close_button);
        return;
    }
    struct str role = role_word(ctx, c->routine, role_name(close_role(ctx, c)));
    view->title = WORDS(ctx, close_hand_in_title, .role = role);
    view->hand_in = WORDS(ctx, close_hand_in_text, .role = with_capital(ctx, role));
    view->button = WORDS(ctx, close_hand_in_button, .role = role);
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
        .notice = refused == OK ? done_notice(ctx, request_query(req, STR("klart"))) : refused_notice(ctx, refused),
        .faults = faults_view(ctx, faults),
        .heading = case_title(ctx, c),
        .missing = missing_views(ctx, c, missing, n, req->csrf, NULL),
        .referral_way = msg_of_code(ctx->lang, MSG_PREFIX("close_referral_way_"), deliver_way(c)),
        .has_measure = !utc_is_none(facts.at[EVENT_measures_logged]),
        .asks_prevention = close_asks_prevention(c, &facts),
        .guidance = guidance_words(ctx, c->routine, PLACE_close),
    };
    view.missing.with_forms = true;
    fill_fields(form, faults, &view);
    fill_end(ctx, c, &view);
    TRY(case_story(ctx, c, &view.story));
    view.outcomes = outcome_views(ctx, form->outcome.text, &view.n_outcomes);
    view.people = people_options(ctx, c, (struct user_id){form->prevention_who.number}, &view.n_people);
    view.crumbs = case_crumbs(ctx, c->row.number, view.title, view.action);
    frame_fill(ctx, req, c->town, NAV_TODO,
               str_fmt(ctx->arena, "%.*s %.*s", STR_ARG(view.title), STR_ARG(c->row.number)), faults->n > 0,
               &view.frame);
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
    struct case_to_close_row handed_in;
    FORM_EMPTY(&form, close);
    TRY(case_to_close(ctx, c.row.id, &handed_in));
    if (!str_is_none(c.row.measure_kind))
        form.measure_kind.text = c.row.measure_kind;
    if (!str_is_empty(handed_in.role) && !str_is_none(c.row.outcome))
        form.outcome.text = c.row.outcome;
    return show(ctx, req, res, &c, &form, &(struct faults_list){.n = 0}, OK);
}

/* ---- sending it ---- */

/* The field where a missing thing is put right. */
static struct str field_of(const struct missing *missing, const struct close_form *form)
{
    if (!missing_is_in_form(missing))
        return STR("saknas");
    if (is(missing->code, "measure"))
        return STR("measure_kind");
    if (is(missing->code, "measure_text"))
        return is(form->measure_kind.text, "later") ? STR("measure_later") : STR("measure_done");
    if (is(missing->code, "prevention_text"))
        return is(form->prevention.text, "none") ? STR("prevention_why") : STR("prevention_what");
    return missing->code;
}

static void add_missing(struct ctx *ctx, const struct missing *missing, const struct close_form *form,
                        struct faults_list *faults)
{
    struct str text = missing_is_in_form(missing) ? msg_of_code(ctx->lang, MSG_PREFIX("missing_"), missing->code)
                                                  : msg_text(ctx->lang, MSG_close_missing_first);
    fault_add(faults, field_of(missing, form), text, text);
}

static void add_faults(struct ctx *ctx, const struct close_form *form, struct faults_list *faults)
{
    const struct {
        struct str field;
        const struct form_value *value;
        enum msg text;
    } all[] = {
        {STR("outcome"), &form->outcome, MSG_missing_outcome},
        {STR("explanation"), &form->explanation, MSG_missing_explanation},
        {STR("referral"), &form->referral, MSG_missing_referral},
        {STR("measure_kind"), &form->measure_kind, MSG_missing_measure},
        {STR("measure_done"), &form->measure_done, MSG_missing_measure_text},
        {STR("measure_later"), &form->measure_later, MSG_missing_measure_text},
        {STR("prevention"), &form->prevention, MSG_missing_prevention},
        {STR("prevention_what"), &form->prevention_what, MSG_missing_prevention_text},
        {STR("prevention_due"), &form->prevention_due, MSG_missing_prevention_due},
        {STR("prevention_why"), &form->prevention_why, MSG_missing_prevention_text},
        {STR("note"), &form->note, MSG_close_note},
    };
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        fault_add_common(ctx, faults, all[i].field, all[i].value, all[i].text, all[i].text);
}

enum err close_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    TRY(open_for_closing(ctx, req, &c));
    struct close_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, close, &form, &n_faults));
    struct faults_list faults = {.n = 0};
    add_faults(ctx, &form, &faults);
    struct closing closing = closing_of(&form);
    struct missing *missing;
    size_t n_missing;
    TRY(close_missing(ctx, &c, &closing, &missing, &n_missing));
    for (size_t i = 0; i < n_missing; i++)
        add_missing(ctx, &missing[i], &form, &faults);
    if (faults.n)
        return show(ctx, req, res, &c, &form, &faults, OK);
    int64_t version = form.version.fault ? -1 : form.version.number;
    bool closes = close_is_for(ctx, &c);
    enum err err =
        closes ? close_case(ctx, c.row.number, version, &closing) : close_hand_in(ctx, c.row.number, version, &closing);
    if (err == ERR_CONFLICT || err == ERR_CLOSED ||
        err == ERR_INVALID) { /* invalid: something went missing meanwhile */
        TRY(case_read(ctx, c.row.number, &c));
        return show(ctx, req, res, &c, &form, &faults, err == ERR_INVALID ? ERR_CONFLICT : err);
    }
    TRY(err);
    case_done(ctx, req, res, c.row.number, closes ? STR("avslutat") : STR("lamnatavslut"));
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
