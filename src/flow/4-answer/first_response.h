/* What: the first response: word to the person, by telephone, at a visit, in a message or a letter, that somebody has
 * the matter; what has been done; or that an investigation has begun. Flow: talk_log(), note_message() -> response_* ->
 * facts that the routine's promise is kept by (obligation.accepts). Owns: message_told. Invariants: (1) whoever was
 * told what is done, or that it is looked into, was also in touch; (2) a letter or a call counts when it was made, not
 * when it was written; a mail that comes back counts no more; (3) of two the earlier one counts, whenever it was
 * written down. Memory: as long as ctx. Not here: the rule (routine.h), sending (deliver.h). Source: S1.47, S4.7. */
#ifndef GAVA_FIRST_RESPONSE_H
#define GAVA_FIRST_RESPONSE_H

#include "case_promise.h"
#include "change.h"

/* "contact", "measure", "investigation": routine/words.def. false: no such kind. */
MUST_USE bool response_find(struct str code, enum response_kind *ret);
struct str response_code(enum response_kind kind);

/* The person was told now, or at an earlier moment. Before the case_step that writes it down. */
MUST_USE enum err response_given(struct ctx *ctx, const struct open_case *c, enum response_kind told, struct utc_us at);
/* What a message says, for when it reaches the person. */
MUST_USE enum err response_put(struct ctx *ctx, struct document_id message, enum response_kind told);
/* The message has reached the person, or has not after all. OK for documents that say nothing of it. */
MUST_USE enum err response_reached(struct ctx *ctx, const struct open_case *c, struct document_id message,
                                   struct utc_us at);
MUST_USE enum err response_lost(struct ctx *ctx, struct case_id id, struct document_id message, struct utc_us since);

/* What the routine's promise of a first response still waits for. */
struct response_owed {
    const struct promise *promise; /* NULL: none is owed (any more) */
    uint64_t accepts;              /* bits 1 << enum response_kind; with contact: any of them will do */
};
struct response_owed response_owed(const struct promise *promises, size_t n);
/* The kind keeps that promise. */
bool response_keeps(const struct response_owed *owed, enum response_kind told);
/* Nothing is owed, or this keeps it: for what the page says afterwards. Errors of case_read. */
MUST_USE enum err response_would_keep(struct ctx *ctx, struct str number, enum response_kind told, bool *ret);

#endif
