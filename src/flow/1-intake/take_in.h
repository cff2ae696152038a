/* What: staff take in what a person says: it becomes a case under the routine of the unit it is about, or is counted,
 * or is left out, as that routine says. Flow: take_in_page.c fills struct taking -> take_in() -> intake_submit (the one
 * writer of cases) and what only staff can tell: what was asked, what was put right on the spot, what was promised.
 *
 *   what was said                                   becomes
 *   the person does not want it handled             a counted line, no words, no person        (S0.15)
 *   put right, the person satisfied, only oral      as the routine's registration.on_spot says  (S0.24, S1.15, S3.17)
 *   the person writes it down self, nothing told    a counted line; the case comes when it is written (S0.14, S3.20)
 *   everything else, and all that is written        a case                                      (S2.18)
 *
 * Owns: taken_in, tally; cases.receiver_id, entered_us. Invariants: (1) what came in writing, or with a file, always
 * becomes a case: it is an official document (domain.md 2.1 no. 17); (2) a counted line holds no word and no person;
 * (3) one form token makes one case or one line; (4) arrival is when it was said, never after now, and never changes.
 * Memory: as long as ctx. Not here: the questions each routine asks (routine.h, struct intake_rule), drafts
 * (take_in_draft.h), the form (take_in_page.c).
 * Source: S0.7-S0.9, S0.13-S0.15, S0.24, S0.25, S1.14, S1.15, S1.29, S3.15-S3.22. */
#ifndef GAVA_TAKE_IN_H
#define GAVA_TAKE_IN_H

#include "arrival.h"
#include "change.h"
#include "intake.h"

enum { DONE_MAX_CHARS = 4000, PROMISE_MAX_CHARS = 500 };

enum taken_as {
    TAKEN_case,
    TAKEN_declined,    /* counted: wants no case */
    TAKEN_on_spot,     /* counted: put right at once */
    TAKEN_writes_self, /* counted: got the form or the link */
    TAKEN_left_out,    /* nothing is kept */
};

struct taking {
    struct submission submission; /* receiver is set by take_in */
    struct str formalised;        /* yes, no, not_asked */
    struct str asked_complaint;   /* yes, no, "" */
    struct str write_self;        /* staff, form, link, "" */
    struct str on_behalf;         /* a code of the schema, "" */
    struct str spoken;            /* BCP 47 */
    bool informed, read_back;
    bool is_tried, is_satisfied; /* something was done on the spot; the person is satisfied with it */
    struct str done;             /* what; needed when is_tried and a case is made of it */
    struct str promise;          /* what was promised; STR_NONE or empty: nothing */
    bool promise_is_mine;        /* the receiver does it; else whoever has the case */
    struct date promise_by;      /* DATE_NONE: no day was said */
    bool has_arrival;            /* it came in writing, or from somebody with a name and a reference of their own */
    struct arrival arrival;
    bool is_doubtful; /* unclear whether it is a case: left to the quality unit */
};

struct taken {
    enum taken_as as;
    struct receipt receipt; /* TAKEN_case */
};

/* What it becomes under this routine. Pure. */
enum taken_as take_in_as(const struct routine *routine, const struct taking *taking);
/* "on_spot": the code of tally.kind and of the page that tells. Static. */
struct str taken_as_name(enum taken_as as);
MUST_USE bool taken_as_find(struct str name, enum taken_as *ret);

/* The routine it stands under: of the unit (.v 0: the intake unit) on the day it was said. ERR_SETTING: none then. */
MUST_USE enum err take_in_routine(struct ctx *ctx, struct unit_id unit, struct utc_us said,
                                  const struct unit **ret_unit, struct routine_id *ret_id, const struct routine **ret);

/* One durable transaction, by ctx->who. Errors of intake_submit; ERR_INVALID also for a case put right without words
 * about what was done. The same form token again gives what it gave the first time. */
MUST_USE enum err take_in(struct ctx *ctx, const struct taking *taking, struct taken *ret);

#endif
