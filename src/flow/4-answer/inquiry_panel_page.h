/* What: fills the case page's part on the work itself: talks, questions, investigation, working material, measures.
 * Flow: case_fill -> inquiry_panel_fill. Memory: as long as ctx. Not here: what its forms do (inquiry_page.c). Source:
 * mock-up 05; S0.17, S1.30, S1.50, S2.33, S4.7. */
#ifndef GAVA_INQUIRY_PANEL_PAGE_H
#define GAVA_INQUIRY_PANEL_PAGE_H

#include "case_page.h"
#include "document_sql.h"
#include "inquiry_panel_view.h"
#include "routine.h"

/* What the page has read of the case already. */
struct inquiry_sources {
    const struct facts *facts;
    const struct promise *promises;
    size_t n_promises;
    const struct document_list_row *documents;
    const struct str *texts; /* of each document; STR_NONE for files */
    size_t n_documents;
};

MUST_USE enum err inquiry_panel_fill(struct ctx *ctx, const struct open_case *c, const struct case_again *again,
                                     struct str csrf, const struct inquiry_sources *s, struct inquiry_view *ret);

#endif
