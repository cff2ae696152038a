/* What: how a case ended, on the person's own page: when, what we concluded, what was done, and the one question.
 * Flow: closed_told_page.c fills it, follow_page.html uses it. Memory: as long as ctx. Source: S1.10, S2.30; ux 02b. */
#ifndef GAVA_CLOSED_TOLD_VIEW_H
#define GAVA_CLOSED_TOLD_VIEW_H

#include "parts_view.h"

struct closed_told_view {
    bool is_closed;
    struct when_text at;
    struct str outcome, measure; /* sentences; may be empty */
    bool has_prevention;
    struct str question; /* empty: nothing is asked now */
    struct url survey;
    struct str given; /* what the person answered; empty: nothing */
};

#endif
