/* What: working material (arbetsmaterial): what one writes for oneself and those one works with. Flow: case page ->
 * jot_add -> jot_keep (it becomes a paper of the case) or jot_drop. Owns: working_note. Invariants: (1) no document of
 * the dossier and not searched until somebody keeps it; (2) thrown away it is gone, and the journal holds that it was,
 * not what it said; (3) only who wrote it and those who answer for the case throw it away. Memory: as long as ctx. Not
 * here: papers (note.h, document.h), the draft reply (answer.h). Source: S2.33; TF 2:12 (minnesanteckning, utkast). */
#ifndef GAVA_JOT_H
#define GAVA_JOT_H

#include "change.h"
#include "jot_sql.h"

/* Each its own transaction. ERR_INVALID: no text, or too long. */
MUST_USE enum err jot_add(struct ctx *ctx, struct str number, struct str text);
/* kind: note, investigation, analysis. ERR_INVALID: another kind. ERR_NOT_FOUND: there is no such note (any more). */
MUST_USE enum err jot_keep(struct ctx *ctx, struct str number, struct working_note_id id, struct str kind);
/* ERR_FORBIDDEN: somebody else's. */
MUST_USE enum err jot_drop(struct ctx *ctx, struct str number, struct working_note_id id);
/* Oldest first. */
MUST_USE enum err jots_of_case(struct ctx *ctx, struct case_id id, struct working_notes_row **ret, size_t *ret_n);
/* May ctx->who throw this one away? */
bool jot_may_drop(struct ctx *ctx, const struct open_case *c, struct user_id author);

#endif
