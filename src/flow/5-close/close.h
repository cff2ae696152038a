/* What: a case ends with an outcome and what was done; and may be opened again.
 * Flow: reply -> close_case by whoever closes under the routine; anybody else who may close hands it in to that role
 * (close_hand_in), with everything filled in. Follow-up message or staff -> reopened.
 * Owns: cases.outcome, measure_kind, closed_us, to_close. Invariants: (1) what the routine wants before closing is
 * there: what is missing is said as a list; (2) an outcome that says nothing by itself has words: a misunderstanding
 * how it was cleared up, what cannot be solved where the person may turn, and that is told to the person; (3) reopening
 * never changes what was late (round.h). Memory: as long as ctx. Not here: preventive measures (prevention.h), unit
 * meetings (meeting.h), what comes after closing (follow_up.h, survey.h), learning from it (6-learn), archiving.
 * Source: S0.21, S0.24, S1.8, S1.33, S1.50, S2.32, S3.14, S4.8, S4.20; domain.md 4.4 axis E; docs/decisions/0045. */
#ifndef GAVA_CLOSE_H
#define GAVA_CLOSE_H

#include "case_promise.h"
#include "change.h"
#include "prevention.h"

struct closing {
    struct str outcome;           /* a code of case_outcomes */
    struct str measure_kind;      /* done, later, none */
    struct str measure;           /* what was done, in words; needed for done and later */
    struct str explanation;       /* outcome misunderstanding: what it was and how it was cleared up */
    struct str referral;          /* outcome not_solvable: where the person may turn; told to the person */
    struct prevention prevention; /* .kind STR_NONE: not chosen here */
    struct str note;              /* may be empty */
};

/* One thing that is missing before the case may be closed. */
struct missing {
    struct str code; /* of the program: reply, category, diary_number, outcome, measure, measure_text, explanation,
                        referral, prevention, prevention_text, prevention_due; or a gate's id */
    const struct gate *gate; /* NULL: the program's own */
    bool is_ticked;          /* staff may tick event off */
    enum event event;        /* with a gate: what it waits for first */
    struct str who;          /* role, or "receiver", that does it */
};

/* The role that closes under the case's routine: the routine's own, if anybody here holds it, else the responsible
 * manager. */
enum role close_role(struct ctx *ctx, const struct open_case *c);
/* The reader is one of those who close; others with the right hand it in. */
bool close_is_for(struct ctx *ctx, const struct open_case *c);

/* The routine asks for a preventive measure before closing, and none is chosen yet. */
bool close_asks_prevention(const struct open_case *c, const struct facts *facts);

/* What is missing; empty: nothing. closing: as filled in so far; NULL: nobody is filling anything in, only what must be
 * there before is asked for. */
MUST_USE enum err close_missing(struct ctx *ctx, const struct open_case *c, const struct closing *closing,
                                struct missing **ret, size_t *ret_n);
/* Own transaction. ERR_INVALID: something is missing (ask close_missing), unknown outcome. ERR_FORBIDDEN: somebody else
 * closes it by the routine (close_is_for). */
MUST_USE enum err close_case(struct ctx *ctx, struct str number, int64_t version, const struct closing *closing);
/* The same, but the case stays open until whoever closes it has done so. */
MUST_USE enum err close_hand_in(struct ctx *ctx, struct str number, int64_t version, const struct closing *closing);
/* Own transaction. reason must not be empty. */
MUST_USE enum err reopen_case(struct ctx *ctx, struct str number, int64_t version, struct str reason);

size_t case_outcomes(const struct str **ret);

#endif
