/* GET and POST /affisch/platser (the list, a new place), /affisch/platser/{id} (one place, changed), its /kontroll
 * (signed) and /avsluta. Not here: the rules (poster_place.h). */
#include "date_words.h"
#include "faults.h"
#include "form.h"
#include "frame.h"
#include "page_parts.h"
#include "poster_place.h"
#include "poster_place_page_html.h"
#include "poster_place_view.h"
#include "server.h"

#define PLACE_FORM(F)                                                                                                  \
    F(unit, CODE, 60, OPTIONAL, MSG_form_unit)                                                                         \
    F(name, LINE, PLACE_NAME_MAX_CHARS, REQUIRED, MSG_place_name)                                                      \
    F(poster, CHECK, 0, OPTIONAL, MSG_place_poster)                                                                    \
    F(form, CHECK, 0, OPTIONAL, MSG_place_form)                                                                        \
    F(since, DATE, 0, REQUIRED, MSG_place_since_field)                                                                 \
    F(keeper, LINE, 100, OPTIONAL, MSG_place_keeper)                                                                   \
    F(weeks, NUMBER, PLACE_WEEKS_MAX, REQUIRED, MSG_place_weeks)
FORM(place, PLACE_FORM)

#define CHECK_FORM(F) F(outcome, CODE, 20, REQUIRED, MSG_place_check)
FORM(check, CHECK_FORM)

enum { KEEPERS_MAX = 300 };

/* ── what a place looks like ── */

static struct str place_number(struct ctx *ctx, struct poster_place_id id)
{
    return str_fmt(ctx->arena, "%lld", (long long)id.v);
}

static struct str name_of(const struct town *town, struct user_id user)
{
    const struct staff *staff = user.v ? town_staff(town, user) : NULL;
    return staff ? staff->name : STR("");
}

static struct str outcome_words(const struct ctx *ctx, struct str outcome)
{
    return msg_of_code(ctx->lang, MSG_PREFIX("place_outcome_"), outcome);
}

static struct place_row_view row_view(struct ctx *ctx, const struct request *req, const struct town *town,
                                      const struct poster_places_row *row)
{
    struct date today = utc_to_date(ctx_now(ctx));
    struct str id = place_number(ctx, row->id);
    const struct unit *unit = town_unit(town, row->unit);
    struct place_row_view view = {
        .id = id,
        .csrf = req->csrf,
        .name = row->name,
        .unit = unit ? unit->name : STR(""),
        .keeper = name_of(town, row->keeper),
        .url = URL_PATH(ctx->arena, "/affisch/platser/%", id),
        .check = URL_PATH(ctx->arena, "/affisch/platser/%/kontroll", id),
        .poster = row->poster,
        .form = row->form,
        .since = when_date(ctx->arena, ctx->lang, row->since, today),
        .next = when_date(ctx->arena, ctx->lang, row->next_check, today),
        .is_overdue = row->next_check.days < today.days,
        .is_missing = str_eq(row->outcome, place_outcome_code(PLACE_missing)),
        .may_check = place_may_check(ctx, town, row->unit, row->keeper),
    };
    if (!utc_is_none(row->checked))
        view.checked = WORDS(ctx, place_checked, .who = name_of(town, row->checked_by),
                             .when = when_date(ctx->arena, ctx->lang, utc_to_date(row->checked), today),
                             .outcome = outcome_words(ctx, row->outcome));
    return view;
}

static struct crumbs_view crumbs(struct ctx *ctx, struct str last, struct url last_url)
{
    struct crumb_view *all = ARENA_ARRAY(ctx->arena, struct crumb_view, 3);
    all[0] = (struct crumb_view){msg_text(ctx->lang, MSG_poster_title), URL("/affisch")};
    all[1] = (struct crumb_view){msg_text(ctx->lang, MSG_place_title), URL("/affisch/platser")};
    all[2] = (struct crumb_view){last, last_url};
    return (struct crumbs_view){all, str_is_empty(last) ? 2 : 3};
}

static struct notice_view done_notice_of(const struct ctx *ctx, const struct request *req)
{
    enum msg done;
    struct str code = request_query(req, STR("klart"));
    if (str_is_none(code) || !msg_find(MSG_PREFIX("place_done_"), code, &done))
        return (struct notice_view){.tone = TONE_NEUTRAL};
    return (struct notice_view){.tone = TONE_SUCCESS, .heading = msg_text(ctx->lang, done)};
}

