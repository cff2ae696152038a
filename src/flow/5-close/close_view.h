/* What: closing a case: what is still missing, outcome, what was done, what is done so that it does not happen again.
 * Flow: close_page.c. The form posts version, outcome, explanation, referral, measure_kind, measure_done,
 * measure_later, prevention, prevention_what, prevention_who, prevention_due, prevention_why, note. Memory: as long as
 * ctx. Source: S0.24, S1.8, S1.33, S2.32, S3.14, S4.8, S4.20. */
#ifndef GAVA_CLOSE_VIEW_H
#define GAVA_CLOSE_VIEW_H

#include "close_panel_view.h"
#include "frame_view.h"

/* One outcome; two of them need words, which stand below it. */
struct outcome_view {
    struct str code, label, id;
    bool is_chosen, is_misunderstanding, is_not_solvable;
};

struct close_view {
    struct frame_view frame;
    struct str csrf;
    int64_t version;
    struct url action, back;
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct faults_view faults;
    struct str heading; /* of the case */
    struct str title;   /* Avsluta ärendet; Lämna till registratorn för avslut */
    struct str hand_in; /* who closes it, as a sentence; empty: the reader */
    struct str button;
    struct missing_list_view missing;
    const struct outcome_view *outcomes;
    size_t n_outcomes;
    struct field_view outcome, explanation, referral, measure_kind, measure_done, measure_later, note;
    struct str referral_way; /* how the person gets to know, as a sentence */
    bool is_done, is_later, is_none;
    bool has_measure; /* written down before, when the reply was sent */
    bool asks_prevention, prevention_open;
    bool prevents, prevents_nothing;
    struct field_view prevention, prevention_what, prevention_who, prevention_due, prevention_why;
    const struct option_view *people;
    size_t n_people;
    struct str story, guidance;
};

#endif
