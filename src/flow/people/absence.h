/* What: who is away, and who acts in the meantime, so that nothing waits for somebody who is away.
 * Flow: absence_page.c and the managers enter a time away -> absence_refresh() works out who stands in today (also from
 * absence_job.c, when a new day begins) -> visible.sql, case_roles and the log-in's roles let the deputy in.
 * Owns: absence, standing_deputy, stand_in. Invariants: (1) nobody stands in for him- or herself; (2) a stand-in is
 * present and active; (3) stand_in holds what absence_stand_in() says of everybody who is away or has left today; (4)
 * what a deputy does is the deputy's in the journal, "for" the other. Memory: as long as ctx. Not here: what waits for
 * the absent one (handover.h), mails (staff_notice.h). Source: S0.43, S1.38; docs/decisions/0026. */
#ifndef GAVA_ABSENCE_H
#define GAVA_ABSENCE_H

#include "town.h"

/* Who acts for the person at that moment: the person, when present; else the deputy named for the absence, else the
 * standing deputy, else the nearest responsible manager above, then the complaints officer; a deputy who is away passes
 * it on the same way. The person again when there is nobody else at all. Reads the store; no transaction needed. */
MUST_USE enum err absence_stand_in(struct ctx *ctx, struct user_id who, struct utc_us at, struct user_id *ret);

/* Is the person away on that day (or has left)? until: last day away, DATE_NONE: until further notice or not away. */
struct away {
    bool is_away, has_left;
    struct date until;
    struct user_id stand_in; /* who acts; .v 0 when present, or when there is nobody */
};
MUST_USE enum err absence_look(struct ctx *ctx, struct user_id who, struct utc_us at, struct away *ret);

struct absence_spec {
    struct user_id user, deputy; /* deputy .v 0: the standing deputy or the level above */
    struct date first, last;     /* last DATE_NONE: until further notice */
};
/* Enter a time away, by ctx->who: for oneself, or for somebody whose manager or administrator one is. Own transaction.
 * ERR_FORBIDDEN; ERR_INVALID: last before first, a deputy who is the person or has left. */
MUST_USE enum err absence_add(struct ctx *ctx, const struct absence_spec *spec);
/* It ends now: back earlier, or entered by mistake. Own transaction. ERR_NOT_FOUND: there is none, or not one's to end.
 */
MUST_USE enum err absence_end(struct ctx *ctx, int64_t id);
/* Who stands in whenever nobody else is named; deputy .v 0 takes it away. Own transaction. Errors as absence_add. */
MUST_USE enum err absence_set_standing(struct ctx *ctx, struct user_id user, struct user_id deputy);
/* May ctx->who enter absences of this person: oneself, as administrator, or as manager above one of the person's units.
 */
bool absence_may_set(const struct ctx *ctx, const struct town *town, struct user_id user);

/* Inside the caller's transaction: work out stand_in for today. Makes every process read the town again when something
 * changed. */
MUST_USE enum err absence_refresh(struct ctx *ctx);

#endif
