/* GET and POST /arende/{nr}/samrad: the manager asks those concerned what they think of the draft, sees who has read
 * and said what, ticks what was considered, and writes down what was said aloud; also calls off a reply that would go
 * by itself. Flow: one form for asking (step share, search), one of its own for each other thing. Not here: the rules
 * (consult.h, reply_plan.h), the page of those asked (consult_read_page.c). Source: S0.33, S0.36; mock-up 05. */
#include "answer.h"
#include "case_page.h"
#include "consult.h"
#include "consult_page_html.h"
#include "consult_words_page.h"
#include "fold.h"
#include "form.h"
#include "frame.h"
#include "handover_words.h"
#include "page_parts.h"
#include "reply_plan.h"

enum { CANDIDATES_MAX = 40, SEARCH_MAX_CHARS = 80 };

#define CONSULT_FORM(F)                                                                                                \
    F(step, CODE, 10, REQUIRED, MSG_consult_heading)                                                                   \
    F(draft_version, NUMBER, INT32_MAX, OPTIONAL, MSG_answer_text)                                                     \
    F(person, MANY, CONSULT_PEOPLE_MAX, OPTIONAL, MSG_consult_who)                                                     \
    F(search, LINE, SEARCH_MAX_CHARS, OPTIONAL, MSG_consult_search)                                                    \
    F(question, LINES, CONSULT_TEXT_MAX, OPTIONAL, MSG_consult_question)                                               \
    F(sees, CODE, 10, OPTIONAL, MSG_consult_sees)                                                                      \
    F(story_reason, LINES, CONSULT_TEXT_MAX, OPTIONAL, MSG_consult_story_reason)                                       \
    F(restart, CHECK, 0, OPTIONAL, MSG_consult_restart)                                                                \
    F(id, ID, 0, OPTIONAL, MSG_consult_heading)                                                                        \
    F(said, NUMBER, INT64_MAX, OPTIONAL, MSG_consult_heading)                                                          \
    F(back, CODE, 10, OPTIONAL, MSG_consult_heading)                                                                   \
    F(who, ID, 0, OPTIONAL, MSG_consult_talk_who)                                                                      \
    F(day, DATE, 0, OPTIONAL, MSG_consult_talk_day)                                                                    \
    F(text, LINES, CONSULT_TEXT_MAX, OPTIONAL, MSG_consult_talk_text)
FORM(consult, CONSULT_FORM)

static bool is_step(const struct consult_form *form, const char *code)
{
    return str_eq(form->step.text, str_from(code));
}

static struct str id_code(struct ctx *ctx, struct user_id id)
{
    return str_fmt(ctx->arena, "%lld", (long long)id.v);
}

/* ---- whom one may ask ---- */

static bool is_chosen(const struct consult_form *form, struct str code)
{
    for (size_t i = 0; i < form->person.n_files; i++)
        if (str_eq(form->person.files[i].value, code))
            return true;
    return false;
}

static bool is_asked(const struct consult_list_row *rows, size_t n, struct user_id id)
{
    for (size_t i = 0; i < n; i++)
        if (rows[i].user.v == id.v && rows[i].share.v)
            return true;
    return false;
}

/* Name or title holds what was searched for. */
static bool is_hit(struct ctx *ctx, const struct staff *staff, struct str folded)
{
    return !str_is_empty(folded) &&
           (str_find(fold_case(ctx, staff->name), folded) >= 0 || str_find(fold_case(ctx, staff->title), folded) >= 0);
}

/* Not oneself, and in a secret case nobody of another board. */
static bool may_be_asked(const struct ctx *ctx, const struct open_case *c, const struct staff *staff)
{
    bool crosses = c->row.secret && handover_crosses(c->town, c->row.unit, town_unit_of(c->town, staff->id));
    return staff->active && staff->id.v != ctx->who.v && !crosses;
}

static enum err candidate_view(struct ctx *ctx, const struct open_case *c, const struct staff *staff, bool chosen,
                               struct consult_candidate_view *ret)
{
    const struct unit *unit = town_unit(c->town, town_unit_of(c->town, staff->id));
    bool is_here = unit && unit->id.v == c->row.unit.v;
    *ret = (struct consult_candidate_view){.value = id_code(ctx, staff->id),
                                           .name = staff->name,
                                           .title = staff->title,
                                           .unit = unit && !is_here ? unit->name : STR(""),
                                           .is_chosen = chosen};
    return away_words(ctx, c->town, staff->id, &ret->away);
}

