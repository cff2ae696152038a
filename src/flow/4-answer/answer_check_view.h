/* What: the reply before it goes: as the person will read it, with what the routine still asks for. Flow:
 * answer_check_page.c. Memory: as long as ctx. Source: mock-up 05b without the consultation. */
#ifndef GAVA_ANSWER_CHECK_VIEW_H
#define GAVA_ANSWER_CHECK_VIEW_H

#include "answer_head_view.h"
#include "answer_review_view.h"
#include "frame_view.h"

/* A gate of the routine that is not open. */
struct gate_view {
    struct str text;        /* what must have happened */
    struct when_text opens; /* none: something must happen first */
    struct str quote, clause;
    bool may_skip;
};

struct answer_check_view {
    struct frame_view frame;
    struct answer_head_view head;
    struct str csrf;
    int64_t draft_version;
    struct url action, edit, back;
    struct str subject, letter; /* as the person reads it */
    struct str measure_words;   /* "Det är redan åtgärdat: ..."; empty: not said */
    struct str story, way;
    struct review_view review; /* questions left, does it disclose anybody */
    const struct gate_view *gates;
    size_t n_gates;
    bool may_send; /* no gate that may not be skipped is shut */
    struct field_view gate_reason;
};

#endif
