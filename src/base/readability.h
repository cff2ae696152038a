/* What: how easy a text is to read: LIX (läsbarhetsindex), words per sentence plus the share of words longer than six
 * letters in per cent, and its longest sentences. A sentence ends at . ! ? before a space and a capital letter (or the
 * end), or at the end of a line; "kl. 10" and "bl.a. här" do not end one. Memory: texts point into the text. Not here:
 * what the reader is told (flow). Source: C-H Björnsson, Läsbarhet (1968), whose steps are 30, 40, 50, 60; S0.19. */
#ifndef GAVA_READABILITY_H
#define GAVA_READABILITY_H

#include "arena.h"
#include "str.h"

enum read_ease { READ_EASY, READ_MEDIUM, READ_HARD }; /* below 40; 40 to 50; above */

enum { LONG_SENTENCES = 2, LONG_SENTENCE_WORDS = 20 };

struct readability {
    size_t n_words, n_sentences;
    int64_t lix; /* rounded */
    enum read_ease ease;
    struct str longest[LONG_SENTENCES]; /* the longest first, of more than LONG_SENTENCE_WORDS words; STR_NONE: none */
    size_t longest_words[LONG_SENTENCES];
};

/* An empty text: all zero. O(its length). */
struct readability readability_of(struct arena *arena, struct str text);

#endif
