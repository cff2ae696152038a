/* What: words compared as people read them: case folded by the Unicode tables (ICU). Source: Unicode 3.13. */
#ifndef GAVA_FOLD_H
#define GAVA_FOLD_H

#include "ctx.h"

/* s in folded case and composed form (NFKC casefold): "ÅSA" and "åsa" become the same. s is UTF-8. Lives as long as
 * ctx. */
struct str fold_case(struct ctx *ctx, struct str s);

#endif
