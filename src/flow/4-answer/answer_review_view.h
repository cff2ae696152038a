/* What: what is looked at before a reply goes. Flow: answer_review_page.c fills it; part of answer_check_page.html.
 * Memory: as long as ctx. Source: S2.31; answer_review.h. */
#ifndef GAVA_ANSWER_REVIEW_VIEW_H
#define GAVA_ANSWER_REVIEW_VIEW_H

#include "answer_advice_view.h"
#include "parts_view.h"

struct disclosure_view {
    struct str kind, text;
};
struct review_view {
    const struct str *left; /* what the person asked for and nobody ticked */
    size_t n_left;
    bool stops; /* they stop the reply */
    struct str asked_fault;
    bool needs_check;
    struct field_view secrecy;
    const struct disclosure_view *found;
    size_t n_found;
    struct advice_view advice;
};

#endif
