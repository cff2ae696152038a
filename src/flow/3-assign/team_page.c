/* What: GET and POST /arende/{nr}/deltagare: somebody takes part, with or without a task; POST .../{login}/bort: no
 * more; POST .../uppgift/{id}: the task is done. Not here: the rules (team.h). Source: S1.12. */
#include "case_page.h"
#include "form.h"
#include "frame.h"
#include "handover.h"
#include "note.h"
#include "page_parts.h"
#include "team.h"
#include "team_page_html.h"

#define TEAM_FORM(F)                                                                                                   \
    F(q, LINE, 100, OPTIONAL, MSG_team_search)                                                                         \
    F(who, CODE, 100, OPTIONAL, MSG_team_page_title)                                                                   \
    F(text, LINES, TEAM_TASK_MAX_CHARS, OPTIONAL, MSG_team_task)                                                       \
    F(day, DATE, 0, OPTIONAL, MSG_team_day)
FORM(team, TEAM_FORM)

#define TASK_FORM(F) F(text, LINES, NOTE_MAX_CHARS, OPTIONAL, MSG_team_task_note)
FORM(task, TASK_FORM)

static const struct staff *staff_of(const struct town *town, struct str login)
{
    for (size_t i = 0; i < town->n_staff; i++)
        if (str_eq(town->staff[i].login, login))
            return &town->staff[i];
    return NULL;
}

/* Under another board: nothing of the case is shown there without a legal ground (OSL 8 kap. 2 §). */
static bool is_elsewhere(const struct open_case *c, const struct staff *staff)
{
    struct unit_id unit = town_unit_of(c->town, staff->id);
    return unit.v && handover_crosses(c->town, c->row.unit, unit);
}

static const struct team_person_view *people_views(struct ctx *ctx, const struct open_case *c, struct str words,
                                                   struct str chosen, size_t *ret_n)
{
    const struct staff **found;
    size_t n = team_candidates(ctx, c, words, &found);
    struct team_person_view *people = ARENA_ARRAY(ctx->arena, struct team_person_view, n);
    for (size_t i = 0; i < n; i++) {
        const struct unit *unit = town_unit(c->town, town_unit_of(c->town, found[i]->id));
        people[i] = (struct team_person_view){.login = found[i]->login,
                                              .name = found[i]->name,
                                              .title = found[i]->title,
                                              .unit = unit ? unit->name : STR(""),
                                              .is_chosen = str_eq(found[i]->login, chosen),
                                              .is_elsewhere = is_elsewhere(c, found[i])};
    }
    *ret_n = n;
    return people;
}

