/* What: a unit's own routine or checklist for the flow inside it: who writes it, who answers for it, whether it still
 * holds; and a file beside it, such as the municipality's manual (lathund). Flow: the routine of the unit's cases
 * offers its own checklists as a start -> checklist_save -> read beside a case and where feedback is taken in -> a year
 * later somebody signs that it holds (checklist_review) or writes it anew. Owns: unit_checklist, unit_manual.
 * Invariants: (1) versions are 1, 2, 3 ... and never change but for the review; (2) what is saved or signed is written
 * into the journal by the unit's code; (3) a unit without one of its own reads that of the nearest unit above, and
 * still counts as one that has none. Memory: as long as ctx. Not here: the routine's rules (routine.h), guidance for a
 * case (page_parts.h). Source: S2.17, S3.4; domain.md 4.2. */
#ifndef GAVA_CHECKLIST_H
#define GAVA_CHECKLIST_H

#include "checklist_sql.h"
#include "town.h"

enum { CHECKLIST_MAX_CHARS = 20000, CHECKLIST_REVIEW_DAYS = 365 };

enum checklist_state { CHECKLIST_MISSING, CHECKLIST_OLD, CHECKLIST_THERE };

/* By ctx->who's role in the unit or above it. */
bool checklist_may_write(const struct ctx *ctx, const struct town *town, struct unit_id unit);
/* A unit that has a manager of its own shall have one (S2.17). */
bool checklist_is_due(const struct town *town, struct unit_id unit);
/* Every unit's newest, by unit; at most 5,000. */
MUST_USE enum err checklist_all(struct ctx *ctx, struct checklist_newest_row **ret, size_t *ret_n);
enum checklist_state checklist_state(const struct checklist_newest_row *row_or_null, struct date today);

struct checklist_text {
    const struct unit *unit; /* whose it is: the one asked for, or one above; NULL: nobody's */
    int64_t version, newest; /* newest: of that unit */
    struct str body;
    struct user_id owner, saved_by, reviewed_by;
    struct utc_us saved, reviewed;
};
/* version 0: the newest, else of the unit above; otherwise that one of this very unit, ERR_NOT_FOUND when there is
 * none. */
MUST_USE enum err checklist_read(struct ctx *ctx, const struct town *town, struct unit_id unit, int64_t version,
                                 struct checklist_text *ret);
/* What a unit without one may begin with: the checklists of the routine that its cases follow. */
MUST_USE enum err checklist_template(struct ctx *ctx, const struct town *town, struct unit_id unit, struct str *ret);

/* Each its own transaction; the caller has asked checklist_may_write. */
/* version: the one it was written upon, 0 for none. ERR_CONFLICT: there is a newer one. */
MUST_USE enum err checklist_save(struct ctx *ctx, struct unit_id unit, int64_t version, struct str body,
                                 struct user_id owner);
/* Signed: it holds for another year. ERR_NOT_FOUND: it is not the newest. */
MUST_USE enum err checklist_review(struct ctx *ctx, struct unit_id unit, int64_t version);

struct manual {
    struct str name, media_type, body;
};
/* In place of the one before. */
MUST_USE enum err manual_put(struct ctx *ctx, struct unit_id unit, const struct manual *manual);
MUST_USE enum err manual_remove(struct ctx *ctx, struct unit_id unit);
/* ERR_NOT_FOUND: none. */
MUST_USE enum err manual_get(struct ctx *ctx, struct unit_id unit, struct manual *ret);

#endif