static bool lies_in(const struct town *town, struct unit_id unit, const struct unit *chosen)
{
    return chosen == NULL || town_is_below(town, unit, chosen->id);
}

/* ── the form ── */

static void fill_form_units(struct ctx *ctx, const struct town *town, struct str chosen, struct place_form_view *view)
{
    struct option_view *units = ARENA_ARRAY(ctx->arena, struct option_view, town->n_units);
    for (size_t i = 0; i < town->n_units; i++)
        if (place_may_edit(ctx, town, town->units[i].id))
            units[view->n_units++] = (struct option_view){.value = town->units[i].code,
                                                          .label = town->units[i].name,
                                                          .is_selected = str_eq(chosen, town->units[i].code)};
    view->units = units;
}

/* Those who work where ctx->who decides. */
static bool may_keep(const struct ctx *ctx, const struct town *town, const struct staff *staff)
{
    for (size_t i = 0; staff->active && i < staff->n_roles; i++)
        if (place_may_edit(ctx, town, staff->roles[i].unit))
            return true;
    return false;
}

static void fill_keepers(struct ctx *ctx, const struct town *town, struct str chosen, struct place_form_view *view)
{
    struct option_view *keepers = ARENA_ARRAY(ctx->arena, struct option_view, KEEPERS_MAX);
    keepers[view->n_keepers++] =
        (struct option_view){.value = STR(""), .label = msg_text(ctx->lang, MSG_place_keeper_anybody)};
    for (size_t i = 0; i < town->n_staff && view->n_keepers < KEEPERS_MAX; i++) {
        const struct staff *staff = &town->staff[i];
        bool is_selected = str_eq(chosen, staff->login);
        if (is_selected || may_keep(ctx, town, staff))
            keepers[view->n_keepers++] = (struct option_view){
                .value = staff->login,
                .label = str_fmt(ctx->arena, "%.*s, %.*s", STR_ARG(staff->name), STR_ARG(staff->title)),
                .is_selected = is_selected};
    }
    view->keepers = keepers;
}

static void fill_form(struct ctx *ctx, const struct request *req, const struct town *town,
                      const struct place_form *form, const struct faults_list *faults, struct place_form_view *view)
{
    view->csrf = req->csrf;
    view->unit = field_view(faults, STR("unit"), form->unit.text);
    view->name = field_view(faults, STR("name"), form->name.text);
    view->what = field_view(faults, STR("poster"), STR(""));
    view->since = field_view(faults, STR("since"), form->since.text);
    view->keeper = field_view(faults, STR("keeper"), form->keeper.text);
    view->weeks = field_view(faults, STR("weeks"), form->weeks.text);
    view->poster = form->poster.on;
    view->form = form->form.on;
    fill_keepers(ctx, town, form->keeper.text, view);
}

static const struct staff *staff_by_login(const struct town *town, struct str login)
{
    for (size_t i = 0; !str_is_empty(login) && i < town->n_staff; i++)
        if (str_eq(town->staff[i].login, login))
            return &town->staff[i];
    return NULL;
}

static void add_fault(struct ctx *ctx, struct faults_list *faults, const char *field, enum msg text)
{
    fault_add(faults, str_from(field), msg_text(ctx->lang, text), msg_text(ctx->lang, text));
}

/* What was written, as a place; every fault beside its field. */
static struct place_spec spec_of(struct ctx *ctx, const struct town *town, struct place_form *form,
                                 struct faults_list *faults)
{
    const struct staff *keeper = staff_by_login(town, form->keeper.text);
    fault_add_common(ctx, faults, STR("name"), &form->name, MSG_place_name_missing, MSG_place_name_missing);
    if (!form->poster.on && !form->form.on)
        add_fault(ctx, faults, "poster", MSG_place_what_missing);
    if (form->since.fault || form->since.date.days > utc_to_date(ctx_now(ctx)).days)
        add_fault(ctx, faults, "since", MSG_place_since_wrong);
    if (!str_is_empty(form->keeper.text) && (keeper == NULL || !keeper->active))
        add_fault(ctx, faults, "keeper", MSG_place_keeper);
    if (form->weeks.fault || form->weeks.number < 1)
        add_fault(ctx, faults, "weeks", MSG_place_weeks_wrong);
    return (struct place_spec){
        .name = form->name.text,
        .poster = form->poster.on,
        .form = form->form.on,
        .since = form->since.date,
        .keeper = keeper ? keeper->id : (struct user_id){0},
        .weeks = form->weeks.number,
    };
}

