/* What: random numbers from one place, so that tests and the demo can repeat themselves.
 * Invariants: a struct random with seeded=false is the operating system's generator (libsodium); seeded gives the same
 * bytes for the same seed, for demo data and tests only, never for keys or codes of a real municipality. Source:
 * style.md rule 46. */
#ifndef GAVA_RANDOM_H
#define GAVA_RANDOM_H

#include "base.h"

struct random {
    bool seeded;
    uint64_t seed, counter;
};
void random_bytes(struct random *random, void *ret, size_t n);
/* Uniform in 0 ... below-1; below > 0. */
uint32_t random_below(struct random *random, uint32_t below);

#endif
