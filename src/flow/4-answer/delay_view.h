/* What: /arende/{nr}/forsening as its templates read it: the form (reason, new date, how it is told) and the look at it
 * before it goes. Flow: delay_page.c fills it; delay_page.html shows it. Memory: as long as ctx. Source: S1.49. */
#ifndef GAVA_DELAY_VIEW_H
#define GAVA_DELAY_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

/* A promise to tell about, or a new date to choose. */
struct delay_choice_view {
    struct str value, label;
    struct str id; /* of the element */
    bool is_chosen;
};

struct delay_view {
    struct frame_view frame;
    struct crumbs_view crumbs;
    struct faults_view faults;
    struct notice_view notice;
    struct str csrf, title;
    int64_t version;
    struct url action, back;
    struct str promise; /* what is about to be missed: "Svara" */
    struct when_text due;
    bool is_late;
    struct str days;          /* "om 3 arbetsdagar", "för 2 arbetsdagar sedan", "i dag" */
    struct when_text own_due; /* the promise's own date, when the person was told another one since; none: the same */
    int64_t nth;              /* which time this is */
    bool cannot_be_told;      /* there is nobody to tell */
    const struct delay_choice_view *promises; /* more than one: choose */
    size_t n_promises;
    struct str code;
    struct field_view reason, new_day, called_day, said, promise_field, how_field;
    const struct delay_choice_view *dates;
    size_t n_dates;
    bool other_date;
    bool is_call;   /* how: a call that was made */
    struct str way; /* how it would be sent: a sentence */
    struct str quote, clause, guidance;
    struct str story;
    /* The look before it goes. */
    struct str day; /* the new date as it came: 2026-12-30 */
    struct when_text new_date;
    struct str counted; /* "9 arbetsdagar från i dag" */
    struct str letter;  /* what the person gets; for a call: what is written down */
    struct str how;
    struct str choice; /* of the dates: the value that was chosen */
};

#endif
