/* The job "count": folds the counts of promises (promise_count.h), some at a time. */
#include "job.h"
#include "promise_count.h"

enum err promise_count_job(struct ctx *ctx, const struct job_place *place, bool *ret_more)
{
    (void)place;
    return promise_count_fold(ctx, ret_more);
}
