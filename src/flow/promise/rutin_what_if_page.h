/* What: the figures of a trying in one sentence, for the pages that name one. */
#ifndef GAVA_RUTIN_WHAT_IF_PAGE_H
#define GAVA_RUTIN_WHAT_IF_PAGE_H

#include "what_if.h"

/* "Svara: 41 av 212 hade blivit sena. Som det var: 12 av 212." */
struct str what_if_words(struct ctx *ctx, struct str name, const struct what_if_promises_row *row);

#endif
