/* What: what is printed for a unit: the poster, the form to fill in, the form for what was said aloud; and the page
 * where staff choose (/affisch). Flow: poster.c fills the paper, poster_page.c the page; poster_page.html shows both,
 * the same sheets on the page as in the PDF. Memory: as long as ctx. Source: ux 08; S0.10-S0.14, S0.44, S4.1, S4.3. */
#ifndef GAVA_POSTER_VIEW_H
#define GAVA_POSTER_VIEW_H

#include "frame_view.h"
#include "parts_view.h"
#include "qr.h"

/* One of the boxes in the band: "Du får svar inom" "10 arbetsdagar". */
struct poster_promise_view {
    struct str text, amount;
    struct str from; /* when it does not count from the day it came in: "från att ..."; else empty */
};

struct poster_paper_view {
    struct str title; /* of the document */
    struct str municipality;
    struct str unit, unit_code;
    struct str address; /* as people type it: "ekhamn.example/synpunkter?unit=norr" */
    struct qr qr;
    struct str phone; /* the unit's, else the municipality's; may be empty */
    struct str hours; /* when somebody answers; may be empty */
    struct str post;  /* where to come or write, one line; may be empty */
    const struct poster_promise_view *promises;
    size_t n_promises;
    const struct str *points; /* how one receives what is said: the routine's own checklist, for the oral form */
    size_t n_points;
    struct str points_title;
    bool with_poster, with_form, with_oral;
};

struct poster_view {
    struct frame_view frame;
    struct html sheets; /* the paper, in its own language */
    const struct option_view *units;
    size_t n_units;
    bool in_english; /* the paper, not the page */
    struct url pdf, form_pdf, oral_pdf, places;
    struct str address;    /* whole, as the code says it */
    bool address_is_guess; /* base_url is not set: it is the one this browser uses */
    struct str lang;       /* of the paper */
    int64_t n_overdue;     /* places of this unit nobody looked at in time */
};

#endif