/* Those who were ticked, the people of the unit, and those who were searched for; not those who are asked already. */
static enum err fill_candidates(struct ctx *ctx, const struct open_case *c, const struct consult_form *form,
                                struct consult_view *view)
{
    struct consult_list_row *asked;
    size_t n_asked, n = 0;
    TRY(consult_list(ctx, c->row.id, &asked, &n_asked));
    struct str folded = fold_case(ctx, form->search.text);
    struct consult_candidate_view *views = ARENA_ARRAY(ctx->arena, struct consult_candidate_view, CANDIDATES_MAX);
    for (size_t i = 0; i < c->town->n_staff && n < CANDIDATES_MAX; i++) {
        const struct staff *staff = &c->town->staff[i];
        if (!may_be_asked(ctx, c, staff) || is_asked(asked, n_asked, staff->id))
            continue;
        bool chosen = is_chosen(form, id_code(ctx, staff->id));
        bool is_here = town_unit_of(c->town, staff->id).v == c->row.unit.v;
        if (chosen || is_here || is_hit(ctx, staff, folded))
            TRY(candidate_view(ctx, c, staff, chosen, &views[n++]));
    }
    view->candidates = views;
    view->n_candidates = n;
    return OK;
}

/* Everybody one may ask, for a select. */
static void fill_everybody(struct ctx *ctx, const struct open_case *c, const struct consult_form *form,
                           struct consult_view *view)
{
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, c->town->n_staff);
    size_t n = 0;
    for (size_t i = 0; i < c->town->n_staff; i++) {
        const struct staff *staff = &c->town->staff[i];
        if (may_be_asked(ctx, c, staff))
            options[n++] =
                (struct option_view){id_code(ctx, staff->id), staff_words(ctx, staff), form->who.number == staff->id.v};
    }
    view->everybody = options;
    view->n_everybody = n;
}

/* ---- the page ---- */

static enum err fill_draft(struct ctx *ctx, const struct open_case *c, struct consult_view *view)
{
    struct draft draft;
    struct draft_share_last_row last;
    struct str shown;
    TRY(answer_draft(ctx, c->row.id, &draft));
    view->has_draft = draft.version > 0 && !str_is_empty(draft.text);
    view->draft_version = draft.version;
    view->draft = draft.text;
    if (view->people.n_people == 0 || !view->has_draft)
        return OK;
    enum err err = draft_share_last(ctx, c->row.id, &last);
    if (err == ERR_NOT_FOUND)
        return OK;
    TRY(err);
    view->shared_at = when_moment(ctx->arena, ctx->lang, last.at, utc_to_date(ctx_now(ctx)));
    TRY(vault_unseal(ctx, c->row.id, last.original, PURPOSE_handle_case, &shown));
    view->is_changed = !str_eq(shown, draft.text);
    return OK;
}

static void fill_fields(const struct consult_form *form, const struct faults_list *faults, struct consult_view *view)
{
    view->person = field_view(faults, STR("person"), STR(""));
    view->search = field_view(faults, STR("search"), form->search.text);
    view->question = field_view(faults, STR("question"), form->question.text);
    view->story_reason = field_view(faults, STR("story_reason"), form->story_reason.text);
    view->with_story = str_eq(form->sees.text, STR("story"));
    view->who = field_view(faults, STR("who"), form->who.text);
    view->day = field_view(faults, STR("day"), form->day.text);
    view->text = field_view(faults, STR("text"), form->text.text);
    view->talk_open = is_step(form, "talk");
}

