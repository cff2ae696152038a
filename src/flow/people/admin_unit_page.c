/* GET /admin/enheter; GET and POST /admin/ny-enhet and /admin/enhet/{code}; POST /admin/enhet/{code}/dag: the units,
 * how they are reached, who helps their staff, when they are closed. Not here: what may be changed by whom (admin.h),
 * the changes (town.h). */
#include "admin_page.h"
#include "admin_page_html.h"
#include "date_words.h"
#include "db.h"
#include "fold.h"
#include "form.h"
#include "frame.h"
#include "page_parts.h"
#include "town_sql.h"

#define UNIT_FORM(F)                                                                                                   \
    F(code, LINE, 60, OPTIONAL, MSG_admin_unit_code)                                                                   \
    F(above, CODE, 60, OPTIONAL, MSG_admin_unit_above)                                                                 \
    F(level, CODE, 20, OPTIONAL, MSG_admin_unit_level)                                                                 \
    F(name, LINE, 120, REQUIRED, MSG_admin_unit_name)                                                                  \
    F(function, LINE, 80, OPTIONAL, MSG_directory_function)                                                            \
    F(phone, PHONE, 30, OPTIONAL, MSG_directory_phone)                                                                 \
    F(email, EMAIL, 200, OPTIONAL, MSG_directory_email)                                                                \
    F(address, LINES, 300, OPTIONAL, MSG_admin_unit_address)                                                           \
    F(hours, LINES, 300, OPTIONAL, MSG_admin_unit_hours)                                                               \
    F(in_directory, CHECK, 0, OPTIONAL, MSG_admin_unit_open)                                                           \
    F(help, LINE, 120, OPTIONAL, MSG_admin_unit_help)                                                                  \
    F(public, CHECK, 0, OPTIONAL, MSG_admin_unit_public)                                                               \
    F(secret, CHECK, 0, OPTIONAL, MSG_admin_unit_secret)                                                               \
    F(provision, LINE, 120, OPTIONAL, MSG_sort_provision)
FORM(unit, UNIT_FORM)

#define DAY_FORM(F)                                                                                                    \
    F(day, DATE, 0, OPTIONAL, MSG_admin_day)                                                                           \
    F(day_name, LINE, 80, OPTIONAL, MSG_admin_day_name)                                                                \
    F(half, CHECK, 0, OPTIONAL, MSG_admin_day_is_half)                                                                 \
    F(remove, ID, 0, OPTIONAL, MSG_admin_remove)
FORM(day, DAY_FORM)

static const struct str levels[] = {STR_INIT("unit"), STR_INIT("operation"), STR_INIT("administration"),
                                    STR_INIT("board")};

static struct url unit_url(struct ctx *ctx, const struct unit *unit)
{
    return URL_PATH(ctx->arena, "/admin/enhet/%", unit->code);
}

/* ---- the list ---- */

static struct tags_view unit_tags(struct ctx *ctx, const struct unit *unit)
{
    struct tag_view *tags = ARENA_ARRAY(ctx->arena, struct tag_view, 2);
    size_t n = 0;
    if (unit->is_public)
        tags[n++] = (struct tag_view){.text = msg_text(ctx->lang, MSG_admin_tag_form), .tone = TONE_OUTLINE};
    if (unit->in_directory)
        tags[n++] = (struct tag_view){.text = msg_text(ctx->lang, MSG_admin_tag_directory), .tone = TONE_OUTLINE};
    return (struct tags_view){tags, n};
}

enum err admin_units_page(struct ctx *ctx, struct request *req, struct response *res)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct admin_list_view view = {
        .heading = msg_text(ctx->lang, MSG_admin_units),
        .add_text = msg_text(ctx->lang, MSG_admin_unit_new),
        .action = URL("/admin/enheter"),
        .add = URL("/admin/ny-enhet"),
        .notice = admin_done_notice(ctx, req),
    };
    struct str words = admin_words(ctx, req, &view.words);
    size_t from = admin_from(req), n = 0;
    struct admin_row_view *rows = ARENA_ARRAY(ctx->arena, struct admin_row_view, ADMIN_ROWS);
    for (size_t i = 0; i < town->n_units && n <= from + ADMIN_ROWS; i++) {
        const struct unit *unit = &town->units[i];
        bool fits = str_find(fold_case(ctx, unit->name), words) >= 0 || str_find(unit->code, words) >= 0;
        if (!fits || !admin_reaches_unit(ctx, town, unit->id))
            continue;
        if (n >= from && view.n_rows < ADMIN_ROWS)
            rows[view.n_rows++] = (struct admin_row_view){
                .url = unit_url(ctx, unit),
                .title = unit->name,
                .code = unit->code,
                .more = msg_of_code(ctx->lang, MSG_PREFIX("level_"), unit->level),
                .tags = unit_tags(ctx, unit),
            };
        n++;
    }
    view.rows = rows;
    if (n > from + ADMIN_ROWS)
        view.next = URL_PATH(ctx->arena, "/admin/enheter?q=%&fran=%", view.words,
                             str_fmt(ctx->arena, "%zu", from + ADMIN_ROWS));
    view.crumbs = admin_crumbs(ctx, MSG_admin_units, URL("/admin/enheter"), STR_NONE, (struct url){STR_NONE});
    frame_fill(ctx, req, town, NAV_NONE, view.heading, /* has_fault= */ false, &view.frame);
    html_admin_list(&res->body, ctx->lang, &view);
    return OK;
}

