/* What: what a unit takes up at its next meeting (APT): one row a case, without who wrote; to print, and to tick as
 * talked through. Flow: meeting_page.c. The form posts day and held (numbers). Memory: as long as ctx. Source: S3.36,
 * S3.37. */
#ifndef GAVA_MEETING_VIEW_H
#define GAVA_MEETING_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

struct meeting_case_view {
    struct str number, title, type, unit;
    struct url url;
    bool is_secret, is_ticked;
    struct when_text planned; /* none: no day set */
    struct str outcome;       /* empty: not closed yet */
    struct str measure_kind;  /* "Det är redan åtgärdat"; empty */
    const struct str *measures;
    size_t n_measures;
};

struct meeting_list_view {
    struct frame_view frame;
    struct str csrf;
    struct notice_view notice;
    struct faults_view faults;
    struct url action, more; /* more: none */
    struct str printed;      /* "Hemtjänst norr": the unit shown */
    const struct option_view *units;
    size_t n_units;
    const struct meeting_case_view *cases;
    size_t n_cases;
    struct field_view day;
};

#endif
