/* What: how a case stands in the diary, as a part of the case page. Flow: diary_panel_page.c fills it, case_page.html
 * uses it. Memory: as long as ctx. Source: S0.23, S4.19, S4.20 (double status). */
#ifndef GAVA_DIARY_PANEL_VIEW_H
#define GAVA_DIARY_PANEL_VIEW_H

#include "parts_view.h"

struct diary_panel_view {
    struct str csrf;
    int64_t version;
    struct facts_view facts;                     /* number, registered, how long that took, open or closed there */
    bool is_late;                                /* it waits for the diary longer than it may */
    struct str waits;                            /* a sentence: what it waits for, and who does it; may be empty */
    struct url dossier, add, enter, post, stamp; /* none: not now, or not for this reader */
    bool may_enter_reply, may_close, may_open;
    struct str event_number; /* suggested */
};

#endif
