/* What: the record of an exit where a case is read: staff's case page and the person's follow-up page. Flow:
 * case_fill_page.c and follow_page.c fill one member of their view by these. Memory: as long as ctx. Not here: the
 * exits' own pages (exit_page.c). Source: S2.38-S2.43, S3.24-S3.29. */
#ifndef GAVA_EXIT_PANEL_PAGE_H
#define GAVA_EXIT_PANEL_PAGE_H

#include "case_page.h"
#include "exit_panel_view.h"

/* What is left to do with a case that left by an exit, for its next step. */
struct exit_left {
    bool heard;     /* the person wrote since */
    bool untaken;   /* this reader should say that it has arrived */
    bool waits;     /* somebody else should */
    bool unentered; /* it has no number yet */
};

/* For the case page, inside its read transaction. csrf as the page's. */
MUST_USE enum err exit_panel_fill(struct ctx *ctx, const struct open_case *c, const struct case_again *again,
                                  struct str csrf, struct exit_panel_view *ret);
MUST_USE enum err exit_left_of(struct ctx *ctx, const struct open_case *c, struct exit_left *ret);
/* For the person. */
MUST_USE enum err exit_told_fill(struct ctx *ctx, const struct open_case *c, struct exit_told_view *ret);
/* "Felanmälan"; "Inget ärende" for what was judged to be no case (assess.h); or the code when the routine no longer has
 * it. routine NULL: none has it. */
struct str exit_name(struct ctx *ctx, const struct routine *routine, struct str code);

#endif
