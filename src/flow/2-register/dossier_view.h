/* What: the dossier as a register list; the form for what is said of one paper; the form that adds a paper; a stamped
 * copy to print. Flow: dossier_page.c, paper_page.c, stamp_page.c. Memory: as long as ctx. Source: OSL 5:2; S2.26,
 * S2.34, S4.19. */
#ifndef GAVA_DOSSIER_VIEW_H
#define GAVA_DOSSIER_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

struct dossier_row_view {
    int64_t number;
    struct when_text at;
    struct str direction; /* "In", "Ut", "Inom" */
    struct str party;     /* "Enskild", with the name when names are shown */
    struct str brief;
    struct str kind; /* "Synpunkt"; of a file its name */
    struct str event_number;
    struct str hidden; /* what the public diary leaves out, in words; may be empty */
    bool is_attachment;
    struct url url, change, stamp; /* change, stamp: none: not for this reader, or not for this paper */
};

struct dossier_view {
    struct frame_view frame;
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct str title, number;
    struct facts_view facts;
    const struct dossier_row_view *rows;
    size_t n_rows;
    bool may_show_names, names_shown;
    struct url show_names, add; /* add: none: not for this reader */
};

/* What is said of a paper; the same fields stand in both forms. */
struct paper_fields_view {
    struct field_view party, party_name, brief, event_number;
    const struct option_view *parties;
    size_t n_parties;
    bool hide_party, hide_brief, is_secret, has_event;
};

struct paper_change_view {
    struct frame_view frame;
    struct str csrf;
    int64_t version;
    struct url action, back;
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct faults_view faults;
    int64_t number;
    struct facts_view facts; /* what cannot be changed: date, kind, direction, size, checksum */
    struct paper_fields_view fields;
};

struct paper_new_view {
    struct frame_view frame;
    struct str csrf, form_token;
    struct url action, back;
    struct crumbs_view crumbs;
    struct faults_view faults;
    struct field_view direction, at, text, files;
    const struct option_view *directions;
    size_t n_directions;
    struct str today;  /* "2026-12-14": the latest day that can be chosen */
    struct str accept; /* of the file field */
    const struct kept_file_view *kept;
    size_t n_kept;
    struct paper_fields_view fields;
};

struct stamp_view {
    struct frame_view frame;
    struct crumbs_view crumbs;
    struct str municipality, authority; /* "Ekhamns kommun", "Socialnämnden" */
    struct when_text arrived;
    struct str diary_number, case_number, direction;
    int64_t number;
    struct str kind, name; /* name: of a file; may be empty */
    struct str text;       /* the words, when it is a text */
    bool is_text;
    struct facts_view facts; /* type, size, checksum: that it is the same as the original */
    struct url original;
};

#endif
