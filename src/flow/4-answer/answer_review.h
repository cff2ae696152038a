/* What: what the routine wants looked at before a reply goes: that it discloses nobody, and that what the person asked
 * for is answered. Flow: the look before it goes shows both (answer_review_page.c); answer_send asks answer_review_pass
 * in its transaction. Invariants: (1) where the routine says so no reply leaves without somebody having said that he or
 * she has gone through it; who and when is in the journal; (2) an unticked question stops a reply only where the
 * routine says "questions: answer". Not here: gates of time and people (answer_send.h). Source: S2.31, S1.31; routine.h
 * struct reply_rule; docs/decisions/0038. */
#ifndef GAVA_ANSWER_REVIEW_H
#define GAVA_ANSWER_REVIEW_H

#include "answer.h"
#include "asked.h"

/* The reply's writer must say that it discloses nobody. */
bool answer_needs_secrecy_check(const struct open_case *c);
/* Questions left stop the reply. */
bool answer_waits_for_asked(const struct open_case *c);

enum answer_gap { ANSWER_GAP_none, ANSWER_GAP_secrecy, ANSWER_GAP_asked };
/* What is still missing. checked: the box is ticked. */
MUST_USE enum err answer_gap(struct ctx *ctx, const struct open_case *c, bool checked, enum answer_gap *ret);
/* Inside the transaction that sends. ERR_INVALID: something is missing. Writes the check down. */
MUST_USE enum err answer_review_pass(struct ctx *ctx, struct open_case *c, const struct answer *a);

#endif
