/* What: the reply to the person: a draft that is working material, then a document that is sent.
 * Flow: accept -> answer_draft (any number of times) -> answer_send -> deliver -> 5-close.
 * Owns: draft; documents of kind "reply". Invariants: (1) two writers are noticed: nobody's words are lost, the page
 * shows both; (2) a reply goes out only when the routine's gates are open, or with a written reason, which is kept and
 * seen; (3) what is sent is stored as a document in the same transaction. Memory: as long as ctx. Not here:
 * consultation and cooling-off (a later issue; the gate is asked already), mail (mail/). Source: S0.30-S0.37, S2.30,
 * S2.31, S4.7; FL 32 § for the measure. */
#ifndef GAVA_ANSWER_H
#define GAVA_ANSWER_H

#include "change.h"

enum { ANSWER_MAX_CHARS = 20000 };

struct draft {
    struct str text;         /* "" when there is none */
    struct str measure_kind; /* as in struct answer; "" when nothing was chosen */
    struct str measure;
    struct user_id user; /* who saved it last */
    struct utc_us saved;
    int64_t version; /* 0: there is none */
};

struct answer {
    struct str text;
    int64_t draft_version;   /* as the page had it */
    struct str measure_kind; /* done, later, none; STR_NONE: not said */
    struct str measure;      /* what was or will be changed; may be empty */
    struct str gate_reason;  /* why before the routine's gate; may be empty when it is open */
};

/* The draft; inside or outside a transaction. */
MUST_USE enum err answer_draft(struct ctx *ctx, struct case_id id, struct draft *ret);
/* Save. ERR_CONFLICT: somebody else saved since; ret_other then holds theirs, or version 0 when the draft is gone (it
 * was sent), and nothing was changed. Own transaction. */
MUST_USE enum err answer_save(struct ctx *ctx, struct str number, const struct answer *a, struct draft *ret_other);
/* Send. Besides the errors of answer_save: ERR_INVALID with nothing in it, or a gate is shut and no reason given
 * (ret_gate then names the gate, a code of routine.h; STR_NONE otherwise). Own transaction. */
MUST_USE enum err answer_send(struct ctx *ctx, struct str number, const struct answer *a, struct draft *ret_other,
                              struct str *ret_gate);

#endif
