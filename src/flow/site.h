/* What: where a municipality's pages are, as a mail or a letter on paper names them. Invariant: no slash at the end.
 * Memory: as long as ctx. Source: settings base_url and hosts. */
#ifndef GAVA_SITE_H
#define GAVA_SITE_H

#include "html.h"
#include "server.h"

/* "https://synpunkter.ekhamn.se". The setting `hosts` gives a municipality a name of its own. */
struct str site_address(struct ctx *ctx, const struct server *server, const struct municipality *municipality);
/* The page where number and code are given. */
struct url follow_address(struct ctx *ctx, const struct server *server, const struct municipality *municipality);

#endif
