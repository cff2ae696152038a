/* What: the pages of the exits as their templates read them: the list of a routine's exits, one of them before it is
 * taken, taking it back, and the numbers. Flow: exit_page.c, exits_page.c. The form posts val, version, text, body,
 * reference, reason, grounds, unit, receiver, silent, counted, with_story. Memory: as long as ctx. Source: S2.38-S2.43,
 * S3.24-S3.29. */
#ifndef GAVA_EXIT_VIEW_H
#define GAVA_EXIT_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

/* One exit of the routine. */
struct exit_row_view {
    struct str name, means; /* what it does, in a sentence */
    struct str to;          /* where it goes; may be empty */
    struct str clause, quote, interpretation;
    struct tags_view tags; /* urgent, restricted */
    bool may;              /* this person may take it now */
    struct url url;
};

struct exit_list_view {
    struct frame_view frame;
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct str title, routine, story;
    struct url back, move; /* move: the page that moves a case */
    bool may_move, may_count;
    const struct exit_row_view *exits;
    size_t n_exits;
};

struct exit_ground_view {
    struct str id, text;
    bool is_chosen, not_alone;
};
struct exit_promise_view {
    struct str text;
    struct when_text due;
};

/* One exit, before it is taken. */
struct exit_form_view {
    struct frame_view frame;
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct faults_view faults;
    struct str csrf;
    int64_t version;
    struct url action, back, list;
    struct str code, shown_body; /* the body whose words stand in the form */
    const struct exit_row_view *exit;
    struct str story;
    struct str emergency; /* may be empty */
    struct str disposal;  /* may be empty */

    const struct option_view *bodies; /* none: no body is chosen here */
    size_t n_bodies;
    struct field_view body;
    struct str body_letter; /* what it is sent; empty: nothing */
    bool by_mail;
    struct field_view with_story;
    bool story_goes, story_stays;

    const struct option_view *units; /* none: no unit is chosen here */
    size_t n_units;
    bool is_move;
    struct field_view unit;
    const struct option_view *receivers; /* only when one person alone gets it */
    size_t n_receivers;
    struct field_view receiver;

    const struct exit_ground_view *grounds;
    size_t n_grounds;
    struct field_view grounds_field;
    bool asks_reason, asks_reference, needs_reference;
    struct field_view reason, reference;

    struct field_view text;
    struct str way; /* how the person is told, as a sentence */
    bool may_be_silent, is_silent, may_count, is_counted;

    struct str told; /* who gets to know at once, as a sentence; may be empty */
    bool is_stand_in;
    struct str seen; /* who sees the case afterwards, as a sentence */
    bool is_sole;
    const struct exit_promise_view *ends, *begins;
    size_t n_ends, n_begins;
    struct str button;
};

struct exit_undo_view {
    struct frame_view frame;
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct faults_view faults;
    struct str csrf;
    int64_t version;
    struct url action, back;
    struct str name, way;
    struct field_view reason, text;
};

/* How often each exit is taken. */
struct exit_count_view {
    struct str name, unit;
    int64_t n, n_undone;
};
struct exit_handed_view {
    struct str number;
    struct when_text at;
};
struct exits_view {
    struct frame_view frame;
    struct notice_view notice;
    bool may_count;
    int64_t year;
    const struct option_view *years;
    size_t n_years;
    const struct exit_count_view *counts;
    size_t n_counts;
    int64_t n_all, n_undone;
    const struct exit_handed_view *handed;
    size_t n_handed;
};

#endif
