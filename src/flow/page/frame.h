/* What: the frame of a page made ready from the request: municipality, menu, who is logged in, language, the clock's
 * banner. Flow: every x_page.c: frame_fill(...) into its view's frame, then fill the rest, then render. Memory: as long
 * as ctx. Not here: the error page's (error_page.c). Source: ux/README 2, 7. */
#ifndef GAVA_FRAME_H
#define GAVA_FRAME_H

#include "frame_view.h"
#include "town.h"
#include "web.h"

/* title: of the page alone. has_fault: the page tells of faults ("Fel:" first in the title). */
void frame_fill(struct ctx *ctx, const struct request *req, const struct town *town, enum nav nav, struct str title,
                bool has_fault, struct frame_view *ret);

/* A telephone number as a tel: address: "0980-319 200" gives tel:+46980319200. Empty gives an empty address. */
struct url phone_url(struct ctx *ctx, struct str phone);

#endif
