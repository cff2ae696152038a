/* What: the page on who is away, as its template reads it. Flow: absence_page.c. Memory: as long as ctx. Source: S0.43,
 * S1.38. */
#ifndef GAVA_ABSENCE_VIEW_H
#define GAVA_ABSENCE_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

struct absence_row_view {
    struct str id, name, when; /* "14–18 december", "från 14 december tills vidare" */
    struct str deputy;         /* "Lena Ek står in."; who acts */
    bool is_now;
};
struct left_row_view {
    struct str name;
    int64_t n; /* open cases */
    struct str stand_in;
};

struct absence_view {
    struct frame_view frame;
    struct str csrf;
    struct notice_view notice;
    struct faults_view faults;
    const struct option_view *people; /* whom one may enter it for, oneself first */
    size_t n_people;
    const struct option_view *deputies;
    size_t n_deputies;
    struct field_view user, first, last, deputy;
    const struct option_view *standing; /* the same people, the present standing deputy chosen */
    size_t n_standing;
    struct field_view standing_deputy;
    const struct absence_row_view *rows;
    size_t n_rows;
    const struct left_row_view *left;
    size_t n_left;
    int64_t n_restricted; /* own open cases that no deputy sees */
};

#endif
