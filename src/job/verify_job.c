/* The nightly check: what should never be wrong is asked every night, so that a damaged disk or a hand in the database
 * is known in the morning and not when somebody needs the paper. What it finds goes to the log, one line each. */
#include "findings.h"
#include "job.h"
#include "log.h"
#include "verify.h"

enum err verify_job(struct ctx *ctx, const struct job_place *place, bool *ret_more UNUSED)
{
    enum { TOLD_MAX = 20 };
    struct findings *findings = ARENA_NEW(ctx->arena, struct findings);
    TRY(verify(ctx, findings));
    struct str slug = place->municipality->slug;
    for (size_t i = 0; i < findings->n && i < TOLD_MAX; i++)
        LOG(ctx_now(ctx), LOG_ERROR, "verify_found", {"municipality", slug}, {"text", findings->texts[i]});
    struct str all = str_fmt(ctx->arena, "%zu", findings->all);
    LOG(ctx_now(ctx), findings->all ? LOG_ERROR : LOG_INFO, "verified", {"municipality", slug}, {"findings", all});
    return OK;
}
