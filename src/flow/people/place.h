/* What: the municipality a subcommand works on: store, vault and town, opened from --data or --postgres and
 * --municipality. Memory: closed when ctx ends. Not here: how gava serve keeps them open (proc/). Source: design.md
 * section 5. */
#ifndef GAVA_PLACE_H
#define GAVA_PLACE_H

#include "args.h"
#include "store.h"
#include "town.h"

struct place {
    struct where where;
    struct str municipality; /* STR_NONE: the only one there is */
};

/* For a command's option table. */
#define PLACE_ARGS(place)                                                                                              \
    ARG_TEXT("--data", "DIR", /* needed= */ false, &(place)->where.dir, "folder with the municipality's files"),       \
        ARG_TEXT("--postgres", "URL", /* needed= */ false, &(place)->where.url, "database, instead of --data"),        \
        ARG_TEXT("--municipality", "SLUG", /* needed= */ false, &(place)->municipality,                                \
                 "short name, needed when there are several")

/* Make an empty municipality with its keys, closed again. ERR_CONFLICT when there is one, ERR_INVALID for a bad slug.
 * After any failure nothing of it is left.
 */
MUST_USE enum err place_create(struct ctx *ctx, const struct where *where, struct str slug);
/* Open it and hang it on ctx (db, vault, town) until ctx ends. ERR_INVALID: neither or both of --data and --postgres,
 * or several municipalities and none named; ERR_NOT_FOUND: no such municipality. */
MUST_USE enum err place_open(struct ctx *ctx, const struct place *place);

#endif
