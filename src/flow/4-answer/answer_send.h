/* What: the reply goes to the person: the draft becomes a document and leaves by the person's way.
 * Flow: answer.h, consult.h -> answer_send (a person, now) or reply_plan.h (by itself, when the routine lets it) ->
 * deliver -> 5-close. Owns: documents of kind "reply" and "measure". Invariants: (1) a reply goes out only when the
 * routine's gates are open, or with a written reason, which is kept and seen; (2) where the routine wants those
 * concerned to be asked, somebody signs for the reply, and that stands in the journal (S0.37); (3) what is sent is
 * stored as a document in the same transaction; (4) two clicks send once: the draft that goes is the one that was
 * looked at. Memory: as long as ctx. Not here: consultation (consult.h), mail (mail/). Source: S0.30-S0.37, S4.7; FL 32
 * § for the measure. */
#ifndef GAVA_ANSWER_SEND_H
#define GAVA_ANSWER_SEND_H

#include "answer.h"

struct sending {
    struct str gate_reason; /* why before the routine's gate; may be empty when it is open */
    bool stands_for_it;     /* "I stand for the reply" was ticked */
};

/* What a refused reply waits for. */
struct send_stop {
    struct str gate;     /* the gate that is shut, a code of routine.h; STR_NONE: none is in the way */
    bool needs_sign_off; /* nobody has signed for it */
};

/* The routine wants somebody to sign for the reply: it has a gate for consultation, and that holds in this case. */
MUST_USE enum err answer_wants_sign_off(struct ctx *ctx, const struct open_case *c, bool *ret);
/* ERR_INVALID, and ret_stop->needs_sign_off, when it is wanted and was not given. */
MUST_USE enum err answer_check_sign_off(struct ctx *ctx, const struct open_case *c, const struct sending *how,
                                        struct send_stop *ret_stop);

/* Send. Besides the errors of answer_save: ERR_INVALID with nothing in it, without the sign-off, or while a gate is
 * shut and no reason is given (ret_stop tells). Own transaction. */
MUST_USE enum err answer_send(struct ctx *ctx, struct str number, const struct answer *a, const struct sending *how,
                              struct draft *ret_other, struct send_stop *ret_stop);

/* Inside a transaction that holds the case, when everything was asked: it goes. step: STEP_reply or STEP_reply_planned;
 * signer: who stands for it. ERR_CONFLICT as answer_send. */
MUST_USE enum err answer_send_locked(struct ctx *ctx, struct open_case *c, const struct answer *a, enum step step,
                                     struct user_id signer, struct draft *ret_other);

#endif
