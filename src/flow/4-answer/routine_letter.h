/* What: a letter of the municipality's own routine, filled in for a case: subject and plain text.
 * Flow: outbox_job.c asks for the acknowledgement; the routine's words are Swedish, so readers of other languages get
 * the catalogue's letter instead. Invariants: (1) lines that the file's author wrapped at its margin run together
 * again, so that a telephone may wrap them; short lines, lists and empty lines stay; (2) a sentence whose placeholder
 * has nothing to say - no telephone number, no date yet - is left out whole. Memory: as long as ctx. Not here: what a
 * routine may say (routine.h), mail (mail_letter.h). Source: S0.27, S0.44, S2.24. */
#ifndef GAVA_ROUTINE_LETTER_H
#define GAVA_ROUTINE_LETTER_H

#include "change.h"
#include "html.h"

struct routine_letter {
    struct str subject, body;
    bool has_promises, has_follow, has_phone; /* the routine's text says these itself */
};

/* Inside the case's transaction. id: "acknowledgement". *ret_there false: the routine has no such letter. follow:
 * address of the page where the case is followed. */
MUST_USE enum err routine_letter_for(struct ctx *ctx, const struct lang *lang, const struct open_case *c, struct str id,
                                     struct url follow, struct routine_letter *ret, bool *ret_there);

/* For the test. Lines longer than a margin run together with the next. */
struct str letter_unwrap(struct ctx *ctx, struct str text);
/* Without the sentences that hold a byte 1, which stands for an empty value. */
struct str letter_without_nothing(struct ctx *ctx, struct str text);

#endif
