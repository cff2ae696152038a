/* The job process's life: looks at every job of every municipality, in turn, and sleeps in between. One thing at a
 * time: a mail server that is slow delays the other jobs, never a page. */
#include <poll.h>

#include "job.h"
#include "log.h"
#include "msg.h"
#include "process.h"
#include "town.h"

enum { JOB_ARENA_MAX = 256 << 20, SLEEP_MAX_MS = 500 };

struct worker {
    struct ctx *ctx; /* the process's own */
    struct server *server;
    int64_t *look_at_us; /* monotonic; by municipality, then job */
};

static bool is_told_to_stop(const struct server *server, int wait_ms)
{
    struct pollfd pollfd = {.fd = server->stop_fd, .events = POLLIN};
    return poll(&pollfd, 1, wait_ms) > 0;
}

static void tell_failure(const struct ctx *ctx, const struct job_place *place, const struct job *job)
{
    LOG(ctx_now(ctx), LOG_ERROR, "job_failed", {"job", str_from(job->code)},
        {"municipality", place->municipality->slug}, {"code", err_name(ctx->error.code)}, {"text", ctx->error.message},
        {"detail", ctx->error.detail}, {"hint", ctx->error.hint});
}

/* One look. Gives how long to wait until the next, in microseconds. */
static int64_t look(struct worker *w, struct municipality *municipality, const struct job *job)
{
    struct ctx ctx = ctx_begin(&w->server->clock, &w->server->random, JOB_ARENA_MAX);
    ctx.db = municipality->db;
    ctx.vault = municipality->vault;
    ctx.town = municipality->town;
    ctx.lang = lang_find(STR("sv"));
    ctx.request_id = str_fmt(ctx.arena, "job-%s", job->code);
    struct job_place place = {w->server, municipality};
    bool ran = false, more = false;
    int64_t pause_us = job_pause_us(job);
    if (job_look(&ctx, &place, job, &ran, &more) != OK) {
        tell_failure(&ctx, &place, job);
        meter_add(w->server->meters, w->server->process, METER_jobs_failed, 1);
        pause_us = JOB_REST_S * SECOND_US;
    } else if (ran) {
        meter_add(w->server->meters, w->server->process, METER_jobs_done, 1);
    }
    ctx_end(&ctx);
    return more ? 0 : pause_us;
}

/* Every job whose turn it is. Gives how long nothing is to do, in milliseconds. */
static int go_round(struct worker *w)
{
    struct server *server = w->server;
    int64_t next_us = INT64_MAX;
    for (size_t i = 0; i < server->n_municipalities; i++) {
        for (size_t k = 0; k < n_jobs; k++) {
            int64_t *look_at_us = &w->look_at_us[i * n_jobs + k];
            if (*look_at_us <= monotonic_us()) {
                if (is_told_to_stop(server, 0))
                    return 0;
                *look_at_us = look(w, &server->municipalities[i], &jobs[k]) + monotonic_us();
            }
            next_us = *look_at_us < next_us ? *look_at_us : next_us;
        }
    }
    int64_t wait_ms = (next_us - monotonic_us()) / 1000 + 1;
    return wait_ms < 0 ? 0 : wait_ms < SLEEP_MAX_MS ? (int)wait_ms : SLEEP_MAX_MS;
}

int job_main(struct server *server)
{
    struct ctx ctx = ctx_begin(&server->clock, &server->random, 64 << 20);
    enum err err = process_open_stores(&ctx, server);
    if (err != OK) {
        LOG(ctx_now(&ctx), LOG_ERROR, "job_process_failed", {"code", err_name(err)}, {"text", ctx.error.message},
            {"detail", ctx.error.detail}, {"hint", ctx.error.hint});
        return 1;
    }
    for (size_t i = 0; i < server->n_municipalities; i++)
        if (server->municipalities[i].town == NULL)
            server->municipalities[i].town = town_cache_new();
    if (str_is_empty(server->settings.smtp_url))
        LOG(ctx_now(&ctx), LOG_WARNING, "mail_is_off", {"text", STR("smtp_url is not set: mails wait in the outbox")});
    process_sandbox();
    struct worker worker = {
        .ctx = &ctx,
        .server = server,
        .look_at_us = ARENA_ARRAY(ctx.arena, int64_t, server->n_municipalities * n_jobs),
    };
    atomic_store(&server->meters->rows[server->process].ready, 1);
    while (!is_told_to_stop(server, go_round(&worker)))
        ;
    return 0;
}
