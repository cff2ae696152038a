/* The work-list's pages: GET /att-gora (mine first) and GET /arenden (the same list, opened for searching). */
#include "worklist.h"

#include "frame.h"
#include "handover_panel.h"
#include "page_parts.h"
#include "register.h"
#include "todo_page.h"
#include "web.h"
#include "worklist_groups.h"
#include "worklist_page_html.h"

static const struct {
    struct str code;
    enum worklist_scope scope;
} scopes[] = {{STR_INIT("mina"), WORK_MINE},       {STR_INIT("enhet"), WORK_UNIT},
              {STR_INIT("bedoma"), WORK_TO_JUDGE}, {STR_INIT("inkommet"), WORK_WRITTEN},
              {STR_INIT("alla"), WORK_ALL},        {STR_INIT("avslutade"), WORK_CLOSED}};

/* What one request asks for, and what its page is made of. */
struct worklist_asked {
    struct worklist_query query;
    struct str path; /* of this list */
    struct str scope, promise, unit, subject;
    const struct town *town;
    struct utc_us now;
    struct date today;
};

static struct str query_or_empty(const struct request *req, struct str name)
{
    struct str value = request_query(req, name);
    return str_is_none(value) ? STR("") : str_trim(value);
}

/* "DUE-ID" of the last row of the page before; anything else begins at the first page. */
static void read_after(const struct request *req, struct worklist_query *q)
{
    struct str rest = request_query(req, STR("efter")), due, id;
    int64_t due_us, id_number;
    if (!str_split(&rest, '-', &due) || !str_split(&rest, '-', &id) || !str_to_i64(due, &due_us) ||
        !str_to_i64(id, &id_number) || id_number <= 0)
        return;
    q->after = (struct utc_us){due_us};
    q->after_id = (struct case_id){id_number};
}

static void read_query(struct ctx *ctx, const struct request *req, struct str usual_scope, struct worklist_asked *asked)
{
    struct worklist_query *q = &asked->query;
    asked->scope = usual_scope;
    struct str wished = query_or_empty(req, STR("vems"));
    for (size_t i = 0; i < ARRAY_LEN(scopes); i++)
        if (str_eq(wished, scopes[i].code) && worklist_has(asked->town, ctx->who, scopes[i].scope))
            asked->scope = scopes[i].code;
    for (size_t i = 0; i < ARRAY_LEN(scopes); i++)
        if (str_eq(asked->scope, scopes[i].code))
            q->scope = scopes[i].scope;
    asked->promise = query_or_empty(req, STR("lofte"));
    asked->subject = query_or_empty(req, STR("amne"));
    asked->unit = query_or_empty(req, STR("enhet"));
    q->promise = str_is_empty(asked->promise) ? STR_NONE : asked->promise;
    q->subject = case_subject_known(asked->subject) ? asked->subject : STR_NONE;
    const struct unit *unit = town_unit_by_code(asked->town, asked->unit);
    q->unit = unit ? unit->id : (struct unit_id){0};
    enum { WORDS_MAX_CHARS = 200 };
    q->words = str_utf8_head(query_or_empty(req, STR("q")), WORDS_MAX_CHARS);
    read_after(req, q);
}

/* ---- filters and chips ---- */

static const struct option_view *unit_options(struct ctx *ctx, const struct worklist_asked *asked, size_t *ret_n)
{
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, asked->town->n_units);
    size_t n = 0;
    for (size_t i = 0; i < asked->town->n_units; i++) {
        const struct unit *unit = &asked->town->units[i];
        if (right_held(RIGHT_CASE_READ, town_roles_at(asked->town, ctx->who, unit->id)))
            options[n++] = (struct option_view){unit->code, unit->name, unit->id.v == asked->query.unit.v};
    }
    *ret_n = n;
    return options;
}

static const struct option_view *subject_options(struct ctx *ctx, const struct worklist_asked *asked, size_t *ret_n)
{
    const struct str *codes;
    size_t n = case_subjects(&codes);
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, n);
    for (size_t i = 0; i < n; i++)
        options[i] = (struct option_view){codes[i], msg_of_code(ctx->lang, MSG_PREFIX("subject_"), codes[i]),
                                          str_eq(codes[i], asked->query.subject)};
    *ret_n = n;
    return options;
}

static bool has_option(const struct option_view *options, size_t n, struct str value)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(options[i].value, value))
            return true;
    return false;
}

