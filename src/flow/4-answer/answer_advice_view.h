/* What: gentle words beside a reply: the routine's hints, how easy it is to read, and that others may read it. Flow:
 * answer_advice_page.c. Memory: as long as ctx. Source: S0.16-S0.20, S1.25-S1.28, S2.33, S3.12-S3.14. */
#ifndef GAVA_ANSWER_ADVICE_VIEW_H
#define GAVA_ANSWER_ADVICE_VIEW_H

#include "parts_view.h"

struct hint_view {
    struct str text, words, clause, quote; /* words: as they stand in the reply; empty: they are missing */
};
struct advice_view {
    const struct hint_view *hints;
    size_t n_hints;
    bool is_measured; /* there is enough to measure */
    int64_t lix;
    struct str ease; /* "lätt", "medel", "svår" */
    const struct str *long_sentences;
    size_t n_long_sentences;
};

#endif
