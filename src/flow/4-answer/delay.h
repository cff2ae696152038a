/* What: the person is told that a promise will be late: why, and by when instead. A duty of its own beside the promise.
 * Flow: /arende/{nr}/forsening -> delay_look (which promise, from which date) -> delay_tell -> deliver.h (mail, letter,
 * follow-up page) or a call that was made; deliver.c says when a letter was posted or a mail came back.
 *
 *     near ---- told ----> told, new date ---- replied ----> kept late, with notice
 *      |                      |      +-- date passes: late again, told again (2nd time) --+
 *      +-- date passes: late, untold ---- told ----> told too late
 *
 * Owns: delay. Invariants: (1) a promise's own date and its lateness are never rewritten: the new date stands beside
 * them (promise.new_due_us); (2) the duty is kept when the person knows: a letter when it is posted, a mail that came
 * back not at all; (3) the new date is a working day, after today and after the date that held until then; (4) why it
 * is late is the person's to read: a sealed document, and in the journal codes only. Memory: as long as ctx. Not here:
 * the text (case_letter.h), the statistics (promise_count.h), reminders (remind.h).
 * Source: S1.5, S1.49; FL 11 §; domain.md 2.1 no. 9; docs/decisions/0043. */
#ifndef GAVA_DELAY_H
#define GAVA_DELAY_H

#include "case_promise.h"
#include "delay_sql.h"

enum { DELAY_REASON_MAX_CHARS = 4000, DELAY_MAX_DAYS = 366, DELAY_PROMISES_MAX = 10 };

/* Where the duty stands, for the promise that is due first. */
enum delay_state {
    DELAY_none,   /* nothing to tell: kept, far away, or nobody to tell */
    DELAY_near,   /* the date comes near (as the routine's reminders say) */
    DELAY_untold, /* the date has passed, and the person was not told */
    DELAY_on_way, /* written, and a letter or a call is still to be made */
    DELAY_told,   /* the person knows, and the new date has not passed */
    DELAY_passed, /* the new date has passed too */
    DELAY_over,   /* the promise was kept, late or in time, after a delay was told; or late without */
    DELAY_STATE_COUNT
};
/* "near". Static. */
struct str delay_state_code(enum delay_state state);

/* A promise the person may be told about: shown to the person, dated, not kept, met by a reply. */
struct delay_look {
    enum delay_state state;
    struct promise *promises; /* all of the case */
    size_t n_promises;
    const struct promise *promise;                     /* the one it is about; NULL: none */
    const struct promise *choices[DELAY_PROMISES_MAX]; /* those one may choose from, this one first */
    size_t n_choices;
    const struct delay_list_row *told; /* every time before, the first first; waiting letters too */
    size_t n_told;
    bool can_be_told;              /* some way to reach the person is known */
    const struct obligation *duty; /* the routine's own; NULL: the law's only */
    struct date warn_from;         /* the day from which it is near; DATE_NONE: no date */
};
MUST_USE enum err delay_look(struct ctx *ctx, const struct open_case *c, struct delay_look *ret);

/* What is wrong with a new date; DELAY_DAY_good: nothing. */
enum delay_day { DELAY_DAY_good, DELAY_DAY_past, DELAY_DAY_not_later, DELAY_DAY_free, DELAY_DAY_far };
enum delay_day delay_day_check(const struct open_case *c, const struct promise *promise, struct date day,
                               struct date today);

enum delay_how { DELAY_SEND, DELAY_CALLED };
struct delay {
    struct str code; /* of the promise */
    struct date new_day;
    enum delay_how how;
    struct str text;      /* DELAY_SEND: the whole letter. DELAY_CALLED: what was said */
    struct utc_us called; /* DELAY_CALLED: when; not after now */
    int64_t version;      /* cases.version as the page had it, -1 for any */
};
/* Own transaction. Besides case_step's errors: ERR_INVALID: no such promise, a day that does not do, no text, or nobody
 * can be told. ret_reached: the person knows now; false: a letter or a call must be made. */
MUST_USE enum err delay_tell(struct ctx *ctx, struct str number, const struct delay *delay, bool *ret_reached);

/* From deliver.c, inside the transaction: what this document told has reached the person, another way perhaps
 * (STR_NONE: as meant), at the moment given; or it has not. */
MUST_USE enum err delay_reached(struct ctx *ctx, struct case_id id, struct document_id document, struct utc_us at,
                                struct str way);
MUST_USE enum err delay_not_reached(struct ctx *ctx, struct case_id id, struct document_id document);

#endif