/* ---- one unit ---- */

struct unit_page {
    const struct town *town;
    const struct unit *unit; /* NULL: a new one */
    struct unit_form form;
    struct day_form day;
    struct faults_list faults;
};

static const struct option_view *units_within_reach(struct ctx *ctx, const struct town *town, struct str chosen,
                                                    size_t *ret_n)
{
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, town->n_units);
    size_t n = 0;
    for (size_t i = 0; i < town->n_units; i++)
        if (admin_reaches_unit(ctx, town, town->units[i].id))
            options[n++] =
                (struct option_view){town->units[i].code, town->units[i].name, str_eq(town->units[i].code, chosen)};
    *ret_n = n;
    return options;
}

/* Log-in names with the person's name, to help the typing; any other may be typed too. */
static const struct option_view *people(struct ctx *ctx, const struct town *town, size_t *ret_n)
{
    enum { PEOPLE_MAX = 500 };
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, PEOPLE_MAX);
    size_t n = 0;
    for (size_t i = 0; i < town->n_staff && n < PEOPLE_MAX; i++)
        if (town->staff[i].active)
            options[n++] = (struct option_view){
                town->staff[i].login,
                str_fmt(ctx->arena, "%.*s, %.*s", STR_ARG(town->staff[i].name), STR_ARG(town->staff[i].title)), false};
    *ret_n = n;
    return options;
}

static enum err fill_days(struct ctx *ctx, const struct unit_page *page, struct admin_unit_view *view)
{
    struct unit_days_row *rows;
    size_t n;
    struct date today = utc_to_date(ctx_now(ctx));
    TRY(unit_days(ctx, page->unit->id, today, &rows, &n));
    struct admin_day_view *days = ARENA_ARRAY(ctx->arena, struct admin_day_view, n);
    for (size_t i = 0; i < n; i++)
        days[i] = (struct admin_day_view){
            .day = when_day(ctx->arena, ctx->lang, rows[i].day, today),
            .name = rows[i].name,
            .is_half = str_eq(rows[i].open_part, STR("half")),
            .number = str_fmt(ctx->arena, "%lld", (long long)rows[i].number),
        };
    view->days = days;
    view->n_days = n;
    return OK;
}

static void fill_new(struct ctx *ctx, const struct unit_page *page, struct admin_unit_view *view)
{
    const struct unit_form *form = &page->form;
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, ARRAY_LEN(levels));
    for (size_t i = 0; i < ARRAY_LEN(levels); i++)
        options[i] =
            (struct option_view){levels[i], with_capital(ctx, msg_of_code(ctx->lang, MSG_PREFIX("level_"), levels[i])),
                                 str_eq(levels[i], form->level.text)};
    view->is_new = true;
    view->levels = options;
    view->n_levels = ARRAY_LEN(levels);
    view->above = units_within_reach(ctx, page->town, form->above.text, &view->n_above);
    view->action = URL("/admin/ny-enhet");
    view->heading = msg_text(ctx->lang, MSG_admin_unit_new);
}

static enum err fill_known(struct ctx *ctx, const struct unit_page *page, struct admin_unit_view *view)
{
    const struct unit *unit = page->unit;
    const struct staff *help = town_help(page->town, unit->parent);
    view->help_now = help ? help->name : STR("");
    view->action = unit_url(ctx, unit);
    view->heading = unit->name;
    view->days_url = URL_PATH(ctx->arena, "/admin/enhet/%/dag", unit->code);
    view->checklist = URL_PATH(ctx->arena, "/checklista/%", unit->code);
    return fill_days(ctx, page, view);
}

