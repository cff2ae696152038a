/* GET and POST /arende/{nr}/tilldela (ask somebody to take the case; a look at what changes before), POST
 * /arende/{nr}/ta-over, tacka-nej, ta-tillbaka, grund, beratta (what is done with the question), and GET and POST
 * /lamnat/{nr} (a question of which only the title is shown). Not here: the rules (handover.h), what changes
 * (handover_check_page.c). */
#include "handover_page.h"

#include "case_page.h"
#include "db.h"
#include "frame.h"
#include "handover_page_html.h"
#include "handover_words.h"
#include "note.h"
#include "page_parts.h"

#define VERSION_FORM(F) F(version, NUMBER, INT32_MAX, REQUIRED, MSG_case_about)
FORM(version, VERSION_FORM)

#define DECLINE_FORM(F)                                                                                                \
    F(version, NUMBER, INT32_MAX, REQUIRED, MSG_case_about)                                                            \
    F(text, LINES, HANDOVER_REASON_MAX, OPTIONAL, MSG_handover_decline_reason)
FORM(decline, DECLINE_FORM)

#define GROUND_FORM(F)                                                                                                 \
    F(version, NUMBER, INT32_MAX, REQUIRED, MSG_case_about)                                                            \
    F(ground, CODE, 60, OPTIONAL, MSG_handover_ground)
FORM(ground, GROUND_FORM)

#define BLIND_FORM(F)                                                                                                  \
    F(answer, CODE, 10, REQUIRED, MSG_case_about)                                                                      \
    F(text, LINES, HANDOVER_REASON_MAX, OPTIONAL, MSG_handover_decline_reason)
FORM(blind, BLIND_FORM)

/* ---- the form ---- */

static const struct staff *staff_by_login(const struct town *town, struct str login)
{
    for (size_t i = 0; i < town->n_staff; i++)
        if (str_eq(town->staff[i].login, login))
            return &town->staff[i];
    return NULL;
}

static bool is_listed(const struct candidate_view *views, size_t n, struct str login)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(views[i].value, login))
            return true;
    return false;
}

/* Managers of the unit and above, nearest first; behind each who is away the one who stands in. Who has the case here
 * is not asked for it again. */
static enum err candidates(struct ctx *ctx, const struct open_case *c, struct unit_id unit, struct str chosen,
                           struct handover_view *view)
{
    const struct staff **people;
    size_t n = town_people(ctx, c->town, ROLE_responsible_manager, unit, &people), n_views = 0;
    struct candidate_view *views = ARENA_ARRAY(ctx->arena, struct candidate_view, 2 * n);
    bool is_here = unit.v == c->unit->id.v;
    for (size_t i = 0; i < n; i++) {
        struct away away;
        if (is_here && people[i]->id.v == c->row.owner.v)
            continue;
        TRY(absence_look(ctx, people[i]->id, ctx_now(ctx), &away));
        struct candidate_view *v = &views[n_views++];
        *v = (struct candidate_view){.value = people[i]->login,
                                     .name = people[i]->name,
                                     .title = people[i]->title,
                                     .is_owner = people[i]->id.v == c->row.owner.v};
        TRY(away_words(ctx, c->town, people[i]->id, &v->away));
        const struct staff *deputy = away.stand_in.v ? town_staff(c->town, away.stand_in) : NULL;
        bool may = deputy && roles_has(town_roles_at(c->town, deputy->id, unit), ROLE_responsible_manager);
        may = may && !(is_here && deputy->id.v == c->row.owner.v);
        if (may && !is_listed(views, n_views, deputy->login))
            views[n_views++] = (struct candidate_view){.value = deputy->login,
                                                       .name = deputy->name,
                                                       .title = deputy->title,
                                                       .stands_in_for = people[i]->name,
                                                       .is_owner = deputy->id.v == c->row.owner.v};
    }
    for (size_t i = 0; i < n_views; i++)
        views[i].is_chosen = str_eq(views[i].value, chosen);
    view->candidates = views;
    view->n_candidates = n_views;
    return OK;
}

static const struct option_view *unit_options(struct ctx *ctx, const struct town *town, struct unit_id chosen)
{
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, town->n_units);
    for (size_t i = 0; i < town->n_units; i++)
        options[i] = (struct option_view){town->units[i].code, town->units[i].name, town->units[i].id.v == chosen.v};
    return options;
}

