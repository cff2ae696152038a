/* GET /admin/personer; GET and POST /admin/ny-person and /admin/person/{id}; POST .../roll, .../aktiv, .../kod: who may
 * log in, how they are reached, what they hold, a code for a new password. Not here: what may be changed by whom
 * (admin.h), the changes (town.h), the code (password_code.h). */
#include "absence.h"
#include "absence_sql.h"
#include "admin_page.h"
#include "admin_page_html.h"
#include "date_words.h"
#include "db.h"
#include "fold.h"
#include "form.h"
#include "frame.h"
#include "page_parts.h"
#include "password_code.h"
#include "town_sql.h"

#define PERSON_FORM(F)                                                                                                 \
    F(login, LINE, 100, OPTIONAL, MSG_login_user)                                                                      \
    F(name, LINE, 120, REQUIRED, MSG_admin_person_name)                                                                \
    F(title, LINE, 120, OPTIONAL, MSG_admin_person_title)                                                              \
    F(email, EMAIL, 200, OPTIONAL, MSG_directory_email)                                                                \
    F(phone, PHONE, 30, OPTIONAL, MSG_directory_phone)                                                                 \
    F(mobile, PHONE, 30, OPTIONAL, MSG_admin_person_mobile)                                                            \
    F(deputy, LINE, 120, OPTIONAL, MSG_admin_person_deputy)
FORM(person, PERSON_FORM)

#define ROLE_FORM(F)                                                                                                   \
    F(role, CODE, 40, OPTIONAL, MSG_admin_role)                                                                        \
    F(unit, CODE, 60, OPTIONAL, MSG_admin_role_unit)                                                                   \
    F(remove, LINE, 120, OPTIONAL, MSG_admin_remove)
FORM(role, ROLE_FORM)

#define ACTIVE_FORM(F) F(active, CODE, 5, REQUIRED, MSG_admin_leave)
FORM(active, ACTIVE_FORM)

struct person_page {
    const struct town *town;
    const struct staff *staff; /* NULL: a new person */
    struct person_form form;
    struct role_form role;
    struct faults_list faults;
    struct str code;
};

static struct url person_url(struct ctx *ctx, struct user_id id)
{
    return URL_PATH(ctx->arena, "/admin/person/%", str_fmt(ctx->arena, "%lld", (long long)id.v));
}

/* ---- the list ---- */

/* "Ansvarig chef, Hemtjänst norr", and how many more. */
static struct str first_role(struct ctx *ctx, const struct town *town, const struct staff *staff)
{
    if (staff->n_roles == 0)
        return staff->title;
    const struct unit *unit = town_unit(town, staff->roles[0].unit);
    struct str role = with_capital(ctx, role_word(ctx, NULL, role_name(staff->roles[0].role)));
    return str_fmt(ctx->arena, "%.*s, %.*s", STR_ARG(role), STR_ARG(unit->name));
}

static struct tags_view person_tags(struct ctx *ctx, const struct staff *staff)
{
    if (staff->active)
        return (struct tags_view){NULL, 0};
    struct tag_view *tag = ARENA_NEW(ctx->arena, struct tag_view);
    *tag = (struct tag_view){.text = msg_text(ctx->lang, MSG_admin_person_left), .tone = TONE_NEUTRAL};
    return (struct tags_view){tag, 1};
}

static bool fits(struct ctx *ctx, const struct staff *staff, struct str words)
{
    return str_find(fold_case(ctx, staff->name), words) >= 0 || str_find(staff->login, words) >= 0 ||
           str_find(fold_case(ctx, staff->title), words) >= 0 || str_find(fold_case(ctx, staff->email), words) >= 0;
}

enum err admin_people_page(struct ctx *ctx, struct request *req, struct response *res)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct admin_list_view view = {
        .heading = msg_text(ctx->lang, MSG_admin_people),
        .add_text = msg_text(ctx->lang, MSG_admin_person_new),
        .action = URL("/admin/personer"),
        .add = URL("/admin/ny-person"),
    };
    struct str words = admin_words(ctx, req, &view.words);
    size_t from = admin_from(req), n = 0;
    struct admin_row_view *rows = ARENA_ARRAY(ctx->arena, struct admin_row_view, ADMIN_ROWS);
    for (size_t i = 0; i < town->n_staff && n <= from + ADMIN_ROWS; i++) {
        const struct staff *staff = &town->staff[i];
        if (!fits(ctx, staff, words) || !admin_reaches_person(ctx, town, staff))
            continue;
        if (n >= from && view.n_rows < ADMIN_ROWS)
            rows[view.n_rows++] = (struct admin_row_view){
                .url = person_url(ctx, staff->id),
                .title = staff->name,
                .code = staff->login,
                .more = first_role(ctx, town, staff),
                .tags = person_tags(ctx, staff),
            };
        n++;
    }
    view.rows = rows;
    if (n > from + ADMIN_ROWS)
        view.next = URL_PATH(ctx->arena, "/admin/personer?q=%&fran=%", view.words,
                             str_fmt(ctx->arena, "%zu", from + ADMIN_ROWS));
    view.crumbs = admin_crumbs(ctx, MSG_admin_people, URL("/admin/personer"), STR_NONE, (struct url){STR_NONE});
    frame_fill(ctx, req, town, NAV_NONE, view.heading, /* has_fault= */ false, &view.frame);
    html_admin_list(&res->body, ctx->lang, &view);
    return OK;
}

