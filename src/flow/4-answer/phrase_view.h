/* What: the phrase library for those who write it. Flow: phrase_page.c. Memory: as long as ctx. Source: phrase.h. */
#ifndef GAVA_PHRASE_VIEW_H
#define GAVA_PHRASE_VIEW_H

#include "letter_template_view.h"

struct phrase_row_view {
    struct str name, body, scope;
    bool is_retired;
    struct url url;
};
struct phrases_view {
    struct frame_view frame;
    struct crumbs_view crumbs;
    struct notice_view notice;
    const struct phrase_row_view *phrases;
    size_t n_phrases;
};
struct phrase_edit_view {
    struct frame_view frame;
    struct crumbs_view crumbs;
    struct faults_view faults;
    struct str csrf, h1;
    struct url action, back;
    struct field_view name, body;
    const struct option_view *units, *routines, *types;
    size_t n_units, n_routines, n_types;
    const struct letter_field_view *fields;
    size_t n_fields;
    bool is_new, is_retired;
};

#endif
