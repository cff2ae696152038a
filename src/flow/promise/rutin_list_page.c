/* What: /admin/rutiner: every routine, its versions and who follows which from when; a unit changes routine from a day,
 * and what has not begun can be undone. For those who keep routines. Source: routine_version.h; S0.43, S3.4, S3.42. */
#include "date_words.h"
#include "faults.h"
#include "form.h"
#include "frame.h"
#include "page_parts.h"
#include "routine_version.h"
#include "rutin_shown.h"
#include "rutin_version_page_html.h"
#include "rutin_version_view.h"

#define BIND_FORM(F)                                                                                                   \
    F(unit, CODE, 60, REQUIRED, MSG_list_unit)                                                                         \
    F(routine, CODE, 100, OPTIONAL, MSG_list_routine)                                                                  \
    F(from, DATE, 0, REQUIRED, MSG_rutin_first_day)                                                                    \
    F(undo, CHECK, 0, OPTIONAL, MSG_list_undo)
FORM(bind, BIND_FORM)

struct listing {
    const struct town *town;
    struct date today;
    struct routine_draft_list_row *drafts;
    size_t n_drafts;
};

/* Written as valid since the beginning of the calendar: since always. */
static struct when_text day_text(struct ctx *ctx, const struct listing *l, struct date day)
{
    return day.days <= 0 ? (struct when_text){0} : when_date(ctx->arena, ctx->lang, day, l->today);
}

/* The last binding of the unit that has begun. */
static bool is_current(const struct listing *l, const struct unit_binding *bindings, size_t n, size_t i)
{
    if (bindings[i].from.days > l->today.days)
        return false;
    bool has_next = i + 1 < n && bindings[i + 1].unit.v == bindings[i].unit.v;
    return !has_next || bindings[i + 1].from.days > l->today.days;
}

static void fill_bindings(struct ctx *ctx, const struct listing *l, struct str code, struct rutin_row_view *row)
{
    size_t n;
    const struct unit_binding *bindings = town_bindings(l->town, &n);
    struct rutin_binding_view *now = ARENA_ARRAY(ctx->arena, struct rutin_binding_view, n);
    struct rutin_binding_view *later = ARENA_ARRAY(ctx->arena, struct rutin_binding_view, n);
    for (size_t i = 0; i < n; i++) {
        const struct routine_version *version = town_version(l->town, bindings[i].routine);
        const struct unit *unit = town_unit(l->town, bindings[i].unit);
        if (version == NULL || unit == NULL || !str_eq(version->code, code))
            continue;
        struct rutin_binding_view view = {.unit = unit->name,
                                          .unit_code = unit->code,
                                          .from = day_text(ctx, l, bindings[i].from),
                                          .version = WORDS(ctx, rutin_version, .n = version->version),
                                          .may_undo = routine_may_bind(ctx, l->town, unit->id)};
        if (is_current(l, bindings, n, i))
            now[row->n_now++] = view;
        else if (bindings[i].from.days > l->today.days)
            later[row->n_later++] = view;
    }
    row->now = now;
    row->later = later;
}

static struct str version_words(struct ctx *ctx, const struct listing *l, const struct routine_version *version)
{
    struct when_text from = day_text(ctx, l, version->valid_from);
    if (str_is_empty(from.words))
        return WORDS(ctx, rutin_version, .n = version->version);
    return WORDS(ctx, list_version_from, .n = version->version, .when = from);
}

static struct rutin_row_view row_of(struct ctx *ctx, const struct listing *l, const struct routine_version *now)
{
    struct rutin_row_view row = {.title = now->title,
                                 .code = now->code,
                                 .url = URL_PATH(ctx->arena, "/rutin/%", version_name(ctx, now)),
                                 .version = version_words(ctx, l, now)};
    const struct routine_version *next = version_after(l->town, now), *parent = town_version(l->town, now->parent);
    if (next) {
        row.next = WORDS(ctx, rutin_next_comes, .n = next->version, .when = day_text(ctx, l, next->valid_from));
        row.next_url = URL_PATH(ctx->arena, "/rutin/%", version_name(ctx, next));
    }
    if (parent) {
        const struct routine_version *newest = version_at(l->town, parent->code, l->today);
        row.parent = WORDS(ctx, rutin_builds_on, .title = parent->title, .n = parent->version);
        row.parent_is_old = newest != parent;
    }
    for (size_t i = 0; i < l->n_drafts; i++)
        if (str_eq(l->drafts[i].code, now->code)) {
            const struct staff *who = town_staff(l->town, l->drafts[i].saved_by);
            row.draft = WORDS(ctx, list_draft, .when = when_moment(ctx->arena, ctx->lang, l->drafts[i].saved, l->today),
                              .who = who ? who->name : STR(""));
            row.draft_url = URL_PATH(ctx->arena, "/rutin/%", draft_name(ctx, now->code));
        }
    if (routine_may_edit(ctx, l->town, now->code))
        row.edit = URL_PATH(ctx->arena, "/rutin/%/ny", version_name(ctx, next ? next : now));
    fill_bindings(ctx, l, now->code, &row);
    return row;
}