/* ---- one person ---- */

static void fill_roles(struct ctx *ctx, const struct person_page *page, struct admin_person_view *view)
{
    const struct town *town = page->town;
    const struct staff *staff = page->staff;
    struct admin_role_view *held = ARENA_ARRAY(ctx->arena, struct admin_role_view, staff->n_roles);
    for (size_t i = 0; i < staff->n_roles; i++) {
        const struct unit *unit = town_unit(town, staff->roles[i].unit);
        struct str role = role_name(staff->roles[i].role);
        held[i] = (struct admin_role_view){
            .role = with_capital(ctx, role_word(ctx, NULL, role)),
            .unit = unit->name,
            .value = str_fmt(ctx->arena, "%.*s@%.*s", STR_ARG(role), STR_ARG(unit->code)),
        };
    }
    struct option_view *roles = ARENA_ARRAY(ctx->arena, struct option_view, ROLE_COUNT);
    for (enum role role = 0; role < ROLE_COUNT; role++)
        if (role_is_place(role))
            roles[view->n_roles++] =
                (struct option_view){role_name(role), with_capital(ctx, role_word(ctx, NULL, role_name(role))),
                                     str_eq(role_name(role), page->role.role.text)};
    struct option_view *units = ARENA_ARRAY(ctx->arena, struct option_view, town->n_units);
    for (size_t i = 0; i < town->n_units; i++)
        if (admin_reaches_unit(ctx, town, town->units[i].id))
            units[view->n_units++] = (struct option_view){town->units[i].code, town->units[i].name,
                                                          str_eq(town->units[i].code, page->role.unit.text)};
    view->held = held;
    view->n_held = staff->n_roles;
    view->roles = roles;
    view->units = units;
}

static void fill_known(struct ctx *ctx, const struct person_page *page, struct admin_person_view *view)
{
    const struct staff *staff = page->staff;
    struct str id = str_fmt(ctx->arena, "%lld", (long long)staff->id.v);
    view->heading = staff->name;
    view->login_now = staff->login;
    view->is_active = staff->active;
    view->is_me = staff->id.v == ctx->who.v;
    view->action = person_url(ctx, staff->id);
    view->role_url = URL_PATH(ctx->arena, "/admin/person/%/roll", id);
    view->active_url = URL_PATH(ctx->arena, "/admin/person/%/aktiv", id);
    view->code_url = URL_PATH(ctx->arena, "/admin/person/%/kod", id);
    view->code = page->code;
    struct utc_us now = ctx_now(ctx);
    view->until =
        when_moment(ctx->arena, ctx->lang, utc_add(now, PASSWORD_CODE_HOURS * 60 * MINUTE_US), utc_to_date(now));
    fill_roles(ctx, page, view);
}

