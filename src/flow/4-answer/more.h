/* What: the person is asked for what is needed to go on (komplettering). Flow: case page -> more_ask -> message by the
 * person's way, state awaiting_submitter -> the person writes (hear.c: more_answered) or staff go on (more_go_on).
 * Owns: more_asked. Invariants: (1) one question at a time; (2) waiting stops no promise: the dates go on
 * (domain.md 2.1); (3) the case goes back to where it was, or to the work when it was taken on meanwhile. Memory: as
 * long as ctx. Not here: how the message travels (deliver.h). Source: S1.30; FL 20, 23 §§. */
#ifndef GAVA_MORE_H
#define GAVA_MORE_H

#include "change.h"
#include "more_sql.h"

/* Own transaction. ERR_INVALID: no text, too long, or nobody to ask (no way to reach the person). */
MUST_USE enum err more_ask(struct ctx *ctx, struct str number, struct str text);
/* Own transaction. answered: the answer came another way; else the work goes on without it. */
MUST_USE enum err more_go_on(struct ctx *ctx, struct str number, bool answered);
/* The person wrote while a question waits. Inside hear()'s transaction: the place the case goes back to. */
MUST_USE enum err more_answered(struct ctx *ctx, const struct open_case *c, enum case_status *ret_back);
/* There is a way to ask: an address, a number, or the page with number and code. */
bool more_can_ask(const struct open_case *c);

#endif
