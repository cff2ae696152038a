/* What: /arende/{nr}/rapport as its template reads it. Flow: report_page.c fills. Memory: as long as ctx. Source:
 * S0.38. */
#ifndef GAVA_REPORT_VIEW_H
#define GAVA_REPORT_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

struct report_view {
    struct frame_view frame;
    struct crumbs_view crumbs;
    struct faults_view faults;
    struct notice_view notice;
    struct str csrf, title;
    int64_t version;
    struct url action, back;
    struct str lead; /* to whom, and by when */
    struct str quote, clause;
    struct field_view how, measure, outcome;
    const struct option_view *outcomes, *measures;
    size_t n_outcomes, n_measures;
    struct str story, reply; /* beside the form; reply may be empty */
};

#endif
