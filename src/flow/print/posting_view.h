/* What: letters to post, as the list (/brev) and the case page show them. Flow: posting_page.c, letter_panel_page.c.
 * Memory: as long as ctx. Source: S2.24, S4.4. */
#ifndef GAVA_POSTING_VIEW_H
#define GAVA_POSTING_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

struct posting_row_view {
    struct str ref, id; /* "12-3"; id of the element */
    struct str kind;    /* "Svar" */
    struct str number, title, unit, owner;
    struct url look, case_url; /* look: none when there are no words to print */
    struct tag_view tag;       /* days left, or late */
    struct when_text since, due;
    struct str printed; /* "Utskrivet 14 december av Maria Sjögren"; may be empty */
    bool is_secret, is_chosen;
};

struct posted_row_view {
    struct str number, kind, text; /* "Postat 15 december. Markerat 16 december av Maria Sjögren" */
    struct url case_url;
    struct url undo; /* to post to; none: not any more */
    struct str csrf;
};

struct posting_view {
    struct frame_view frame;
    struct crumbs_view crumbs;
    struct faults_view faults;
    struct notice_view notice;
    struct str csrf, today;
    const struct posting_row_view *rows;
    size_t n_rows;
    struct field_view choose, day;
    struct url all, next; /* none: everything is chosen already; no more */
    const struct posted_row_view *posted;
    size_t n_posted;
};

/* On the case page. */
struct letter_panel_row_view {
    struct str kind, state; /* "Postat 15 december av Maria Sjögren" */
    struct url look, mark, undo;
    struct str id;
};
struct letter_panel_view {
    struct str csrf, today;
    const struct letter_panel_row_view *rows;
    size_t n_rows;
};

#endif
