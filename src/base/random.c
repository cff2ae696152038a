#include "random.h"

#include <sodium.h>

void random_bytes(struct random *random, void *ret, size_t n)
{
    if (!random->seeded) {
        randombytes_buf(ret, n);
        return;
    }
    unsigned char key[randombytes_SEEDBYTES] = {0};
    memcpy(key, &random->seed, sizeof random->seed);
    memcpy(key + sizeof random->seed, &random->counter, sizeof random->counter);
    random->counter++;
    randombytes_buf_deterministic(ret, n, key);
}

uint32_t random_below(struct random *random, uint32_t below)
{
    assert(below > 0);
    uint32_t floor = (0u - below) % below; /* values under it would favour small results */
    uint32_t value;
    do
        random_bytes(random, &value, sizeof value);
    while (value < floor);
    return value % below;
}
