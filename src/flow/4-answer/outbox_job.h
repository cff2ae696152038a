/* What: the parts of outbox_job.c that its test asks one by one, and that the other job with mails to send
 * (people/staff_notice_job.c) does the same way. The jobs themselves are declared by jobs.def (job.h). */
#ifndef GAVA_OUTBOX_JOB_H
#define GAVA_OUTBOX_JOB_H

#include "job.h"

struct smtp;

/* How long a row is ours while it is sent. */
enum { OUTBOX_LEASE_S = 300 };

/* How long to wait after so many attempts (1 ...); 0: no more. */
int64_t outbox_wait_us(int64_t attempts);

/* The same at every attempt, and another for each mail of each municipality and each installation (tests, restored
 * copies). series: "" for the outbox, else a letter, since each table counts for itself. */
struct str outbox_message_id(struct ctx *ctx, const struct job_place *place, const char *series, int64_t id,
                             struct utc_us created, struct str sender);
/* The municipality's mail server and the address our mails come from. ERR_SETTING. */
MUST_USE enum err outbox_open_link(struct ctx *ctx, const struct settings *settings, struct str *ret_sender,
                                   struct smtp **ret_link);
/* What is kept of the failure in ctx->error: codes only. */
struct str outbox_error_code(struct ctx *ctx, enum err err);
/* No attempt will change these: the person has no address any more, or one that is none. */
bool outbox_is_final(enum err err);
/* A refused or put off receiver is that receiver's matter; a server that does not answer is everybody's. */
bool outbox_is_everybodys(enum err err, const struct error *failure);

#endif
