/* What: texts made a moment ago, kept by key, in one process. A key says everything the text depends on, so that an
 * entry is never wrong, only no longer asked for. Invariants: (1) at most the given number of texts, each at most the
 * given size; a new one takes the place of whatever had its slot; (2) a text that goes is wiped: it may be somebody's
 * words. Memory: from text_cache_new to text_cache_free; what find gives lives until the next put. Not here: who
 * may read a text: the caller asks the store first, every time. Source: docs/decisions/0008. */
#ifndef GAVA_TEXT_CACHE_H
#define GAVA_TEXT_CACHE_H

#include "str.h"

struct text_cache;

/* n_slots: a power of two. */
struct text_cache *text_cache_new(size_t n_slots, size_t text_max_bytes);
/* Wipes every text. cache may be NULL. */
void text_cache_free(struct text_cache *cache);
/* STR_NONE when there is none under exactly this key. */
struct str text_cache_find(const struct text_cache *cache, struct str key);
/* A text over the maximum is not kept. */
void text_cache_put(struct text_cache *cache, struct str key, struct str text);

#endif