static enum err show(struct ctx *ctx, struct request *req, struct response *res, const struct person_page *page)
{
    const struct person_form *form = &page->form;
    const struct faults_list *faults = &page->faults;
    struct admin_person_view view = {
        .csrf = req->csrf,
        .notice = admin_done_notice(ctx, req),
        .faults = faults_view(ctx, faults),
        .is_new = page->staff == NULL,
        .action = URL("/admin/ny-person"),
        .back = URL("/admin/personer"),
        .heading = msg_text(ctx->lang, MSG_admin_person_new),
        .login = field_view(faults, STR("login"), form->login.text),
        .name = field_view(faults, STR("name"), form->name.text),
        .title = field_view(faults, STR("title"), form->title.text),
        .email = field_view(faults, STR("email"), form->email.text),
        .phone = field_view(faults, STR("phone"), form->phone.text),
        .mobile = field_view(faults, STR("mobile"), form->mobile.text),
        .deputy = field_view(faults, STR("deputy"), form->deputy.text),
        .role = field_view(faults, STR("role"), page->role.role.text),
        .unit = field_view(faults, STR("unit"), page->role.unit.text),
    };
    if (page->staff)
        fill_known(ctx, page, &view);
    view.crumbs = admin_crumbs(ctx, MSG_admin_people, URL("/admin/personer"), view.heading, view.action);
    frame_fill(ctx, req, page->town, NAV_NONE, view.heading, faults->n > 0, &view.frame);
    html_admin_person(&res->body, ctx->lang, &view);
    if (faults->n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

/* The log-in name of who stands in whenever nobody else is named; "" for nobody. */
static enum err standing_deputy(struct ctx *ctx, const struct town *town, struct user_id user, struct str *ret)
{
    struct absence_standing_row *rows;
    size_t n;
    TRY(absence_standing(ctx, user, &rows, &n));
    const struct staff *deputy = n ? town_staff(town, rows[0].deputy) : NULL;
    *ret = deputy ? deputy->login : STR("");
    return OK;
}

/* The person of the address, within reach, with the form as stored. */
static enum err open_person(struct ctx *ctx, const struct request *req, struct person_page *page)
{
    int64_t id;
    TRY(town_get(ctx, &page->town));
    page->staff = str_to_i64(req->params[0], &id) ? town_staff(page->town, (struct user_id){id}) : NULL;
    if (page->staff == NULL || !admin_reaches_person(ctx, page->town, page->staff))
        return fail(ctx, ERR_NOT_FOUND, "there is no person \"%.*s\" within reach", STR_ARG(req->params[0]));
    FORM_EMPTY(&page->form, person);
    FORM_EMPTY(&page->role, role);
    page->form.name.text = page->staff->name;
    page->form.title.text = page->staff->title;
    page->form.email.text = page->staff->email;
    page->form.phone.text = page->staff->phone;
    page->form.mobile.text = page->staff->mobile;
    return standing_deputy(ctx, page->town, page->staff->id, &page->form.deputy.text);
}

enum err admin_person_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct person_page page = {.faults.n = 0};
    TRY(open_person(ctx, req, &page));
    return show(ctx, req, res, &page);
}

enum err admin_person_new_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct person_page page = {.faults.n = 0};
    TRY(town_get(ctx, &page.town));
    FORM_EMPTY(&page.form, person);
    FORM_EMPTY(&page.role, role);
    return show(ctx, req, res, &page);
}

/* What is wrong beside what form_read found; gives the standing deputy, .v 0 for none. */
static struct user_id check(struct ctx *ctx, struct person_page *page)
{
    const struct person_form *form = &page->form;
    struct faults_list *faults = &page->faults;
    fault_add_common(ctx, faults, STR("login"), &form->login, MSG_admin_login_wrong, MSG_admin_login_wrong);
    fault_add_common(ctx, faults, STR("name"), &form->name, MSG_admin_name_missing, MSG_admin_name_missing);
    fault_add_common(ctx, faults, STR("title"), &form->title, MSG_admin_person_title, MSG_admin_person_title);
    fault_add_common(ctx, faults, STR("email"), &form->email, MSG_admin_email_wrong, MSG_admin_email_wrong);
    fault_add_common(ctx, faults, STR("phone"), &form->phone, MSG_admin_phone_wrong, MSG_admin_phone_wrong);
    fault_add_common(ctx, faults, STR("mobile"), &form->mobile, MSG_admin_phone_wrong, MSG_admin_phone_wrong);
    const struct staff *deputy = admin_find(ctx, page->town, form->deputy.text);
    if (!str_is_empty(form->deputy.text) && (deputy == NULL || deputy == page->staff))
        admin_fault(ctx, faults, STR("deputy"), MSG_admin_nobody);
    return deputy ? deputy->id : (struct user_id){0};
}

static struct user_spec spec_of(const struct person_form *form)
{
    return (struct user_spec){
        .login = form->login.text,
        .name = form->name.text,
        .title = form->title.text,
        .email = form->email.text,
        .phone = form->phone.text,
        .mobile = form->mobile.text,
        .language = STR("sv"),
        .password = STR_NONE,
    };
}

enum err admin_person_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct person_page page = {.faults.n = 0};
    size_t n_faults;
    TRY(open_person(ctx, req, &page));
    TRY(FORM_READ(ctx, req, person, &page.form, &n_faults));
    struct user_id deputy = check(ctx, &page);
    if (page.faults.n)
        return show(ctx, req, res, &page);
    struct user_id id = page.staff->id;
    struct str deputy_before;
    TRY(standing_deputy(ctx, page.town, id, &deputy_before));
    const struct staff *now = deputy.v ? town_staff(page.town, deputy) : NULL;
    bool is_same = str_eq(deputy_before, now ? now->login : STR(""));
    struct user_spec spec = spec_of(&page.form);
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(town_set_user(ctx, id, &spec));
    if (!is_same)
        TRY(absence_set_standing(ctx, id, deputy));
    TRY(tx_commit(&tx));
    response_redirect(
        ctx, req, res,
        URL_PATH(ctx->arena, "/admin/person/%?klart=sparad", str_fmt(ctx->arena, "%lld", (long long)id.v)));
    return OK;
}

