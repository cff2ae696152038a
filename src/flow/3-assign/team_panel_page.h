/* What: fills the case page's panel on who takes part. Flow: case_fill -> team_panel_fill; team_page.c does what its
 * forms ask. Memory: as long as ctx. Source: S1.12. */
#ifndef GAVA_TEAM_PANEL_PAGE_H
#define GAVA_TEAM_PANEL_PAGE_H

#include "case_page.h"
#include "team_view.h"

MUST_USE enum err team_panel_fill(struct ctx *ctx, const struct open_case *c, const struct case_again *again,
                                  struct str csrf, struct team_panel_view *ret);

#endif
