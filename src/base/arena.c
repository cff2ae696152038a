#include "arena.h"

#include <stdalign.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif
#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

enum { FIRST_BLOCK = 64 * 1024, RED_ZONE = 16 };

struct block {
    struct block *older;
    size_t size, used;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *newest;
    size_t limit, used;
};

static struct block *block_new(struct block *older, size_t size)
{
    struct block *block = malloc(sizeof *block + size);
    if (block == NULL)
        BUG("no memory for %zu bytes", size);
    *block = (struct block){.older = older, .size = size};
    ASAN_POISON_MEMORY_REGION(block->bytes, size);
    return block;
}

static void block_free(struct block *block)
{
    ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->size);
    free(block);
}

struct arena *arena_new(size_t limit_bytes)
{
    struct arena *arena = malloc(sizeof *arena);
    if (arena == NULL)
        BUG("no memory for an arena");
    size_t first = limit_bytes < FIRST_BLOCK ? limit_bytes : (size_t)FIRST_BLOCK;
    *arena = (struct arena){.newest = block_new(NULL, first), .limit = limit_bytes};
    return arena;
}

void arena_reset(struct arena *arena)
{
    while (arena->newest->older) {
        struct block *older = arena->newest->older;
        block_free(arena->newest);
        arena->newest = older;
    }
    arena->newest->used = 0;
    ASAN_POISON_MEMORY_REGION(arena->newest->bytes, arena->newest->size);
    arena->used = 0;
}

void arena_free(struct arena *arena)
{
    if (arena == NULL)
        return;
    arena_reset(arena);
    block_free(arena->newest);
    free(arena);
}

void *arena_alloc(struct arena *arena, size_t size_bytes)
{
    if (size_bytes > arena->limit - arena->used)
        BUG("arena limit of %zu bytes reached", arena->limit);
    size_t step = (size_bytes + RED_ZONE + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    struct block *block = arena->newest;
    if (block->size - block->used < step) {
        size_t size = block->size * 2;
        if (size > 4u << 20)
            size = 4u << 20;
        if (size < step)
            size = step;
        block = arena->newest = block_new(block, size);
    }
    void *p = block->bytes + block->used;
    block->used += step;
    arena->used += size_bytes;
    ASAN_UNPOISON_MEMORY_REGION(p, size_bytes);
    return memset(p, 0, size_bytes);
}

void *arena_alloc_array(struct arena *arena, size_t n, size_t size_bytes)
{
    size_t total;
    if (__builtin_mul_overflow(n, size_bytes, &total))
        BUG("array of %zu x %zu bytes", n, size_bytes);
    return arena_alloc(arena, total);
}

void *arena_grow(struct arena *arena, void *old, size_t old_bytes, size_t new_bytes)
{
    struct block *block = arena->newest;
    size_t old_step = (old_bytes + RED_ZONE + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    size_t new_step = (new_bytes + RED_ZONE + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    if (old && new_bytes >= old_bytes && block->used >= old_step &&
        (unsigned char *)old == block->bytes + block->used - old_step &&
        new_step - old_step <= block->size - block->used && new_bytes - old_bytes <= arena->limit - arena->used) {
        block->used += new_step - old_step;
        arena->used += new_bytes - old_bytes;
        ASAN_UNPOISON_MEMORY_REGION(old, new_bytes);
        memset((unsigned char *)old + old_bytes, 0, new_bytes - old_bytes);
        return old;
    }
    void *grown = arena_alloc(arena, new_bytes);
    if (old && old_bytes)
        memcpy(grown, old, old_bytes < new_bytes ? old_bytes : new_bytes);
    return grown;
}

size_t arena_used(const struct arena *arena)
{
    return arena->used;
}
