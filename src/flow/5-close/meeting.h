/* What: the unit meeting (arbetsplatsträff, APT) at which a case is talked through: the day it is planned for, the day
 * it was held. Flow: case page, or the list /apt with many at once -> meeting_set. Owns: unit_meeting. Invariants: (1)
 * a day that was set is the date of the promise to do it, where the routine sets none; (2) what was held is in the
 * journal with its day. Memory: as long as ctx. Not here: which routine wants it (unit_meeting_held in its file).
 * Source: S3.36, S3.37; S0 Arbetsrutin 12. */
#ifndef GAVA_MEETING_H
#define GAVA_MEETING_H

#include "change.h"
#include "meeting_sql.h"

struct meeting {
    struct date planned, held; /* DATE_NONE: not set, not held */
};

MUST_USE enum err meeting_of(struct ctx *ctx, struct case_id id, struct meeting *ret);
/* The routine asks for one. */
bool meeting_is_wanted(const struct routine *routine);
/* Own transaction. is_held: it took place on this day, else it is planned for it. ERR_INVALID: held tomorrow, planned
 * for yesterday, or no day. */
MUST_USE enum err meeting_set(struct ctx *ctx, struct str number, struct date day, bool is_held);

#endif
