/* What: closing on the case page, and what comes after it: what is missing, who closes, the unit meeting, preventive
 * measures, the follow-up, the person's answer. Flow: close_panel_page.c fills it, case_page.html and close_page.html
 * use it. The forms post planned/held to /apt, nothing to /forebyggande/ID, text and version to /oppna, what, code, to
 * and text to /lofte. Memory: as long as ctx. Source: S1.8, S1.10, S1.32, S1.33, S3.36, S3.37, S4.20. */
#ifndef GAVA_CLOSE_PANEL_VIEW_H
#define GAVA_CLOSE_PANEL_VIEW_H

#include "parts_view.h"

/* Something that must be there first. */
struct missing_view {
    struct str text;
    struct str who;  /* who can do it; empty: whoever fills the form in */
    struct url link; /* where one does it; none: see post, event */
    struct str link_text;
    struct url post;  /* a step of one button; none */
    struct str event; /* staff tick it off here; empty: not */
    struct str waive; /* code: one may go on without it, with a reason; empty: not */
    struct field_view reason;
    struct str quote, clause;
};
struct missing_list_view {
    struct str csrf;
    int64_t version;
    struct url promise_url;
    const struct missing_view *missing;
    size_t n_missing;
    bool with_forms; /* on the closing page; else words and links alone */
};

struct prevention_view {
    struct str text, who;
    bool is_needed, is_done, is_late;
    struct when_text due, done;
    struct url done_url; /* none: not for this reader, or done */
};

struct close_panel_view {
    struct str csrf;
    int64_t version;
    bool is_shown; /* the case is far enough to think of its end */
    bool is_closed;
    struct missing_list_view missing;
    struct str state; /* a sentence: nothing is missing; who closes it; who has it for closing */
    struct url close; /* none: in the next step's card, or not for this reader */
    bool hands_in;    /* another role closes: this reader hands it in */
    bool may_reopen, reopen_is_open;
    struct url reopen_url;
    struct field_view reopen;

    bool has_meeting, may_meet, meeting_is_open;
    struct url meeting_url;
    struct when_text planned, held;
    struct field_view planned_field, held_field;

    const struct prevention_view *preventions;
    size_t n_preventions;

    struct url follow_up, heard; /* pages; none: nothing to do */
    struct str survey;           /* a sentence: what the person answered; empty: nothing is known */
    struct when_text survey_at;
};

#endif
