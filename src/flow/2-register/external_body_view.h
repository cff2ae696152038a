/* What: the directory of bodies outside, for who administers it. Flow: external_body_page.c. Memory: as long as ctx.
 * Source: S2.41. */
#ifndef GAVA_EXTERNAL_BODY_VIEW_H
#define GAVA_EXTERNAL_BODY_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

/* Bodies outside. */
struct body_row_view {
    struct str name, handles, phone, email;
    bool is_retired;
    struct url url;
};
struct bodies_view {
    struct frame_view frame;
    struct notice_view notice;
    const struct body_row_view *bodies;
    size_t n_bodies;
};
struct body_view {
    struct frame_view frame;
    struct notice_view notice;
    struct faults_view faults;
    struct crumbs_view crumbs;
    struct str csrf;
    struct url action, back;
    bool is_new, is_retired;
    struct field_view name, handles, phone, email, address, web, letter_sv, letter_en;
};

#endif
