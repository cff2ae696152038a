/* POST /arende/{nr}/apt (plan or hold the meeting of one case), GET and POST /apt (what a unit takes up, many at once),
 * POST /arende/{nr}/forebyggande/{id} (a preventive measure is in place). Not here: the rules (meeting.h,
 * prevention.h). Source: S1.33, S3.36, S3.37. */
#include "case_page.h"
#include "document.h"
#include "form.h"
#include "frame.h"
#include "meeting.h"
#include "meeting_page_html.h"
#include "meeting_view.h"
#include "page_parts.h"
#include "prevention.h"

#define MEETING_FORM(F)                                                                                                \
    F(what, CODE, 10, REQUIRED, MSG_meeting_heading)                                                                   \
    F(planned, DATE, 0, OPTIONAL, MSG_meeting_plan_label)                                                              \
    F(held, DATE, 0, OPTIONAL, MSG_meeting_hold_label)
FORM(meeting, MEETING_FORM)

enum { LIST_MAX = 50, MEASURES_MAX = 10 };

#define APT_FORM(F)                                                                                                    \
    F(day, DATE, 0, OPTIONAL, MSG_apt_day)                                                                             \
    F(held, MANY, LIST_MAX, OPTIONAL, MSG_apt_title)
FORM(apt, APT_FORM)

enum err meeting_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct str number = req->params[0];
    struct meeting_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, meeting, &form, &n_faults));
    bool is_held = str_eq(form.what.text, STR("hold"));
    const struct form_value *day = is_held ? &form.held : &form.planned;
    struct case_again again = {.form = is_held ? STR("hold") : STR("plan"), .text = day->text};
    bool has_day = day->on && !day->fault;
    enum err err = meeting_set(ctx, number, has_day ? day->date : DATE_NONE, is_held);
    if (err == ERR_INVALID) {
        struct str words = msg_text(ctx->lang, is_held ? MSG_meeting_held_wrong : MSG_meeting_planned_wrong);
        fault_add(&again.faults, is_held ? STR("held") : STR("planned"), words, words);
        return case_show(ctx, req, res, number, &again);
    }
    if (err != OK)
        return case_refused(ctx, req, res, number, err, &again);
    case_done(ctx, req, res, number, is_held ? STR("apthallen") : STR("aptplanerad"));
    return OK;
}

enum err prevention_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct str number = req->params[0];
    struct prevention_id id;
    struct open_case c;
    if (!str_to_i64(req->params[1], &id.v))
        return fail(ctx, ERR_NOT_FOUND, "\"%.*s\" is no measure", STR_ARG(req->params[1]));
    TRY(case_read(ctx, number, &c)); /* a case that may not be seen, before anything about its measures */
    enum err err = prevention_done(ctx, number, id);
    struct case_again again = {.form = STR_NONE};
    if (err == ERR_NOT_FOUND) /* somebody has ticked it off already */
        err = ERR_CONFLICT;
    if (err != OK)
        return case_refused(ctx, req, res, number, err, &again);
    case_done(ctx, req, res, number, STR("forebyggt"));
    return OK;
}

/* ---- the list ---- */

static bool is_ticked(const struct apt_form *form, struct str number)
{
    for (size_t i = 0; i < form->held.n_files; i++)
        if (str_eq(form->held.files[i].value, number))
            return true;
    return false;
}

/* What was done, in words; of a case marked secret it is not shown in a list that is printed. */
static enum err fill_measures(struct ctx *ctx, struct case_id id, struct meeting_case_view *view)
{
    struct meeting_measures_row *rows;
    size_t n;
    if (view->is_secret)
        return OK;
    TRY(meeting_measures(ctx, id, MEASURES_MAX, &rows, &n));
    struct str *texts = ARENA_ARRAY(ctx->arena, struct str, n);
    for (size_t i = 0; i < n; i++)
        TRY(document_body(ctx, id, rows[i].body, PURPOSE_handle_case, &texts[i]));
    view->measures = texts;
    view->n_measures = n;
    return OK;
}

static enum err fill_cases(struct ctx *ctx, const struct town *town, const struct meeting_list_row *rows, size_t n,
                           const struct apt_form *form, struct meeting_list_view *view)
{
    struct meeting_case_view *cases = ARENA_ARRAY(ctx->arena, struct meeting_case_view, n);
    struct date today = utc_to_date(ctx_now(ctx));
    for (size_t i = 0; i < n; i++) {
        const struct meeting_list_row *row = &rows[i];
        const struct routine *routine;
        const struct unit *unit = town_unit(town, row->unit);
        TRY(town_routine(ctx, row->routine, &routine));
        struct str type = type_word(ctx, routine, row->type);
        cases[i] = (struct meeting_case_view){
            .number = row->number,
            .title = str_is_empty(row->title) ? WORDS(ctx, case_no_title, .type = type) : row->title,
            .type = type,
            .unit = unit ? unit->name : STR(""),
            .url = URL_PATH(ctx->arena, "/arende/%", row->number),
            .is_secret = row->secret,
            .is_ticked = is_ticked(form, row->number),
            .outcome =
                str_is_none(row->outcome) ? STR("") : msg_of_code(ctx->lang, MSG_PREFIX("outcome_"), row->outcome),
            .measure_kind = str_is_none(row->measure_kind)
                                ? STR("")
                                : msg_of_code(ctx->lang, MSG_PREFIX("measure_"), row->measure_kind),
        };
        if (!date_is_none(row->planned))
            cases[i].planned = when_day(ctx->arena, ctx->lang, row->planned, today);
        TRY(fill_measures(ctx, row->id, &cases[i]));
    }
    view->cases = cases;
    view->n_cases = n;
    return OK;
}

