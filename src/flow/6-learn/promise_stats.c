#include "promise_stats.h"

#include <stdlib.h>

#include "promise_stats_sql.h"

int64_t stats_late(const struct stats_line *line)
{
    return line->told_before + line->told_after + line->untold;
}

int64_t stats_total(const struct stats_line *line)
{
    return line->kept + stats_late(line);
}

/* ---- summing ---- */

static void add(struct stats_line *line, const struct promise_stats_sums_row *row)
{
    if (str_eq(row->outcome, STR("met")))
        line->kept += row->n;
    else if (str_eq(row->outcome, STR("waived")))
        line->waived += row->n;
    else if (str_eq(row->notice, STR("before")))
        line->told_before += row->n;
    else if (str_eq(row->notice, STR("after")))
        line->told_after += row->n;
    else
        line->untold += row->n;
}

static struct stats_line *line_of_code(struct stats_line *lines, size_t *n, struct str code)
{
    for (size_t i = 0; i < *n; i++)
        if (str_eq(lines[i].code, code))
            return &lines[i];
    lines[*n] = (struct stats_line){.code = code};
    return &lines[(*n)++];
}

static struct stats_line *line_of_unit(struct stats_line *lines, size_t *n, struct unit_id unit)
{
    if (*n == 0 || lines[*n - 1].unit.v != unit.v) /* they come unit by unit */
        lines[(*n)++] = (struct stats_line){.code = STR_NONE, .unit = unit};
    return &lines[*n - 1];
}

static int largest_first(const void *a, const void *b)
{
    const struct stats_line *x = a, *y = b;
    int64_t n = stats_total(x), m = stats_total(y);
    if (n != m)
        return n < m ? 1 : -1;
    if (x->unit.v != y->unit.v)
        return x->unit.v < y->unit.v ? -1 : 1;
    return str_cmp(x->code, y->code);
}

static void put_together(struct stats_line *to, const struct stats_line *line)
{
    to->kept += line->kept;
    to->told_before += line->told_before;
    to->told_after += line->told_after;
    to->untold += line->untold;
    to->waived += line->waived;
}

size_t stats_merge(struct stats_line *lines, size_t n)
{
    if (n)
        qsort(lines, n, sizeof lines[0], largest_first);
    struct stats_line rest = {.code = STR_NONE, .is_rest = true};
    size_t n_rest = 0;
    while (n > 0 && (stats_total(&lines[n - 1]) < STATS_SMALL || (n_rest && stats_total(&rest) < STATS_SMALL))) {
        put_together(&rest, &lines[--n]);
        n_rest++;
    }
    if (n_rest == 0)
        return n;
    if (n_rest > 1) /* a single one keeps its name; nothing stands beside it */
        lines[n] = rest;
    return n + 1;
}

enum err promise_stats_read(struct ctx *ctx, const struct period *period, struct unit_id unit,
                            struct promise_stats *ret)
{
    struct promise_stats_sums_row *rows;
    size_t n;
    TRY(promise_stats_sums(ctx, ctx->who, unit, period->first, period->last, utc_to_date(ctx_now(ctx)), &rows, &n));
    struct promise_stats stats = {.all = {.code = STR_NONE},
                                  .promises = ARENA_ARRAY(ctx->arena, struct stats_line, n),
                                  .units = ARENA_ARRAY(ctx->arena, struct stats_line, n)};
    for (size_t i = 0; i < n; i++) {
        add(&stats.all, &rows[i]);
        add(line_of_code(stats.promises, &stats.n_promises, rows[i].code), &rows[i]);
        add(line_of_unit(stats.units, &stats.n_units, rows[i].unit), &rows[i]);
    }
    stats.n_promises = stats_merge(stats.promises, stats.n_promises);
    stats.n_units = stats_merge(stats.units, stats.n_units);
    *ret = stats;
    return OK;
}

/* ---- small numbers ---- */

static bool is_small(int64_t n)
{
    return n > 0 && n < STATS_SMALL;
}

static struct shown_number exact(int64_t n)
{
    return (struct shown_number){SHOWN_exact, n};
}

static struct shown_number at_least(int64_t n)
{
    return (struct shown_number){SHOWN_at_least, n};
}

/* The three kinds of late: a small one is not shown, and then a second one neither, or it could be worked out. */
static void show_late(const struct stats_line *line, struct shown_line *shown)
{
    const int64_t n[] = {line->told_before, line->told_after, line->untold};
    struct shown_number *const to[] = {&shown->told_before, &shown->told_after, &shown->untold};
    size_t n_hidden = 0, next = ARRAY_LEN(n);
    for (size_t i = 0; i < ARRAY_LEN(n); i++) {
        *to[i] = exact(n[i]);
        if (is_small(n[i])) {
            *to[i] = (struct shown_number){SHOWN_not, 0};
            n_hidden++;
        } else if (n[i] > 0 && (next == ARRAY_LEN(n) || n[i] < n[next])) {
            next = i;
        }
    }
    if (n_hidden == 1 && next < ARRAY_LEN(n))
        *to[next] = (struct shown_number){SHOWN_not, 0};
}

struct shown_line promise_stats_shown(const struct stats_line *line)
{
    const struct shown_number few = {SHOWN_few, 0}, not_shown = {SHOWN_not, 0};
    int64_t total = stats_total(line), late = stats_late(line);
    struct shown_line shown = {.total = few,
                               .kept = not_shown,
                               .late = not_shown,
                               .told_before = not_shown,
                               .told_after = not_shown,
                               .untold = not_shown,
                               .share = not_shown};
    if (is_small(total))
        return shown;
    shown.total = exact(total);
    if (is_small(late)) {
        int64_t surely = total - (STATS_SMALL - 1);
        shown.kept = at_least(surely);
        shown.late = few;
        shown.share = at_least(surely * 100 / total);
        return shown;
    }
    if (is_small(line->kept)) {
        shown.kept = few;
        shown.late = at_least(total - (STATS_SMALL - 1));
        return shown;
    }
    shown.kept = exact(line->kept);
    shown.late = exact(late);
    shown.share = total ? exact(line->kept * 100 / total) : not_shown;
    show_late(line, &shown);
    return shown;
}
