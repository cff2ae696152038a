/* What: fills the diary's part of the case page. Flow: case_fill -> here. Not here: what its buttons do (diary_page.c).
 * Memory: as long as ctx. Source: S4.19, S4.20. */
#ifndef GAVA_DIARY_PANEL_PAGE_H
#define GAVA_DIARY_PANEL_PAGE_H

#include "diary.h"
#include "diary_panel_view.h"

/* facts: the case's, as the promises were worked out from. csrf goes into the forms. usual_days: working days after
 * which waiting for the diary is late where the routine says nothing (settings.def, registration_working_days). */
MUST_USE enum err diary_panel_fill(struct ctx *ctx, const struct open_case *c, const struct facts *facts,
                                   struct str csrf, int64_t usual_days, struct diary_panel_view *ret);
/* "3 arbetsdagar", "i dag": working days from then to today. */
struct str diary_days_words(struct ctx *ctx, const struct open_case *c, struct utc_us since, struct utc_us until);
/* Who the routine gives it to: "registrator". */
struct str diary_role_words(struct ctx *ctx, const struct routine *routine, struct str role);

#endif