static enum err show(struct ctx *ctx, struct request *req, struct response *res, const struct unit_page *page)
{
    const struct unit_form *form = &page->form;
    const struct faults_list *faults = &page->faults;
    struct admin_unit_view view = {
        .csrf = req->csrf,
        .notice = admin_done_notice(ctx, req),
        .faults = faults_view(ctx, faults),
        .back = URL("/admin/enheter"),
        .code = field_view(faults, STR("code"), form->code.text),
        .above_field = field_view(faults, STR("above"), form->above.text),
        .level_field = field_view(faults, STR("level"), form->level.text),
        .name = field_view(faults, STR("name"), form->name.text),
        .contact_function = field_view(faults, STR("function"), form->function.text),
        .phone = field_view(faults, STR("phone"), form->phone.text),
        .email = field_view(faults, STR("email"), form->email.text),
        .address = field_view(faults, STR("address"), form->address.text),
        .hours = field_view(faults, STR("hours"), form->hours.text),
        .help = field_view(faults, STR("help"), form->help.text),
        .provision = field_view(faults, STR("provision"), form->provision.text),
        .is_public = form->public.on,
        .in_directory = form->in_directory.on,
        .is_secret = form->secret.on,
        .day = field_view(faults, STR("day"), page->day.day.text),
        .day_name = field_view(faults, STR("day_name"), page->day.day_name.text),
    };
    view.people = people(ctx, page->town, &view.n_people);
    if (page->unit == NULL)
        fill_new(ctx, page, &view);
    else
        TRY(fill_known(ctx, page, &view));
    view.crumbs = admin_crumbs(ctx, MSG_admin_units, URL("/admin/enheter"), view.heading, view.action);
    frame_fill(ctx, req, page->town, NAV_NONE, view.heading, faults->n > 0, &view.frame);
    html_admin_unit(&res->body, ctx->lang, &view);
    if (faults->n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

/* The unit of the address, within reach; else it is as if it were not there. */
static enum err open_unit(struct ctx *ctx, const struct request *req, struct unit_page *page)
{
    TRY(town_get(ctx, &page->town));
    page->unit = town_unit_by_code(page->town, req->params[0]);
    if (page->unit == NULL || !admin_reaches_unit(ctx, page->town, page->unit->id))
        return fail(ctx, ERR_NOT_FOUND, "there is no unit \"%.*s\" within reach", STR_ARG(req->params[0]));
    FORM_EMPTY(&page->form, unit);
    FORM_EMPTY(&page->day, day);
    return OK;
}

static void form_of(const struct town *town, const struct unit *unit, struct unit_form *form)
{
    const struct staff *help = unit->help.v ? town_staff(town, unit->help) : NULL;
    form->name.text = unit->name;
    form->function.text = unit->contact_function;
    form->phone.text = unit->phone;
    form->email.text = unit->email;
    form->address.text = unit->visiting_address;
    form->hours.text = unit->hours;
    form->in_directory.on = unit->in_directory;
    form->help.text = help ? help->login : STR("");
    form->public.on = unit->is_public;
    form->secret.on = !str_is_none(unit->secrecy_provision);
    form->provision.text = str_is_none(unit->secrecy_provision) ? STR("") : unit->secrecy_provision;
}

enum err admin_unit_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct unit_page page = {.faults.n = 0};
    TRY(open_unit(ctx, req, &page));
    form_of(page.town, page.unit, &page.form);
    return show(ctx, req, res, &page);
}

enum err admin_unit_new_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct unit_page page = {.faults.n = 0};
    TRY(town_get(ctx, &page.town));
    FORM_EMPTY(&page.form, unit);
    FORM_EMPTY(&page.day, day);
    return show(ctx, req, res, &page);
}

/* What is wrong beside what form_read found; help: the person meant, .v 0 for none. */
static struct user_id check(struct ctx *ctx, struct unit_page *page)
{
    const struct unit_form *form = &page->form;
    struct faults_list *faults = &page->faults;
    fault_add_common(ctx, faults, STR("name"), &form->name, MSG_admin_name_missing, MSG_admin_name_missing);
    fault_add_common(ctx, faults, STR("function"), &form->function, MSG_directory_function, MSG_directory_function);
    fault_add_common(ctx, faults, STR("phone"), &form->phone, MSG_admin_phone_wrong, MSG_admin_phone_wrong);
    fault_add_common(ctx, faults, STR("email"), &form->email, MSG_admin_email_wrong, MSG_admin_email_wrong);
    fault_add_common(ctx, faults, STR("address"), &form->address, MSG_admin_unit_address, MSG_admin_unit_address);
    fault_add_common(ctx, faults, STR("hours"), &form->hours, MSG_admin_unit_hours, MSG_admin_unit_hours);
    fault_add_common(ctx, faults, STR("provision"), &form->provision, MSG_sort_provision, MSG_sort_provision);
    if (form->secret.on && str_is_empty(form->provision.text))
        admin_fault(ctx, faults, STR("provision"), MSG_sort_provision_missing);
    const struct staff *help = str_is_empty(form->help.text) ? NULL : admin_find(ctx, page->town, form->help.text);
    if (!str_is_empty(form->help.text) && help == NULL)
        admin_fault(ctx, faults, STR("help"), MSG_admin_nobody);
    return help ? help->id : (struct user_id){0};
}

