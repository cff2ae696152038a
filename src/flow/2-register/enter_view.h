/* What: the form that enters a case in the diary, with what came in beside it. Flow: enter_page.c; it comes again with
 * what was written after a fault. Memory: as long as ctx. Source: S0.23, S2.23; OSL 5:2. */
#ifndef GAVA_ENTER_VIEW_H
#define GAVA_ENTER_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

struct enter_view {
    struct frame_view frame;
    struct str csrf;
    int64_t version;
    struct url action, back;
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct faults_view faults;
    struct facts_view facts; /* arrival, how long it has waited, unit, channel */
    bool is_late;
    struct str waited; /* "3 arbetsdagar" */
    struct str number;
    struct str story;
    struct documents_view documents;
    bool is_external;   /* the number comes from another system */
    struct str pattern; /* how it looks; may be empty */
    struct field_view title, diary_number;
    const struct option_view *parties;
    size_t n_parties;
    struct field_view party;
    bool hide_party, hide_brief, is_secret;
    int64_t n_more; /* others that wait too */
};

#endif
