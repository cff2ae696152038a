/* What: GET /statistik (the tertial that runs; ?period=2026-t2&enhet=CODE: another) and /statistik/{period}. Flow:
 * promise_stats_read() -> small numbers hidden -> statistics_page.html. Not here: the figures (promise_stats.h). */
#include "date_words.h"
#include "frame.h"
#include "page_parts.h"
#include "promise_stats.h"
#include "promise_stats_sql.h"
#include "statistics_page_html.h"
#include "statistics_view.h"
#include "web.h"

enum { YEARS_SHOWN = 3, PERIODS_MAX = YEARS_SHOWN * (1 + 2 + 3 + 4) + 1 };

static struct str period_words(struct ctx *ctx, const struct period *p)
{
    struct str year = str_fmt(ctx->arena, "%d", p->year);
    if (p->kind == PERIOD_KIND_year)
        return WORDS(ctx, stats_year, .year = year);
    struct str first = msg_of_code(ctx->lang, MSG_PREFIX("month_"),
                                   str_fmt(ctx->arena, "%d", date_to_civil(p->first).month)),
               last = msg_of_code(ctx->lang, MSG_PREFIX("month_"),
                                  str_fmt(ctx->arena, "%d", date_to_civil(p->last).month));
    struct str kind = msg_of_code(ctx->lang, MSG_PREFIX("stats_kind_"), period_letter(p->kind));
    return WORDS(ctx, stats_part, .kind = kind, .n = p->part, .first = first, .last = last, .year = year);
}

/* The latest years with their parts; and the one asked for if it is none of them. */
static void fill_periods(struct ctx *ctx, const struct period *chosen, struct statistics_view *view)
{
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, PERIODS_MAX);
    struct date today = utc_to_date(ctx_now(ctx));
    struct str code = period_code(ctx->arena, chosen);
    static const struct {
        enum period_kind kind;
        int n;
    } shown[] = {{PERIOD_KIND_year, 3}, {PERIOD_KIND_third, 6}, {PERIOD_KIND_half, 4}, {PERIOD_KIND_quarter, 8}};
    size_t n = 0;
    bool is_there = false;
    for (size_t i = 0; i < ARRAY_LEN(shown); i++)
        for (int back = 0; back < shown[i].n; back++) {
            struct period p = period_around(today, shown[i].kind, -back);
            struct str value = period_code(ctx->arena, &p);
            bool is_this = str_eq(value, code);
            is_there |= is_this;
            options[n++] = (struct option_view){value, period_words(ctx, &p), is_this};
        }
    if (!is_there)
        options[n++] = (struct option_view){code, period_words(ctx, chosen), true};
    assert(n <= PERIODS_MAX);
    view->periods = options;
    view->n_periods = n;
}

static bool is_read(const struct promise_stats_units_row *rows, size_t n, struct unit_id unit)
{
    for (size_t i = 0; i < n; i++)
        if (rows[i].unit.v == unit.v)
            return true;
    return false;
}

/* The units one reads, and the one chosen among them. */
static enum err fill_units(struct ctx *ctx, const struct town *town, struct str code, struct statistics_view *view,
                           struct unit_id *ret)
{
    struct promise_stats_units_row *rows;
    size_t n, n_options = 0;
    TRY(promise_stats_units(ctx, ctx->who, &rows, &n));
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, town->n_units);
    *ret = (struct unit_id){0};
    view->scope = msg_text(ctx->lang, MSG_stats_all_units);
    for (size_t i = 0; i < town->n_units; i++) {
        const struct unit *unit = &town->units[i];
        if (!is_read(rows, n, unit->id))
            continue;
        bool is_chosen = str_eq(unit->code, code);
        options[n_options++] = (struct option_view){unit->code, unit->name, is_chosen};
        if (is_chosen || n == 1) {
            *ret = unit->id;
            view->scope = unit->name;
        }
    }
    view->units = options;
    view->n_units = n_options;
    view->sees_nothing = n_options == 0;
    return OK;
}

static struct str number_words(struct ctx *ctx, struct shown_number number, bool is_share)
{
    struct str n = is_share ? str_fmt(ctx->arena, "%lld\xc2\xa0%%", (long long)number.n)
                            : str_fmt(ctx->arena, "%lld", (long long)number.n);
    switch (number.as) {
    case SHOWN_exact:
        return n;
    case SHOWN_few:
        return msg_text(ctx->lang, MSG_stats_few);
    case SHOWN_at_least:
        return WORDS(ctx, stats_at_least, .number = n);
    case SHOWN_not:
        return msg_text(ctx->lang, MSG_stats_not_shown);
    }
    BUG("number shown as %d", (int)number.as);
}

