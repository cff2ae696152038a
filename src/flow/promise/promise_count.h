/* What: what became of each promise with a date, counted by unit and day, so that statistics never read the register.
 * Flow: case_promises_refresh() tells how the case's promises were counted before and are now -> rows of one more and
 * one less in the same transaction -> promise_count_job.c folds them -> 6-learn/promise_stats.h sums them up.
 * Owns: promise_day; promise.counted_day, .counted_unit, .outcome, .notice. Invariants: (1) for every unit, day, code,
 * outcome and notice the sum of promise_day is the number of promises counted so (invariant_promise_day); (2) a promise
 * is counted under its own date: a new date the person was told makes nothing timely; (3) what was kept, late or past
 * its date stays with the unit that had the case then; (4) a case that only named people see is not counted. Memory: as
 * long as ctx. Not here: when a promise is late (routine.h), what is shown of small numbers (promise_stats.h).
 * Source: design.md 6; S1.49; docs/decisions/0044. */
#ifndef GAVA_PROMISE_COUNT_H
#define GAVA_PROMISE_COUNT_H

#include "case_promise.h"
#include "promise_count_sql.h"

/* How one promise is counted; day DATE_NONE: not at all. */
struct promise_counted {
    struct str code;
    struct unit_id unit;
    struct date day;
    struct str outcome; /* met, late, open, waived */
    struct str notice;  /* none, before, after: was the person told before the date that it would be late */
};

/* Static words from the state and what the person was told; unit: the case's, or where it stays. */
struct promise_counted promise_counted_of(const struct promise *promise, struct unit_id unit);
/* before: what promise_counted() gave before the rows were written anew. For each of n promises how it is counted now.
 */
MUST_USE enum err promise_count(struct ctx *ctx, const struct open_case *c, const struct promise *promises, size_t n,
                                const struct promise_counted_row *before, size_t n_before,
                                struct promise_counted **ret);
/* Fold at most so many rows. ERR_BUSY: somebody else does it now. Own transaction. */
MUST_USE enum err promise_count_fold(struct ctx *ctx, bool *ret_more);

#endif
