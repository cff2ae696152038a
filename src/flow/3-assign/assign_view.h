/* What: choosing who takes care of a case. Flow: assign_page.c. Memory: as long as ctx. Source: S0.29, mock-up 05
 * "Lämna över ärendet". */
#ifndef GAVA_ASSIGN_VIEW_H
#define GAVA_ASSIGN_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

struct manager_view {
    struct str value; /* of the field: the log-in name */
    struct str name, title;
    bool is_chosen, is_owner;
};

struct assign_view {
    struct frame_view frame;
    struct str csrf;
    int64_t version;
    struct url action, back, sort;
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct faults_view faults;
    struct str title, unit, owner;
    bool may_sort;
    const struct manager_view *managers;
    size_t n_managers;
    struct field_view manager, text;
    struct str story;
    struct str handover; /* the routine's own guidance, may be empty */
};

#endif
