/* What: the front door when several municipalities are served on one address and it does not tell which is meant.
 * Source: design.md contract ("or /{slug}/ in front"). */
#ifndef GAVA_CHOOSE_PAGE_H
#define GAVA_CHOOSE_PAGE_H

#include "web.h"

handler_fn choose_page;

#endif
