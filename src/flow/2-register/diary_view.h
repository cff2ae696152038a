/* What: the diary's queue as its template reads it: what waits, for how long, for whom, and the one thing to do about
 * each row. Flow: diary_page.c fills it. Memory: as long as ctx. Source: mock-up 04 (rows, chips); S0.23, S4.20. */
#ifndef GAVA_DIARY_VIEW_H
#define GAVA_DIARY_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

struct diary_chip_view {
    struct url url;
    struct str label;
    bool is_current;
};

struct diary_row_view {
    struct url url;
    struct str title, number, diary_number, unit; /* diary_number may be empty */
    struct when_text received;
    struct tag_view tag; /* how long it has waited; red when too long */
    bool secret;
    struct str who;      /* "Registrator", when the routine gives it to somebody else than the reader; may be empty */
    struct url link;     /* where the button leads; none: a form of one button */
    struct url post;     /* where the form goes; none: a link */
    struct str what;     /* of the form: svar, avsluta, oppna */
    struct str button;   /* "Registrera" */
    bool wants_event;    /* the form asks for the diary's event number */
    struct str event_id; /* unique id of that field */
    struct str event_number;
    int64_t version;
};

struct diary_view {
    struct frame_view frame;
    struct str csrf;
    struct notice_view notice;
    struct str wait; /* registrera, akt, svar, avsluta, oppna: which list is shown */
    const struct diary_chip_view *waits;
    size_t n_waits;
    const struct diary_chip_view *whose;
    size_t n_whose;
    struct str heading; /* of the list */
    const struct diary_row_view *rows;
    size_t n_rows;
    struct url next;                                    /* the page after; none: this is the last */
    int64_t n_lag, n_lag_late, lag_median, lag_longest; /* the latest 30 days */
    bool may_publish;
};

#endif
