/* What: the reply before it goes: as the person will read it, what the routine still asks for, what those asked said,
 * when it shall go, and who stands for it. Flow: answer_check_page.c. Memory: as long as ctx. Source: mock-up 05b. */
#ifndef GAVA_ANSWER_CHECK_VIEW_H
#define GAVA_ANSWER_CHECK_VIEW_H

#include "answer_head_view.h"
#include "answer_review_view.h"
#include "consult_view.h"
#include "frame_view.h"

/* A gate of the routine that is not open, in a list where nothing is said twice. */
struct gate_view {
    struct str text;        /* what must have happened */
    struct str missing;     /* what there is to do about it; may be empty */
    struct when_text opens; /* none: something must happen first */
    struct str quote, clause;
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
    size_t n_shut;           /* the same and those of asks_first */
    bool asks_first;         /* nobody was asked yet, and somebody must be: that comes before all else */
    struct str wish;         /* what the routine wants then, as a sentence */
    struct url consult;      /* where those concerned are asked */
    struct str draft_change; /* the draft is not what those asked read; may be empty */
    struct consult_people_view people;
    struct notice_view plan; /* it goes by itself already */
    bool may_send;           /* no gate that may not be skipped is shut */
    bool may_wait;           /* every gate opens by itself */
    bool waits;              /* that is chosen */
    struct when_text opens;
    struct str waits_for; /* "när Karin Öberg har haft sin tid"; may be empty */
    struct field_view gate_reason;
    bool asks_sign_off, is_signed;
    struct field_view sign_off;
    struct str sign_off_text;
};

#endif
