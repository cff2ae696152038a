/* What: a text cut into words as a reader sees them. A word is letters and digits of any script; apostrophes inside
 * belong to it. It ends at spaces, signs, dashes and every kind of quotation mark (", ”, », ’ at an end). Two halves
 * parted by a hyphen at a line's end are one word, and a soft hyphen is no part of one. Memory: words point into the
 * text; word_plain copies only where something must go. Not here: case (fold.h), stems. Source: Unicode 15 annex 29,
 * simplified. */
#ifndef GAVA_WORD_CUT_H
#define GAVA_WORD_CUT_H

#include "arena.h"
#include "str.h"

/* Take the next word off the front of *rest. False: there is none. rest is well-formed UTF-8. O(its length). */
MUST_USE bool word_next(struct str *rest, struct str *ret);
/* Without soft hyphens and without a hyphen at a line's end. */
struct str word_plain(struct arena *arena, struct str word);

#endif