struct handover_form_view handover_form_view_of(struct ctx *ctx, const struct request *req, const struct open_case *c,
                                                const struct handover_form *form, const struct unit *unit,
                                                const struct faults_list *faults, const struct handover_past *past)
{
    return (struct handover_form_view){
        .csrf = req->csrf,
        .version = (int64_t)past->n,
        .action = URL_PATH(ctx->arena, "/arende/%/tilldela", c->row.number),
        .back = URL_PATH(ctx->arena, "/arende/%", c->row.number),
        .unit = unit->code,
        .manager = field_view(faults, STR("manager"), form->manager.text),
        .text = field_view(faults, STR("text"), form->text.text),
        .silence = field_view(faults, STR("silence"), form->silence.text),
        .ground = field_view(faults, STR("ground"), form->ground.text),
        .tell_later = str_eq(form->tell.text, STR("later")),
    };
}

/* "Lämna vidare senast tisdag 16 december." while that promise is open. */
static enum err forward_words(struct ctx *ctx, const struct open_case *c, struct str *ret)
{
    struct promise *promises;
    size_t n;
    TRY(case_promises(ctx, c, &promises, &n));
    *ret = STR("");
    struct date today = utc_to_date(ctx_now(ctx));
    for (size_t i = 0; i < n; i++) {
        bool is_forwarding = promises[i].obligation->met_by & EVENT_BIT(EVENT_forwarded);
        bool is_open = promises[i].state == PROMISE_running || promises[i].state == PROMISE_missed;
        if (is_forwarding && is_open && !utc_is_none(promises[i].due))
            *ret = WORDS(ctx, handover_forward_by,
                         .when = when_day(ctx->arena, ctx->lang, utc_to_date(promises[i].due), today));
    }
    return OK;
}

static enum err show(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                     const struct handover_form *form, const struct unit *unit, const struct faults_list *faults,
                     enum err refused)
{
    struct handover_past past;
    struct responsible_words now;
    TRY(handover_read(ctx, c->row.id, &past));
    TRY(responsible_words(ctx, c, &now));
    struct handover_view view = {
        .form = handover_form_view_of(ctx, req, c, form, unit, faults, &past),
        .notice = refused_notice(ctx, refused),
        .faults = faults_view(ctx, faults),
        .title = case_title(ctx, c),
        .at = c->unit->name,
        .responsible = WORDS(ctx, handover_responsible_now, .name = now.name),
        .warning = warning_words(ctx, c->routine, &past),
        .units = unit_options(ctx, c->town, unit->id),
        .n_units = c->town->n_units,
        .other_unit = unit->id.v == c->row.unit.v ? STR("") : unit->name,
        .owes_notice = handover_owes_notice(c),
        .asks_ground = handover_crosses(c->town, c->row.unit, unit->id),
        .guidance = guidance_words(ctx, c->routine, PLACE_handover),
    };
    view.units_action = view.form.action;
    TRY(forward_words(ctx, c, &view.forward_by));
    TRY(ground_options(ctx, form->ground.text, &view.grounds, &view.n_grounds));
    TRY(case_story(ctx, c, &view.story));
    TRY(candidates(ctx, c, unit->id, form->manager.text, &view));
    struct str title = msg_text(ctx->lang, MSG_handover_title);
    view.crumbs = case_crumbs(ctx, c->row.number, title, view.form.action);
    frame_fill(ctx, req, c->town, NAV_TODO, str_fmt(ctx->arena, "%.*s %.*s", STR_ARG(title), STR_ARG(c->row.number)),
               faults->n > 0, &view.frame);
    html_handover(&res->body, ctx->lang, &view);
    if (faults->n || refused != OK)
        res->status = err_http_status(faults->n ? ERR_INVALID : refused);
    return OK;
}

static enum err open_for_asking(struct ctx *ctx, const struct request *req, struct open_case *ret)
{
    TRY(case_read(ctx, req->params[0], ret));
    if (!case_may(ret, STEP_assign) && !case_may(ret, STEP_hand_over))
        return fail(ctx, right_held(RIGHT_CASE_ASSIGN, ret->roles) ? ERR_CLOSED : ERR_FORBIDDEN,
                    "the case cannot be handed over by this person now");
    return OK;
}

static const struct unit *unit_or_own(const struct open_case *c, struct str code)
{
    const struct unit *unit = str_is_empty(code) ? NULL : town_unit_by_code(c->town, code);
    return unit ? unit : c->unit;
}

