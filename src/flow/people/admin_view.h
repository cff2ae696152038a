/* What: the administrator's pages: units and people. Memory: as long as the ctx. Source: admin.h; S0.43, S2.44, S3.41.
 */
#ifndef GAVA_ADMIN_VIEW_H
#define GAVA_ADMIN_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

struct admin_view {
    struct frame_view frame;
    int64_t n_units, n_people; /* within reach; people: those who may log in */
};

/* A row of a list: one link and some words. */
struct admin_row_view {
    struct url url;
    struct str title;
    struct str code; /* the unit's code, the person's log-in name */
    struct str more; /* level and flags, title and roles */
    struct tags_view tags;
};
struct admin_list_view {
    struct frame_view frame;
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct str heading, words, add_text;
    struct url action, add, next;
    const struct admin_row_view *rows;
    size_t n_rows;
};

struct admin_day_view {
    struct when_text day;
    struct str name;
    bool is_half;
    struct str number; /* of the row, for the form */
};

struct admin_unit_view {
    struct frame_view frame;
    struct str csrf;
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct faults_view faults;
    bool is_new;
    struct url action, back;
    struct str heading;
    struct field_view code, name, contact_function, phone, email, address, hours, help, provision;
    const struct option_view *above, *levels;
    size_t n_above, n_levels;
    struct field_view above_field, level_field;
    bool is_public, in_directory, is_secret;
    const struct option_view *people; /* to choose a help contact from */
    size_t n_people;
    struct str help_now; /* who helps when nobody is named here; may be empty */
    const struct admin_day_view *days;
    size_t n_days;
    struct url days_url, checklist;
    struct field_view day, day_name;
};

struct admin_role_view {
    struct str role, unit; /* in words */
    struct str value;      /* "role@unit", for the form */
};

struct admin_person_view {
    struct frame_view frame;
    struct str csrf;
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct faults_view faults;
    bool is_new, is_active, is_me;
    struct url action, back;
    struct str heading, login_now;
    struct field_view login, name, title, email, phone, mobile, deputy;
    const struct admin_role_view *held;
    size_t n_held;
    const struct option_view *roles, *units;
    size_t n_roles, n_units;
    struct field_view role, unit;
    struct url role_url, active_url, code_url;
    struct str code;        /* for choosing a password: shown this once; empty: none was made */
    struct when_text until; /* how long it is good */
};

#endif
