/* What: the log of measures: what is or will be done about what a case tells. Flow: case page -> measure_log (done, or
 * planned with a day) -> measure_finish or measure_drop; the reply and the closing add theirs by measure_add. Owns:
 * measure, cases.corrected. Invariants: (1) the words are a paper of the kind "measure", sealed, in the search; (2)
 * done lies between the day the case came in and today; (3) cases.corrected is the day the last one was done while none
 * is left to do: what is counted as the time until it was put right (S4.6). Memory: as long as ctx. Not here: outcome
 * and kind of the whole case (5-close), what is learnt (6-learn), reminding (todo.h: a planned one waits in the list of
 * the one who does it). Source: S1.50, S2.32, S4.6. */
#ifndef GAVA_MEASURE_H
#define GAVA_MEASURE_H

#include "change.h"
#include "measure_sql.h"

enum { MEASURE_MAX_CHARS = 2000 };

struct new_measure {
    struct str text;
    struct date done;   /* DATE_NONE: it is still to be done */
    struct date due;    /* of one still to be done: the day; DATE_NONE: no day was set */
    struct user_id who; /* who does or did it; .v 0: not said */
};

/* Inside a transaction that holds the case, without a step: with the reply or the closing. The fact measures_logged
 * is set. ERR_INVALID: no text, too long, or a day it cannot be. */
MUST_USE enum err measure_add(struct ctx *ctx, const struct open_case *c, const struct new_measure *m,
                              struct document_id *ret);
/* Each its own transaction. */
MUST_USE enum err measure_log(struct ctx *ctx, struct str number, const struct new_measure *m);
/* ERR_NOT_FOUND: no such measure to be done. ERR_INVALID: a day it cannot have been. */
MUST_USE enum err measure_finish(struct ctx *ctx, struct str number, struct measure_id id, struct date done);
/* It will not be done. ERR_INVALID: no reason. */
MUST_USE enum err measure_drop(struct ctx *ctx, struct str number, struct measure_id id, struct str reason);

/* A day something may have been done: from the day the case came in until today. */
bool measure_day_ok(struct ctx *ctx, const struct open_case *c, struct date done);

#endif
