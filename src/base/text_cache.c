#include "text_cache.h"

struct slot {
    char *p; /* key, then text */
    size_t key_n, text_n;
};

struct text_cache {
    size_t n_slots, text_max_bytes;
    struct slot slots[];
};

struct text_cache *text_cache_new(size_t n_slots, size_t text_max_bytes)
{
    assert(n_slots && (n_slots & (n_slots - 1)) == 0);
    struct text_cache *cache = calloc(1, sizeof *cache + n_slots * sizeof cache->slots[0]);
    if (cache == NULL)
        BUG("no memory for %zu slots", n_slots);
    cache->n_slots = n_slots;
    cache->text_max_bytes = text_max_bytes;
    return cache;
}

/* FNV-1a: keys are ours, nobody else chooses them. */
static size_t slot_of(const struct text_cache *cache, struct str key)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < key.n; i++)
        hash = (hash ^ (unsigned char)key.p[i]) * UINT64_C(1099511628211);
    return (size_t)(hash ^ hash >> 32) & (cache->n_slots - 1);
}

struct str text_cache_find(const struct text_cache *cache, struct str key)
{
    const struct slot *slot = &cache->slots[slot_of(cache, key)];
    if (slot->p == NULL || !str_eq((struct str){slot->p, slot->key_n}, key))
        return STR_NONE;
    return (struct str){slot->p + slot->key_n, slot->text_n};
}

static void wipe(struct slot *slot)
{
    if (slot->p == NULL)
        return;
    explicit_bzero(slot->p, slot->key_n + slot->text_n);
    free(slot->p);
    *slot = (struct slot){0};
}

void text_cache_free(struct text_cache *cache)
{
    for (size_t i = 0; cache && i < cache->n_slots; i++)
        wipe(&cache->slots[i]);
    free(cache);
}

void text_cache_put(struct text_cache *cache, struct str key, struct str text)
{
    struct slot *slot = &cache->slots[slot_of(cache, key)];
    wipe(slot);
    if (text.n > cache->text_max_bytes)
        return;
    char *p = malloc(key.n + text.n + 1);
    if (p == NULL)
        BUG("no memory for %zu bytes", text.n);
    if (key.n)
        memcpy(p, key.p, key.n);
    if (text.n)
        memcpy(p + key.n, text.p, text.n);
    *slot = (struct slot){p, key.n, text.n};
}
