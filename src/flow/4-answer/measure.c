#include "measure.h"

#include "db.h"
#include "document.h"
#include "routine.h"

bool measure_day_ok(struct ctx *ctx, const struct open_case *c, struct date done)
{
    return done.days >= utc_to_date(c->row.received).days && done.days <= utc_to_date(ctx_now(ctx)).days;
}

static bool is_done(const struct new_measure *m)
{
    return m->done.days != DATE_NONE.days;
}

static bool has_day(const struct new_measure *m)
{
    return !is_done(m) && m->due.days != DATE_NONE.days;
}

static enum err check(struct ctx *ctx, const struct open_case *c, const struct new_measure *m)
{
    if (str_is_empty(str_trim(m->text)))
        return fail(ctx, ERR_INVALID, "what is done is missing");
    if (is_done(m) && !measure_day_ok(ctx, c, m->done))
        return fail(ctx, ERR_INVALID, "the measure cannot have been done that day");
    if (has_day(m) && m->due.days < utc_to_date(ctx_now(ctx)).days)
        return fail(ctx, ERR_INVALID, "the day by which it is to be done has passed");
    return OK;
}

enum err measure_add(struct ctx *ctx, const struct open_case *c, const struct new_measure *m, struct document_id *ret)
{
    TRY(check(ctx, c, m));
    TRY(document_add(
        ctx, c->row.id, /* number= */ 0,
        &(struct new_document){.kind = "measure", .direction = "internal", .body = m->text, .user = ctx->who}, ret));
    TRY(measure_insert(ctx, c->row.id, *ret, ctx->who, m->who, ctx_now(ctx), has_day(m) ? date_end(m->due) : UTC_NONE,
                       m->done));
    TRY(case_set_corrected(ctx, c->row.id));
    return fact_set(ctx, c->row.id, event_code(EVENT_measures_logged), ctx_now(ctx));
}

enum err measure_log(struct ctx *ctx, struct str number, const struct new_measure *m)
{
    if (str_utf8_len(m->text) > MEASURE_MAX_CHARS)
        return fail(ctx, ERR_INVALID, "the measure is longer than %d characters", MEASURE_MAX_CHARS);
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    struct document_id document;
    TRY(measure_add(ctx, &c, m, &document));
    TRY(search_pending_add(ctx, c.row.id));
    TRY(case_step(ctx, &c, is_done(m) ? STEP_log_measure : STEP_plan_measure,
                  &(struct step_note){.document = document}));
    return tx_commit(&tx);
}

enum err measure_finish(struct ctx *ctx, struct str number, struct measure_id id, struct date done)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    if (!measure_day_ok(ctx, &c, done))
        return fail(ctx, ERR_INVALID, "the measure cannot have been done that day");
    int64_t n_changed;
    TRY(measure_set_done(ctx, id, c.row.id, done, &n_changed));
    if (n_changed != 1)
        return fail(ctx, ERR_NOT_FOUND, "there is no such measure to be done");
    TRY(case_set_corrected(ctx, c.row.id));
    TRY(case_step(ctx, &c, STEP_finish_measure, &(struct step_note){0}));
    return tx_commit(&tx);
}

enum err measure_drop(struct ctx *ctx, struct str number, struct measure_id id, struct str reason)
{
    if (str_is_empty(str_trim(reason)) || str_utf8_len(reason) > MEASURE_MAX_CHARS)
        return fail(ctx, ERR_INVALID, "the reason is missing or too long");
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    struct sealed_id sealed;
    TRY(vault_seal(ctx, c.row.id, STR("reason"), reason, &sealed));
    int64_t n_changed;
    TRY(measure_set_dropped(ctx, id, c.row.id, ctx_now(ctx), sealed, &n_changed));
    if (n_changed != 1)
        return fail(ctx, ERR_NOT_FOUND, "there is no such measure to be done");
    TRY(case_set_corrected(ctx, c.row.id));
    TRY(case_step(ctx, &c, STEP_drop_measure, &(struct step_note){0}));
    return tx_commit(&tx);
}
