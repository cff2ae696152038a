/* What: how a case came in, as its template reads it. Memory: as long as ctx. */
#ifndef GAVA_ARRIVAL_VIEW_H
#define GAVA_ARRIVAL_VIEW_H

#include "parts_view.h"

struct arrival_view {
    struct facts_view facts; /* dates and how long it took */
    struct url link;         /* of the post; none */
    struct str aside;        /* what is no part of the case; may be empty */
};

#endif
