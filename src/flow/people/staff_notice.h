/* What: a mail to somebody who works there: that something waits in a case, what to do and by when. Flow: a slice calls
 * staff_notice() in the transaction of what it tells of -> row in staff_notice -> staff_notice_job.c sends it, tries
 * again, gives up. Owns: staff_notice. Invariants: (1) a row is made in the same transaction as what it tells of; (2)
 * the mail holds the case's number, what to do, by when and a link; no word of a case, no title, no name of a
 * submitter; of a restricted case not even the number; (3) who has no e-mail address sees the matter in the own list
 * only; (4) nobody is told by mail what he or she just did. Not here: mails to the person who wrote
 * (4-answer/deliver.h), when one is reminded (promise/remind.h). Source: design.md 3.8, 3.10; S0.29, S1.31, S2.28. */
#ifndef GAVA_STAFF_NOTICE_H
#define GAVA_STAFF_NOTICE_H

#include "ctx.h"

enum notice_kind {
#define NOTICE(code, place, text) NOTICE_##code,
#include "notices.def"
#undef NOTICE
    NOTICE_KIND_COUNT
};

/* "handed_over". Static. */
struct str notice_kind_code(enum notice_kind kind);
MUST_USE bool notice_kind_find(struct str code, enum notice_kind *ret);

/* Queue a mail; inside the caller's transaction. to: whoever shall act, and whoever stands in for that person today.
 * Nobody gets one who has left or is ctx->who. about.v 0: about several things. */
MUST_USE enum err staff_notice(struct ctx *ctx, struct user_id to, enum notice_kind kind, struct case_id about);
/* The same to this person alone: what nobody does in another's place, such as reading a draft one was asked about. */
MUST_USE enum err staff_notice_alone(struct ctx *ctx, struct user_id to, enum notice_kind kind, struct case_id about);
/* The same about n things, such as a digest; also to ctx->who. ret_id.v 0: the person has left. */
MUST_USE enum err staff_notice_many(struct ctx *ctx, struct user_id to, enum notice_kind kind, int64_t n,
                                    struct notice_id *ret_id);

#endif
