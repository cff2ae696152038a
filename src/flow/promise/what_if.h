/* What: what a routine's text would have meant for the cases of the last twelve months: promise by promise, how many
 * were kept and late as it was, and how many would have been with the text. "With these limits 41 of 212 answers would
 * have been late." Flow: rutin_try_page.c asks (what_if_ask) -> the job walks the cases in batches (what_if_batch), so
 * that no web worker waits -> the page shows how far it has come, then the figures. `gava routine try` walks by itself.
 * Owns: what_if, what_if_promise. Invariants: (1) every case that arrived within the twelve months before the asking
 * and stands under any version of the routine is counted once; (2) both figures come from the same engine, the same
 * facts and the same "now"; (3) nothing of a case changes; (4) only numbers are kept, none of a case; (5) two hosts at
 * once count no batch twice. Memory: as long as ctx; a batch is bounded by WHAT_IF_BATCH. Not here: what people would
 * have done under other limits, which nobody knows: the page says so. Source: docs/decisions/0048. */
#ifndef GAVA_WHAT_IF_H
#define GAVA_WHAT_IF_H

#include "town.h"
#include "what_if_sql.h"

enum { WHAT_IF_BATCH = 200, WHAT_IF_MONTHS = 12 };

/* One trying of a text, which must have no faults, against the cases as they are now. Own transaction. */
MUST_USE enum err what_if_ask(struct ctx *ctx, const struct town *town, struct str code, struct str yaml,
                              struct routine_id parent, struct what_if_id *ret);
/* The next batch of the oldest trying that is not done, if any. *ret_more: there is more to do. Own transactions. */
MUST_USE enum err what_if_batch(struct ctx *ctx, bool *ret_more);
/* What came of it: what_if_latest() and what_if_promises() of what_if_sql.h. */

#endif