static enum err show(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                     const struct consult_form *form, const struct faults_list *faults, enum err refused)
{
    struct facts facts;
    struct consult_state state;
    TRY(case_facts(ctx, c, &facts));
    struct consult_wish wish = consult_wish(ctx, c->routine, &facts);
    TRY(consult_state_of(ctx, c, &wish, &state));
    const struct gate *gate = wish.cooling ? wish.cooling : wish.consulted;
    struct str title = msg_text(ctx->lang, MSG_consult_heading);
    struct consult_view view = {
        .csrf = req->csrf,
        .action = URL_PATH(ctx->arena, "/arende/%/samrad", c->row.number),
        .back = URL_PATH(ctx->arena, "/arende/%", c->row.number),
        .edit = URL_PATH(ctx->arena, "/arende/%/svar", c->row.number),
        .check = URL_PATH(ctx->arena, "/arende/%/svar?visa=1", c->row.number),
        .notice = refused_notice(ctx, refused),
        .faults = faults_view(ctx, faults),
        .heading = case_title(ctx, c),
        .wish = consult_wish_words(ctx, &wish),
        .quote = gate ? gate->quote : STR_NONE,
        .clause = gate ? gate->clause : STR_NONE,
        .unit = c->unit->name,
    };
    if (view.notice.tone == TONE_NEUTRAL)
        view.notice = done_notice(ctx, request_query(req, STR("klart")));
    TRY(consult_fits(ctx, c, &wish, &state, &view.fits));
    TRY(consult_people_fill(ctx, c, req->csrf, &view.people));
    TRY(fill_draft(ctx, c, &view));
    TRY(fill_candidates(ctx, c, form, &view));
    fill_everybody(ctx, c, form, &view);
    fill_fields(form, faults, &view);
    TRY(case_story(ctx, c, &view.story));
    view.crumbs = case_crumbs(ctx, c->row.number, title, view.action);
    frame_fill(ctx, req, c->town, NAV_TODO, str_fmt(ctx->arena, "%.*s %.*s", STR_ARG(title), STR_ARG(c->row.number)),
               faults->n > 0, &view.frame);
    html_consult(&res->body, ctx->lang, &view);
    if (faults->n || refused != OK)
        res->status = err_http_status(faults->n ? ERR_INVALID : refused);
    return OK;
}

static enum err open_for_consulting(struct ctx *ctx, const struct request *req, struct open_case *ret)
{
    TRY(case_read(ctx, req->params[0], ret));
    if (!case_may(ret, STEP_consult))
        return fail(ctx, right_held(RIGHT_CASE_ANSWER, ret->roles) ? ERR_CLOSED : ERR_FORBIDDEN,
                    "nobody can be asked about this case by this person now");
    return OK;
}

enum err consult_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct consult_form form;
    TRY(open_for_consulting(ctx, req, &c));
    FORM_EMPTY(&form, consult);
    form.search.text = str_utf8_head(request_query(req, STR("sok")), SEARCH_MAX_CHARS);
    return show(ctx, req, res, &c, &form, &(struct faults_list){.n = 0}, OK);
}

/* ---- what is done ---- */

static void check_asking(struct ctx *ctx, const struct consult_form *form, struct faults_list *faults)
{
    fault_add_common(ctx, faults, STR("person"), &form->person, MSG_consult_who_missing, MSG_consult_who_missing);
    if (form->person.n_files == 0)
        fault_add(faults, STR("person"), msg_text(ctx->lang, MSG_consult_who_missing),
                  msg_text(ctx->lang, MSG_consult_who_missing));
    fault_add_common(ctx, faults, STR("question"), &form->question, MSG_consult_question, MSG_consult_question);
    fault_add_common(ctx, faults, STR("story_reason"), &form->story_reason, MSG_consult_story_missing,
                     MSG_consult_story_missing);
    if (str_eq(form->sees.text, STR("story")) && str_is_empty(form->story_reason.text))
        fault_add(faults, STR("story_reason"), msg_text(ctx->lang, MSG_consult_story_missing),
                  msg_text(ctx->lang, MSG_consult_story_missing));
}

static enum err share(struct ctx *ctx, const struct open_case *c, const struct consult_form *form,
                      struct faults_list *faults)
{
    struct user_id people[CONSULT_PEOPLE_MAX];
    struct consult_ask ask = {.people = people, .draft_version = form->draft_version.number};
    if (is_step(form, "share")) {
        check_asking(ctx, form, faults);
        if (faults->n)
            return OK;
        for (size_t i = 0; i < form->person.n_files; i++) {
            int64_t id;
            if (str_to_i64(form->person.files[i].value, &id))
                people[ask.n_people++] = (struct user_id){id};
        }
        ask.question = form->question.text;
        ask.story_reason = str_eq(form->sees.text, STR("story")) ? form->story_reason.text : STR("");
    }
    ask.restart = form->restart.on;
    enum err err = consult_share(ctx, c->row.number, &ask);
    if (err == ERR_INVALID) {
        fault_add(faults, STR("person"), msg_text(ctx->lang, MSG_consult_who_refused),
                  msg_text(ctx->lang, MSG_consult_who_refused));
        return OK;
    }
    return err;
}

