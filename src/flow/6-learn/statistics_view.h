/* What: /statistik/{period} as its template reads it. Flow: statistics_page.c fills, statistics_page.html shows.
 * Memory: as long as ctx. Source: mock-up 06 (promises; the rest comes with the reports). */
#ifndef GAVA_STATISTICS_VIEW_H
#define GAVA_STATISTICS_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

/* A row: every number as words, small ones hidden. */
struct stats_row_view {
    struct str name;
    struct str total, kept, told_before, told_after, untold, share;
};

struct statistics_view {
    struct frame_view frame;
    struct str heading; /* "Tertial 2, maj-augusti 2026" */
    struct str scope;   /* "alla enheter du ser", a unit's name */
    const struct option_view *periods, *units;
    size_t n_periods, n_units;
    bool sees_nothing; /* the viewer reads no unit */
    bool is_empty;     /* no promise had its date in the period yet */
    bool is_running;   /* the period is not over */
    struct when_text today;
    struct str kept, total; /* "488", "531" */
    struct stats_row_view all;
    struct str waived; /* a sentence; empty: none */
    const struct stats_row_view *promises, *by_unit;
    size_t n_promises, n_by_unit;
};

#endif
