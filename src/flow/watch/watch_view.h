/* What: the watchdog's page: groups in plain words, a line for each thing, since when and what to do. Flow:
 * watch_page.c. Memory: as long as ctx. Source: ux/README 6; domain.md 4.2. */
#ifndef GAVA_WATCH_VIEW_H
#define GAVA_WATCH_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

struct watch_line_view {
    struct url url;         /* where something can be done; none: nowhere */
    struct str name;        /* "2026-0413", "skicka mejl" */
    struct str unit;        /* may be empty */
    struct str more;        /* "Svara", "550 5.1.1"; may be empty */
    struct when_text since; /* none: not known */
    struct tag_view age;    /* "5 timmar", "3 dagar"; empty: not known */
};

struct watch_group_view {
    struct str id, title, what_to_do;
    int64_t n;
    bool is_more;   /* there are more than are shown */
    bool is_hidden; /* the reader sees how many, not which */
    const struct watch_line_view *lines;
    size_t n_lines;
};

struct watch_unit_view {
    struct str name;
};

struct watch_view {
    struct frame_view frame;
    struct when_text now;
    int64_t n;
    bool is_admin_only; /* no cases, only how many */
    const struct watch_group_view *groups;
    size_t n_groups;
    const struct watch_unit_view *idle;
    size_t n_idle;
};

#endif
