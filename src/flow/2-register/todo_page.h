/* What: fills the section "Uppgifter åt dig" above the work-list. Memory: as long as ctx. Not here: what waits
 * (todo.h). */
#ifndef GAVA_TODO_PAGE_H
#define GAVA_TODO_PAGE_H

#include "todo.h"
#include "todo_view.h"

MUST_USE enum err todo_fill(struct ctx *ctx, const struct town *town, struct todo_view *ret);
/* "3 dagar kvar", "I dag", "2 dagar sen" of a date, in working days; no text when there is none. */
struct tag_view todo_tag(struct ctx *ctx, const struct town *town, const struct routine *routine, struct utc_us due);

#endif
