/* What: the register of where posters and forms hang, and the reception's recurring check with its signature.
 * Flow: somebody who answers for the unit writes a place down; whoever works there looks at it every so many weeks and
 * signs; place_checks_due (poster_place.sql) gives those nobody looked at in time, for the page and for reminders.
 * Owns: poster_place, poster_check. Invariants: (1) a check is never changed or removed; (2) after a check the next one
 * is due as many weeks later as the place says, also when something was missing: then it is due after a week at most;
 * (3) a place that has ended keeps its history and is never checked again. Memory: as ctx. Not here: mails about checks
 * that are due, the PDF itself (poster.h). Source: S0.10, S0.11, S0.12, S4.10. */
#ifndef GAVA_POSTER_PLACE_H
#define GAVA_POSTER_PLACE_H

#include "poster_place_sql.h"
#include "town.h"

enum { PLACE_NAME_MAX_CHARS = 120, PLACE_WEEKS_MAX = 52 };

enum place_outcome { PLACE_in_order, PLACE_refilled, PLACE_missing, PLACE_OUTCOME_COUNT };
struct str place_outcome_code(enum place_outcome outcome);
MUST_USE bool place_outcome_find(struct str code, enum place_outcome *ret);

struct place_spec {
    struct unit_id unit; /* for a new one */
    struct str name;     /* 1-PLACE_NAME_MAX_CHARS characters */
    bool poster, form;   /* at least one of them */
    struct date since;   /* today or earlier */
    struct user_id keeper;
    int64_t weeks; /* 1-PLACE_WEEKS_MAX */
};

/* May ctx->who sign here (works in the unit, or looks after the place); change it (answers for the unit)? keeper: .v 0
 * for none. */
bool place_may_check(const struct ctx *ctx, const struct town *town, struct unit_id unit, struct user_id keeper);
bool place_may_edit(const struct ctx *ctx, const struct town *town, struct unit_id unit);

/* Each its own transaction. ERR_FORBIDDEN: see above. ERR_INVALID: a value beyond its limits. ERR_NOT_FOUND: no such
 * place. ERR_CLOSED: it has ended. */
MUST_USE enum err place_add(struct ctx *ctx, const struct place_spec *spec, struct poster_place_id *ret);
MUST_USE enum err place_change(struct ctx *ctx, struct poster_place_id id, const struct place_spec *spec);
MUST_USE enum err place_end(struct ctx *ctx, struct poster_place_id id);
MUST_USE enum err place_check(struct ctx *ctx, struct poster_place_id id, enum place_outcome outcome);

#endif
