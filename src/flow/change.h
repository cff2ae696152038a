/* What: the one way a case changes. A slice (register, assign, answer ...) opens a transaction, case_open()s the case,
 * writes what is its own, and calls case_step(): which checks the right and the state, moves the case, appends to the
 * journal and works out the promises again - all or nothing.
 *
 *        receive      register        assign           accept              reply         close
 *   (new) ---> received ---> registered ---> assigned ---> investigating ---> replied ---> closed
 *                 |                            ^ |               ^                            |
 *                 +----------- assign ---------+ +- reply        +---- reopen, hear_closed ---+
 *   The whole machine with every arrow: flow.def, from which the tables here are made.
 *
 * Owns: cases.status and .version, fact, promise, waiver, event rows of cases. Invariants: (1) no other code writes
 * cases.status; (2) each change is one event, in the same transaction; (3) an event's data holds codes, never words of
 * a person; (4) what a deputy does by another's right tells for whom ("for"); (5) promise rows are what the engine says
 * of the facts. Memory: everything lives as long as ctx. Not here: what each step means (its slice), who may see
 * (visible.sql), the words (vault.h). Source: design.md 3.3; S1.9, S2.33.
 */
#ifndef GAVA_CHANGE_H
#define GAVA_CHANGE_H

#include "change_sql.h"
#include "ctx.h"
#include "rights.h"
#include "town.h"

enum case_status {
#define STATE(code) CASE_##code,
#include "flow.def"
#undef STATE
    CASE_STATUS_COUNT
};

enum step {
#define STEP(code, from, to, right, fact, text) STEP_##code,
#include "flow.def"
#undef STEP
    STEP_COUNT
};

/* A case inside a transaction, with what its changes need. */
struct open_case {
    struct case_lock_row row;
    enum case_status status;
    const struct town *town;
    const struct unit *unit;
    const struct routine *routine;
    struct roles roles;              /* of ctx->who, here, with those of whom he or she stands in for */
    struct roles own;                /* without the latter */
    struct case_roles_for_row *lent; /* the latter, person by person */
    size_t n_lent;
    bool is_program; /* a job, the person who wrote, or somebody asked about a draft: see STEP's right */
};

/* What a step leaves in the journal. */
struct step_note {
    struct str data;             /* JSON object of codes; STR_NONE: {} */
    struct document_id document; /* .v 0: none */
    struct str fact;             /* for steps whose fact depends (keep, tick); STR_NONE: the step's own */
    struct utc_us fact_at;       /* when it happened, if before now; .v 0: now */
    enum case_status back;       /* for a step that leads BACK: where to */
    bool no_fact;                /* the step happened, but its fact only comes true later (a letter still to post) */
};

struct str case_status_name(enum case_status status);
MUST_USE bool case_status_find(struct str name, enum case_status *ret);
struct str step_name(enum step step);
/* The machine alone, for pages and the test of all transitions. */
bool step_may_start(enum step step, enum case_status from);
enum right step_right(enum step step);
/* A step staff may take, not the submitter's or a job's. */
bool step_is_staff(enum step step);

/* Inside a transaction: the case, locked, for staff ctx->who. ERR_NOT_FOUND when there is none or it may not be seen.
 */
MUST_USE enum err case_open(struct ctx *ctx, struct str number, struct open_case *ret);
/* The same to look at: no lock, outside a transaction too. For pages; every change opens the case anew. */
MUST_USE enum err case_read(struct ctx *ctx, struct str number, struct open_case *ret);
/* The same for the program, the submitter and whoever was asked about a draft, who were let in another way (a lease, a
 * code, 4-answer/consult.h). */
MUST_USE enum err case_open_by_id(struct ctx *ctx, struct case_id id, struct open_case *ret);

/* version: cases.version as the page had it, -1 for any. ERR_CONFLICT: somebody has changed the case since; what the
 * program did by itself (a mail left, a reminder went out) troubles nobody. */
MUST_USE enum err case_expect_version(struct ctx *ctx, const struct open_case *c, int64_t version);

/* May ctx->who take the step now? For showing or hiding buttons; case_step asks again. */
bool case_may(const struct open_case *c, enum step step);

/* Take the step. ERR_FORBIDDEN: the right is missing. ERR_CLOSED: the state does not allow it (closed, or not there
 * yet). ERR_CONFLICT: somebody else was first. Runs inside the caller's transaction. */
MUST_USE enum err case_step(struct ctx *ctx, struct open_case *c, enum step step, const struct step_note *note);

/* Whom ctx->who acts for when taking the step: somebody away, whose right it takes; .v 0: nobody, the right is one's
 * own.
 */
struct user_id case_acts_for(const struct open_case *c, enum step step);

/* JSON for step_note.data from pairs of key and value; values are codes or numbers. n is the number of pairs. */
struct step_pair {
    const char *key;
    struct str value;
};
struct str step_data(struct ctx *ctx, size_t n, const struct step_pair *pairs);
#define STEP_DATA(ctx, ...)                                                                                            \
    step_data((ctx), sizeof((struct step_pair[]){__VA_ARGS__}) / sizeof(struct step_pair),                             \
              (struct step_pair[]){__VA_ARGS__})

#endif
