/* What: makes Ekhamn: store, keys, routines, units, people. Flow: demo_cmd.c -> demo_town_make -> demo_walk.
 * Memory: as long as ctx. Not here: the cases. */
#ifndef GAVA_DEMO_TOWN_H
#define GAVA_DEMO_TOWN_H

#include "demo_data.h"
#include "store.h"

/* Everybody's, in the demo only. */
#define DEMO_PASSWORD STR("ekhamn-prova-2026")

/* Make the municipality in an empty place and open it on ctx (db, vault, town). ERR_CONFLICT: it is there already. */
MUST_USE enum err demo_town_make(struct ctx *ctx, const struct where *where, const struct demo_data *data);

#endif