/* Every promise that some routine of the municipality makes, each code once. */
static enum err promise_options(struct ctx *ctx, const struct worklist_asked *asked, const struct option_view **ret,
                                size_t *ret_n)
{
    enum { OPTIONS_MAX = 100 };
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, OPTIONS_MAX);
    size_t n = 0;
    for (size_t r = 0; r < asked->town->n_routines; r++) {
        const struct routine *routine;
        TRY(town_routine(ctx, asked->town->routines[r].id, &routine));
        for (size_t i = 0; i < routine->n_obligations && n < OPTIONS_MAX; i++) {
            const struct obligation *o = &routine->obligations[i];
            if (!has_option(options, n, o->id))
                options[n++] = (struct option_view){o->id, promise_name_of_code(ctx, routine, o->id),
                                                    str_eq(o->id, asked->query.promise)};
        }
    }
    *ret = options;
    *ret_n = n;
    return OK;
}

static struct str chip_label(struct ctx *ctx, enum worklist_scope scope, const struct worklist_counts *counts)
{
    switch (scope) {
    case WORK_MINE:
        return WORDS(ctx, worklist_mine, .n = counts->mine);
    case WORK_UNIT:
        return WORDS(ctx, worklist_unit, .n = counts->unit);
    case WORK_TO_JUDGE:
        return WORDS(ctx, worklist_to_judge, .n = counts->to_judge);
    case WORK_WRITTEN:
        return WORDS(ctx, worklist_written, .n = counts->written);
    case WORK_ALL:
        return WORDS(ctx, worklist_all, .n = counts->all);
    case WORK_CLOSED:
        return msg_text(ctx->lang, MSG_worklist_closed);
    }
    BUG("no such list");
}

static const struct worklist_chip_view *chip_views(struct ctx *ctx, const struct worklist_asked *asked,
                                                   const struct worklist_counts *counts, size_t *ret_n)
{
    struct worklist_chip_view *chips = ARENA_ARRAY(ctx->arena, struct worklist_chip_view, ARRAY_LEN(scopes));
    size_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(scopes); i++)
        if (worklist_has(asked->town, ctx->who, scopes[i].scope))
            chips[n++] = (struct worklist_chip_view){
                url_path(ctx->arena, "/%?vems=%", 2, (struct str[]){str_skip(asked->path, 1), scopes[i].code}),
                chip_label(ctx, scopes[i].scope, counts), str_eq(asked->scope, scopes[i].code)};
    *ret_n = n;
    return chips;
}

/* ---- rows ---- */

static struct tag_view tag_of(struct ctx *ctx, const struct worklist_row *row, int64_t left, bool is_late)
{
    if (!utc_is_none(row->closed) || utc_is_none(row->next_due))
        return (struct tag_view){msg_of_code(ctx->lang, MSG_PREFIX("status_"), row->status), TONE_OUTLINE, ICON_NONE};
    return days_tag(ctx, left, is_late);
}

static struct str state_of(struct ctx *ctx, const struct town *town, const struct worklist_row *row)
{
    if (str_eq(row->status, STR("received")))
        return msg_text(ctx->lang, MSG_worklist_new);
    if (!utc_is_none(row->closed))
        return STR_NONE;
    const struct staff *owner = row->owner.v ? town_staff(town, row->owner) : NULL;
    return owner ? STR_NONE : msg_text(ctx->lang, MSG_worklist_nobody);
}

static struct str reminded_words(struct ctx *ctx, const struct town *town, const struct worklist_row *row)
{
    if (row->reminded == 0 || row->reminded_due.v != row->next_due.v || !utc_is_none(row->closed))
        return STR_NONE;
    const struct staff *above = row->escalated.v ? town_staff(town, row->escalated) : NULL;
    return above ? WORDS(ctx, worklist_escalated, .n = row->reminded, .name = above->name)
                 : WORDS(ctx, worklist_reminded, .n = row->reminded);
}

