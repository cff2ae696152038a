/* What: a closed case is opened again: what was promised since its closing is set down as it ended, and begins anew.
 * Flow: close.c (staff), hear.c and survey.c (the person) -> round_end() -> case_step(). Owns: promise_round,
 * cases.reopened. Invariants: (1) opening again rewrites nothing: the promises of the first time stand as they were
 * kept or missed, those that count from a closing are kept by in promise_round; (2) what belongs to one closing (a
 * follow-up, a message that somebody must consider, the reply to what came then) is owed anew after the next. Memory:
 * as long as ctx. Not here: the step itself. Source: S1.50, S2.32; JO on Nordanstig 2021 (domain.md 3). */
#ifndef GAVA_ROUND_H
#define GAVA_ROUND_H

#include "change.h"

/* Each inside the case's transaction, before its case_step. */

/* The case is about to be opened again. What the person wrote since closing counts as considered. */
MUST_USE enum err round_end(struct ctx *ctx, struct open_case *c);
/* The person has written again, and what came before was dealt with: that promise begins anew. */
MUST_USE enum err round_heard(struct ctx *ctx, const struct open_case *c);

#endif
