/* What: the words of a difference, for the pages that show one. Flow: rutin_changes_page.c, rutin_new_page.c. */
#ifndef GAVA_RUTIN_CHANGES_PAGE_H
#define GAVA_RUTIN_CHANGES_PAGE_H

#include "rule_words.h"

/* "2 löften är ändrade, 1 är nytt. 3 andra regler skiljer.": "Inget skiljer." when nothing does. */
struct str changes_summary(struct ctx *ctx, const struct routine_diff *diff);

#endif