static enum err add(struct ctx *ctx, const struct user_spec *spec, struct user_id *ret)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(town_add_user(ctx, spec, ret));
    return tx_commit(&tx);
}

enum err admin_person_new_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct person_page page = {.faults.n = 0};
    size_t n_faults;
    TRY(town_get(ctx, &page.town));
    FORM_EMPTY(&page.role, role);
    TRY(FORM_READ(ctx, req, person, &page.form, &n_faults));
    if (str_is_empty(page.form.login.text))
        admin_fault(ctx, &page.faults, STR("login"), MSG_admin_login_wrong);
    check(ctx, &page);
    struct user_spec spec = spec_of(&page.form);
    struct user_id id = {0};
    enum err err = page.faults.n ? OK : add(ctx, &spec, &id);
    if (err == ERR_CONFLICT)
        admin_fault(ctx, &page.faults, STR("login"), MSG_admin_login_taken);
    if (page.faults.n)
        return show(ctx, req, res, &page);
    TRY(err);
    struct str number = str_fmt(ctx->arena, "%lld", (long long)id.v);
    response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/admin/person/%?klart=ny_person", number));
    return OK;
}

/* ---- roles, leaving, a new password ---- */

/* Somebody else within reach: nobody gives rights to oneself, or locks oneself out. */
static enum err open_other(struct ctx *ctx, const struct request *req, struct person_page *page)
{
    TRY(open_person(ctx, req, page));
    if (!admin_may_give(ctx, page->town, page->staff))
        return fail(ctx, ERR_FORBIDDEN, "nobody changes the own roles");
    return OK;
}

static enum err done(struct ctx *ctx, struct request *req, struct response *res, struct user_id id, struct str what)
{
    struct str number = str_fmt(ctx->arena, "%lld", (long long)id.v);
    response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/admin/person/%?klart=%", number, what));
    return OK;
}

static enum err change_role(struct ctx *ctx, struct user_id user, enum role role, struct unit_id unit, bool removes)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    if (removes)
        TRY(town_remove_role(ctx, user, role, unit));
    else
        TRY(town_add_role(ctx, user, role, unit));
    return tx_commit(&tx);
}

enum err admin_person_role_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct person_page page = {.faults.n = 0};
    size_t n_faults;
    TRY(open_other(ctx, req, &page));
    TRY(FORM_READ(ctx, req, role, &page.role, &n_faults));
    struct str role_word_sent = page.role.role.text, unit_code_sent = page.role.unit.text;
    bool removes = !str_is_empty(page.role.remove.text);
    ptrdiff_t at = str_find_char(page.role.remove.text, '@');
    if (removes && at >= 0) {
        role_word_sent = str_head(page.role.remove.text, (size_t)at);
        unit_code_sent = str_skip(page.role.remove.text, (size_t)at + 1);
    }
    enum role role;
    const struct unit *unit = town_unit_by_code(page.town, unit_code_sent);
    if (!role_find(role_word_sent, &role) || !role_is_place(role))
        admin_fault(ctx, &page.faults, STR("role"), MSG_admin_choose_role);
    if (unit == NULL || !admin_reaches_unit(ctx, page.town, unit->id))
        admin_fault(ctx, &page.faults, STR("unit"), MSG_admin_choose_unit);
    if (page.faults.n)
        return show(ctx, req, res, &page);
    struct user_id id = page.staff->id;
    TRY(change_role(ctx, id, role, unit->id, removes));
    return done(ctx, req, res, id, removes ? STR("roll_borta") : STR("roll"));
}

enum err admin_person_active_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct person_page page = {.faults.n = 0};
    struct active_form form;
    size_t n_faults;
    TRY(open_other(ctx, req, &page));
    TRY(FORM_READ(ctx, req, active, &form, &n_faults));
    bool active = str_eq(form.active.text, STR("yes"));
    if (n_faults || (!active && !str_eq(form.active.text, STR("no"))))
        return fail(ctx, ERR_BAD_REQUEST, "active is yes or no");
    struct user_id id = page.staff->id;
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(town_set_active(ctx, id, active));
    TRY(absence_refresh(ctx)); /* what waits for somebody who has left goes to the deputy */
    TRY(tx_commit(&tx));
    return done(ctx, req, res, id, active ? STR("tillbaka") : STR("slutat"));
}

/* The code is shown in the answer itself, once: it is stored nowhere as it is. */
enum err admin_person_code_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct person_page page = {.faults.n = 0};
    TRY(open_other(ctx, req, &page));
    if (!page.staff->active)
        return fail(ctx, ERR_CLOSED, "the person has left");
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(password_code_make(ctx, page.staff->id, &page.code));
    TRY(tx_commit(&tx));
    return show(ctx, req, res, &page);
}
