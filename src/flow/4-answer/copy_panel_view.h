/* What: "Kopior" on the case page: what others are owed, and whether they have it. Flow: copy_panel_page.c fills.
 * Memory: as long as ctx. Source: S0.38, S2.32, S2.34, S4.20. */
#ifndef GAVA_COPY_PANEL_VIEW_H
#define GAVA_COPY_PANEL_VIEW_H

#include "parts_view.h"

struct copy_line_view {
    struct str words; /* what, and how it stands, as a sentence */
    bool warns;
    struct url report;   /* where the report is written; none */
    struct str send;     /* kind to post; empty: not to be sent now */
    struct str arrived;  /* row to post when the reader says that it has arrived; empty */
    struct url document; /* what was sent; none */
};
struct copy_panel_view {
    bool is_shown;
    struct str csrf;
    int64_t version;
    struct url send_url, arrived_url;
    const struct copy_line_view *lines;
    size_t n_lines;
    struct str number; /* the event number: a sentence; empty: not asked for */
};

#endif
