/* What: GET and POST /arende/{nr}/rapport (how the case was handled, to the complaints officer), POST
 * /arende/{nr}/kopia (send a copy of the reply) and /arende/{nr}/kopia/mottagen (it has arrived). Flow:
 * copy_panel_page.c links here. Not here: the rules (case_copy.h). Source: S0.38, S2.32, S4.20. */
#include "case_copy.h"
#include "case_page.h"
#include "close.h"
#include "date_words.h"
#include "document.h"
#include "form.h"
#include "frame.h"
#include "page_parts.h"
#include "report_page_html.h"
#include "report_view.h"

#define REPORT_FORM(F)                                                                                                 \
    F(version, NUMBER, INT32_MAX, OPTIONAL, MSG_case_about)                                                            \
    F(how, LINES, REPORT_MAX_CHARS, OPTIONAL, MSG_report_how)                                                          \
    F(outcome, CODE, 40, OPTIONAL, MSG_report_outcome)                                                                 \
    F(measure_kind, CODE, 10, OPTIONAL, MSG_report_measure_kind)                                                       \
    F(measure, LINES, REPORT_MAX_CHARS, OPTIONAL, MSG_report_measure)
FORM(report, REPORT_FORM)

#define COPY_FORM(F)                                                                                                   \
    F(version, NUMBER, INT32_MAX, OPTIONAL, MSG_case_about)                                                            \
    F(to, CODE, 40, REQUIRED, MSG_copy_send)
FORM(copy, COPY_FORM)

#define ARRIVED_FORM(F) F(copy, ID, 0, REQUIRED, MSG_copy_arrived)
FORM(arrived, ARRIVED_FORM)

static const struct option_view *options(struct ctx *ctx, const struct str *codes, size_t n, struct str prefix,
                                         struct str chosen)
{
    struct option_view *list = ARENA_ARRAY(ctx->arena, struct option_view, n);
    for (size_t i = 0; i < n; i++)
        list[i] = (struct option_view){codes[i], msg_of_code(ctx->lang, prefix, codes[i]), str_eq(codes[i], chosen)};
    return list;
}

/* The latest paper of a kind, opened; "" when there is none. */
static enum err latest_words(struct ctx *ctx, const struct open_case *c, const char *kind, struct str *ret)
{
    struct document_list_row *all;
    size_t n;
    *ret = STR("");
    TRY(document_list(ctx, c->row.id, &all, &n));
    while (n-- > 0)
        if (str_eq(all[n].kind, str_from(kind)) && str_eq(all[n].media_type, STR("text/plain")))
            return document_body(ctx, c->row.id, all[n].body, PURPOSE_handle_case, ret);
    return OK;
}

static const struct copy_duty *report_duty(const struct copy_duties *duties)
{
    for (size_t i = 0; i < duties->n; i++)
        if (duties->v[i].kind == COPY_report)
            return &duties->v[i];
    return NULL;
}

static enum err show(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                     const struct copy_duty *duty, const struct report_form *form, const struct faults_list *faults,
                     enum err refused)
{
    static const struct str measures[] = {STR_INIT("done"), STR_INIT("later"), STR_INIT("none")};
    const struct str *outcomes;
    size_t n_outcomes = case_outcomes(&outcomes);
    struct str role = role_word(ctx, c->routine, role_name(copy_role(COPY_report)));
    struct report_view view = {
        .csrf = req->csrf,
        .version = c->row.version,
        .title = WORDS(ctx, report_title, .role = role),
        .action = URL_PATH(ctx->arena, "/arende/%/rapport", c->row.number),
        .back = URL_PATH(ctx->arena, "/arende/%", c->row.number),
        .faults = faults_view(ctx, faults),
        .notice = refused_notice(ctx, refused),
        .lead = date_is_none(duty->last)
                    ? WORDS(ctx, report_lead, .role = role)
                    : WORDS(ctx, report_lead_by, .role = role,
                            .when = when_day(ctx->arena, ctx->lang, duty->last, utc_to_date(ctx_now(ctx)))),
        .how = field_view(faults, STR("how"), form->how.text),
        .outcome = field_view(faults, STR("outcome"), form->outcome.text),
        .measure = field_view(faults, STR("measure"), form->measure.text),
        .outcomes = options(ctx, outcomes, n_outcomes, MSG_PREFIX("outcome_"), form->outcome.text),
        .n_outcomes = n_outcomes,
        .measures = options(ctx, measures, ARRAY_LEN(measures), MSG_PREFIX("measure_"), form->measure_kind.text),
        .n_measures = ARRAY_LEN(measures),
    };
    if (duty->promise && !str_is_empty(duty->promise->obligation->quote)) {
        view.quote = duty->promise->obligation->quote;
        view.clause = duty->promise->obligation->clause;
    }
    view.crumbs = case_crumbs(ctx, c->row.number, msg_text(ctx->lang, MSG_report_crumb), view.action);
    TRY(case_story(ctx, c, &view.story));
    TRY(latest_words(ctx, c, "reply", &view.reply));
    frame_fill(ctx, req, c->town, NAV_TODO, view.title, faults->n > 0, &view.frame);
    html_report(&res->body, ctx->lang, &view);
    if (faults->n || refused != OK)
        res->status = err_http_status(faults->n ? ERR_INVALID : refused);
    return OK;
}

