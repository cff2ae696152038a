/* What: the figures of a period: of the promises whose date lies in it, how many were kept, how many were late although
 * the person was told before the date, only after it, or not at all. Flow: promise_count.h counts by day ->
 * promise_stats_read() sums -> promise_stats_shown() hides small numbers -> statistics_page.c.
 * Owns: nothing. Invariants: (1) each promise stands under its own date, whatever date the person was told since; (2)
 * what is not kept and past its date is late; (3) only units the viewer reads, their sum included; (4) numbers from 1
 * to 4 are not shown, nor is what would give them away beside them (docs/decisions/0044). Memory: as long as ctx. Not
 * here: what a promise is (routine.h), reports (a later issue). Source: S1.5, S2.4; design.md 3.10, 6; mock-up 06. */
#ifndef GAVA_PROMISE_STATS_H
#define GAVA_PROMISE_STATS_H

#include "period.h"
#include "town.h"

enum { STATS_SMALL = 5 }; /* from so many on a number is shown */

/* One line of a table: of a promise (code) or of a unit. */
struct stats_line {
    struct str code;     /* of the promise; STR_NONE: of all */
    struct unit_id unit; /* .v 0: of all */
    bool is_rest;        /* several small ones together */
    int64_t kept, told_before, told_after, untold;
    int64_t waived; /* let go with a reason: in no sum */
};
int64_t stats_late(const struct stats_line *line);
int64_t stats_total(const struct stats_line *line);

struct promise_stats {
    struct stats_line all;
    struct stats_line *promises, *units; /* the largest first; small ones together, last */
    size_t n_promises, n_units;
};
/* unit .v 0: all the viewer reads. Statements: one, of which only the units and days asked for are read. */
MUST_USE enum err promise_stats_read(struct ctx *ctx, const struct period *period, struct unit_id unit,
                                     struct promise_stats *ret);
/* Lines with fewer than STATS_SMALL promises become one at the end; when that is small too, the next smallest goes with
 * it. Sorts. Returns how many are left. Pure. */
size_t stats_merge(struct stats_line *lines, size_t n);

/* How a number is shown. */
enum shown { SHOWN_exact, SHOWN_few, SHOWN_at_least, SHOWN_not };
struct shown_number {
    enum shown as;
    int64_t n; /* exact, at least */
};
struct shown_line {
    struct shown_number total, kept, late, told_before, told_after, untold;
    struct shown_number share; /* per cent kept, rounded down */
};
/* Pure. */
struct shown_line promise_stats_shown(const struct stats_line *line);

#endif
