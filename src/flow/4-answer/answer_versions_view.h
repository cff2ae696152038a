/* What: earlier versions of a draft reply. Flow: answer_versions_page.c. Memory: as long as ctx. Source: S0.34. */
#ifndef GAVA_ANSWER_VERSIONS_VIEW_H
#define GAVA_ANSWER_VERSIONS_VIEW_H

#include "answer_head_view.h"
#include "frame_view.h"

struct draft_version_view {
    struct when_text saved;
    struct str who, text;
    struct url restore;
};
struct answer_versions_view {
    struct frame_view frame;
    struct answer_head_view head;
    struct str csrf;
    struct url back;
    int64_t draft_version;
    const struct draft_version_view *versions;
    size_t n_versions;
};

#endif
