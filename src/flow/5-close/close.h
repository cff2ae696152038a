/* What: a case ends with an outcome and what was done; and may be opened again.
 * Flow: reply -> close_case; follow-up message or staff -> reopened.
 * Owns: cases.outcome, measure_kind, closed_us, reopened. Invariants: (1) what the routine wants before closing is
 * there: what is missing is said as a list; (2) reopening never changes what was late. Memory: as long as ctx. Not
 * here: learning from it (6-learn), archiving. Source: S0.24, S1.8, S1.50, S2.32, S4.8, S4.20; domain.md 4.4 axis E. */
#ifndef GAVA_CLOSE_H
#define GAVA_CLOSE_H

#include "case_promise.h"
#include "change.h"

struct closing {
    struct str outcome;      /* a code of case_outcomes */
    struct str measure_kind; /* done, later, none */
    struct str measure;      /* what was done, in words; needed for done and later */
    struct str note;         /* may be empty: why no measure, where the person was told to turn */
};

/* One thing that is missing before the case may be closed. */
struct missing {
    struct str code; /* of the program: reply, category, diary_number, outcome, measure, measure_text, referral; or a
                        gate's id */
    const struct gate *gate; /* NULL: the program's own */
    bool is_ticked;          /* staff may tick event off */
    enum event event;
};

/* What is missing; empty: nothing. closing: as filled in so far. */
MUST_USE enum err close_missing(struct ctx *ctx, const struct open_case *c, const struct closing *closing,
                                struct missing **ret, size_t *ret_n);
/* Own transaction. ERR_INVALID: something is missing (ask close_missing), unknown outcome. */
MUST_USE enum err close_case(struct ctx *ctx, struct str number, int64_t version, const struct closing *closing);
/* Own transaction. reason must not be empty. */
MUST_USE enum err reopen_case(struct ctx *ctx, struct str number, int64_t version, struct str reason);

size_t case_outcomes(const struct str **ret);

#endif
