/* What: a failure of the interface as JSON (application/problem+json), in place of a page. Flow: dispatch.c for every
 * address below /api/. Memory: res. Source: RFC 9457; errors.def. */
#ifndef GAVA_PROBLEM_H
#define GAVA_PROBLEM_H

#include "web.h"

/* res is fresh and has its status. What went wrong with us is not told, only the request's number. Never fails. */
void problem_write(struct ctx *ctx, const struct request *req, struct response *res, enum err err);

#endif
