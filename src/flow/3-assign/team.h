/* What: who takes part in a case besides the one who answers for it, and what each is asked to do. Flow: case page ->
 * team_add (mail, task) -> the person sees the case, does the task -> team_task_done; team_remove. Owns: case_task, the
 * part "participant" in case_team. Invariants: (1) who takes part sees the case, also a restricted one, and only until
 * removed; (2) what was asked is sealed; (3) a task of somebody removed is nobody's. Memory: as long as ctx. Not here:
 * who answers for the case and who is asked to (handover.h), who may see (visible.sql). Source: S1.12. */
#ifndef GAVA_TEAM_H
#define GAVA_TEAM_H

#include "change.h"
#include "team_sql.h"

enum { TEAM_TASK_MAX_CHARS = 1000, TEAM_FOUND_MAX = 30 };

struct new_participant {
    struct user_id user;
    struct str task;   /* what to do; may be empty */
    struct utc_us due; /* last moment; UTC_NONE: no time is set */
};

/* Own transaction. Somebody who takes part already gets one more task; without a task: ERR_CONFLICT. ERR_INVALID:
 * nobody active, the one who answers for the case, or too long. */
MUST_USE enum err team_add(struct ctx *ctx, struct str number, const struct new_participant *p);
/* Own transaction. ERR_NOT_FOUND: takes no part. */
MUST_USE enum err team_remove(struct ctx *ctx, struct str number, struct user_id user);
/* Own transaction. note: what came of it; may be empty. ERR_NOT_FOUND: done already. ERR_FORBIDDEN: somebody else's. */
MUST_USE enum err team_task_done(struct ctx *ctx, struct str number, struct case_task_id id, struct str note);
/* May ctx->who tick the task of this person off: one's own, or answering for the case. */
bool team_may_finish(struct ctx *ctx, const struct open_case *c, struct user_id user);

/* People who could take part: active, not in the team yet; those of the case's unit first. words: a part of the name,
 * title or login; empty: only those of the unit. At most TEAM_FOUND_MAX. O(people). */
size_t team_candidates(struct ctx *ctx, const struct open_case *c, struct str words, const struct staff ***ret);

#endif
