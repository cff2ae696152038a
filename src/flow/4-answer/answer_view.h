/* What: writing the reply, and the look at it before it goes. Flow: answer_page.c: the editor saves a draft; the second
 * page shows the saved draft as the person will read it, with what the routine still asks for, and sends it. Memory: as
 * long as ctx. Source: mock-up 05b without the consultation. */
#ifndef GAVA_ANSWER_VIEW_H
#define GAVA_ANSWER_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

/* A gate of the routine that is not open. */
struct gate_view {
    struct str text;        /* what must have happened */
    struct when_text opens; /* none: something must happen first */
    struct str quote, clause;
    bool may_skip;
};

struct answer_view {
    struct frame_view frame;
    struct str csrf;
    int64_t draft_version;
    struct url action, back;
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct faults_view faults;
    struct str h1, heading; /* heading: of the case; empty when h1 tells it */
    struct when_text due;   /* of the reply; none: no such promise runs */
    bool is_late;
    int64_t days_left;
    struct field_view text, measure_kind, measure_done, measure_later, gate_reason;
    bool is_done, is_later, is_none;

    /* somebody else saved meanwhile: their words beside the own */
    bool has_other;
    struct str other, other_by;
    struct when_text other_at;

    struct str story, way, guidance;

    /* the second page */
    struct url edit;
    struct str letter;        /* as the person reads it */
    struct str measure_words; /* "Det är redan åtgärdat: ..."; empty: not said */
    const struct gate_view *gates;
    size_t n_gates;
    bool may_send; /* no gate that may not be skipped is shut */
    bool needs_reason;
};

#endif
