/* What: application/x-www-form-urlencoded, of bodies and of queries, into parts. Never fails on a sequence: as
 * browsers do, a "%" that is not followed by two hexadecimal digits stays as it is.
 * Memory: decoded texts lie in ctx->arena.
 * Source: WHATWG URL 5.1. */
#ifndef GAVA_URLENCODED_H
#define GAVA_URLENCODED_H

#include "web.h"

enum { URLENCODED_PARTS_MAX = 512, URLENCODED_BYTES_MAX = 1 << 20 };

/* charset: of the decoded bytes (charset.h); a field named _charset_ overrides it. ERR_TOO_LARGE: more than
 * URLENCODED_BYTES_MAX bytes or URLENCODED_PARTS_MAX parts. */
MUST_USE enum err urlencoded_parse(struct ctx *ctx, struct str body, struct str charset, struct part **ret,
                                   size_t *ret_n);

#endif
