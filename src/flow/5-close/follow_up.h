/* What: after closing: somebody asks the person whether it has become better; and what the person writes of own accord
 * is dealt with: the case is opened again, or the person is told why we consider it answered.
 * Flow: case page -> follow_up_call, follow_up_write, follow_up_answered. Owns: nothing of its own: documents, steps.
 * Invariants: (1) "not better" says what is done about it: opened again, or why not; (2) a person nobody reached has
 * not been asked: the promise runs on; (3) a message after closing is never met with silence. Memory: as long as ctx.
 * Not here: when it is due (the routine: met_by followed_up, considered), opening again (close.h). Source: S1.31,
 * S1.32; Gåvoprincipen 7; JO on Nordanstig 2021. */
#ifndef GAVA_FOLLOW_UP_H
#define GAVA_FOLLOW_UP_H

#include "change.h"

enum { FOLLOW_UP_MAX_CHARS = 20000 };

/* result of a talk: better, partly, not_better, not_reached. */
size_t follow_up_results(const struct str **ret);
/* The routine asks for it, and it has not been done in this round. */
bool follow_up_is_owed(const struct open_case *c, const struct facts *facts);
/* Somebody spoke with the person, or tried to. reopen: the case is opened again. Own transaction. ERR_INVALID: unknown
 * result, nothing written of a person who is not helped, too long. */
MUST_USE enum err follow_up_call(struct ctx *ctx, struct str number, struct str result, struct str text, bool reopen);
/* The question goes to the person by his or her own way. Own transaction. ERR_INVALID: empty, too long. */
MUST_USE enum err follow_up_write(struct ctx *ctx, struct str number, struct str text);
/* The person has written after closing, and nobody has dealt with it. */
bool follow_up_is_heard(const struct facts *facts);
/* The letter that says why there is no further reply, goes out; the case stays closed. Own transaction. ERR_INVALID:
 * empty, too long, or nothing was written. */
MUST_USE enum err follow_up_answered(struct ctx *ctx, struct str number, int64_t version, struct str letter);

#endif