/* ── the list ── */

static void fill_filter(struct ctx *ctx, const struct town *town, const struct unit *chosen, struct places_view *view)
{
    struct option_view *units = ARENA_ARRAY(ctx->arena, struct option_view, town->n_units + 1);
    units[view->n_units++] = (struct option_view){.value = STR(""), .label = msg_text(ctx->lang, MSG_place_all_units)};
    for (size_t i = 0; i < town->n_units; i++)
        units[view->n_units++] = (struct option_view){
            .value = town->units[i].code, .label = town->units[i].name, .is_selected = &town->units[i] == chosen};
    view->units = units;
}

static enum err fill_places(struct ctx *ctx, const struct request *req, const struct town *town,
                            const struct unit *chosen, struct places_view *view)
{
    struct poster_places_row *rows;
    size_t n;
    TRY(poster_places(ctx, &rows, &n));
    struct place_row_view *places = ARENA_ARRAY(ctx->arena, struct place_row_view, n);
    int32_t today = utc_to_date(ctx_now(ctx)).days;
    for (int late = 1; late >= 0; late--) /* those overdue first */
        for (size_t i = 0; i < n; i++)
            if ((rows[i].next_check.days < today) == late && lies_in(town, rows[i].unit, chosen))
                places[view->n_places++] = row_view(ctx, req, town, &rows[i]);
    for (size_t i = 0; i < view->n_places; i++)
        view->n_overdue += places[i].is_overdue;
    view->places = places;
    return OK;
}

static enum err show_list(struct ctx *ctx, struct request *req, struct response *res, const struct place_form *form,
                          const struct faults_list *faults)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct str code = request_query(req, STR("enhet"));
    const struct unit *chosen = str_is_empty(code) ? NULL : town_unit_by_code(town, code);
    struct places_view view = {
        .crumbs = crumbs(ctx, STR(""), URL("/affisch/platser")),
        .notice = done_notice_of(ctx, req),
        .faults = faults_view(ctx, faults),
        .form = {.action = URL("/affisch/platser"), .is_new = true},
    };
    TRY(fill_places(ctx, req, town, chosen, &view));
    fill_filter(ctx, town, chosen, &view);
    fill_form(ctx, req, town, form, faults, &view.form);
    fill_form_units(ctx, town, str_is_empty(form->unit.text) ? code : form->unit.text, &view.form);
    view.may_add = view.form.n_units > 0;
    frame_fill(ctx, req, town, NAV_NONE, msg_text(ctx->lang, MSG_place_title), faults->n > 0, &view.frame);
    html_places(&res->body, ctx->lang, &view);
    if (faults->n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

static struct str date_text(struct ctx *ctx, struct date date)
{
    struct out out = out_init(ctx->arena, /* max_bytes= */ 20);
    out_date(&out, date);
    return out_take(&out);
}

enum err places_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct place_form form;
    FORM_EMPTY(&form, place);
    form.poster.on = form.form.on = true;
    form.since.text = date_text(ctx, utc_to_date(ctx_now(ctx)));
    form.weeks.text = str_fmt(ctx->arena, "%lld", (long long)req->server->settings.poster_check_weeks);
    return show_list(ctx, req, res, &form, &(struct faults_list){.n = 0});
}

enum err place_add_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct place_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, place, &form, &n_faults));
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct faults_list faults = {.n = 0};
    const struct unit *unit = town_unit_by_code(town, form.unit.text);
    if (unit == NULL || !place_may_edit(ctx, town, unit->id))
        add_fault(ctx, &faults, "unit", MSG_place_unit_wrong);
    struct place_spec spec = spec_of(ctx, town, &form, &faults);
    if (faults.n)
        return show_list(ctx, req, res, &form, &faults);
    struct poster_place_id id;
    spec.unit = unit->id;
    TRY(place_add(ctx, &spec, &id));
    response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/affisch/platser/%?klart=added", place_number(ctx, id)));
    return OK;
}

/* ── one place ── */

static enum err read_id(struct ctx *ctx, const struct request *req, struct poster_place_id *ret)
{
    if (!str_to_i64(req->params[0], &ret->v) || ret->v < 1)
        return fail(ctx, ERR_NOT_FOUND, "\"%.*s\" is no place", STR_ARG(req->params[0]));
    return OK;
}

