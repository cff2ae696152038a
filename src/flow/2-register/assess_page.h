/* What: the question whether it is a case at all, on the case page: asked, judged, or still to be asked. Flow:
 * case_fill_page.c -> assess_fill -> {{use assess_panel(...)}}, {{use assess_ask(...)}}; POST /arende/{nr}/bedom ->
 * assess.h. Memory: as long as ctx. Source: S2.22. */
#ifndef GAVA_ASSESS_PAGE_H
#define GAVA_ASSESS_PAGE_H

#include "assess_view.h"
#include "case_page.h"

MUST_USE enum err assess_fill(struct ctx *ctx, const struct open_case *c, const struct case_again *again,
                              struct str csrf, struct assess_view *ret);

#endif
