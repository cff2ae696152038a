/* What: what a check of stored data found: one sentence each, at most FINDINGS_MAX kept, all counted.
 * Memory: the arena given at the beginning. */
#ifndef GAVA_FINDINGS_H
#define GAVA_FINDINGS_H

#include "ctx.h"

enum { FINDINGS_MAX = 200 };

struct findings {
    struct arena *arena;
    struct str texts[FINDINGS_MAX];
    size_t n;   /* kept */
    size_t all; /* found */
};

PRINTF_LIKE(2, 3) void findings_add(struct findings *findings, const char *format, ...);

#endif
