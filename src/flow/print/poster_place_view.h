/* What: the register of where posters and forms hang: the list (/affisch/platser) and one place (/affisch/platser/ID).
 * Flow: poster_place_page.c fills them. Memory: as long as ctx. Source: S0.10-S0.12, S4.10. */
#ifndef GAVA_POSTER_PLACE_VIEW_H
#define GAVA_POSTER_PLACE_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

struct place_row_view {
    struct str id;   /* unique on the page */
    struct str csrf; /* for signing */
    struct str name, unit, keeper;
    struct url url, check;
    bool poster, form;
    struct when_text since, next;
    bool is_overdue, is_missing; /* nobody looked in time; something was missing at the last look */
    struct str checked;          /* "Karin Öberg, 3 december: i ordning"; empty: never */
    bool may_check;
};

struct place_check_view {
    struct when_text at;
    struct str who, outcome;
};

/* The fields of a place: a new one, or one that is changed. */
struct place_form_view {
    struct str csrf;
    struct url action;
    struct field_view unit, name, what, since, keeper, weeks;
    const struct option_view *units; /* none: the place has its unit already */
    size_t n_units;
    const struct option_view *keepers; /* the first is nobody in particular */
    size_t n_keepers;
    bool poster, form;
    bool is_new;
};

struct places_view {
    struct frame_view frame;
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct faults_view faults;
    const struct option_view *units; /* the first is all */
    size_t n_units;
    const struct place_row_view *places; /* those overdue first */
    size_t n_places;
    int64_t n_overdue;
    bool may_add;
    struct place_form_view form;
};

struct place_view {
    struct frame_view frame;
    struct str csrf;
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct faults_view faults;
    struct place_row_view place;
    bool ended;
    const struct place_check_view *checks; /* newest first */
    size_t n_checks;
    bool may_edit;
    struct url end;
    struct place_form_view form;
};

#endif