static struct stats_row_view row_view(struct ctx *ctx, struct str name, const struct stats_line *line)
{
    struct shown_line s = promise_stats_shown(line);
    return (struct stats_row_view){
        .name = line->is_rest ? msg_text(ctx->lang, MSG_stats_rest) : name,
        .total = number_words(ctx, s.total, false),
        .kept = number_words(ctx, s.kept, false),
        .told_before = number_words(ctx, s.told_before, false),
        .told_after = number_words(ctx, s.told_after, false),
        .untold = number_words(ctx, s.untold, false),
        .share = number_words(ctx, s.share, true),
    };
}

/* The promise's name in the newest routine that has it. */
static struct str name_anywhere(struct ctx *ctx, const struct town *town, struct str code)
{
    for (size_t i = town->n_routines; i-- > 0;) {
        const struct routine *routine;
        if (town_routine(ctx, town->routines[i].id, &routine) == OK && routine_obligation(routine, code))
            return promise_name_of_code(ctx, routine, code);
    }
    return promise_name_of_code(ctx, NULL, code);
}

static void fill_rows(struct ctx *ctx, const struct town *town, const struct promise_stats *stats,
                      struct statistics_view *view)
{
    struct stats_row_view *promises = ARENA_ARRAY(ctx->arena, struct stats_row_view, stats->n_promises);
    for (size_t i = 0; i < stats->n_promises; i++) {
        const struct stats_line *line = &stats->promises[i];
        promises[i] = row_view(ctx, line->is_rest ? STR_NONE : name_anywhere(ctx, town, line->code), line);
    }
    struct stats_row_view *units = ARENA_ARRAY(ctx->arena, struct stats_row_view, stats->n_units);
    for (size_t i = 0; i < stats->n_units; i++) {
        const struct unit *unit = town_unit(town, stats->units[i].unit);
        units[i] = row_view(ctx, unit ? unit->name : STR_NONE, &stats->units[i]);
    }
    view->promises = promises;
    view->n_promises = stats->n_promises;
    view->by_unit = units;
    view->n_by_unit = stats->n_units;
    view->all = row_view(ctx, msg_text(ctx->lang, MSG_stats_all), &stats->all);
    view->kept = view->all.kept;
    view->total = view->all.total;
    if (stats->all.waived >= STATS_SMALL)
        view->waived = WORDS(ctx, stats_how_waived, .n = stats->all.waived);
}

static enum err show(struct ctx *ctx, struct request *req, struct response *res, const struct period *period)
{
    const struct town *town;
    struct unit_id unit;
    struct promise_stats stats;
    TRY(town_get(ctx, &town));
    struct date today = utc_to_date(ctx_now(ctx));
    struct statistics_view view = {
        .heading = period_words(ctx, period),
        .is_running = today.days >= period->first.days && today.days <= period->last.days,
        .today = when_date(ctx->arena, ctx->lang, today, today),
    };
    fill_periods(ctx, period, &view);
    TRY(fill_units(ctx, town, request_query(req, STR("enhet")), &view, &unit));
    TRY(promise_stats_read(ctx, period, unit, &stats));
    view.is_empty = stats_total(&stats.all) == 0;
    fill_rows(ctx, town, &stats, &view);
    struct str title =
        str_fmt(ctx->arena, "%.*s %.*s", STR_ARG(msg_text(ctx->lang, MSG_stats_title)), STR_ARG(view.heading));
    frame_fill(ctx, req, town, NAV_STATISTICS, title, /* has_fault= */ false, &view.frame);
    html_statistics(&res->body, ctx->lang, &view);
    return OK;
}

enum err statistics_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct period period = period_around(utc_to_date(ctx_now(ctx)), PERIOD_KIND_third, 0);
    struct str code = request_query(req, STR("period"));
    if (!str_is_none(code) && !period_find(code, &period))
        return fail(ctx, ERR_NOT_FOUND, "\"%.*s\" is no period", STR_ARG(code));
    return show(ctx, req, res, &period);
}

enum err statistics_period_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct period period;
    if (!period_find(req->params[0], &period))
        return fail(ctx, ERR_NOT_FOUND, "\"%.*s\" is no period", STR_ARG(req->params[0]));
    return show(ctx, req, res, &period);
}
