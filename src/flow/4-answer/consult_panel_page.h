/* What: fills the part of the case page about those asked and about a reply that goes by itself. Flow: case_fill ->
 * here. Not here: what its buttons do (consult_page.c). Memory: as long as ctx. Source: mock-up 05 "Svarsutkast". */
#ifndef GAVA_CONSULT_PANEL_PAGE_H
#define GAVA_CONSULT_PANEL_PAGE_H

#include "change.h"
#include "consult_view.h"
#include "routine.h"

/* facts: the case's, as the promises were worked out from. */
MUST_USE enum err consult_panel_fill(struct ctx *ctx, const struct open_case *c, const struct facts *facts,
                                     struct str csrf, bool has_draft, struct consult_panel_view *ret);
/* A reply goes by itself: when, and who planned it. No notice: none waits. */
MUST_USE enum err plan_notice(struct ctx *ctx, const struct open_case *c, struct notice_view *ret);

#endif
