/* What: closing a case: outcome, what was done, and what is still missing, each with a way there. Flow: close_page.c.
 * Memory: as long as ctx. Source: S0.24, S1.8, S2.32, S4.20. */
#ifndef GAVA_CLOSE_VIEW_H
#define GAVA_CLOSE_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

/* Something that must be there first. */
struct missing_view {
    struct str text;
    struct url link; /* where one does it; none: see event */
    struct str link_text;
    struct url post;  /* a step of one button; none */
    struct str event; /* staff tick it off here; empty: not */
    struct str quote, clause;
};

struct close_view {
    struct frame_view frame;
    struct str csrf;
    int64_t version;
    struct url action, back, promise_url;
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct faults_view faults;
    struct str heading; /* of the case */
    const struct missing_view *missing;
    size_t n_missing;
    const struct option_view *outcomes;
    size_t n_outcomes;
    struct field_view outcome, measure_kind, measure_done, measure_later, note;
    bool is_done, is_later, is_none;
    bool has_measure; /* written down before, when the reply was sent */
    struct str story, guidance;
};

#endif