static enum err fill_checks(struct ctx *ctx, const struct town *town, struct poster_place_id id,
                            struct poster_places_row *row, struct place_view *view)
{
    struct poster_checks_row *checks;
    TRY(poster_checks(ctx, id, &checks, &view->n_checks));
    struct place_check_view *views = ARENA_ARRAY(ctx->arena, struct place_check_view, view->n_checks);
    struct date today = utc_to_date(ctx_now(ctx));
    for (size_t i = 0; i < view->n_checks; i++)
        views[i] = (struct place_check_view){.at = when_moment(ctx->arena, ctx->lang, checks[i].at, today),
                                             .who = name_of(town, checks[i].user),
                                             .outcome = outcome_words(ctx, checks[i].outcome)};
    view->checks = views;
    if (view->n_checks) {
        row->checked = checks[0].at;
        row->checked_by = checks[0].user;
        row->outcome = checks[0].outcome;
    }
    return OK;
}

static enum err show_place(struct ctx *ctx, struct request *req, struct response *res, const struct place_form *written,
                           const struct faults_list *faults)
{
    struct poster_place_id id;
    struct poster_place_get_row p;
    const struct town *town;
    TRY(read_id(ctx, req, &id));
    TRY(town_get(ctx, &town));
    TRY(poster_place_get(ctx, id, &p));
    struct place_form form;
    FORM_EMPTY(&form, place);
    const struct staff *keeper = p.keeper.v ? town_staff(town, p.keeper) : NULL;
    form.name.text = p.name;
    form.poster.on = p.poster;
    form.form.on = p.form;
    form.since.text = date_text(ctx, p.since);
    form.keeper.text = keeper ? keeper->login : STR("");
    form.weeks.text = str_fmt(ctx->arena, "%lld", (long long)p.weeks);
    struct poster_places_row row = {.id = id,
                                    .unit = p.unit,
                                    .name = p.name,
                                    .poster = p.poster,
                                    .form = p.form,
                                    .since = p.since,
                                    .keeper = p.keeper,
                                    .weeks = p.weeks,
                                    .next_check = p.next_check,
                                    .checked = UTC_NONE};
    struct place_view view = {
        .notice = done_notice_of(ctx, req),
        .faults = faults_view(ctx, faults),
        .ended = !utc_is_none(p.ended),
        .end = URL_PATH(ctx->arena, "/affisch/platser/%/avsluta", req->params[0]),
        .csrf = req->csrf,
        .form = {.action = URL_PATH(ctx->arena, "/affisch/platser/%", req->params[0])},
    };
    TRY(fill_checks(ctx, town, id, &row, &view));
    view.place = row_view(ctx, req, town, &row);
    view.place.may_check = view.place.may_check && !view.ended;
    view.may_edit = !view.ended && place_may_edit(ctx, town, p.unit);
    view.crumbs = crumbs(ctx, p.name, view.place.url);
    fill_form(ctx, req, town, written ? written : &form, faults, &view.form);
    frame_fill(ctx, req, town, NAV_NONE, p.name, faults->n > 0, &view.frame);
    html_place(&res->body, ctx->lang, &view);
    if (faults->n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

enum err place_page(struct ctx *ctx, struct request *req, struct response *res)
{
    return show_place(ctx, req, res, NULL, &(struct faults_list){.n = 0});
}

enum err place_change_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct place_form form;
    size_t n_faults;
    struct poster_place_id id;
    TRY(read_id(ctx, req, &id));
    TRY(FORM_READ(ctx, req, place, &form, &n_faults));
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct faults_list faults = {.n = 0};
    struct place_spec spec = spec_of(ctx, town, &form, &faults);
    if (faults.n)
        return show_place(ctx, req, res, &form, &faults);
    TRY(place_change(ctx, id, &spec));
    response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/affisch/platser/%?klart=changed", req->params[0]));
    return OK;
}

enum err place_check_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct check_form form;
    size_t n_faults;
    struct poster_place_id id;
    enum place_outcome outcome;
    TRY(read_id(ctx, req, &id));
    TRY(FORM_READ(ctx, req, check, &form, &n_faults));
    if (!place_outcome_find(form.outcome.text, &outcome))
        return fail(ctx, ERR_INVALID, "how it was: one of the three buttons");
    TRY(place_check(ctx, id, outcome));
    response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/affisch/platser/%?klart=checked", req->params[0]));
    return OK;
}

enum err place_end_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct poster_place_id id;
    TRY(read_id(ctx, req, &id));
    TRY(place_end(ctx, id));
    response_redirect(ctx, req, res, URL("/affisch/platser?klart=ended"));
    return OK;
}
