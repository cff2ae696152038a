/* GET and POST /franvaro: when one is away and who stands in; managers and administrators enter it for others, and see
 * who has left and still owns cases. Not here: the rules (absence.h). */
#include "absence.h"
#include "absence_page_html.h"
#include "absence_sql.h"
#include "db.h"
#include "faults.h"
#include "frame.h"
#include "page_parts.h"

#define ABSENCE_FORM(F)                                                                                                \
    F(what, CODE, 20, REQUIRED, MSG_absence_title)                                                                     \
    F(user, LINE, 100, OPTIONAL, MSG_absence_who)                                                                      \
    F(first, DATE, 0, OPTIONAL, MSG_absence_first)                                                                     \
    F(last, DATE, 0, OPTIONAL, MSG_absence_last)                                                                       \
    F(deputy, LINE, 100, OPTIONAL, MSG_absence_deputy)                                                                 \
    F(standing, LINE, 100, OPTIONAL, MSG_absence_standing_who)                                                         \
    F(id, ID, 0, OPTIONAL, MSG_absence_end)
FORM(absence, ABSENCE_FORM)

static const struct staff *by_login(const struct town *town, struct str login)
{
    for (size_t i = 0; i < town->n_staff; i++)
        if (str_eq(town->staff[i].login, login))
            return &town->staff[i];
    return NULL;
}

/* Active people: all, or those one may enter absences for, oneself first. */
static const struct option_view *people(struct ctx *ctx, const struct town *town, bool only_mine, bool with_me,
                                        struct str chosen, size_t *ret_n)
{
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, town->n_staff + 1);
    const struct staff *me = town_staff(town, ctx->who);
    size_t n = 0;
    if (with_me && me)
        options[n++] = (struct option_view){me->login, me->name, str_eq(me->login, chosen)};
    for (size_t i = 0; i < town->n_staff; i++) {
        const struct staff *s = &town->staff[i];
        if (s->id.v != ctx->who.v && s->active && (!only_mine || absence_may_set(ctx, town, s->id)))
            options[n++] = (struct option_view){s->login, s->name, str_eq(s->login, chosen)};
    }
    *ret_n = n;
    return options;
}

static struct str stand_in_words(struct ctx *ctx, const struct town *town, struct user_id who)
{
    const struct staff *staff = who.v ? town_staff(town, who) : NULL;
    return staff ? WORDS(ctx, away_stand_in, .name = staff->name) : STR("");
}

static struct str when_words(struct ctx *ctx, const struct absence_list_row *row, struct date today)
{
    struct when_text first = when_date(ctx->arena, ctx->lang, row->first_day, today);
    if (date_is_none(row->last_day))
        return WORDS(ctx, absence_from, .when = first);
    return WORDS(ctx, absence_from_to, .when_first = first,
                 .when_last = when_date(ctx->arena, ctx->lang, row->last_day, today));
}

static enum err fill_rows(struct ctx *ctx, const struct town *town, struct absence_view *view)
{
    struct date today = utc_to_date(ctx_now(ctx));
    struct absence_list_row *rows;
    size_t n;
    TRY(absence_list(ctx, today, &rows, &n));
    struct absence_row_view *views = ARENA_ARRAY(ctx->arena, struct absence_row_view, n);
    for (size_t i = 0; i < n; i++) {
        const struct staff *staff = town_staff(town, rows[i].user);
        if (staff == NULL || !absence_may_set(ctx, town, rows[i].user))
            continue;
        struct user_id acts;
        struct date day = rows[i].first_day.days > today.days ? rows[i].first_day : today;
        TRY(absence_stand_in(ctx, rows[i].user, date_start(day), &acts));
        views[view->n_rows++] = (struct absence_row_view){
            .id = str_fmt(ctx->arena, "%lld", (long long)rows[i].id),
            .name = staff->name,
            .when = when_words(ctx, &rows[i], today),
            .deputy = acts.v == rows[i].user.v ? STR("") : stand_in_words(ctx, town, acts),
            .is_now = rows[i].first_day.days <= today.days,
        };
    }
    view->rows = views;
    return OK;
}

static enum err fill_left(struct ctx *ctx, const struct town *town, struct absence_view *view)
{
    struct absence_left_row *rows;
    size_t n;
    TRY(absence_left(ctx, (struct user_id){0}, &rows, &n));
    struct left_row_view *views = ARENA_ARRAY(ctx->arena, struct left_row_view, n);
    for (size_t i = 0; i < n; i++) {
        const struct staff *staff = town_staff(town, rows[i].user);
        if (staff == NULL || !absence_may_set(ctx, town, rows[i].user))
            continue;
        struct away away;
        TRY(absence_look(ctx, rows[i].user, ctx_now(ctx), &away));
        views[view->n_left++] =
            (struct left_row_view){staff->name, rows[i].n, stand_in_words(ctx, town, away.stand_in)};
    }
    view->left = views;
    return OK;
}