static enum err talk(struct ctx *ctx, const struct open_case *c, const struct consult_form *form,
                     struct faults_list *faults)
{
    struct date today = utc_to_date(ctx_now(ctx));
    if (form->who.number == 0)
        fault_add(faults, STR("who"), msg_text(ctx->lang, MSG_consult_talk_who_missing),
                  msg_text(ctx->lang, MSG_consult_talk_who_missing));
    if (form->day.fault || str_is_empty(form->day.text) || form->day.date.days > today.days)
        fault_add(faults, STR("day"), msg_text(ctx->lang, MSG_consult_talk_day_missing),
                  msg_text(ctx->lang, MSG_consult_talk_day_missing));
    fault_add_common(ctx, faults, STR("text"), &form->text, MSG_consult_talk_text_missing,
                     MSG_consult_talk_text_missing);
    if (str_is_empty(form->text.text))
        fault_add(faults, STR("text"), msg_text(ctx->lang, MSG_consult_talk_text_missing),
                  msg_text(ctx->lang, MSG_consult_talk_text_missing));
    if (faults->n)
        return OK;
    enum err err =
        consult_talk(ctx, c->row.number, (struct user_id){form->who.number}, form->day.date, form->text.text);
    if (err == ERR_INVALID) {
        fault_add(faults, STR("who"), msg_text(ctx->lang, MSG_consult_who_refused),
                  msg_text(ctx->lang, MSG_consult_who_refused));
        return OK;
    }
    return err;
}

/* What the button asks for; ret_done: the flash. STR_NONE: only the page again. */
static enum err act(struct ctx *ctx, const struct open_case *c, const struct consult_form *form,
                    struct faults_list *faults, struct str *ret_done)
{
    struct consult_id id = {form->id.number};
    *ret_done = STR_NONE;
    if (is_step(form, "search"))
        return OK;
    if (is_step(form, "share") || is_step(form, "again")) {
        *ret_done = is_step(form, "share") ? STR("samrad_delat") : STR("samrad_igen");
        return share(ctx, c, form, faults);
    }
    if (is_step(form, "talk")) {
        *ret_done = STR("samrad_samtal");
        return talk(ctx, c, form, faults);
    }
    if (is_step(form, "consider")) {
        *ret_done = STR("samrad_hansyn");
        return consult_consider(ctx, c->row.number, id, (struct utc_us){form->said.number});
    }
    if (is_step(form, "end")) {
        *ret_done = STR("samrad_slut");
        return consult_end(ctx, c->row.number, id);
    }
    if (is_step(form, "stop")) {
        *ret_done = STR("plan_angrad");
        return reply_plan_stop(ctx, c->row.number);
    }
    return fail(ctx, ERR_BAD_REQUEST, "\"%.*s\" is no step here", STR_ARG(form->step.text));
}

enum err consult_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct consult_form form;
    size_t n_faults;
    struct faults_list faults = {.n = 0};
    struct str done;
    TRY(open_for_consulting(ctx, req, &c));
    TRY(FORM_READ(ctx, req, consult, &form, &n_faults));
    enum err err = act(ctx, &c, &form, &faults, &done);
    if (err != OK && err != ERR_CONFLICT && err != ERR_CLOSED)
        return err;
    if (err != OK || faults.n || str_is_none(done)) {
        TRY(case_read(ctx, c.row.number, &c));
        return show(ctx, req, res, &c, &form, &faults, err);
    }
    if (is_step(&form, "stop"))
        case_done(ctx, req, res, c.row.number, done);
    else if (str_eq(form.back.text, STR("check")))
        response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/arende/%/svar?visa=1&klart=%", c.row.number, done));
    else
        response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/arende/%/samrad?klart=%", c.row.number, done));
    return OK;
}
