/* What: the parts of outbox_job.c that its test asks one by one. The job itself is declared by jobs.def (job.h). */
#ifndef GAVA_OUTBOX_JOB_H
#define GAVA_OUTBOX_JOB_H

#include "job.h"

/* How long to wait after so many attempts (1 ...); 0: no more. */
int64_t outbox_wait_us(int64_t attempts);
/* The address of the municipality's public pages, without a slash at its end: "https://synpunkter.ekhamn.example". */
struct str outbox_site(struct ctx *ctx, const struct job_place *place);

#endif