/* One row for each routine: the version that holds today. */
static void fill_rows(struct ctx *ctx, const struct listing *l, struct rutin_list_view *view)
{
    struct rutin_row_view *rows = ARENA_ARRAY(ctx->arena, struct rutin_row_view, l->town->n_routines);
    for (size_t i = 0; i < l->town->n_routines; i++) {
        const struct routine_version *version = &l->town->routines[i];
        if (version_at(l->town, version->code, l->today) == version)
            rows[view->n_rows++] = row_of(ctx, l, version);
    }
    view->rows = rows;
}

/* Units one may change the routine of, and the routines there are. */
static void fill_choices(struct ctx *ctx, const struct listing *l, const struct bind_form *form,
                         struct rutin_list_view *view)
{
    struct option_view *units = ARENA_ARRAY(ctx->arena, struct option_view, l->town->n_units);
    struct option_view *routines = ARENA_ARRAY(ctx->arena, struct option_view, view->n_rows);
    for (size_t i = 0; i < l->town->n_units; i++) {
        const struct unit *unit = &l->town->units[i];
        if (routine_may_bind(ctx, l->town, unit->id))
            units[view->n_units++] = (struct option_view){unit->code, unit->name, str_eq(unit->code, form->unit.text)};
    }
    for (size_t i = 0; i < view->n_rows; i++)
        routines[view->n_routines++] = (struct option_view){view->rows[i].code, view->rows[i].title,
                                                            str_eq(view->rows[i].code, form->routine.text)};
    view->units = units;
    view->routines = routines;
}

static enum err show(struct ctx *ctx, struct request *req, struct response *res, const struct town *town,
                     const struct bind_form *form, const struct faults_list *faults)
{
    struct listing l = {.town = town, .today = utc_to_date(ctx_now(ctx))};
    TRY(routine_draft_list(ctx, &l.drafts, &l.n_drafts));
    struct out earliest = out_init(ctx->arena, /* max_bytes= */ 40);
    out_date(&earliest, (struct date){l.today.days + 1});
    struct rutin_list_view view = {.csrf = req->csrf,
                                   .faults = faults_view(ctx, faults),
                                   .unit = field_view(faults, STR("unit"), form->unit.text),
                                   .routine = field_view(faults, STR("routine"), form->routine.text),
                                   .from = field_view(faults, STR("from"), form->from.text),
                                   .earliest = out_take(&earliest)};
    struct str done = request_query(req, STR("klart"));
    enum msg text;
    if (!str_is_none(done) && msg_find(MSG_PREFIX("list_done_"), done, &text))
        view.notice = (struct notice_view){.tone = TONE_SUCCESS, .heading = msg_text(ctx->lang, text)};
    fill_rows(ctx, &l, &view);
    fill_choices(ctx, &l, form, &view);
    frame_fill(ctx, req, town, NAV_ROUTINE, msg_text(ctx->lang, MSG_list_title), faults->n > 0, &view.frame);
    html_rutin_list(&res->body, ctx->lang, &view);
    if (faults->n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

enum err rutin_list_page(struct ctx *ctx, struct request *req, struct response *res)
{
    const struct town *town;
    struct bind_form form;
    TRY(town_get(ctx, &town));
    FORM_EMPTY(&form, bind);
    return show(ctx, req, res, town, &form, &(struct faults_list){.n = 0});
}

static void missing(struct ctx *ctx, struct faults_list *faults, const char *field, enum msg text)
{
    fault_add(faults, str_from(field), msg_text(ctx->lang, text), msg_text(ctx->lang, text));
}

enum err rutin_list_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    const struct town *town;
    struct bind_form form;
    struct faults_list faults = {.n = 0};
    size_t n_faults;
    TRY(town_get(ctx, &town));
    TRY(FORM_READ(ctx, req, bind, &form, &n_faults));
    struct date today = utc_to_date(ctx_now(ctx));
    const struct unit *unit = town_unit_by_code(town, form.unit.text);
    if (unit == NULL)
        missing(ctx, &faults, "unit", MSG_list_unit_missing);
    else if (!routine_may_bind(ctx, town, unit->id))
        return fail(ctx, ERR_FORBIDDEN, "what \"%.*s\" follows is said by others", STR_ARG(unit->code));
    if (form.from.fault != FAULT_NONE || form.from.date.days <= today.days)
        missing(ctx, &faults, "from", MSG_rutin_too_early);
    if (!form.undo.on && version_at(town, form.routine.text, today) == NULL)
        missing(ctx, &faults, "routine", MSG_list_routine_missing);
    if (faults.n)
        return show(ctx, req, res, town, &form, &faults);
    TRY(form.undo.on ? routine_unfollow(ctx, unit->id, form.from.date)
                     : routine_follow(ctx, unit->id, form.routine.text, form.from.date));
    response_redirect(ctx, req, res,
                      form.undo.on ? URL("/admin/rutiner?klart=angrad") : URL("/admin/rutiner?klart=bytt"));
    return OK;
}
