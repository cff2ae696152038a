/* What: fills what the case page and the person's own page tell of a delay. Flow: case_fill, follow_page.c -> here. Not
 * here: telling (delay_page.c), where the duty stands (delay.h). Memory: as long as ctx. Source: S1.49. */
#ifndef GAVA_DELAY_PANEL_PAGE_H
#define GAVA_DELAY_PANEL_PAGE_H

#include "delay.h"
#include "delay_panel_view.h"

MUST_USE enum err delay_panel_fill(struct ctx *ctx, const struct open_case *c, struct delay_panel_view *ret);
/* promises: the case's, as case_promises() gave them. */
void delay_told_fill(struct ctx *ctx, const struct promise *promises, size_t n, struct delay_told_view *ret);

#endif
