/* What: /rutin/{version}/prova: what a text would have meant for last year's cases. POST asks; GET shows how far it has
 * come, and then the figures, promise by promise. Source: what_if.h. */
#include "date_words.h"
#include "frame.h"
#include "page_parts.h"
#include "rule_words.h"
#include "rutin_shown.h"
#include "rutin_version_page_html.h"
#include "rutin_version_view.h"
#include "rutin_what_if_page.h"
#include "what_if.h"

enum { WHOLE = 100 };

static enum err open_trying(struct ctx *ctx, const struct request *req, struct shown *ret)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    TRY(shown_open(ctx, town, req->params[0], ret));
    if (!routine_may_edit(ctx, town, ret->code))
        return fail(ctx, ERR_FORBIDDEN, "the routine \"%.*s\" is kept by others", STR_ARG(ret->code));
    return OK;
}

/* Of those that were to be kept, how many in a hundred were; all when none was. */
static int64_t percent(int64_t kept, int64_t late)
{
    return kept + late == 0 ? WHOLE : kept * WHOLE / (kept + late);
}

/* The name as the new text has it, else as the version it began from. */
static struct str name_of(struct ctx *ctx, const struct shown *shown, const struct routine *old, struct str code)
{
    const struct obligation *o = shown->routine ? routine_obligation(shown->routine, code) : NULL;
    if (o == NULL)
        o = routine_obligation(old, code);
    return o ? obligation_name(ctx->lang, o) : promise_name_of_code(ctx, NULL, code);
}

/* "41 av 212 hade blivit sena." */
static struct str sentence_of(struct ctx *ctx, int64_t late, int64_t n)
{
    return WORDS(ctx, try_late, .n_late = late, .n = n);
}

struct str what_if_words(struct ctx *ctx, struct str name, const struct what_if_promises_row *row)
{
    return WORDS(ctx, try_one, .name = name, .n_late = row->new_late, .n_all = row->new_kept + row->new_late,
                 .n_was = row->late, .n_of = row->kept + row->late);
}

/* Where the promise stands in the routine; after all others when it does not. */
static size_t place_of(const struct routine *routine, struct str code)
{
    size_t i = 0;
    while (i < routine->n_obligations && !str_eq(routine->obligations[i].id, code))
        i++;
    return i;
}

/* What the text changes comes first, and then the routine's order. */
static size_t rank_of(const struct routine *routine, const struct what_if_promises_row *row)
{
    bool is_same = row->late == row->new_late && row->kept == row->new_kept;
    return place_of(routine, row->code) + (is_same ? 2 * routine->n_obligations : 0);
}

static void sort_rows(const struct routine *routine, struct what_if_promises_row *rows, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct what_if_promises_row row = rows[i];
        size_t at = i;
        for (; at > 0 && rank_of(routine, &rows[at - 1]) > rank_of(routine, &row); at--)
            rows[at] = rows[at - 1];
        rows[at] = row;
    }
}

static enum err fill_rows(struct ctx *ctx, const struct shown *shown, struct what_if_id id, struct rutin_try_view *view)
{
    const struct routine *old;
    struct what_if_promises_row *rows;
    size_t n;
    TRY(town_routine(ctx, shown->version->id, &old));
    TRY(what_if_promises(ctx, id, &rows, &n));
    struct what_if_row_view *shown_rows = ARENA_ARRAY(ctx->arena, struct what_if_row_view, n);
    sort_rows(shown->routine ? shown->routine : old, rows, n);
    for (size_t i = 0; i < n; i++)
        shown_rows[i] = (struct what_if_row_view){
            .id = str_fmt(ctx->arena, "t-%.*s", STR_ARG(rows[i].code)),
            .name = name_of(ctx, shown, old, rows[i].code),
            .was = sentence_of(ctx, rows[i].late, rows[i].kept + rows[i].late),
            .would = sentence_of(ctx, rows[i].new_late, rows[i].new_kept + rows[i].new_late),
            .turned_late = rows[i].turned_late,
            .percent = percent(rows[i].kept, rows[i].late),
            .percent_new = percent(rows[i].new_kept, rows[i].new_late),
            .is_new = rows[i].kept + rows[i].late == 0,
            .is_gone = rows[i].new_kept + rows[i].new_late == 0,
        };
    view->rows = shown_rows;
    view->n_rows = n;
    return OK;
}

static enum err fill(struct ctx *ctx, const struct shown *shown, struct response *res, struct rutin_try_view *view)
{
    struct what_if_latest_row trying;
    enum err err = what_if_latest(ctx, shown->code, &trying);
    if (err == ERR_NOT_FOUND)
        return OK;
    TRY(err);
    struct date today = utc_to_date(ctx_now(ctx));
    const struct staff *who = town_staff(shown->town, trying.who);
    view->is_asked = true;
    view->is_running = utc_is_none(trying.done);
    view->n_done = trying.n_done;
    view->n_all = trying.n_all;
    view->since = when_date(ctx->arena, ctx->lang, utc_to_date(trying.since), today);
    view->asked = when_moment(ctx->arena, ctx->lang, trying.asked, today);
    view->asked_by = who ? who->name : STR("");
    view->is_old = !str_eq(trying.yaml, shown->yaml);
    if (view->is_running)
        response_header(res, STR("Refresh"), STR("2"));
    return view->is_running ? OK : fill_rows(ctx, shown, trying.id, view);
}

enum err rutin_try_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct shown shown;
    TRY(open_trying(ctx, req, &shown));
    struct crumb_view crumbs[3] = {
        {shown.version->title, URL_PATH(ctx->arena, "/rutin/%", version_name(ctx, shown.version))},
        {shown_words(ctx, &shown), URL_PATH(ctx->arena, "/rutin/%", shown.name)},
        {msg_text(ctx->lang, MSG_try_title), URL("#")}};
    struct rutin_try_view view = {
        .csrf = req->csrf,
        .crumbs = {crumbs, ARRAY_LEN(crumbs)},
        .self = URL_PATH(ctx->arena, "/rutin/%/prova", shown.name),
        .back = shown.is_draft ? URL_PATH(ctx->arena, "/rutin/%/ny", version_name(ctx, shown.version))
                               : URL_PATH(ctx->arena, "/rutin/%", shown.name),
        .has_faults = shown.routine == NULL,
    };
    TRY(fill(ctx, &shown, res, &view));
    frame_fill(ctx, req, shown.town, NAV_ROUTINE, msg_text(ctx->lang, MSG_try_heading), /* has_fault= */ false,
               &view.frame);
    html_rutin_try(&res->body, ctx->lang, &view);
    return OK;
}

enum err rutin_try_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct shown shown;
    struct what_if_id id;
    TRY(open_trying(ctx, req, &shown));
    if (shown.routine != NULL) {
        struct routine_id parent = shown.is_draft ? shown.text.parent : shown.version->parent;
        TRY(what_if_ask(ctx, shown.town, shown.code, shown.yaml, parent, &id));
    }
    response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/rutin/%/prova", shown.name));
    return OK;
}
