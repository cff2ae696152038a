/* What: the record of an exit as the case page and the person's follow-up page read it. Flow: exit_panel_page.c.
 * The forms post reference; copy and files; nothing. Memory: as long as ctx. Source: S2.38-S2.43, S3.24-S3.29. */
#ifndef GAVA_EXIT_PANEL_VIEW_H
#define GAVA_EXIT_PANEL_VIEW_H

#include "parts_view.h"

/* On the case page. */
struct exit_link_view {
    struct str name;
    struct url url;
};
struct exit_panel_view {
    struct str csrf;
    int64_t version;
    bool may_exit;
    struct url url;
    const struct exit_link_view *alarms;
    size_t n_alarms;

    bool has_exit, is_undone;
    struct str name;
    struct facts_view facts;
    bool was_heard; /* the person wrote since, and nobody has looked */
    struct url look_url;
    bool may_take; /* this reader is the one it was handed to, and has not said so yet */
    bool asks_reference;
    struct url taken_url;
    struct field_view reference;
    bool asks_copy;
    struct url copy_url;
    struct str accept;
    struct field_view copy, files;
    bool may_undo;
    struct url undo_url;
};

/* On the submitter's own page. */
struct exit_told_view {
    bool has_exit;
    struct str name, to;
    struct when_text at;
    bool waits_copy;
};

#endif
