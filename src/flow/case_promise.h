/* What: the routine's promises for one case: facts and waivers in, dated promises out, stored for lists and statistics.
 * Flow: case_step calls case_promises_refresh after every step; pages call case_promises for the dates with their
 * reasons. Owns: promise (but how it is counted: promise_count.h), cases.next_promise and next_due_us; writes what the
 * case waits for in the diary (diary.h). Invariant: the rows are what the engine said at the latest step; what time
 * alone changes (a date that passes) is worked out when read. Not here: the rules (routine.h), the words
 * (promise_words.h, pages). Source: design.md 1. */
#ifndef GAVA_CASE_PROMISE_H
#define GAVA_CASE_PROMISE_H

#include "change.h"
#include "routine.h"

/* What the engine needs to know that stands in the case itself. */
struct case_basics {
    struct str type, channel, reply_preference;
    struct str exit; /* that stands; STR_NONE: none */
    bool contact_known;
};
/* The same facts for a walk over many cases, which reads their events and waivers batch by batch (promise/what_if.h).
 */
MUST_USE enum err case_facts_begin(struct ctx *ctx, const struct case_basics *basics, const struct routine *routine,
                                   struct facts *ret);
MUST_USE enum err case_facts_add(struct ctx *ctx, struct facts *facts, struct str code, struct utc_us at);
/* A promise that was kept (met), or whose date had passed, when the case came under another routine stays so. */
void promise_keep_before(struct promise *promises, size_t n, struct str code, struct utc_us due, struct utc_us met);

/* What the engine needs to know of the case. */
MUST_USE enum err case_facts(struct ctx *ctx, const struct open_case *c, struct facts *ret);
/* The promises that apply, as of now, with the reasons for their dates, in the routine's order. */
MUST_USE enum err case_promises(struct ctx *ctx, const struct open_case *c, struct promise **ret, size_t *ret_n);
/* What they would be at another unit under its routine: what is kept or late here stays so there. */
MUST_USE enum err case_promises_elsewhere(struct ctx *ctx, const struct open_case *c, const struct unit *unit,
                                          const struct routine *routine, struct promise **ret, size_t *ret_n);
/* Inside the case's transaction. */
MUST_USE enum err case_promises_refresh(struct ctx *ctx, const struct open_case *c);

/* What the person waits for: shown to the person, with a date, and kept by a reply. */
bool promise_answers(const struct promise *promise);

/* The event is one that this routine asks for and that no step of the program makes happen: staff tick it off ("talked
 * through at the unit meeting"). */
bool case_event_is_ticked(const struct open_case *c, enum event event);
/* The event staff tick off to keep this promise; false when a step of its own does that. */
bool promise_ticked_by(const struct open_case *c, const struct promise *promise, enum event *ret);

#endif
