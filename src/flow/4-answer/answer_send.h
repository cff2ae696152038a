/* What: the reply goes to the person: the draft becomes a document and leaves by the person's way.
 * Flow: answer.h -> answer_send -> deliver -> 5-close. Owns: documents of kind "reply" and "measure". Invariants: (1) a
 * reply goes out only when the routine's gates are open, or with a written reason, which is kept and seen; (2) what is
 * sent is stored as a document in the same transaction; (3) two clicks send once: the draft that goes is the one that
 * was looked at. Memory: as long as ctx. Not here: consultation and cooling-off (a later issue; the gate is asked
 * already), mail (mail/). Source: S0.30-S0.37, S4.7; FL 32 § for the measure. */
#ifndef GAVA_ANSWER_SEND_H
#define GAVA_ANSWER_SEND_H

#include "answer.h"

/* Send. Besides the errors of answer_save: ERR_INVALID with nothing in it, or a gate is shut and no reason given
 * (ret_gate then names the gate, a code of routine.h; STR_NONE otherwise). Own transaction. */
MUST_USE enum err answer_send(struct ctx *ctx, struct str number, const struct answer *a, struct draft *ret_other,
                              struct str *ret_gate);

#endif
