/* What: how a case came in, for the case page: when it came, was taken in and registered, and how long that took; a
 * post's address; who it was forwarded for. Flow: case_fill_page.c -> arrival_fill -> {{use arrival(...)}}. Memory: as
 * long as ctx. Source: S0.26, S2.15, S3.23; domain.md 2.1 no. 2. */
#ifndef GAVA_ARRIVAL_PAGE_H
#define GAVA_ARRIVAL_PAGE_H

#include "arrival.h"
#include "arrival_view.h"

MUST_USE enum err arrival_fill(struct ctx *ctx, const struct open_case *c, struct arrival_view *ret);

#endif
