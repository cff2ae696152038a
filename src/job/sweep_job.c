/* Forget what time has made useless. Secrets among it: a session's row lets somebody in, a form's file holds what a
 * person chose not to send, a draft that was sent its earlier words. */
#include "job.h"

#include "job_run_sql.h"
#include "vault.h"

/* What was taken away from the vault since the last look. */
static enum err sweep_vault(struct ctx *ctx, const struct job_place *place)
{
    for (bool more = true; more && !job_is_told_to_stop(place);)
        TRY(vault_sweep(ctx, &more));
    return OK;
}

enum err sweep_job(struct ctx *ctx, const struct job_place *place, bool *ret_more UNUSED)
{
    struct utc_us now = ctx_now(ctx);
    int64_t n, draft_days = place->server->settings.intake_draft_days;
    TRY(job_sweep_sessions(ctx, now, &n));
    TRY(sweep_vault(ctx, place));
    if (draft_days > 0)
        TRY(job_sweep_intake_drafts(ctx, utc_add(now, -draft_days * DAY_US), &n)); /* before their files */
    return job_sweep_form_files(ctx, utc_add(now, -DAY_US), &n);
}
