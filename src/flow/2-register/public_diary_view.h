/* What: the public diary for a span of days, as the public may read it. Flow: public_diary_page.c. Memory: as long as
 * ctx. Source: OSL 5:2; TF 2 kap. */
#ifndef GAVA_PUBLIC_DIARY_VIEW_H
#define GAVA_PUBLIC_DIARY_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

struct public_row_view {
    struct str at; /* "2026-12-14" */
    struct str diary_number, unit;
    int64_t number;
    struct str direction, party, brief, event_number; /* empty where the public may not read it */
};

struct public_diary_view {
    struct frame_view frame;
    struct faults_view faults;
    struct field_view since, until;
    const struct public_row_view *rows;
    size_t n_rows;
    bool is_cut; /* there are more than fit the page: the file has them all */
    struct url csv;
};

#endif
