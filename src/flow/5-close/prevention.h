/* What: what is done so that it does not happen again: a measure with a person and a day, or that none is needed, and
 * why. Flow: close.c (with the closing) or the case page (before) -> prevention_add(); the person named finds it in
 * "Uppgifter åt dig" until it is ticked off. Owns: prevention. Invariant: a choice is a document and a row; it is never
 * changed, a later one stands beside it. Memory: as long as ctx. Not here: improvements of the routine itself
 * (6-learn). Source: S1.8, S1.33; Gåvoprincipen 8. */
#ifndef GAVA_PREVENTION_H
#define GAVA_PREVENTION_H

#include "change.h"
#include "prevention_sql.h"

enum { PREVENTION_MAX_CHARS = 2000 };

struct prevention {
    struct str kind; /* measure, none; STR_NONE or empty: not chosen */
    struct str text; /* what is done; why nothing need be */
    struct user_id user;
    struct date due; /* measure: the last day */
};

/* "" when it is whole: else what is missing: prevention, prevention_text, prevention_due. Static. */
struct str prevention_lacks(const struct prevention *p);
/* Inside the case's transaction, with the step "prevent". ERR_INVALID: not whole, or nobody of that number. */
MUST_USE enum err prevention_add(struct ctx *ctx, struct open_case *c, const struct prevention *p);
/* Own transaction. ERR_NOT_FOUND: there is none, or it is done already. */
MUST_USE enum err prevention_done(struct ctx *ctx, struct str number, struct prevention_id id);

#endif