static struct unit_change change_of(const struct unit_form *form, struct user_id help)
{
    return (struct unit_change){
        .name = form->name.text,
        .secrecy_provision = form->secret.on ? form->provision.text : STR_NONE,
        .contact_function = form->function.text,
        .phone = form->phone.text,
        .email = form->email.text,
        .visiting_address = form->address.text,
        .hours = form->hours.text,
        .is_public = form->public.on,
        .in_directory = form->in_directory.on,
        .help = help,
    };
}

enum err admin_unit_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct unit_page page = {.faults.n = 0};
    size_t n_faults;
    TRY(open_unit(ctx, req, &page));
    TRY(FORM_READ(ctx, req, unit, &page.form, &n_faults));
    struct user_id help = check(ctx, &page);
    if (page.faults.n)
        return show(ctx, req, res, &page);
    struct unit_change change = change_of(&page.form, help);
    struct url done = URL_PATH(ctx->arena, "/admin/enhet/%?klart=sparad", page.unit->code);
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(town_set_unit(ctx, page.unit->id, &change));
    TRY(tx_commit(&tx));
    response_redirect(ctx, req, res, done);
    return OK;
}

static enum err add(struct ctx *ctx, const struct unit_page *page, const struct unit *above, struct user_id help)
{
    struct unit_change change = change_of(&page->form, help);
    struct unit_spec spec = {
        .code = page->form.code.text,
        .name = change.name,
        .level = page->form.level.text,
        .parent = above->id,
        .secrecy_provision = change.secrecy_provision,
        .is_public = change.is_public,
        .position = (int64_t)page->town->n_units,
    };
    struct unit_id unit;
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(town_add_unit(ctx, &spec, &unit));
    TRY(town_set_unit(ctx, unit, &change));
    return tx_commit(&tx);
}

enum err admin_unit_new_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct unit_page page = {.faults.n = 0};
    size_t n_faults;
    TRY(town_get(ctx, &page.town));
    FORM_EMPTY(&page.day, day);
    TRY(FORM_READ(ctx, req, unit, &page.form, &n_faults));
    const struct unit *above = town_unit_by_code(page.town, page.form.above.text);
    struct user_id help = check(ctx, &page);
    if (above == NULL || !admin_reaches_unit(ctx, page.town, above->id))
        admin_fault(ctx, &page.faults, STR("above"), MSG_admin_choose_unit);
    if (town_unit_by_code(page.town, page.form.code.text))
        admin_fault(ctx, &page.faults, STR("code"), MSG_admin_code_taken);
    enum err err = page.faults.n ? OK : add(ctx, &page, above, help);
    if (err == ERR_INVALID || err == ERR_CONFLICT)
        admin_fault(ctx, &page.faults, STR("code"),
                    err == ERR_INVALID ? MSG_admin_unit_code_help : MSG_admin_code_taken);
    if (page.faults.n)
        return show(ctx, req, res, &page);
    TRY(err);
    response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/admin/enhet/%?klart=ny_enhet", page.form.code.text));
    return OK;
}

/* ---- closed and half days ---- */

static enum err change_day(struct ctx *ctx, const struct unit_page *page)
{
    const struct day_form *day = &page->day;
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    if (day->remove.number)
        TRY(town_remove_day(ctx, page->unit->id, day->remove.number));
    else
        TRY(town_add_day(ctx, page->unit->id, day->day.date, day->day_name.text, day->half.on));
    return tx_commit(&tx);
}

enum err admin_unit_day_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct unit_page page = {.faults.n = 0};
    size_t n_faults;
    TRY(open_unit(ctx, req, &page));
    form_of(page.town, page.unit, &page.form);
    TRY(FORM_READ(ctx, req, day, &page.day, &n_faults));
    bool removes = page.day.remove.number > 0;
    if (!removes && (page.day.day.fault || str_is_empty(page.day.day.text)))
        admin_fault(ctx, &page.faults, STR("day"), MSG_admin_day_missing);
    if (!removes && (page.day.day_name.fault || str_is_empty(page.day.day_name.text)))
        admin_fault(ctx, &page.faults, STR("day_name"), MSG_admin_day_name_missing);
    if (page.faults.n)
        return show(ctx, req, res, &page);
    struct url done =
        URL_PATH(ctx->arena, removes ? "/admin/enhet/%?klart=dag_borta" : "/admin/enhet/%?klart=dag", page.unit->code);
    TRY(change_day(ctx, &page));
    response_redirect(ctx, req, res, done);
    return OK;
}
