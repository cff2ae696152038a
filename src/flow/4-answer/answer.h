/* What: the draft of the reply to the person: working material until it is sent.
 * Flow: accept -> answer_save (any number of times, the page does it by itself) -> answer_send.h. Owns: draft,
 * draft_before. Invariants: (1) two writers are noticed: nobody's words are lost, the page shows both; (2) what a draft
 * said before somebody else wrote in it, before it was replaced whole, and every ten minutes, is kept as an earlier
 * version until the reply is sent; (3) whoever takes the case over has the draft too, and sees who wrote it. Memory: as
 * long as ctx. Not here: sending and the gates (answer_send.h), what is put around the text (answer_letter.h). Source:
 * S0.30-S0.34, S2.30, S2.31; docs/decisions/0037. */
#ifndef GAVA_ANSWER_H
#define GAVA_ANSWER_H

#include "change.h"
#include "html.h"

enum { ANSWER_MAX_CHARS = 20000, DRAFT_KEPT_MAX = 50, DRAFT_KEEP_MINUTES = 10 };

struct draft {
    struct str text;         /* "" when there is none */
    struct str measure_kind; /* as in struct answer; "" when nothing was chosen */
    struct str measure;
    bool apology;         /* it says that we are sorry for a fault of ours (S0.18) */
    struct str corrected; /* what was wrong was put right that day: ISO date; empty: not said */
    struct user_id user;  /* who saved it last */
    struct utc_us saved;
    int64_t version; /* 0: there is none */
};

struct answer {
    struct str text;
    int64_t draft_version;   /* as the page had it */
    struct str measure_kind; /* done, later, none; STR_NONE: not said */
    struct str measure;      /* what was or will be changed; may be empty */
    bool apology;            /* as in struct draft */
    struct str corrected;    /* ISO date; empty: not said */
    bool keep_before;        /* the draft is replaced whole: what it said is kept as an earlier version */
    const int64_t *answered; /* ids of what the person asked for that it answers (asked.h) */
    size_t n_answered;
    bool secrecy_checked; /* its writer says that it discloses nobody (answer_review.h) */
    struct url follow;    /* follow_address() (site.h), for the letter; .s STR_NONE: not said */
};

/* The draft; inside or outside a transaction. */
MUST_USE enum err answer_draft(struct ctx *ctx, struct case_id id, struct draft *ret);
/* Save. ERR_CONFLICT: somebody else saved since; ret_other then holds theirs, or version 0 when the draft is gone (it
 * was sent), and nothing was changed. Own transaction. */
MUST_USE enum err answer_save(struct ctx *ctx, struct str number, const struct answer *a, struct draft *ret_other);
/* The same without touching what is ticked of what the person asked for: an earlier version comes back. */
MUST_USE enum err answer_save_text(struct ctx *ctx, struct str number, const struct answer *a, struct draft *ret_other);
/* Inside the transaction that sends: the draft has become a document and goes. ERR_CONFLICT as in answer_save: somebody
 * else's words would go with it. */
MUST_USE enum err answer_drop_draft(struct ctx *ctx, const struct open_case *c, const struct answer *a,
                                    struct draft *ret_other);
/* Earlier versions, newest first, without their words; at most DRAFT_KEPT_MAX. */
MUST_USE enum err answer_versions(struct ctx *ctx, struct case_id id, struct draft **ret, size_t *ret_n);
/* One of them with its words. ERR_NOT_FOUND: there is none. */
MUST_USE enum err answer_version(struct ctx *ctx, struct case_id id, int64_t version, struct draft *ret);
/* ERR_INVALID: longer than a reply may be. */
MUST_USE enum err answer_check_text(struct ctx *ctx, const struct answer *a);

#endif
