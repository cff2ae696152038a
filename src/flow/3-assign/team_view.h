/* What: who takes part in a case, as its templates read it: the panel of the case page, and the page where somebody is
 * added. Memory: as long as ctx. Source: S1.12; mock-up 05. */
#ifndef GAVA_TEAM_VIEW_H
#define GAVA_TEAM_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

struct team_task_view {
    struct str what, by;
    struct when_text due;
    struct tag_view tag;    /* days left or late; empty text: none */
    struct when_text done;  /* none: not yet */
    struct url post;        /* to tick it off; none */
    struct field_view note; /* what came of it */
    bool is_mine, is_open;
};

struct team_member_view {
    struct str name, title;
    struct url remove; /* to post to; none */
    const struct team_task_view *tasks;
    size_t n_tasks;
};

struct team_panel_view {
    struct str csrf;
    const struct team_member_view *members;
    size_t n_members;
    struct url add; /* none: not for this reader */
};

struct team_person_view {
    struct str login, name, title, unit;
    bool is_chosen;
    bool is_elsewhere; /* under another board: may not be added here */
};

struct team_page_view {
    struct frame_view frame;
    struct crumbs_view crumbs;
    struct faults_view faults;
    struct str csrf, title, number;
    struct url action;
    struct str words; /* searched for */
    bool is_search;
    bool is_restricted, is_secret;
    const struct team_person_view *people;
    size_t n_people;
    struct str who_fault;
    struct field_view task, day;
};

#endif
