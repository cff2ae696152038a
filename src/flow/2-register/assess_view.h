/* What: the question whether it is a case at all, as the case page shows it. Memory: as long as ctx. */
#ifndef GAVA_ASSESS_VIEW_H
#define GAVA_ASSESS_VIEW_H

#include "parts_view.h"

struct assess_view {
    struct str csrf;
    int64_t version;
    struct url url;
    bool is_needed, may_judge, may_ask, is_open;
    struct field_view text;
};

#endif
