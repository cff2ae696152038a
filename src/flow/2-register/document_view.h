/* What: one paper of a case to read: a text as a page. Files are downloads and have none. Flow: document_page.c.
 * Memory: as long as ctx. Source: S2.33. */
#ifndef GAVA_DOCUMENT_VIEW_H
#define GAVA_DOCUMENT_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

struct paper_view {
    struct frame_view frame;
    struct crumbs_view crumbs;
    struct str title; /* "Tjänsteanteckning" */
    int64_t number;   /* in the dossier */
    struct when_text at;
    struct str who; /* who wrote it */
    struct str case_number;
    struct str text; /* line ends kept */
    struct documents_view files;
};

#endif
