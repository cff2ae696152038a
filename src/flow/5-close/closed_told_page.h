/* What: fills how a case ended for the person who wrote. Memory: as long as ctx. Not here: the words of staff: they are
 * working notes; what the person was told stands among the messages. Source: S1.10, S2.30. */
#ifndef GAVA_CLOSED_TOLD_PAGE_H
#define GAVA_CLOSED_TOLD_PAGE_H

#include "change.h"
#include "closed_told_view.h"

MUST_USE enum err closed_told_fill(struct ctx *ctx, const struct open_case *c, struct closed_told_view *ret);

#endif
