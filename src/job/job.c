#include "job.h"

#include <poll.h>

#include "job_run_sql.h"

/* The maps' words as the two members when and number. */
#define POLL(ms) JOB_POLL, (ms)
#define EVERY(minutes) JOB_EVERY, (minutes)
#define NIGHTLY(hour, minute) JOB_NIGHTLY, (hour)*60 + (minute)
#define JOB(code, when, function, text) {#code, when, function, text},
const struct job jobs[] = {
#include "jobs.def"
};
#undef JOB
#undef POLL
#undef EVERY
#undef NIGHTLY
const size_t n_jobs = ARRAY_LEN(jobs);

struct utc_us job_real_now(void)
{
    static const struct clock machine = {NULL};
    return clock_now(&machine);
}

bool job_is_told_to_stop(const struct job_place *place)
{
    struct pollfd pollfd = {.fd = place->server->stop_fd, .events = POLLIN};
    return poll(&pollfd, 1, 0) > 0;
}

int64_t job_pause_us(const struct job *job)
{
    return (job->when == JOB_POLL ? job->number : JOB_LOOK_MS) * 1000;
}

struct utc_us job_night_before(struct utc_us now, int64_t minutes_after_midnight)
{
    struct date today = utc_to_date(now);
    int hour = (int)(minutes_after_midnight / 60), minute = (int)(minutes_after_midnight % 60);
    struct utc_us tonight = utc_from_local(today, hour, minute, 0, 0);
    return utc_cmp(tonight, now) <= 0 ? tonight : utc_from_local(date_add(today, -1), hour, minute, 0, 0);
}

static bool is_time(const struct job *job, struct utc_us last, struct utc_us now)
{
    if (utc_is_none(last))
        return true;
    switch (job->when) {
    case JOB_POLL:
        return true;
    case JOB_EVERY:
        return utc_cmp(utc_add(last, job->number * MINUTE_US), now) <= 0;
    case JOB_NIGHTLY:
        return utc_cmp(last, job_night_before(now, job->number)) < 0;
    }
    BUG("no such time for a job: %d", (int)job->when);
}

/* When the watchdog should miss a job that ended well now. */
static struct utc_us late_at(const struct job *job, struct utc_us now)
{
    enum { POLL_LATE_MIN = 5, EVERY_LATE_TIMES = 3, EVERY_LATE_MIN = 10, NIGHTLY_LATE_H = 30 };
    switch (job->when) {
    case JOB_POLL:
        return utc_add(now, POLL_LATE_MIN * MINUTE_US);
    case JOB_EVERY:
        return utc_add(now, (job->number * EVERY_LATE_TIMES + EVERY_LATE_MIN) * MINUTE_US);
    case JOB_NIGHTLY:
        return utc_add(job_night_before(now, job->number), NIGHTLY_LATE_H * HOUR_US);
    }
    BUG("no such time for a job: %d", (int)job->when);
}

static enum err tell_done(struct ctx *ctx, const struct job *job)
{
    return job_run_done(ctx, str_from(job->code), ctx_now(ctx), late_at(job, ctx_now(ctx)));
}

/* The failure is counted, and stays what is told. */
static enum err tell_failed(struct ctx *ctx, const struct job *job, enum err err)
{
    struct error failure = ctx->error;
    if (job_run_failed(ctx, str_from(job->code)) != OK)
        ctx->error.code = err; /* then the lease, if any, ends by itself */
    ctx->error = failure;
    return err;
}

/* A job that looks twice a second tells that it lives once a minute. */
static enum err poll_job(struct ctx *ctx, const struct job_place *place, const struct job *job, bool *ret_more)
{
    enum { BEAT_S = 60 };
    enum err err = job->run(ctx, place, ret_more);
    if (err != OK)
        return tell_failed(ctx, job, err);
    struct job_run_get_row row;
    err = job_run_get(ctx, str_from(job->code), &row);
    if (err == ERR_NOT_FOUND)
        return tell_done(ctx, job);
    TRY(err);
    struct utc_us now = ctx_now(ctx);
    bool beats = row.failures == 0 && !utc_is_none(row.last) && utc_cmp(row.last, now) <= 0 &&
                 utc_cmp(now, utc_add(row.last, BEAT_S * SECOND_US)) < 0;
    return beats ? OK : tell_done(ctx, job);
}

/* Reads before it writes: a look at a job that is not due costs no write. */
static enum err claim(struct ctx *ctx, const struct job *job, bool *ret_ours, bool *ret_new)
{
    struct utc_us real = job_real_now();
    struct job_run_get_row row;
    *ret_ours = false;
    enum err err = job_run_get(ctx, str_from(job->code), &row);
    if (err == ERR_NOT_FOUND)
        row = (struct job_run_get_row){.last = UTC_NONE, .lease = UTC_NONE};
    else if (err != OK)
        return err;
    *ret_new = utc_is_none(row.last);
    bool taken = !utc_is_none(row.lease) && utc_cmp(real, row.lease) <= 0;
    if (taken || !is_time(job, row.last, ctx_now(ctx)))
        return OK;
    int64_t changed;
    TRY(job_run_claim(ctx, str_from(job->code), row.last, real, utc_add(real, JOB_LEASE_S * SECOND_US), &changed));
    *ret_ours = changed == 1;
    return OK;
}

enum err job_look(struct ctx *ctx, const struct job_place *place, const struct job *job, bool *ret_ran, bool *ret_more)
{
    *ret_ran = *ret_more = false;
    if (job->when == JOB_POLL) {
        *ret_ran = true;
        return poll_job(ctx, place, job, ret_more);
    }
    bool ours, is_new;
    TRY(claim(ctx, job, &ours, &is_new));
    if (!ours)
        return OK;
    if (is_new && job->when == JOB_NIGHTLY) /* it waits for its first night: a start is no time for hours of reading */
        return tell_done(ctx, job);
    *ret_ran = true;
    enum err err = job->run(ctx, place, ret_more);
    return err == OK ? tell_done(ctx, job) : tell_failed(ctx, job, err);
}