static enum err show(struct ctx *ctx, struct request *req, struct response *res, const struct absence_form *form,
                     const struct faults_list *faults)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct absence_view view = {
        .csrf = req->csrf,
        .faults = faults_view(ctx, faults),
        .user = field_view(faults, STR("user"), form->user.text),
        .first = field_view(faults, STR("first"), form->first.text),
        .last = field_view(faults, STR("last"), form->last.text),
        .deputy = field_view(faults, STR("deputy"), form->deputy.text),
        .standing_deputy = field_view(faults, STR("standing"), STR("")),
    };
    enum msg done;
    if (msg_find(MSG_PREFIX("done_"), request_query(req, STR("klart")), &done))
        view.notice = (struct notice_view){.tone = TONE_SUCCESS, .heading = msg_text(ctx->lang, done)};
    struct absence_standing_row *standing;
    struct absence_restricted_row restricted;
    size_t n;
    TRY(absence_standing(ctx, ctx->who, &standing, &n));
    TRY(absence_restricted(ctx, ctx->who, &restricted));
    const struct staff *usual = n ? town_staff(town, standing[0].deputy) : NULL;
    view.people = people(ctx, town, /* only_mine= */ true, /* with_me= */ true, form->user.text, &view.n_people);
    view.deputies = people(ctx, town, /* only_mine= */ false, /* with_me= */ true, form->deputy.text, &view.n_deputies);
    view.standing = people(ctx, town, /* only_mine= */ false, /* with_me= */ false, usual ? usual->login : STR(""),
                           &view.n_standing);
    view.n_restricted = restricted.n;
    TRY(fill_rows(ctx, town, &view));
    TRY(fill_left(ctx, town, &view));
    frame_fill(ctx, req, town, NAV_TODO, msg_text(ctx->lang, MSG_absence_title), faults->n > 0, &view.frame);
    html_absence(&res->body, ctx->lang, &view);
    if (faults->n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

enum err absence_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct absence_form form;
    FORM_EMPTY(&form, absence);
    struct out today = out_init(ctx->arena, /* max_bytes= */ 20);
    out_date(&today, utc_to_date(ctx_now(ctx)));
    form.first.text = out_take(&today);
    return show(ctx, req, res, &form, &(struct faults_list){.n = 0});
}

static void fault(struct ctx *ctx, struct faults_list *faults, struct str field, enum msg words)
{
    fault_add(faults, field, msg_text(ctx->lang, words), msg_text(ctx->lang, words));
}

static void check_days(struct ctx *ctx, const struct absence_form *form, struct faults_list *faults)
{
    bool has_last = !str_is_empty(form->last.text);
    if (form->first.fault || str_is_empty(form->first.text))
        fault(ctx, faults, STR("first"), MSG_absence_first_missing);
    if (has_last && form->last.fault)
        fault(ctx, faults, STR("last"), MSG_absence_last_wrong);
    else if (has_last && form->last.date.days < form->first.date.days)
        fault(ctx, faults, STR("last"), MSG_absence_order);
}

static enum err add(struct ctx *ctx, struct request *req, struct response *res, const struct absence_form *form)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct faults_list faults = {.n = 0};
    check_days(ctx, form, &faults);
    const struct staff *who =
        str_is_empty(form->user.text) ? town_staff(town, ctx->who) : by_login(town, form->user.text);
    const struct staff *deputy = by_login(town, form->deputy.text);
    if (who == NULL || !absence_may_set(ctx, town, who->id))
        fault(ctx, &faults, STR("user"), MSG_absence_who_wrong);
    if (!str_is_empty(form->deputy.text) && (deputy == NULL || !deputy->active || deputy == who))
        fault(ctx, &faults, STR("deputy"), MSG_absence_deputy_wrong);
    if (faults.n)
        return show(ctx, req, res, form, &faults);
    TRY(absence_add(ctx, &(struct absence_spec){.user = who->id,
                                                .deputy = deputy ? deputy->id : (struct user_id){0},
                                                .first = form->first.date,
                                                .last = str_is_empty(form->last.text) ? DATE_NONE : form->last.date}));
    response_redirect(ctx, req, res, URL("/franvaro?klart=borta"));
    return OK;
}

enum err absence_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct absence_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, absence, &form, &n_faults));
    if (str_eq(form.what.text, STR("add")))
        return add(ctx, req, res, &form);
    if (str_eq(form.what.text, STR("end"))) {
        TRY(absence_end(ctx, form.id.number));
        response_redirect(ctx, req, res, URL("/franvaro?klart=tillbakaigen"));
        return OK;
    }
    if (!str_eq(form.what.text, STR("standing")))
        return fail(ctx, ERR_BAD_REQUEST, "nothing to do");
    const struct town *town;
    TRY(town_get(ctx, &town));
    const struct staff *deputy = by_login(town, form.standing.text);
    struct faults_list faults = {.n = 0};
    if (!str_is_empty(form.standing.text) && (deputy == NULL || !deputy->active || deputy->id.v == ctx->who.v)) {
        fault(ctx, &faults, STR("standing"), MSG_absence_deputy_wrong);
        return show(ctx, req, res, &form, &faults);
    }
    TRY(absence_set_standing(ctx, ctx->who, deputy ? deputy->id : (struct user_id){0}));
    response_redirect(ctx, req, res, URL("/franvaro?klart=ersattare"));
    return OK;
}
