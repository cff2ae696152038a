/* What: the routine's gentle hints to somebody who writes a reply: "Skriv Jag beklagar, inte Vi beklagar". Flow: the
 * editor and the look before it goes ask routine_hints() of the text as it is now. A pattern is one or more words; a *
 * at the end (or beginning) of one stands for any letters: "semest*" finds semester, semestrar, semestern. Invariants:
 * (1) whole words are compared, in any case, so "jag" is not found in "jaga"; the signs around them, hyphens at a
 * line's end and soft hyphens do not matter; (2) words of a phrase follow each other in one sentence part: no full stop
 * or comma between them is asked for, so "vi, beklagar" is found too; (3) a hint never stops anything. Pure: no store,
 * no clock. Memory: as long as ctx. Source: S0.16-S0.20, S1.25-S1.28, S3.12, S3.14, S4.4. */
#ifndef GAVA_HINTS_H
#define GAVA_HINTS_H

#include "routine.h"

struct hint_found {
    const struct hint *hint;
    struct str words; /* as they are written, where they first stand; STR_NONE: they are missing */
};

/* In the routine's order; each at most once. An empty text calls for none. O(words x patterns). */
void routine_hints(struct ctx *ctx, const struct routine *routine, struct str text, enum feedback_type type,
                   struct hint_found **ret, size_t *ret_n);
/* Has a word in it, and a * only at the ends of words. */
bool hint_pattern_is_good(struct str pattern);

#endif
