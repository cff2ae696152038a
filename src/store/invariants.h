/* What: the rules of invariants.sql, run over a store. Not here: the journal's chain (journal.h), the bytes of
 * documents (verify_cmd.c). Source: style.md rule 44. */
#ifndef GAVA_INVARIANTS_H
#define GAVA_INVARIANTS_H

#include "findings.h"

/* Run every rule; each row found is a finding. Errors are for failing to read only. O(cases). */
MUST_USE enum err invariants_check(struct ctx *ctx, struct findings *findings);

#endif