static enum err show(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                     const struct team_form *form, const struct faults_list *faults)
{
    struct url action = URL_PATH(ctx->arena, "/arende/%/deltagare", c->row.number);
    struct team_page_view view = {
        .crumbs = case_crumbs(ctx, c->row.number, msg_text(ctx->lang, MSG_team_page_title), action),
        .faults = faults_view(ctx, faults),
        .csrf = req->csrf,
        .title = case_title(ctx, c),
        .number = c->row.number,
        .action = action,
        .words = form->q.text,
        .is_search = !str_is_empty(form->q.text),
        .is_secret = c->row.secret,
        .who_fault = fault_text(faults, STR("who")),
        .task = field_view(faults, STR("text"), form->text.text),
        .day = field_view(faults, STR("day"), form->day.text),
    };
    struct case_is_restricted_row restricted;
    TRY(case_is_restricted(ctx, c->row.id, &restricted));
    view.is_restricted = restricted.restricted;
    view.people = people_views(ctx, c, form->q.text, form->who.text, &view.n_people);
    frame_fill(ctx, req, c->town, NAV_TODO, msg_text(ctx->lang, MSG_team_page_title), faults->n > 0, &view.frame);
    html_team_page(&res->body, ctx->lang, &view);
    if (faults->n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

static enum err open_for_adding(struct ctx *ctx, struct request *req, struct open_case *ret)
{
    TRY(case_read(ctx, req->params[0], ret));
    return case_may(ret, STEP_add_participant) ? OK : fail(ctx, ERR_FORBIDDEN, "others say who takes part here");
}

enum err team_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct team_form form;
    const struct faults_list none = {.n = 0};
    TRY(open_for_adding(ctx, req, &c));
    FORM_EMPTY(&form, team);
    struct str words = request_query(req, STR("q"));
    enum { WORDS_MAX_CHARS = 100 };
    form.q.text = str_is_none(words) ? STR("") : str_utf8_head(str_trim(words), WORDS_MAX_CHARS);
    return show(ctx, req, res, &c, &form, &none);
}

enum err team_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct team_form form;
    struct faults_list faults = {.n = 0};
    size_t n_faults;
    TRY(open_for_adding(ctx, req, &c));
    TRY(FORM_READ(ctx, req, team, &form, &n_faults));
    const struct staff *staff = staff_of(c.town, form.who.text);
    struct str choose = msg_text(ctx->lang, MSG_team_who_missing);
    if (staff == NULL || !staff->active || is_elsewhere(&c, staff))
        fault_add(&faults, STR("who"), choose, choose);
    fault_add_common(ctx, &faults, STR("text"), &form.text, MSG_team_task, MSG_team_task);
    bool has_day = !str_is_empty(form.day.text);
    if (form.day.fault || (has_day && form.day.date.days < utc_to_date(ctx_now(ctx)).days))
        fault_add(&faults, STR("day"), msg_text(ctx->lang, MSG_measure_due_wrong),
                  msg_text(ctx->lang, MSG_measure_due_wrong));
    if (faults.n)
        return show(ctx, req, res, &c, &form, &faults);
    enum err err =
        team_add(ctx, c.row.number,
                 &(struct new_participant){
                     .user = staff->id, .task = form.text.text, .due = has_day ? date_end(form.day.date) : UTC_NONE});
    if (err == ERR_CONFLICT) { /* takes part already, and no task was written */
        fault_add(&faults, STR("who"), msg_text(ctx->lang, MSG_team_already), msg_text(ctx->lang, MSG_team_already));
        return show(ctx, req, res, &c, &form, &faults);
    }
    TRY(err);
    case_done(ctx, req, res, c.row.number, STR("deltar"));
    return OK;
}

enum err team_remove_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    TRY(case_read(ctx, req->params[0], &c));
    const struct staff *staff = staff_of(c.town, req->params[1]);
    struct case_again again = {.form = STR_NONE};
    enum err err = staff ? team_remove(ctx, c.row.number, staff->id) : ERR_NOT_FOUND;
    if (err == ERR_NOT_FOUND) /* somebody else was first */
        err = ERR_CONFLICT;
    if (err != OK)
        return case_refused(ctx, req, res, c.row.number, err, &again);
    case_done(ctx, req, res, c.row.number, STR("deltar_inte"));
    return OK;
}

enum err case_task_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct task_form form;
    struct case_task_id id;
    size_t n_faults;
    TRY(case_read(ctx, req->params[0], &c));
    TRY(FORM_READ(ctx, req, task, &form, &n_faults));
    if (!str_to_i64(req->params[1], &id.v))
        return fail(ctx, ERR_NOT_FOUND, "\"%.*s\" is no task", STR_ARG(req->params[1]));
    struct case_again again = {.form = STR("task"), .key = req->params[1], .text = form.text.text};
    fault_add_common(ctx, &again.faults, str_fmt(ctx->arena, "task-%.*s", STR_ARG(req->params[1])), &form.text,
                     MSG_team_task_note, MSG_team_task_note);
    if (again.faults.n)
        return case_show(ctx, req, res, c.row.number, &again);
    enum err err = team_task_done(ctx, c.row.number, id, form.text.text);
    if (err == ERR_NOT_FOUND) /* done already */
        err = ERR_CONFLICT;
    if (err != OK)
        return case_refused(ctx, req, res, c.row.number, err, &again);
    case_done(ctx, req, res, c.row.number, STR("uppgift_klar"));
    return OK;
}
