/* What: the panel that tells how a case was taken in: by whom, when it was said, what was asked. Flow: case_fill ->
 * taken_fill. Memory: as long as ctx. Not here: taking in (take_in.h). Source: S3.13, S3.16; domain.md 2.1 no. 2. */
#ifndef GAVA_TAKEN_PAGE_H
#define GAVA_TAKEN_PAGE_H

#include "change.h"
#include "taken_view.h"

/* No facts when the person wrote self. */
MUST_USE enum err taken_fill(struct ctx *ctx, const struct open_case *c, struct taken_view *ret);

#endif
