/* GET /undantag: how often each exit is taken, by unit and year, for the quality unit and the complaints officer; for
 * everybody what one has handed to somebody who alone sees it: the number and the moment, nothing more. */
#include "case_page.h"
#include "date_words.h"
#include "exit.h"
#include "exit_page_html.h"
#include "exit_panel_page.h"
#include "frame.h"
#include "page_parts.h"

enum { YEARS_SHOWN = 5 };

/* The exit's name in any routine that has it. */
static struct str name_anywhere(struct ctx *ctx, const struct town *town, struct str code)
{
    for (size_t i = town->n_routines; i-- > 0;) {
        const struct routine *routine;
        if (town_routine(ctx, town->routines[i].id, &routine) == OK && routine_exit(routine, code))
            return exit_name(ctx, routine, code);
    }
    return exit_name(ctx, NULL, code);
}

static enum err fill_counts(struct ctx *ctx, const struct town *town, struct exits_view *view)
{
    struct civil first = {(int)view->year, 1, 1}, next = {(int)view->year + 1, 1, 1};
    struct exit_numbers_row *rows;
    size_t n;
    TRY(exit_numbers(ctx, ctx->who, date_start(date_from_civil(first)), date_start(date_from_civil(next)), &rows, &n));
    struct exit_count_view *counts = ARENA_ARRAY(ctx->arena, struct exit_count_view, n);
    for (size_t i = 0; i < n; i++) {
        const struct unit *unit = town_unit(town, rows[i].unit);
        counts[i] = (struct exit_count_view){name_anywhere(ctx, town, rows[i].code), unit ? unit->name : STR_NONE,
                                             rows[i].n, rows[i].n_undone};
        view->n_all += rows[i].n;
        view->n_undone += rows[i].n_undone;
    }
    view->counts = counts;
    view->n_counts = n;
    return OK;
}

static void fill_years(struct ctx *ctx, int this_year, struct exits_view *view)
{
    struct option_view *years = ARENA_ARRAY(ctx->arena, struct option_view, YEARS_SHOWN);
    for (int i = 0; i < YEARS_SHOWN; i++) {
        struct str year = str_fmt(ctx->arena, "%d", this_year - i);
        years[i] = (struct option_view){year, year, this_year - i == view->year};
    }
    view->years = years;
    view->n_years = YEARS_SHOWN;
}

static enum err fill_handed(struct ctx *ctx, struct exits_view *view)
{
    struct exit_handed_by_row *rows;
    size_t n;
    TRY(exit_handed_by(ctx, ctx->who, &rows, &n));
    struct exit_handed_view *handed = ARENA_ARRAY(ctx->arena, struct exit_handed_view, n);
    for (size_t i = 0; i < n; i++)
        handed[i] = (struct exit_handed_view){
            rows[i].number, when_moment(ctx->arena, ctx->lang, rows[i].at, utc_to_date(ctx_now(ctx)))};
    view->handed = handed;
    view->n_handed = n;
    return OK;
}

enum err exits_page(struct ctx *ctx, struct request *req, struct response *res)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    int this_year = date_to_civil(utc_to_date(ctx_now(ctx))).year;
    int64_t year;
    if (!str_to_i64(request_query(req, STR("ar")), &year) || year < 1 || year > 9998)
        year = this_year;
    struct exits_view view = {
        .notice = done_notice(ctx, request_query(req, STR("klart"))),
        .may_count = right_held(RIGHT_EXIT_NUMBERS, req->roles),
        .year = year,
    };
    fill_years(ctx, this_year, &view);
    if (view.may_count)
        TRY(fill_counts(ctx, town, &view));
    TRY(fill_handed(ctx, &view));
    frame_fill(ctx, req, town, NAV_NONE, msg_text(ctx->lang, MSG_exits_title), /* has_fault= */ false, &view.frame);
    html_exits(&res->body, ctx->lang, &view);
    return OK;
}