static enum err row_view(struct ctx *ctx, const struct worklist_asked *asked, const struct worklist_row *row,
                         struct worklist_row_view *ret)
{
    const struct unit *unit = town_unit(asked->town, row->unit);
    if (unit == NULL)
        return fail(ctx, ERR_CORRUPT, "case %.*s is at a unit that does not exist", STR_ARG(row->number));
    struct routine_id routine_id;
    const struct routine *routine;
    TRY(town_routine_at(ctx, asked->town, row->unit, utc_to_date(row->received), &routine_id));
    TRY(town_routine(ctx, routine_id, &routine));
    bool has_date = utc_is_none(row->closed) && !utc_is_none(row->next_due);
    bool is_late = has_date && utc_cmp(row->next_due, asked->now) < 0;
    int64_t left =
        has_date ? days_left(routine, &town_days(asked->town, row->unit)->local, asked->today, row->next_due) : 0;
    *ret = (struct worklist_row_view){
        .url = URL_PATH(ctx->arena, "/arende/%", row->number),
        .title = str_is_empty(row->title) ? WORDS(ctx, case_no_title, .type = type_word(ctx, routine, row->type))
                                          : row->title,
        .number = row->number,
        .unit = unit->name,
        .received = when_date(ctx->arena, ctx->lang, utc_to_date(row->received), asked->today),
        .tag = tag_of(ctx, row, left, is_late),
        .secret = row->secret,
        .state = state_of(ctx, asked->town, row),
        .is_late = is_late,
        .reminded = reminded_words(ctx, asked->town, row),
    };
    if (has_date) {
        ret->promise = promise_name_of_code(ctx, routine, row->next_promise);
        ret->due = when_date(ctx->arena, ctx->lang, utc_to_date(row->next_due), asked->today);
    } else if (!utc_is_none(row->closed)) {
        ret->promise = WORDS(ctx, worklist_closed_on,
                             .when = when_date(ctx->arena, ctx->lang, utc_to_date(row->closed), asked->today));
    }
    return OK;
}

static struct str group_title(struct ctx *ctx, const struct worklist_group *group, struct date today)
{
    switch (group->kind) {
    case GROUP_LATE:
        return msg_text(ctx->lang, MSG_worklist_group_late);
    case GROUP_TODAY:
        return WORDS(ctx, worklist_group_today, .when = when_day(ctx->arena, ctx->lang, today, today));
    case GROUP_DAY:
        return with_capital(ctx, when_day(ctx->arena, ctx->lang, group->first, today).words);
    case GROUP_WEEK:
        if (group->first.days == group->last.days)
            return with_capital(ctx, when_day(ctx->arena, ctx->lang, group->first, today).words);
        if (date_to_civil(group->first).month == date_to_civil(group->last).month)
            return WORDS(ctx, worklist_group_week_one_month, .n = group->week,
                         .n_first = date_to_civil(group->first).day,
                         .when_last = when_date(ctx->arena, ctx->lang, group->last, today));
        return WORDS(ctx, worklist_group_week, .n = group->week,
                     .when_first = when_date(ctx->arena, ctx->lang, group->first, today),
                     .when_last = when_date(ctx->arena, ctx->lang, group->last, today));
    case GROUP_NO_DATE:
        return msg_text(ctx->lang, MSG_worklist_group_no_date);
    }
    BUG("no such group");
}

/* Closed cases and hits stand newest first under one heading. */
static struct str single_title(struct ctx *ctx, const struct worklist_asked *asked)
{
    return msg_text(ctx->lang, str_is_empty(asked->query.words) ? MSG_worklist_group_closed : MSG_worklist_group_hits);
}

static enum err fill_groups(struct ctx *ctx, const struct worklist_asked *asked, const struct worklist *list,
                            struct worklist_view *view)
{
    struct worklist_row_view *rows = ARENA_ARRAY(ctx->arena, struct worklist_row_view, list->n);
    struct utc_us *due = ARENA_ARRAY(ctx->arena, struct utc_us, list->n);
    for (size_t i = 0; i < list->n; i++) {
        TRY(row_view(ctx, asked, &list->rows[i], &rows[i]));
        due[i] = list->rows[i].next_due;
        view->has_days |= !when_is_none(rows[i].due);
    }
    bool is_single = asked->query.scope == WORK_CLOSED || !str_is_empty(asked->query.words);
    struct worklist_group whole = {.kind = GROUP_NO_DATE, .n = list->n}, *groups = &whole;
    size_t n_groups = list->n > 0;
    if (!is_single)
        TRY(worklist_groups(ctx, town_days(asked->town, worklist_home_unit(asked->town, ctx->who)), asked->now, due,
                            list->n, &groups, &n_groups));
    struct worklist_group_view *views = ARENA_ARRAY(ctx->arena, struct worklist_group_view, n_groups);
    for (size_t i = 0; i < n_groups; i++)
        views[i] = (struct worklist_group_view){
            .id = str_fmt(ctx->arena, "g-%zu", i + 1),
            .title = is_single ? single_title(ctx, asked) : group_title(ctx, &groups[i], asked->today),
            .n = (int64_t)groups[i].n,
            .rows = rows + groups[i].at,
            .n_rows = groups[i].n,
        };
    view->groups = views;
    view->n_groups = n_groups;
    return OK;
}

