/* What: the delay on the case page and on the person's own page. Flow: delay_panel_page.c fills, delay_panel_page.html
 * shows. Memory: as long as ctx. Source: S1.49; mock-up 05 "Meddela försening". */
#ifndef GAVA_DELAY_PANEL_VIEW_H
#define GAVA_DELAY_PANEL_VIEW_H

#include "parts_view.h"

struct delay_panel_view {
    bool is_shown;
    bool warns;             /* something is to be done now */
    struct str words;       /* where it stands, one or two sentences */
    struct facts_view told; /* each time: "Nytt datum ..." and when and how */
    struct url link;        /* to tell now; none: one may not, or there is nothing to tell */
    struct str link_text;
};

/* For the person: "Vi hinner inte till ... Du får svar senast ...". words empty: nothing. */
struct delay_told_view {
    struct str words;
};

#endif
