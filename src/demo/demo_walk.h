/* What: a year of cases, each a list of actions in time order, done through the real rules by the person whose turn it
 * is, with the clock moved to the moment. Flow: demo_cmd.c after demo_town_make. Invariants: the same data, seed and
 * last moment give the same cases, actions and moments. Memory: uses an arena of its own per action. */
#ifndef GAVA_DEMO_WALK_H
#define GAVA_DEMO_WALK_H

#include "demo_data.h"

enum { DEMO_CASES = 400, UNCLEAR_CASE = 398 /* a post that waits to be judged */ };

/* clock is ctx->clock, which the walk moves; it stands at until at the end. */
MUST_USE enum err demo_walk(struct ctx *ctx, struct clock *clock, const struct demo_data *data, struct utc_us until);

#endif
