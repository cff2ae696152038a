/* What: cases found by words, without storing a word in the open: each word is folded, stemmed (Snowball, Swedish) and
 * turned into a keyed hash. Whoever takes the register without the vault's key learns nothing of what people wrote.
 * Flow: a change leaves search_pending; search_job.c indexes a batch each second or so; worklist_page.c asks.
 * Owns: search_term, search_pending. Invariants: (1) the same word gives the same hash in text and question; (2) at
 * most SEARCH_TERMS_MAX different words of a case are indexed. Cost: a question reads the index of its first word
 * backwards from the newest case. Not here: searching by number (worklist.sql), ranking: newest first, and the page
 * says so. Source: docs/decisions on the blind index; performance.md "newest first". */
#ifndef GAVA_SEARCH_H
#define GAVA_SEARCH_H

#include "ctx.h"

enum { SEARCH_TERMS_MAX = 2000, SEARCH_QUERY_WORDS = 5, SEARCH_BATCH = 100 };

/* The different words of a text as hashes, in no order; at most max. */
MUST_USE enum err search_terms(struct ctx *ctx, struct str text, size_t max, int64_t **ret, size_t *ret_n);
/* Index at most SEARCH_BATCH waiting cases, each in its own transaction. ret_more: there are others. */
MUST_USE enum err search_index_batch(struct ctx *ctx, bool *ret_more);

#endif
