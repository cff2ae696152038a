/* What: a routine takes over what its file asks for from another one (S3.4, S3.42): whole parts, entry by entry.
 * Flow: routine_check, after reading and before looking at the meaning. Invariants: (1) an own entry wins over one with
 * the same id and takes its place; (2) what is taken over has the line of "inherits" and node 0, so its faults stay in
 * its own file. Source: design.md section 1, two layers. */
#ifndef GAVA_ROUTINE_INHERIT_H
#define GAVA_ROUTINE_INHERIT_H

#include "routine.h"

/* Take routine->inherits.parts but for .without from parent. Lists grow in the arena of ctx. */
void routine_inherit(struct ctx *ctx, struct routine *routine, const struct routine *parent);

#endif
