/* What: the case page's panel on who answers for the case, and the groups of hand-overs above the work-list. Flow:
 * case_fill_page.c and worklist_page.c call these; handover_page.html shows them. Memory: as long as ctx. */
#ifndef GAVA_HANDOVER_PANEL_H
#define GAVA_HANDOVER_PANEL_H

#include "case_page.h"
#include "handover_view.h"

/* again: the form "decline" may have come back with a fault. accept_above: the page has the button to take over
 * already. */
MUST_USE enum err handover_panel_fill(struct ctx *ctx, const struct open_case *c, const struct case_again *again,
                                      struct handover_panel_view *ret);
/* "Lämnat till dig", "Väntar på att någon tar emot", and what belongs to those one stands in for. */
MUST_USE enum err handed_fill(struct ctx *ctx, const struct town *town, struct handed_view *ret);

#endif
