/* What: handing a case over, as the templates read it: the form, the look at it before it is done, the panel on the
 * case page, the groups above the work-list, and the question of which only the title is shown. Flow:
 * handover_page.c, handover_panel_page.c and handover_lists_page.c fill them; handover_page.html shows them. Memory:
 * as long as ctx. Source: S0.29, S1.7, S1.9, S1.35; mock-ups 04, 05 "Lämna över ärendet". */
#ifndef GAVA_HANDOVER_VIEW_H
#define GAVA_HANDOVER_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

/* ---- the form ---- */

struct candidate_view {
    struct str value; /* of the field: the log-in name */
    struct str name, title;
    struct str away;          /* "borta till 7 januari; Lena Ek står in"; empty: is there */
    struct str stands_in_for; /* empty: for nobody */
    bool is_chosen, is_owner;
};

/* What every view of the form needs again. */
struct handover_form_view {
    struct str csrf;
    int64_t version; /* hand-overs there were when the page was shown */
    struct url action, back;
    struct str unit; /* code of the unit it goes to */
    struct field_view manager, text, silence, ground;
    bool tell_later;
};

struct handover_view {
    struct frame_view frame;
    struct handover_form_view form;
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct faults_view faults;
    struct str title, at;   /* the unit where the case is */
    struct str responsible; /* who answers for it now, as a sentence */
    struct str forward_by;  /* the routine's limit for handing it on, as a sentence; may be empty */
    struct str warning;     /* it has been handed over before; may be empty */
    const struct option_view *units;
    size_t n_units;
    struct url units_action;
    struct str other_unit; /* where it would go; empty: it stays */
    const struct candidate_view *candidates;
    size_t n_candidates;
    bool owes_notice; /* the person is told */
    bool asks_ground; /* the unit belongs to another board */
    const struct option_view *grounds;
    size_t n_grounds;
    struct str story;
    struct str guidance; /* the routine's own, may be empty */
};

/* ---- the look at it ---- */

struct date_change_view {
    struct str name;
    struct str before, after;           /* "senast 21 december", "hållet 14 december", "inget sådant löfte" */
    struct str why;                     /* may be empty */
    const struct explain_view *explain; /* of the new date; NULL: none */
    bool is_changed;
};

struct handover_check_view {
    struct frame_view frame;
    struct handover_form_view form;
    struct crumbs_view crumbs;
    struct faults_view faults;
    struct str name, title, unit;
    struct str away;             /* may be empty */
    struct str warning, returns; /* sentences; may be empty */
    bool is_other_unit;
    struct str sees;    /* what the other unit will see */
    struct str routine; /* which routine applies there */
    bool is_other_routine;
    const struct date_change_view *changes;
    size_t n_changes;
    bool asks_ground;
    struct str ground;  /* the chosen one in words; empty: only the title goes */
    struct str letter;  /* to the person; empty: none */
    struct str way;     /* how it goes */
    struct str silence; /* why not; empty: the letter goes */
};

/* ---- on the case page ---- */

struct handover_panel_view {
    struct str csrf;
    int64_t version;
    struct str name, title; /* who answers for the case now */
    struct str why;         /* "Ansvarig sedan 14 december." */
    struct str stand_in;    /* "Borta till 7 januari. Lena Ek står in."; may be empty */
    bool is_waiting;
    struct str asked; /* "Lämnat till Amir Haddad 14 december." */
    struct when_text answer_by;
    bool is_late;
    bool needs_ground, is_willing; /* across boards */
    const struct option_view *grounds;
    size_t n_grounds;
    struct str last_answer, last_reason; /* the latest no; may be empty */
    struct str count;                    /* "Lämnat över 2 gånger."; may be empty */
    bool count_warns;
    bool owes_notice; /* the person does not know who takes over */
    struct str silence;
    bool may_answer, may_hand_over, may_take_back, has_owner, accept_above;
    struct url accept_url, decline_url, take_back_url, ground_url, tell_url, hand_over_url;
    struct field_view reason;
    bool decline_open;
};

/* ---- above the work-list ---- */

struct handed_row_view {
    struct url url;
    struct str number, title, unit, who; /* who: "Maria Sjögren bad dig 14 december", "väntar på Amir Haddad" */
    struct when_text answer_by;
    bool is_late;
    struct str promise;
    struct when_text due;
};
struct handed_group_view {
    struct str id, title, text;
    int64_t n; /* rows */
    const struct handed_row_view *rows;
    size_t n_rows;
};
struct handed_view {
    const struct handed_group_view *groups;
    size_t n_groups;
};

/* ---- only the title ---- */

struct blind_view {
    struct frame_view frame;
    struct str csrf;
    struct url action;
    struct faults_view faults;
    struct str number, title, type, from, by;
    struct when_text asked;
    bool is_willing;
    struct field_view reason;
};

#endif