enum err handover_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    TRY(open_for_asking(ctx, req, &c));
    struct handover_form form;
    FORM_EMPTY(&form, handover);
    return show(ctx, req, res, &c, &form, unit_or_own(&c, request_query(req, STR("enhet"))),
                &(struct faults_list){.n = 0}, OK);
}

/* The hand-over and what the new one needs to know go together or not at all. */
static enum err ask_with_note(struct ctx *ctx, struct str number, int64_t seen, const struct handover_ask *ask,
                              struct str note)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    if (!str_is_empty(note)) /* before: one who hands it away may not see it afterwards */
        TRY(note_add(ctx, number, note));
    TRY(handover_ask(ctx, number, seen, ask));
    return tx_commit(&tx);
}

static void check(struct ctx *ctx, const struct open_case *c, const struct handover_form *form, const struct staff *to,
                  const struct unit *unit, struct faults_list *faults)
{
    bool may = to && to->active && roles_has(town_roles_at(c->town, to->id, unit->id), ROLE_responsible_manager);
    bool has_it = to && to->id.v == c->row.owner.v && unit->id.v == c->row.unit.v;
    if (!may || has_it) {
        struct str words = msg_text(ctx->lang, has_it ? MSG_handover_has_it : MSG_handover_missing);
        fault_add(faults, STR("manager"), words, words);
    }
    fault_add_common(ctx, faults, STR("text"), &form->text, MSG_handover_note, MSG_handover_note);
    fault_add_common(ctx, faults, STR("silence"), &form->silence, MSG_handover_silence, MSG_handover_silence);
    bool is_silent = handover_owes_notice(c) && str_eq(form->tell.text, STR("later"));
    if (is_silent && str_is_empty(form->silence.text))
        fault_add(faults, STR("silence"), msg_text(ctx->lang, MSG_handover_silence_missing),
                  msg_text(ctx->lang, MSG_handover_silence_missing));
}

/* Another unit, another routine, another board, or once more: then one looks at it first. */
static enum err wants_look(struct ctx *ctx, const struct open_case *c, const struct handover_form *form,
                           const struct unit *unit, bool *ret)
{
    struct handover_past past;
    TRY(handover_read(ctx, c->row.id, &past));
    *ret = str_eq(form->step.text, STR("check")) ||
           (!form->confirmed.on && (unit->id.v != c->row.unit.v || handover_warns(c->routine, &past)));
    return OK;
}

/* Handed to where this person sees nothing: back to the list instead. */
static enum err done(struct ctx *ctx, struct request *req, struct response *res, struct str number, struct str code)
{
    struct open_case c;
    enum err err = case_read(ctx, number, &c);
    if (err == ERR_NOT_FOUND)
        response_redirect(ctx, req, res, URL("/att-gora"));
    else if (err != OK)
        return err;
    else
        case_done(ctx, req, res, number, code);
    return OK;
}

enum err handover_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    TRY(open_for_asking(ctx, req, &c));
    struct handover_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, handover, &form, &n_faults));
    struct faults_list faults = {.n = 0};
    const struct unit *unit = unit_or_own(&c, form.unit.text);
    const struct staff *to = staff_by_login(c.town, form.manager.text);
    if (str_eq(form.step.text, STR("edit")))
        return show(ctx, req, res, &c, &form, unit, &faults, OK);
    check(ctx, &c, &form, to, unit, &faults);
    if (faults.n)
        return show(ctx, req, res, &c, &form, unit, &faults, OK);
    bool looks;
    TRY(wants_look(ctx, &c, &form, unit, &looks));
    if (looks)
        return handover_check(ctx, req, res, &c, &form, to, unit);
    struct handover_ask ask = {.to = to->id,
                               .unit = unit->id,
                               .ground = str_is_empty(form.ground.text) ? STR_NONE : form.ground.text,
                               .tell = str_eq(form.tell.text, STR("later")) ? TELL_LATER : TELL_NOW,
                               .silence = form.silence.text};
    enum err err =
        ask_with_note(ctx, c.row.number, form.version.fault ? -1 : form.version.number, &ask, form.text.text);
    if (err == ERR_CONFLICT || err == ERR_CLOSED) {
        TRY(case_read(ctx, c.row.number, &c));
        return show(ctx, req, res, &c, &form, unit, &faults, err);
    }
    TRY(err);
    return done(ctx, req, res, c.row.number, to->id.v == ctx->who.v ? STR("tagen") : STR("lamnad"));
}

/* ---- the answer, and what else is done with the question ---- */

