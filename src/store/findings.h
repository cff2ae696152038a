/* What: what a check of stored data found: one sentence each, at most FINDINGS_MAX kept, all counted.
 * Memory: the arena of ctx. */
#ifndef GAVA_FINDINGS_H
#define GAVA_FINDINGS_H

#include "ctx.h"

enum { FINDINGS_MAX = 200 };

struct findings {
    struct str texts[FINDINGS_MAX];
    size_t n;   /* kept */
    size_t all; /* found */
};

PRINTF_LIKE(3, 4) void findings_add(struct ctx *ctx, struct findings *findings, const char *format, ...);

#endif
