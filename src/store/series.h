/* What: numbers without gaps: case numbers per year, diary numbers per unit's series and year.
 * Invariants: (1) a number is taken in the transaction that uses it: rolled back together; (2) two at once wait for
 * each other. Source: OSL 5:2 (a register without gaps shows that nothing was taken out). */
#ifndef GAVA_SERIES_H
#define GAVA_SERIES_H

#include "db.h"

/* The next number of series code in year: 1, 2, 3 ... A BUG outside a transaction. Statement series_take. */
MUST_USE enum err series_next(struct ctx *ctx, struct str code, int year, int64_t *ret);

#endif
