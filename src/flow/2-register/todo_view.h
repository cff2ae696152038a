/* What: what waits for the person logged in, as its template reads it. Memory: as long as ctx. Source: mock-up 04. */
#ifndef GAVA_TODO_VIEW_H
#define GAVA_TODO_VIEW_H

#include "parts_view.h"

struct todo_row_view {
    struct url url;
    struct str what;          /* "Ring personen" */
    struct str number, title; /* of the case; empty: it may not be seen */
    struct tag_view tag;      /* days left or late; empty text: no time was set */
    struct when_text due;
};

struct todo_view {
    const struct todo_row_view *rows; /* those that are shown at once */
    size_t n_rows;
    const struct todo_row_view *more; /* folded away, so that one's own cases are in sight */
    size_t n_more;
};

#endif
