/* What: a request's body while it comes in: in memory up to SPOOL_MEMORY_MAX, beyond that in a file without a name,
 * which is mapped read-only for the parsers. Flow: http.c adds piece by piece; spool_take() gives the whole as one
 * struct str. Memory: file and mapping go with ctx (ctx_defer). A process that dies leaves nothing behind. Source:
 * open(2), O_TMPFILE. */
#ifndef GAVA_SPOOL_H
#define GAVA_SPOOL_H

#include "ctx.h"

enum { SPOOL_MEMORY_MAX = 256 * 1024 };

struct spool {
    size_t max; /* bytes */
    size_t n;
    char *memory;
    size_t room;
    int fd; /* -1: in memory */
};

/* expected: Content-Length, or 0 when not known. */
struct spool spool_begin(struct ctx *ctx, size_t max, size_t expected);
/* ERR_TOO_LARGE: more than max. ERR_IO, ERR_FULL: the disk. dir: where a file may be made. */
MUST_USE enum err spool_add(struct ctx *ctx, struct spool *spool, struct str dir, struct str bytes);
MUST_USE enum err spool_take(struct ctx *ctx, struct spool *spool, struct str *ret);

#endif
