/* The index follows the cases by a second or so: what is written is found without the writer having waited for it. */
#include "job.h"
#include "search.h"

enum err search_job(struct ctx *ctx, const struct job_place *place UNUSED, bool *ret_more)
{
    return search_index_batch(ctx, ret_more);
}
