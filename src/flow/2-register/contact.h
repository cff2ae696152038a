/* What: opening who wrote: for a reason chosen from a list, which stands in the case's journal and the vault's
 * read-log. Flow: case page -> contact_open -> shown once. Invariant: nothing is given out before both are written.
 * Memory: as long as ctx. Not here: sending mail (mail job reads the address itself). Source: S3.34; design.md 3.5;
 * ux/README 1.6. */
#ifndef GAVA_CONTACT_H
#define GAVA_CONTACT_H

#include "change.h"
#include "vault.h"

/* The reasons one may choose: codes of vault/purpose.def, in the order lists show them. Labels: contact_reason_<code>.
 */
size_t contact_reasons(const struct str **ret);

/* Own transaction. ERR_INVALID: not one of the reasons. ERR_NOT_FOUND: no such case, or it has no contact details.
 * Besides the errors of case_step. */
MUST_USE enum err contact_open(struct ctx *ctx, struct str number, struct str reason, struct contact *ret);

#endif
