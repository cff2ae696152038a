/* What: the papers of a case (handlingar): each numbered in the dossier, its bytes sealed in the vault, its hash in the
 * journal. Flow: a slice adds a document inside its transaction and names it in the step's note; pages list and open
 * them. Owns: document. Invariants: (1) numbers run 1, 2, 3 without gaps; (2) a document is never changed or removed:
 * the store itself refuses it;
 * (3) sha256 is of the plain bytes, so that gava verify can compare; (4) file names are sealed too: they name people.
 * Memory: as long as ctx.
 * Not here: drafts, which are no documents yet (answer.h); taking files out of a form (attach.h).
 * Source: S2.26, S2.33, S2.34; OSL 5:2; design.md 3.4. */
#ifndef GAVA_DOCUMENT_H
#define GAVA_DOCUMENT_H

#include "ctx.h"
#include "document_sql.h"
#include "vault.h"

struct new_document {
    const char *kind;      /* as in the schema: submission, attachment, message_in, ... */
    const char *direction; /* in, out, internal */
    struct str body;
    struct str media_type; /* STR_NONE: text/plain */
    struct str file_name;  /* STR_NONE: has none */
    struct document_id parent;
    struct utc_us at;           /* when it came, went or was written, if that was before now; .v 0: now */
    struct user_id user;        /* .v 0: the submitter or the program */
    struct str form_token_hash; /* of a message sent by a form; STR_NONE otherwise */
};

/* Inside a transaction that holds the case. number: its place in the dossier, or 0 to take the next. */
MUST_USE enum err document_add(struct ctx *ctx, struct case_id case_id, int64_t number, const struct new_document *d,
                               struct document_id *ret);
/* The plain bytes; the reading is written down with its purpose. ERR_CORRUPT when they are not what was sealed. */
MUST_USE enum err document_body(struct ctx *ctx, struct case_id case_id, struct sealed_id body, enum purpose purpose,
                                struct str *ret);

#endif
