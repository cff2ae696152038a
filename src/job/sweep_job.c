/* Forget what time has made useless. Secrets among it: a session's row lets somebody in, a form's file holds what a
 * person chose not to send. */
#include "job.h"

#include "job_run_sql.h"

enum err sweep_job(struct ctx *ctx, const struct job_place *place, bool *ret_more UNUSED)
{
    struct utc_us now = ctx_now(ctx);
    int64_t n, draft_days = place->server->settings.intake_draft_days;
    TRY(job_sweep_sessions(ctx, now, &n));
    if (draft_days > 0)
        TRY(job_sweep_intake_drafts(ctx, utc_add(now, -draft_days * DAY_US), &n)); /* before their files */
    return job_sweep_form_files(ctx, utc_add(now, -DAY_US), &n);
}
