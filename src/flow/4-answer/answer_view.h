/* What: writing the reply. Flow: answer_page.c. Memory: as long as ctx. Source: mock-up 05b. */
#ifndef GAVA_ANSWER_VIEW_H
#define GAVA_ANSWER_VIEW_H

#include "answer_head_view.h"
#include "frame_view.h"

struct answer_view {
    struct frame_view frame;
    struct answer_head_view head;
    struct str csrf;
    int64_t draft_version;
    struct url action, back;
    struct field_view text, measure_kind, measure_done, measure_later;
    bool is_done, is_later, is_none;

    /* somebody else saved meanwhile: their words beside the own */
    bool has_other;
    struct str other, other_by;
    struct when_text other_at;

    struct str story, way, guidance;
};

#endif
