/* What: when those concerned have had their say. Pure: no store, no clock. Flow: consult.c reads who was asked ->
 * consult_state() -> case_facts() hands the two moments to the routine's gates (struct facts, gate_at). Rules (decision
 * 0035): (1) the time to think runs for each person from when that person got the draft; the gate counts from the last;
 * (2) somebody is heard who has said something, or that there is nothing to add, or was talked with; whoever says
 * nothing has had the chance when the time is out; (3) what was said must be ticked as considered, and ticked again
 * when more is said. Not here: who may be asked, the words (consult.h), the gates themselves (routine.h). Source:
 * S0.33, S0.35, S0.36. */
#ifndef GAVA_CONSULT_RULES_H
#define GAVA_CONSULT_RULES_H

#include "routine.h"

struct consult_person {
    struct utc_us asked;
    struct utc_us until;      /* UTC_NONE: the routine gives no time to think */
    bool has_draft;           /* false: was only talked with */
    struct utc_us heard;      /* UTC_NONE: not yet */
    struct utc_us said;       /* the latest words; UTC_NONE: none */
    struct utc_us considered; /* UTC_NONE: not ticked */
};

struct consult_state {
    size_t n_asked;
    size_t n_silent;       /* not heard, and still have time */
    size_t n_unconsidered; /* said something that nobody has ticked since */
    struct utc_us shared;  /* when the last of them got the draft; UTC_NONE: nobody did */
    /* From when they count as consulted, may lie ahead (somebody's time ends then); UTC_NONE: something must happen. */
    struct utc_us consulted;
};

/* What the person said has not been ticked since. */
bool consult_is_unconsidered(const struct consult_person *person);
/* people: at least so many must be asked. */
struct consult_state consult_state(const struct consult_person *persons, size_t n, int64_t people, struct utc_us now);

/* What a routine wants before a reply. */
struct consult_wish {
    bool is_asked_for;            /* some gate of the reply waits for a shared draft or for consultation */
    int64_t people;               /* at least so many; 1 when the routine says nothing */
    int64_t hours;                /* to think it over; 0: no time is set */
    struct str who;               /* whom the routine thinks of; STR_NONE: not said */
    const struct gate *consulted; /* the gates; NULL: the routine has none */
    const struct gate *cooling;
};
/* In this case: gates whose condition does not hold do not count. */
struct consult_wish consult_wish(struct ctx *ctx, const struct routine *routine, const struct facts *facts);

#endif
