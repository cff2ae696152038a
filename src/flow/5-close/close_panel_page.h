/* What: fills closing's part of the case page, and the list of what is missing wherever it is shown. Memory: as long as
 * ctx. Not here: what its buttons do (close_page.c, meeting_page.c, after_page.c). Source: S1.8, S4.20. */
#ifndef GAVA_CLOSE_PANEL_PAGE_H
#define GAVA_CLOSE_PANEL_PAGE_H

#include "case_page.h"
#include "close.h"
#include "close_panel_view.h"

/* next: where the next step's button leads, so that it is not offered twice. */
MUST_USE enum err close_panel_fill(struct ctx *ctx, const struct open_case *c, const struct case_again *again,
                                   struct str csrf, struct url next, struct close_panel_view *ret);
/* Without what one chooses in the closing form itself. again: a reason that came back. */
struct missing_list_view missing_views(struct ctx *ctx, const struct open_case *c, const struct missing *missing,
                                       size_t n, struct str csrf, const struct case_again *again);
/* It is put right in the closing form. */
bool missing_is_in_form(const struct missing *missing);

#endif