/* The units one works in or above, and all of them together. */
static const struct option_view *unit_options(struct ctx *ctx, const struct town *town, const struct unit *chosen,
                                              size_t *ret_n)
{
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, town->n_units + 1);
    size_t n = 0;
    options[n++] = (struct option_view){STR(""), msg_text(ctx->lang, MSG_apt_all_units), chosen == NULL};
    for (size_t i = 0; i < town->n_units; i++)
        if (right_held(RIGHT_CASE_READ, town_roles_at(town, ctx->who, town->units[i].id)))
            options[n++] = (struct option_view){town->units[i].code, town->units[i].name, &town->units[i] == chosen};
    *ret_n = n;
    return options;
}

static struct url list_url(struct ctx *ctx, const struct unit *unit, struct case_id after)
{
    struct str id = str_fmt(ctx->arena, "%lld", (long long)after.v), code = unit ? unit->code : STR("");
    return after.v ? URL_PATH(ctx->arena, "/apt?enhet=%&efter=%", code, id)
                   : URL_PATH(ctx->arena, "/apt?enhet=%", code);
}

static enum err show_list(struct ctx *ctx, struct request *req, struct response *res, const struct apt_form *form,
                          const struct faults_list *faults)
{
    const struct town *town;
    struct meeting_list_row *rows;
    size_t n;
    struct case_id after = {0};
    TRY(town_get(ctx, &town));
    const struct unit *unit = town_unit_by_code(town, request_query(req, STR("enhet")));
    struct str from = request_query(req, STR("efter"));
    if (!str_is_empty(from) && !str_to_i64(from, &after.v))
        return fail(ctx, ERR_NOT_FOUND, "no such page of the list");
    TRY(meeting_list(ctx, ctx->who, unit ? unit->id : (struct unit_id){0}, after, LIST_MAX + 1, &rows, &n));
    bool has_more = n > LIST_MAX;
    n = has_more ? LIST_MAX : n;
    struct meeting_list_view view = {.csrf = req->csrf,
                                     .notice = done_notice(ctx, request_query(req, STR("klart"))),
                                     .faults = faults_view(ctx, faults),
                                     .action = list_url(ctx, unit, after),
                                     .day = field_view(faults, STR("day"), form->day.text)};
    if (has_more)
        view.more = list_url(ctx, unit, rows[n - 1].id);
    TRY(fill_cases(ctx, town, rows, n, form, &view));
    view.units = unit_options(ctx, town, unit, &view.n_units);
    frame_fill(ctx, req, town, NAV_TODO, msg_text(ctx->lang, MSG_apt_title), faults->n > 0, &view.frame);
    html_meeting_list(&res->body, ctx->lang, &view);
    if (faults->n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

static struct str today_code(struct ctx *ctx)
{
    struct out out = out_init(ctx->arena, /* max_bytes= */ 16);
    out_date(&out, utc_to_date(ctx_now(ctx)));
    return out_take(&out);
}

enum err apt_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct apt_form form;
    FORM_EMPTY(&form, apt);
    form.day.text = today_code(ctx);
    return show_list(ctx, req, res, &form, &(struct faults_list){.n = 0});
}

/* Each case by itself: what somebody else has ticked meanwhile stays ticked. */
enum err apt_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct apt_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, apt, &form, &n_faults));
    struct faults_list faults = {.n = 0};
    if (!form.day.on || form.day.fault || form.day.date.days > utc_to_date(ctx_now(ctx)).days)
        fault_add(&faults, STR("day"), msg_text(ctx->lang, MSG_meeting_held_wrong),
                  msg_text(ctx->lang, MSG_meeting_held_wrong));
    if (form.held.n_files == 0)
        fault_add(&faults, STR("held-0"), msg_text(ctx->lang, MSG_apt_none_ticked),
                  msg_text(ctx->lang, MSG_apt_none_ticked));
    if (faults.n)
        return show_list(ctx, req, res, &form, &faults);
    for (size_t i = 0; i < form.held.n_files; i++)
        TRY(meeting_set(ctx, form.held.files[i].value, form.day.date, /* is_held= */ true));
    struct str unit = request_query(req, STR("enhet"));
    response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/apt?enhet=%&klart=apthallen", unit));
    return OK;
}
