/* What: fills "Kopior" on the case page. Flow: case_fill -> here. Not here: sending (case_copy.h). Memory: as long as
 * ctx. Source: S0.38, S2.32, S2.34, S4.20. */
#ifndef GAVA_COPY_PANEL_PAGE_H
#define GAVA_COPY_PANEL_PAGE_H

#include "case_copy.h"
#include "copy_panel_view.h"

MUST_USE enum err copy_panel_fill(struct ctx *ctx, const struct open_case *c, struct str csrf,
                                  struct copy_panel_view *ret);

#endif
