/* What: the work-list as its template reads it: chips, filters, groups of rows. Flow: worklist_page.c reads and fills,
 * worklist_groups() sorts rows under headings. Memory: as long as ctx. Source: mock-ups 04, 04b; ux/README 6. */
#ifndef GAVA_WORKLIST_VIEW_H
#define GAVA_WORKLIST_VIEW_H

#include "frame_view.h"
#include "handover_view.h"
#include "parts_view.h"
#include "todo_view.h"

struct worklist_chip_view {
    struct url url;
    struct str label;
    bool is_current;
};

struct worklist_row_view {
    struct url url;
    struct str title, number, unit;
    struct when_text received;
    struct tag_view tag; /* days left or late, or how it stands */
    bool secret;
    struct str reminded; /* "påmind 2 gånger", "påmind 3 gånger, Nils Berg vet om det"; may be empty */
    struct str state;    /* "ny", "väntar på Amir Haddad"; may be empty */
    struct str promise;  /* "Svar"; may be empty */
    struct when_text due;
    bool is_late;
};

struct worklist_group_view {
    struct str id; /* of the heading, unique on the page */
    struct str title;
    int64_t n; /* rows under it */
    const struct worklist_row_view *rows;
    size_t n_rows;
};

struct worklist_view {
    struct frame_view frame;
    struct str heading;
    struct url action; /* of the filter form: this list */
    struct str scope;  /* mina, enhet, alla, avslutade: kept when filtering */
    bool is_todo;      /* the own list, unfiltered: with a sentence on what is late */
    int64_t n_late, n_today;
    struct when_text today;
    const struct worklist_chip_view *chips;
    size_t n_chips;
    struct str words; /* what was searched for */
    bool is_search, is_filtered;
    const struct option_view *promises;
    size_t n_promises;
    const struct option_view *units;
    size_t n_units;
    const struct option_view *subjects;
    size_t n_subjects;
    struct todo_view todo;     /* what waits for the reader besides cases */
    struct handed_view handed; /* what one is asked to take over, and what one waits for */
    const struct worklist_group_view *groups;
    size_t n_groups;
    bool is_empty;    /* no rows */
    int64_t n_unit;   /* open in the own unit, for the empty list */
    struct url wider; /* the same words in all cases; none when the search went over all */
    struct url clear; /* the list without search and filters */
    struct url unit_list;
    struct url next; /* the page after; none: this is the last */
    bool has_days;   /* some row counts days: the note on working days stands below */
};

#endif
