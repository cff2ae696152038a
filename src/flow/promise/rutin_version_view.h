/* What: the pages about a routine's versions, for those who work there: what differs (/rutin/V/andringar), the next
 * version (/rutin/V/ny), what it would have meant (/rutin/V/prova), who follows which (/admin/rutiner). Memory: as long
 * as the ctx. Source: routine_version.h, what_if.h. */
#ifndef GAVA_RUTIN_VERSION_VIEW_H
#define GAVA_RUTIN_VERSION_VIEW_H

#include "frame_view.h"
#include "line_diff.h"
#include "parts_view.h"

/* ---- what differs ---- */

struct key_change_view {
    struct str key, before, after; /* "Tid", "10 kalenderdagar", "8 arbetsdagar"; of a new rule before is empty */
};
struct rule_change_view {
    struct str id;        /* of the heading */
    struct str part;      /* "Löfte" */
    struct str name;      /* "Svara" */
    struct tag_view what; /* "Ändrad" */
    const struct key_change_view *keys;
    size_t n_keys;
};
struct line_view {
    enum line_kind kind;
    int64_t before, after; /* 0: not there */
    struct str text;
    bool is_gap; /* lines that are alike are left out here */
};
struct rutin_changes_view {
    struct frame_view frame;
    struct crumbs_view crumbs;
    struct str heading;
    struct str summary; /* "2 löften är ändrade och 1 är nytt." */
    bool has_faults;    /* a draft that is no routine yet: only its lines can be compared */
    const struct rule_change_view *rules;
    size_t n_rules;
    const struct line_view *lines;
    size_t n_lines;
    const struct option_view *others; /* versions to compare with */
    size_t n_others;
    struct url self;
    struct str other_name; /* "Version 1": what it is compared with */
    struct url back, edit; /* edit: none when it is no draft of one's own to change */
};

/* ---- the next version ---- */

struct text_fault_view {
    int64_t line;
    struct str text;    /* the line as it stands; may be empty */
    struct str message; /* what is wrong */
};
struct rutin_new_view {
    struct frame_view frame;
    struct str csrf;
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct faults_view faults;
    struct str heading;
    struct url back, save, publish, discard;
    int64_t seen;     /* version of the draft; 0: nothing is saved yet */
    struct str saved; /* "Sparat 22 november kl. 10.24 av Sara Lund"; empty: not saved */
    struct field_view text, file;
    const struct text_fault_view *text_faults;
    size_t n_text_faults;
    struct str others_text; /* a conflict: what somebody else has saved; empty: none */
    struct url others_url;
    bool may_publish; /* the saved text is a routine */
    struct str summary;
    struct url changes, try_it, read;
    struct str tried; /* "41 av 212 …": the newest trying of this text; empty: not tried */
    struct field_view from, decided_by, number;
    struct str units;        /* who will follow it */
    const struct str *heirs; /* titles of routines that inherit from it */
    size_t n_heirs;
    bool renew_heirs;
    int64_t next;        /* its number */
    struct str earliest; /* first day it may have: 2026-12-15 */
};

/* ---- what it would have meant ---- */

struct what_if_row_view {
    struct str id, name;
    struct str was, would;        /* "12 av 212 var sena", "41 av 212 hade blivit sena" */
    int64_t turned_late;          /* kept as it was, late with the text */
    int64_t percent, percent_new; /* kept in time, of those that were to be kept */
    bool is_new, is_gone;
};
struct rutin_try_view {
    struct frame_view frame;
    struct str csrf;
    struct crumbs_view crumbs;
    struct str heading;
    struct url self, back;
    bool has_faults, is_asked, is_running;
    int64_t n_done, n_all;
    struct when_text since, asked;
    struct str asked_by;
    bool is_old; /* the draft was changed since */
    const struct what_if_row_view *rows;
    size_t n_rows;
};

/* ---- who follows which ---- */

struct rutin_binding_view {
    struct str unit;
    struct when_text from; /* none: since the beginning */
    struct str unit_code, version;
    bool may_undo; /* it has not begun, and is one's own to undo */
};
struct rutin_row_view {
    struct str title, code;
    struct url url;
    struct str version; /* "Version 2, gäller från 1 september 2026" */
    struct str parent;  /* "Bygger på Grundrutin, version 1"; empty: stands alone */
    bool parent_is_old;
    struct str next; /* "Version 3 börjar gälla 1 januari 2027"; empty: none */
    struct url next_url;
    struct str draft; /* "Utkast, sparat av ..." ; empty: none */
    struct url draft_url;
    struct url edit; /* none: not one's own to change */
    const struct rutin_binding_view *now;
    size_t n_now;
    const struct rutin_binding_view *later;
    size_t n_later;
};
struct rutin_list_view {
    struct frame_view frame;
    struct str csrf;
    struct notice_view notice;
    struct faults_view faults;
    const struct rutin_row_view *rows;
    size_t n_rows;
    const struct option_view *units, *routines;
    size_t n_units, n_routines;
    struct field_view unit, routine, from;
    struct str earliest;
};

#endif
