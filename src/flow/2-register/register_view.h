/* What: the form that sorts a case: type, subject, title, unit, secrecy mark. Flow: register_page.c; it comes again
 * with what was chosen after a fault or when somebody else changed the case. Memory: as long as ctx. Source: S0.28,
 * S4.17. */
#ifndef GAVA_REGISTER_VIEW_H
#define GAVA_REGISTER_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

struct sort_view {
    struct frame_view frame;
    struct str csrf;
    int64_t version;
    struct url action, back;
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct faults_view faults;
    struct str story; /* what the person wrote: beside the choices */
    const struct option_view *types;
    size_t n_types;
    const struct option_view *subjects;
    size_t n_subjects;
    const struct option_view *units;
    size_t n_units;
    struct field_view type, subject, title, unit, provision;
    bool is_secret;
    struct str classify; /* the routine's own guidance, may be empty */
};

#endif
