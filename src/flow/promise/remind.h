/* What: reminders of promises before, on and after their date, and telling the level above; one mail a person and day.
 * Flow: remind_job.c on a working day's morning -> remind_some() over every promise that is near or late, by date ->
 * remind_digests() -> staff_notice.h sends. Owns: reminder, remind_day, staff_setting, cases.reminded,
 * .reminded_due_us, .escalated_id. Invariants: (1) a promise, date, stage and person once, whatever stops in the middle
 * and however many hosts; (2) a reminder never changes a date, a state or a person's part; it is a step in the case's
 * journal; (3) the work costs as much as what is due, whatever the register holds; (4) what has passed its date is
 * mailed whatever the person chose, and so is what the level above must know. Not here: which stage (reminder_stage.h),
 * whom (remind_people.h). Source: S0.23, S1.31, S1.39, S2.28; design.md 1, 3.8; docs/decisions/0027. */
#ifndef GAVA_REMIND_H
#define GAVA_REMIND_H

#include "msg.h"
#include "town.h"

/* The last promise looked at; all zero: begin. */
struct remind_at {
    struct utc_us due;
    struct case_id case_id;
    struct str code;
};

/* Remind of the next promises after *at, each in a transaction of its own. *ret_more false: that was the last. */
MUST_USE enum err remind_some(struct ctx *ctx, struct date today, struct remind_at *at, bool *ret_more);
/* The same for promises whose person was told a new date: of that date. */
MUST_USE enum err remind_some_delayed(struct ctx *ctx, struct date today, struct remind_at *at, bool *ret_more);
/* The same for what came in and is not registered, where the routine promises registering without a date: it is due as
 * the routine's reminders say (OSL 5 kap. 1 §: without delay). at->due is the arrival here. */
MUST_USE enum err remind_some_unregistered(struct ctx *ctx, struct date today, struct remind_at *at, bool *ret_more);
/* One mail for each person with reminders no mail has told of. Own transaction. */
MUST_USE enum err remind_digests(struct ctx *ctx);

/* The lines of a digest: number, what, by when, address. site: site_address(). *ret_n 0: all is done meanwhile. */
MUST_USE enum err remind_digest_text(struct ctx *ctx, const struct lang *lang, struct str site, struct notice_id notice,
                                     struct out *out, int64_t *ret_n);

#endif
