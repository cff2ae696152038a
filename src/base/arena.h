/* What: memory by lifetime. One arena per request, job or command; everything in it goes at once.
 * Flow: the dispatcher makes it, puts it in ctx->arena, and resets it when the answer has been sent.
 * Invariants: (1) arena_alloc never returns NULL; (2) what it returns is zeroed and aligned for any type; (3) an arena
 * that reaches its limit is a BUG: sizes are checked where input comes in.
 * Memory: arena_new/arena_free are the only pair; arena_free(NULL) does nothing.
 * Not here: things that are not memory (files, statements): ctx_defer in ctx.h. Source: style.md rules 26-29. */
#ifndef GAVA_ARENA_H
#define GAVA_ARENA_H

#include "base.h"

struct arena;

/* limit_bytes: the most that may be handed out between two resets. */
struct arena *arena_new(size_t limit_bytes);
void arena_free(struct arena *arena);
/* Forget everything handed out; keeps the first block, so a warm request allocates nothing. */
void arena_reset(struct arena *arena);
/* size_bytes 0 gives a unique address. O(1) but for a new block. */
void *arena_alloc(struct arena *arena, size_t size_bytes) __attribute__((malloc, returns_nonnull));
/* Grow the newest allocation in place if there is room, else copy. old may be NULL. */
void *arena_grow(struct arena *arena, void *old, size_t old_bytes, size_t new_bytes);
size_t arena_used(const struct arena *arena);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, n) ((type *)arena_alloc_array((arena), (n), sizeof(type)))
/* n * size with a check for overflow (a BUG). */
void *arena_alloc_array(struct arena *arena, size_t n, size_t size_bytes) __attribute__((malloc, returns_nonnull));

/* A scratch arena that ends with the block: ARENA_SCOPE struct arena *scratch = arena_new(1 << 20); */
static inline void arena_scope_end(struct arena **arena)
{
    arena_free(*arena);
}
#define ARENA_SCOPE __attribute__((cleanup(arena_scope_end)))

#endif