typedef enum err act_fn(struct ctx *ctx, struct str number, int64_t seen);

static enum err act(struct ctx *ctx, struct request *req, struct response *res, act_fn *fn, struct str code)
{
    struct str number = req->params[0];
    struct version_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, version, &form, &n_faults));
    enum err err = fn(ctx, number, n_faults ? -1 : form.version.number);
    if (err != OK)
        return case_refused(ctx, req, res, number, err, &(struct case_again){.form = STR_NONE});
    return done(ctx, req, res, number, code);
}

enum err accept_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    return act(ctx, req, res, handover_accept, STR("tagen"));
}

enum err take_back_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    return act(ctx, req, res, handover_take_back, STR("tillbaka"));
}

enum err tell_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    return act(ctx, req, res, handover_tell_now, STR("berattat"));
}

static void reason_fault(struct ctx *ctx, const struct form_value *text, struct str field, struct faults_list *faults)
{
    fault_add_common(ctx, faults, field, text, MSG_handover_decline_reason, MSG_handover_decline_reason);
    if (str_is_empty(text->text))
        fault_add(faults, field, msg_text(ctx->lang, MSG_handover_decline_missing),
                  msg_text(ctx->lang, MSG_handover_decline_missing));
}

enum err decline_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct str number = req->params[0];
    struct open_case c;
    TRY(case_read(ctx, number, &c));
    struct decline_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, decline, &form, &n_faults));
    struct case_again again = {.form = STR("decline"), .text = form.text.text};
    reason_fault(ctx, &form.text, STR("text-decline"), &again.faults);
    if (again.faults.n)
        return case_show(ctx, req, res, number, &again);
    enum err err = handover_decline(ctx, number, form.version.fault ? -1 : form.version.number, form.text.text);
    if (err != OK)
        return case_refused(ctx, req, res, number, err, &again);
    return done(ctx, req, res, number, STR("nej"));
}

enum err ground_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct str number = req->params[0];
    struct ground_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, ground, &form, &n_faults));
    enum err err = handover_give_ground(ctx, number, form.version.fault ? -1 : form.version.number, form.ground.text);
    if (err != OK)
        return case_refused(ctx, req, res, number, err, &(struct case_again){.form = STR_NONE});
    return done(ctx, req, res, number, STR("grund"));
}

/* ---- only the title ---- */

static enum err show_blind(struct ctx *ctx, struct request *req, struct response *res, struct str written,
                           const struct faults_list *faults)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct handover_blind_row row;
    TRY(handover_blind(ctx, req->params[0], ctx->who, &row));
    const struct unit *from = town_unit(town, row.from_unit);
    const struct staff *by = town_staff(town, row.by);
    struct blind_view view = {
        .csrf = req->csrf,
        .action = URL_PATH(ctx->arena, "/lamnat/%", row.number),
        .faults = faults_view(ctx, faults),
        .number = row.number,
        .type = with_capital(ctx, msg_of_code(ctx->lang, MSG_PREFIX("type_"), row.type)),
        .title = str_is_empty(row.title) ? msg_text(ctx->lang, MSG_blind_no_title) : row.title,
        .from = from ? from->name : STR(""),
        .by = by ? by->name : STR(""),
        .asked = when_date(ctx->arena, ctx->lang, utc_to_date(row.asked), utc_to_date(ctx_now(ctx))),
        .is_willing = !utc_is_none(row.willing),
        .reason = field_view(faults, STR("text"), written),
    };
    frame_fill(ctx, req, town, NAV_TODO, view.title, faults->n > 0, &view.frame);
    html_blind(&res->body, ctx->lang, &view);
    if (faults->n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

enum err blind_page(struct ctx *ctx, struct request *req, struct response *res)
{
    return show_blind(ctx, req, res, STR(""), &(struct faults_list){.n = 0});
}

enum err blind_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct str number = req->params[0];
    struct blind_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, blind, &form, &n_faults));
    if (str_eq(form.answer.text, STR("yes"))) {
        TRY(handover_be_willing(ctx, number));
        response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/lamnat/%", number));
        return OK;
    }
    struct faults_list faults = {.n = 0};
    reason_fault(ctx, &form.text, STR("text"), &faults);
    if (faults.n)
        return show_blind(ctx, req, res, form.text.text, &faults);
    TRY(handover_decline(ctx, number, -1, form.text.text));
    response_redirect(ctx, req, res, URL("/att-gora"));
    return OK;
}
