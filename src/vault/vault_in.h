/* What: what the files of vault/ share. Inside vault/ only. */
#ifndef GAVA_VAULT_IN_H
#define GAVA_VAULT_IN_H

#include "box.h"
#include "vault.h"

/* Write down that `kind` was opened; sealed_id .v 0: the case's papers in general. */
MUST_USE enum err reading_write(struct ctx *ctx, struct case_id case_id, struct sealed_id id, struct str kind,
                                enum purpose purpose);
/* Read a body without writing it down: the caller has done so. */
MUST_USE enum err body_open(struct ctx *ctx, struct case_id case_id, struct sealed_id id, struct str *ret_kind,
                            struct str *ret_body);

#endif
