/* What: exactly one responsible manager per case: asked by whoever sorts, then taken on by the manager.
 * Flow: register -> assign_case -> (the manager's list) -> accept_case -> 4-answer.
 * Owns: cases.owner_id, accepted_us; case_team. Invariants: (1) an owner is an active manager of the case's unit or of
 * one above; (2) the former owner stays in the team as participant; (3) accepting is the owner's own act. Not here:
 * keeping the receiver responsible until acceptance, notices, deputies (a later issue). Source: S0.29, S0.30, S2.28. */
#ifndef GAVA_ASSIGN_H
#define GAVA_ASSIGN_H

#include "change.h"

/* Each its own transaction. version as in register.h. */
/* ERR_INVALID: not somebody who may answer for this unit. */
MUST_USE enum err assign_case(struct ctx *ctx, struct str number, int64_t version, struct user_id manager);
MUST_USE enum err accept_case(struct ctx *ctx, struct str number, int64_t version);

#endif
