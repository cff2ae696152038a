/* What: is it a case at all? Something seen on social media, or anything unclear, is left to those who judge (the
 * quality unit, the complaints officer); each step and its reason is written down, and how it ended is counted.
 *
 *   received, registered --doubt--> the same, in the queue --judge_case--> goes on as any case
 *                                                          --judge_no_case--> not_a_case, with an exit on record
 *
 * Flow: take_in() (the box on /ta-emot) or assess_page.c -> assess_ask; the queue (worklist, "att bedöma") ->
 * assess_decide. Owns: cases.assessment; a row of case_exit with the code ASSESS_EXIT when it is no case, so that it is
 * counted and can be taken back as any exit (exit.h). Invariants: (1) nobody judges without a written reason, which
 * lies sealed as a note of the case; (2) what was not asked is not judged. Memory: as long as ctx. Not here: the exits
 * of the routine (exit.h). Source: S2.20-S2.22. */
#ifndef GAVA_ASSESS_H
#define GAVA_ASSESS_H

#include "change.h"

enum { ASSESS_TEXT_MAX = 4000 };
#define ASSESS_EXIT STR("no_case")

/* Inside a transaction that holds the case; reason may be empty. */
MUST_USE enum err assess_mark(struct ctx *ctx, struct open_case *c, struct str reason);
/* Each its own transaction; version as in register.h. ERR_INVALID: no reason; ERR_CLOSED: the case has gone on, or
 * (assess_decide) nobody has asked. */
MUST_USE enum err assess_ask(struct ctx *ctx, struct str number, int64_t version, struct str reason);
MUST_USE enum err assess_decide(struct ctx *ctx, struct str number, int64_t version, bool is_case, struct str reason);

/* "needed", "is_case", "not_case"; "" when nobody has asked. */
MUST_USE enum err assess_state(struct ctx *ctx, struct case_id id, struct str *ret);

#endif
