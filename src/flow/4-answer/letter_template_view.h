/* What: the municipality's own letters, for those who write them. Flow: letter_template_page.c. Memory: as long as ctx.
 * Source: S0.32; letter_template.h. */
#ifndef GAVA_LETTER_TEMPLATE_VIEW_H
#define GAVA_LETTER_TEMPLATE_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

struct letter_row_view {
    struct str name, source; /* source: whose words hold */
    bool is_own;
    struct url url;
};
struct letters_view {
    struct frame_view frame;
    struct crumbs_view crumbs;
    struct notice_view notice;
    const struct option_view *routines, *languages;
    size_t n_routines, n_languages;
    const struct letter_row_view *letters;
    size_t n_letters;
};

/* A field that may stand in a letter. */
struct letter_field_view {
    struct str mark, meaning; /* "{{phone}}", "kommunens telefonnummer" */
};
struct letter_version_view {
    int64_t version;
    struct when_text saved;
    struct str who, subject, body;
    bool withdrawn;
};
struct letter_edit_view {
    struct frame_view frame;
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct faults_view faults;
    struct str csrf, h1, source, routine, language;
    struct url action, back;
    int64_t version;
    bool is_own;
    struct field_view subject, body;
    const struct letter_field_view *fields;
    size_t n_fields;
    struct str shown_subject, shown_body; /* as the person would get it */
    const struct str *complaints;         /* what is wrong with the text as it stands */
    size_t n_complaints;
    const struct letter_version_view *versions;
    size_t n_versions;
};

#endif
