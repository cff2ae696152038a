/* What: how a case was taken in by staff, as a panel of the case page. Flow: taken_fill() (taken_page.h) fills it;
 * {{use taken_panel(...)}} shows it. Memory: as long as the ctx whose arena the texts lie in. Source: S0.9, S0.15,
 * S2.6, S3.7, S3.16, S3.19, S3.20. */
#ifndef GAVA_TAKEN_VIEW_H
#define GAVA_TAKEN_VIEW_H

#include "parts_view.h"

struct taken_view {
    struct facts_view facts; /* none: the person wrote self, and no panel is shown */
};

#endif
