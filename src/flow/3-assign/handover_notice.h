/* What: the person who wrote is told who has been asked to take the case over: name, title, telephone. Flow:
 * handover_ask / handover_tell_now -> a sealed document, sent the person's way; the page shows the same words before.
 * Invariant: the words are true whatever the answer will be: who has been asked, and who answers for it until then.
 * Memory: as long as ctx. Not here: whether the routine wants it (handover_owes_notice). Source: S1.35; the letter
 * handover_notice of the routine files. */
#ifndef GAVA_HANDOVER_NOTICE_H
#define GAVA_HANDOVER_NOTICE_H

#include "change.h"

/* The letter as it would be now, from ctx->who, in the person's language (case_letter.h). */
MUST_USE enum err handover_notice_words(struct ctx *ctx, const struct open_case *c, const struct staff *to,
                                        struct str *ret);
/* Inside a transaction, after the row of the hand-over: writes it, sends it, and marks the newest hand-over as told
 * (when a letter or a call must be made first: when that is ticked off). */
MUST_USE enum err handover_notice_send(struct ctx *ctx, struct open_case *c, const struct staff *to);

#endif
