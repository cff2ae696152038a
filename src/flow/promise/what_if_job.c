/* A batch at a time, so that mails and reminders never wait long for somebody's question. */
#include "job.h"
#include "what_if.h"

enum err what_if_job(struct ctx *ctx, const struct job_place *place UNUSED, bool *ret_more)
{
    return what_if_batch(ctx, ret_more);
}
