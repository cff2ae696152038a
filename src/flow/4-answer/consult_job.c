/* Writes down that somebody who was asked about a draft had the time and said nothing: from then on nobody waits for
 * that person. Each in a transaction of its own. Not here: what the gates say meanwhile (consult_rules.h asks the
 * clock). */
#include "consult.h"
#include "db.h"
#include "job.h"

enum { OVER_BATCH = 20 };

static enum err write_down(struct ctx *ctx, const struct consult_out_of_time_row *row)
{
    struct open_case c;
    int64_t n;
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(case_open_by_id(ctx, row->case_id, &c));
    TRY(consult_set_over(ctx, row->id, &n));
    if (n == 0 || !case_may(&c, STEP_consult_over))
        return OK; /* heard, or over, in this moment */
    TRY(consult_over(ctx, &c, row->user));
    return tx_commit(&tx);
}

enum err consult_job(struct ctx *ctx, const struct job_place *place, bool *ret_more)
{
    struct consult_out_of_time_row *rows;
    size_t n;
    TRY(consult_out_of_time(ctx, ctx_now(ctx), OVER_BATCH, &rows, &n));
    for (size_t i = 0; i < n && !job_is_told_to_stop(place); i++)
        TRY(write_down(ctx, &rows[i]));
    *ret_more = n == OVER_BATCH;
    return OK;
}
