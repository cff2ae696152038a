/* What: what somebody has begun to take in, kept until it is sent: over a closed browser, a lost connection, the end of
 * a session. Flow: take_in_page.c saves the form's fields (the script while one types, a button without script), lists
 * them on /ta-emot and opens one again. Owns: intake_draft. Invariants: (1) only its own author opens it; (2) it is
 * sealed, and no word of it stands in the register; (3) a form that was sent has no draft, whatever comes late; (4) it
 * is swept `intake_draft_days` after it was last saved. Memory: as long as ctx. Not here: chosen files, which are kept
 * under the same form token (attach.h). Source: domain.md 4.1 (a draft is no arrived document until sent). */
#ifndef GAVA_TAKE_IN_DRAFT_H
#define GAVA_TAKE_IN_DRAFT_H

#include "ctx.h"
#include "take_in_draft_sql.h"

/* A field of a form and what was typed in it. */
struct draft_field {
    struct str name, value;
};

struct intake_draft {
    struct intake_draft_id id;
    struct utc_us saved;
    struct draft_field *fields;
    size_t n_fields;
};

enum { DRAFT_FIELDS_MAX = 64 };

/* Own transaction. ERR_CLOSED: the form was sent already; ERR_FORBIDDEN: it is somebody else's. */
MUST_USE enum err intake_draft_save(struct ctx *ctx, struct str form_token, const struct draft_field *fields, size_t n);
/* Those of ctx->who, the latest first, at most 20. */
MUST_USE enum err intake_drafts(struct ctx *ctx, struct intake_draft **ret, size_t *ret_n);
/* ERR_NOT_FOUND: there is none, or it is somebody else's. */
MUST_USE enum err intake_draft_open(struct ctx *ctx, struct intake_draft_id id, struct intake_draft *ret);
/* Throw it away, with the files kept under its form. ERR_NOT_FOUND as above. Own transaction. */
MUST_USE enum err intake_draft_discard(struct ctx *ctx, struct intake_draft_id id);

/* "" when the draft has no such field. */
struct str draft_value(const struct intake_draft *draft, struct str name);

#endif