static enum err open_for_report(struct ctx *ctx, const struct request *req, struct open_case *c,
                                struct copy_duties *duties)
{
    TRY(case_read(ctx, req->params[0], c));
    TRY(copy_duties(ctx, c, duties));
    if (!case_may(c, STEP_report))
        return fail(ctx, right_held(RIGHT_CASE_ANSWER, c->roles) ? ERR_CLOSED : ERR_FORBIDDEN,
                    "this person cannot report on the case now");
    const struct copy_duty *duty = report_duty(duties);
    if (duty == NULL || !duty->can_be_sent)
        return fail(ctx, ERR_CLOSED, "the routine asks for no report, or nobody gets it");
    return OK;
}

enum err report_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct copy_duties duties;
    TRY(open_for_report(ctx, req, &c, &duties));
    struct report_form form; /* begun with what is known */
    FORM_EMPTY(&form, report);
    TRY(latest_words(ctx, &c, "measure", &form.measure.text));
    TRY(latest_words(ctx, &c, "reply", &form.how.text));
    if (!str_is_none(c.row.outcome))
        form.outcome.text = c.row.outcome;
    if (!str_is_none(c.row.measure_kind))
        form.measure_kind.text = c.row.measure_kind;
    return show(ctx, req, res, &c, report_duty(&duties), &form, &(struct faults_list){.n = 0}, OK);
}

enum err report_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct copy_duties duties;
    struct report_form form;
    size_t n_faults;
    struct faults_list faults = {.n = 0};
    TRY(open_for_report(ctx, req, &c, &duties));
    TRY(FORM_READ(ctx, req, report, &form, &n_faults));
    fault_add_common(ctx, &faults, STR("how"), &form.how, MSG_report_how_missing, MSG_report_how_missing);
    fault_add_common(ctx, &faults, STR("measure"), &form.measure, MSG_report_measure, MSG_report_measure);
    if (str_is_empty(form.how.text))
        fault_add(&faults, STR("how"), msg_text(ctx->lang, MSG_report_how_missing),
                  msg_text(ctx->lang, MSG_report_how_missing));
    if (faults.n)
        return show(ctx, req, res, &c, report_duty(&duties), &form, &faults, OK);
    struct handling_report report = {.how = form.how.text,
                                     .outcome = form.outcome.text,
                                     .measure_kind = form.measure_kind.text,
                                     .measure = form.measure.text};
    enum err err = case_report(ctx, c.row.number, form.version.fault ? -1 : form.version.number, &report);
    if (err == ERR_CONFLICT) {
        TRY(open_for_report(ctx, req, &c, &duties));
        return show(ctx, req, res, &c, report_duty(&duties), &form, &faults, err);
    }
    TRY(err);
    case_done(ctx, req, res, c.row.number, STR("rapporterat"));
    return OK;
}

enum err copy_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct str number = req->params[0];
    struct copy_form form;
    size_t n_faults;
    enum copy_kind kind;
    TRY(FORM_READ(ctx, req, copy, &form, &n_faults));
    if (!copy_kind_find(form.to.text, &kind) || kind == COPY_report)
        return fail(ctx, ERR_BAD_REQUEST, "\"%.*s\" gets no copy", STR_ARG(form.to.text));
    enum err err = case_copy_send(ctx, number, form.version.fault ? -1 : form.version.number, kind);
    if (err != OK)
        return case_refused(ctx, req, res, number, err, &(struct case_again){.form = STR_NONE});
    case_done(ctx, req, res, number, STR("kopiaskickad"));
    return OK;
}

enum err copy_arrived_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct str number = req->params[0];
    struct arrived_form form;
    struct open_case c;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, arrived, &form, &n_faults));
    TRY(case_read(ctx, number, &c)); /* a case that may not be seen, before anything about its copies */
    enum err err = case_copy_arrived(ctx, number, (struct copy_id){form.copy.number});
    if (err == ERR_NOT_FOUND) /* somebody has said so already */
        err = ERR_CONFLICT;
    if (err != OK)
        return case_refused(ctx, req, res, number, err, &(struct case_again){.form = STR_NONE});
    case_done(ctx, req, res, number, STR("mottagen"));
    return OK;
}
