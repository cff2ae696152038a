/* GET and POST /arende/{nr}/tilldela (ask a manager to take the case), POST /arende/{nr}/ta-over (take it on).
 * Not here: the rules (assign.h). */
#include "assign.h"
#include "assign_page_html.h"
#include "assign_view.h"
#include "case_page.h"
#include "db.h"
#include "form.h"
#include "frame.h"
#include "note.h"

#define ASSIGN_FORM(F)                                                                                                 \
    F(version, NUMBER, INT32_MAX, REQUIRED, MSG_case_about)                                                            \
    F(manager, LINE, 100, OPTIONAL, MSG_assign_who)                                                                    \
    F(text, LINES, NOTE_MAX_CHARS, OPTIONAL, MSG_assign_note)
FORM(assign, ASSIGN_FORM)

#define ACCEPT_FORM(F) F(version, NUMBER, INT32_MAX, REQUIRED, MSG_case_about)
FORM(accept, ACCEPT_FORM)

static const struct manager_view *managers(struct ctx *ctx, const struct open_case *c, struct str chosen, size_t *ret_n)
{
    const struct staff **people;
    size_t n = town_people(ctx, c->town, ROLE_responsible_manager, c->row.unit, &people);
    struct manager_view *views = ARENA_ARRAY(ctx->arena, struct manager_view, n);
    for (size_t i = 0; i < n; i++)
        views[i] = (struct manager_view){
            .value = people[i]->login,
            .name = people[i]->name,
            .title = people[i]->title,
            .is_chosen = str_eq(people[i]->login, chosen),
            .is_owner = people[i]->id.v == c->row.owner.v,
        };
    *ret_n = n;
    return views;
}

static enum err show(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                     const struct assign_form *form, const struct faults_list *faults, enum err refused)
{
    const struct staff *owner = c->row.owner.v ? town_staff(c->town, c->row.owner) : NULL;
    struct assign_view view = {
        .csrf = req->csrf,
        .version = c->row.version,
        .action = URL_PATH(ctx->arena, "/arende/%/tilldela", c->row.number),
        .back = URL_PATH(ctx->arena, "/arende/%", c->row.number),
        .sort = URL_PATH(ctx->arena, "/arende/%/sortera", c->row.number),
        .notice = refused_notice(ctx, refused),
        .faults = faults_view(ctx, faults),
        .title = case_title(ctx, c),
        .unit = c->unit->name,
        .owner = owner ? owner->name : STR_NONE,
        .may_sort = case_may(c, STEP_categorise),
        .manager = field_view(faults, STR("manager"), form->manager.text),
        .text = field_view(faults, STR("text"), form->text.text),
        .handover = guidance_words(ctx, c->routine, PLACE_handover),
    };
    TRY(case_story(ctx, c, &view.story));
    view.managers = managers(ctx, c, form->manager.text, &view.n_managers);
    view.crumbs = case_crumbs(ctx, c->row.number, msg_text(ctx->lang, MSG_assign_title), view.action);
    frame_fill(ctx, req, c->town, NAV_TODO,
               str_fmt(ctx->arena, "%.*s %.*s", STR_ARG(msg_text(ctx->lang, MSG_assign_title)), STR_ARG(c->row.number)),
               faults->n > 0, &view.frame);
    html_assign(&res->body, ctx->lang, &view);
    if (faults->n || refused != OK)
        res->status = err_http_status(faults->n ? ERR_INVALID : refused);
    return OK;
}

static enum err open_for_assigning(struct ctx *ctx, const struct request *req, struct open_case *ret)
{
    TRY(case_read(ctx, req->params[0], ret));
    if (!case_may(ret, STEP_assign))
        return fail(ctx, right_held(RIGHT_CASE_ASSIGN, ret->roles) ? ERR_CLOSED : ERR_FORBIDDEN,
                    "the case cannot be handed over by this person now");
    return OK;
}

enum err assign_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    TRY(open_for_assigning(ctx, req, &c));
    struct assign_form form;
    FORM_EMPTY(&form, assign);
    return show(ctx, req, res, &c, &form, &(struct faults_list){.n = 0}, OK);
}

static const struct staff *staff_by_login(const struct town *town, struct str login)
{
    for (size_t i = 0; i < town->n_staff; i++)
        if (str_eq(town->staff[i].login, login))
            return &town->staff[i];
    return NULL;
}

/* The case and what the new owner needs to know go together or not at all. */
static enum err assign_with_note(struct ctx *ctx, struct str number, const struct assign_form *form,
                                 struct user_id manager)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(assign_case(ctx, number, form->version.fault ? -1 : form->version.number, manager));
    if (!str_is_empty(form->text.text))
        TRY(note_add(ctx, number, form->text.text));
    return tx_commit(&tx);
}

enum err assign_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    TRY(open_for_assigning(ctx, req, &c));
    struct assign_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, assign, &form, &n_faults));
    struct faults_list faults = {.n = 0};
    const struct staff *manager = staff_by_login(c.town, form.manager.text);
    enum err err = OK;
    fault_add_common(ctx, &faults, STR("text"), &form.text, MSG_assign_note, MSG_assign_note);
    if (manager && faults.n == 0)
        err = assign_with_note(ctx, c.row.number, &form, manager->id);
    if (manager == NULL || err == ERR_INVALID)
        fault_add(&faults, STR("manager"), msg_text(ctx->lang, MSG_assign_missing),
                  msg_text(ctx->lang, MSG_assign_missing));
    if (faults.n)
        return show(ctx, req, res, &c, &form, &faults, OK);
    if (err == ERR_CONFLICT || err == ERR_CLOSED) {
        TRY(case_read(ctx, c.row.number, &c));
        return show(ctx, req, res, &c, &form, &faults, err);
    }
    TRY(err);
    case_done(ctx, req, res, c.row.number, STR("lamnad"));
    return OK;
}

enum err accept_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct str number = req->params[0];
    struct accept_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, accept, &form, &n_faults));
    enum err err = accept_case(ctx, number, n_faults ? -1 : form.version.number);
    if (err != OK)
        return case_refused(ctx, req, res, number, err, &(struct case_again){.form = STR_NONE});
    case_done(ctx, req, res, number, STR("tagen"));
    return OK;
}
