/* What: a letter's text cut at its placeholders. Flow: routine_check cuts when a file is read, letter_write fills in.
 * A placeholder is {{word}}, spaces inside allowed; a single brace is text. Not here: what the words become (flow/). */
#ifndef GAVA_LETTERS_H
#define GAVA_LETTERS_H

#include "routine.h"

enum { LETTER_PIECES_MAX = 400 };

struct letter_fault {
    size_t at; /* byte in the text */
    struct str message;
};

/* Cut text. Faults (at most 20): unknown word, "{{" without "}}", a lone "}}", more than LETTER_PIECES_MAX pieces. The
 * pieces are usable when there is none. */
void letter_cut(struct ctx *ctx, struct str text, struct letter_piece **ret, size_t *ret_n,
                struct letter_fault **ret_faults, size_t *ret_n_faults);

#endif
