/* What: the draft of the reply to the person: working material until it is sent.
 * Flow: accept -> answer_save (any number of times) -> answer_send.h. Owns: draft. Invariant: two writers are noticed:
 * nobody's words are lost, the page shows both. Memory: as long as ctx. Not here: sending and the gates
 * (answer_send.h). Source: S0.30-S0.34, S2.30, S2.31. */
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
/* Inside the transaction that sends: the draft has become a document and goes. ERR_CONFLICT as in answer_save: somebody
 * else's words would go with it. */
MUST_USE enum err answer_drop_draft(struct ctx *ctx, const struct open_case *c, const struct answer *a,
                                    struct draft *ret_other);
/* ERR_INVALID: longer than a reply may be. */
MUST_USE enum err answer_check_text(struct ctx *ctx, const struct answer *a);

#endif