static struct url next_page(struct ctx *ctx, const struct worklist_asked *asked, const struct worklist *list)
{
    if (!list->more || list->n == 0)
        return (struct url){STR_NONE};
    const struct worklist_row *last = &list->rows[list->n - 1];
    bool is_search = !str_is_empty(asked->query.words);
    int64_t at = is_search ? 0 : asked->query.scope == WORK_CLOSED ? last->closed.v : last->next_due.v;
    return URL_PATH(ctx->arena, "/%?vems=%&lofte=%&enhet=%&amne=%&q=%&efter=%", str_skip(asked->path, 1), asked->scope,
                    asked->promise, asked->unit, asked->subject, asked->query.words,
                    str_fmt(ctx->arena, "%lld-%lld", (long long)at, (long long)last->id.v));
}

static bool is_filtered(const struct worklist_asked *asked)
{
    const struct worklist_query *q = &asked->query;
    return !str_is_none(q->promise) || q->unit.v || !str_is_none(q->subject);
}

/* The same words in everything one may see, for a search that was narrower than that. */
static struct url wider_search(struct ctx *ctx, const struct worklist_asked *asked)
{
    if (str_is_empty(asked->query.words) || (asked->query.scope == WORK_ALL && !is_filtered(asked)))
        return (struct url){STR_NONE};
    return URL_PATH(ctx->arena, "/arenden?vems=alla&q=%", asked->query.words);
}

/* What stands above the own list. */
static enum err worklist_parts(struct ctx *ctx, const struct town *town, struct worklist_view *view)
{
    TRY(todo_fill(ctx, town, &view->todo));
    return handed_fill(ctx, town, &view->handed);
}

static enum err show(struct ctx *ctx, struct request *req, struct response *res, struct str path,
                     struct str usual_scope)
{
    struct worklist_asked asked = {.path = path, .now = ctx_now(ctx)};
    asked.today = utc_to_date(asked.now);
    TRY(town_get(ctx, &asked.town));
    read_query(ctx, req, usual_scope, &asked);
    struct worklist list;
    struct worklist_counts counts;
    TRY(worklist_read(ctx, asked.town, &asked.query, &list));
    TRY(worklist_count(ctx, asked.town, &counts));

    bool is_todo_page = str_eq(path, STR("/att-gora"));
    struct worklist_view view = {
        .heading = msg_text(ctx->lang, is_todo_page ? MSG_worklist_title : MSG_worklist_title_all),
        .action = URL_PATH(ctx->arena, "/%", str_skip(path, 1)),
        .scope = asked.scope,
        .n_late = counts.late,
        .n_today = counts.today,
        .today = when_day(ctx->arena, ctx->lang, asked.today, asked.today),
        .words = asked.query.words,
        .is_search = !str_is_empty(asked.query.words),
        .is_filtered = is_filtered(&asked),
        .is_empty = list.n == 0,
        .n_unit = counts.unit,
        .clear = URL_PATH(ctx->arena, "/%?vems=%", str_skip(path, 1), asked.scope),
        .wider = wider_search(ctx, &asked),
        .unit_list = URL("/att-gora?vems=enhet"),
        .next = next_page(ctx, &asked, &list),
    };
    view.chips = chip_views(ctx, &asked, &counts, &view.n_chips);
    view.is_todo = is_todo_page && asked.query.scope == WORK_MINE && !view.is_search && !view.is_filtered;
    view.subjects = subject_options(ctx, &asked, &view.n_subjects);
    view.units = unit_options(ctx, &asked, &view.n_units);
    TRY(promise_options(ctx, &asked, &view.promises, &view.n_promises));
    if (view.is_todo)
        TRY(worklist_parts(ctx, asked.town, &view));
    TRY(fill_groups(ctx, &asked, &list, &view));
    frame_fill(ctx, req, asked.town, is_todo_page ? NAV_TODO : NAV_CASES, view.heading, /* has_fault= */ false,
               &view.frame);
    html_worklist(&res->body, ctx->lang, &view);
    return OK;
}

enum err todo_page(struct ctx *ctx, struct request *req, struct response *res)
{
    return show(ctx, req, res, STR("/att-gora"), STR("mina"));
}

enum err cases_page(struct ctx *ctx, struct request *req, struct response *res)
{
    return show(ctx, req, res, STR("/arenden"), STR("alla"));
}
