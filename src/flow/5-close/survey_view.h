/* What: the one question after closing, as the person sees it. Flow: survey_page.c. The form posts what (answer,
 * again), answer, words. Memory: as long as ctx. Source: S1.10. */
#ifndef GAVA_SURVEY_VIEW_H
#define GAVA_SURVEY_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

struct survey_view {
    struct frame_view frame;
    struct str csrf;
    struct faults_view faults;
    struct url action;
    struct str number, question;
    struct when_text until;
    bool is_open, is_answered, is_over, is_reopened;
    bool asks_again;  /* the person said no or partly: may we look again? */
    struct str given; /* the answer that stands, in words */
    const struct option_view *answers;
    size_t n_answers;
    struct field_view answer, words;
    struct str call;
    struct url call_url;
};

#endif
