/* A new day may begin or end somebody's absence: who stands in for whom is worked out again. */
#include "absence.h"

#include "db.h"
#include "job.h"

enum err absence_job(struct ctx *ctx, const struct job_place *place UNUSED, bool *ret_more UNUSED)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(absence_refresh(ctx));
    return tx_commit(&tx);
}
