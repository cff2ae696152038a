/* What: which reminder a date calls for today. Pure. A stage is a number of working days: -2 two before the date, 0 on
 * the day, 1 and 3 after it, then again each few days. Flow: remind.c asks for every promise that is near or late.
 * Rules: (1) a stage's day is a working day of the case's unit, so that nothing is sent into a weekend: a date on a
 * Sunday is reminded of on Friday; (2) only the latest stage reached counts: who starts late is not told twice.
 * Source: design.md 1; S1.31, S2.28; routine.h (struct reminder_rule). */
#ifndef GAVA_REMINDER_STAGE_H
#define GAVA_REMINDER_STAGE_H

#include "routine.h"

struct reminder_stage {
    bool is_any;    /* false: too early */
    int64_t days;   /* the stage */
    bool escalates; /* the level above is told too */
};

/* due: the promise's last day. ERR_INVALID for dates outside the years 1-9999. */
MUST_USE enum err reminder_stage(struct ctx *ctx, const struct reminder_rule *rule, const struct day_rule *days,
                                 struct date due, struct date today, struct reminder_stage *ret);

#endif
