/* What: units' own checklists: /checklista (which are missing), /checklista/{unit} (one), and its form. Memory: as long
 * as the ctx. Source: checklist.h; S2.17, S3.4. */
#ifndef GAVA_CHECKLIST_VIEW_H
#define GAVA_CHECKLIST_VIEW_H

#include "frame_view.h"
#include "parts_view.h"
#include "text_blocks.h"

struct checklist_row_view {
    struct url url;
    struct str unit, area;
    struct str owner;          /* empty: missing */
    struct when_text reviewed; /* none: missing */
};
struct checklist_group_view {
    struct str id, title;
    enum tone tone;
    const struct checklist_row_view *rows;
    size_t n_rows;
};
struct checklists_view {
    struct frame_view frame;
    struct notice_view notice;
    bool is_all; /* every unit, not only those one has something to do with */
    struct url mine, all;
    struct str words;
    int64_t n_units, n_missing, n_old;
    const struct checklist_group_view *groups; /* empty ones are left out */
    size_t n_groups;
    bool is_cut; /* more than are shown */
};

struct checklist_manual_view {
    struct str name, more; /* "PDF, 1,2 MB" */
    struct str unit;       /* whose */
    struct url url;
    bool is_own;
};

struct checklist_view {
    struct frame_view frame;
    struct str csrf;
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct faults_view faults;
    struct str unit;
    struct tag_view state;
    struct str whose; /* the unit above whose text is shown; empty: its own, or none */
    bool is_old_version;
    int64_t version;
    struct str owner, saved_by, reviewed_by;
    struct when_text saved, reviewed, review_by;
    const struct text_block *blocks;
    size_t n_blocks;
    const struct crumb_view *versions; /* earlier ones */
    size_t n_versions;
    const struct checklist_manual_view *manuals;
    size_t n_manuals;
    bool may_write, may_review, has_manual;
    struct url write, review, manual, current, routine;
    struct field_view files;
    struct str accept;
};

struct checklist_form_view {
    struct frame_view frame;
    struct str csrf;
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct faults_view faults;
    struct str heading;
    struct url action, back;
    int64_t version;
    bool from_routine; /* the text is the routine's own, as a start */
    struct field_view text, owner;
    const struct option_view *owners;
    size_t n_owners;
};

#endif
