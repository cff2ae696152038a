/* What: is everything stored as it was written? The journal's chain, the rules of invariants.sql, and the bytes of
 * every document against their hash. Flow: gava verify (verify_cmd.c), after every flow test, nightly. Reads only;
 * others may write meanwhile. */
#ifndef GAVA_VERIFY_H
#define GAVA_VERIFY_H

#include "findings.h"
#include "vault.h"

/* Check the store and vault of ctx. Findings are added; the error is for failing to read only. O(everything stored). */
MUST_USE enum err verify(struct ctx *ctx, struct findings *findings);

#endif
