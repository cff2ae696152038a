/* What: fills the letters' part of the case page: those that wait to be posted and those that were. Flow: case_fill ->
 * here. Memory: as long as ctx. Not here: what its buttons do (note_page.c, posting_page.c). Source: S2.24, S4.4. */
#ifndef GAVA_LETTER_PANEL_PAGE_H
#define GAVA_LETTER_PANEL_PAGE_H

#include "change.h"
#include "posting_view.h"

MUST_USE enum err letter_panel_fill(struct ctx *ctx, const struct open_case *c, struct str csrf,
                                    struct letter_panel_view *ret);

#endif
