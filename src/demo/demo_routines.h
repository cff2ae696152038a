/* What: routines on their way in the demo: one version is decided and begins soon, one is a draft that was tried
 * against the year's cases. Flow: demo_cmd.c, after the year is walked. Source: town.yaml, renewals. */
#ifndef GAVA_DEMO_ROUTINES_H
#define GAVA_DEMO_ROUTINES_H

#include "demo_data.h"

/* As of ctx's clock. */
MUST_USE enum err demo_routines(struct ctx *ctx, const struct demo_data *data);

#endif
