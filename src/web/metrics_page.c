#include "address.h"
#include "db.h"
#include "metrics_sql.h"
#include "server.h"

static void out_metric(struct out *out, const char *name, const char *type, const char *help, int64_t value)
{
    out_fmt(out, "# HELP gava_%s %s\n# TYPE gava_%s %s\ngava_%s %lld\n", name, help, name, type, name,
            (long long)value);
}

static void out_histogram(struct out *out, const struct meters *meters)
{
    static const int64_t ends[METER_BUCKETS] = METER_BUCKET_ENDS_US;
    int64_t so_far = 0;
    out_lit(out, "# HELP gava_request_duration_seconds time from the request's first line to the answer's last byte\n"
                 "# TYPE gava_request_duration_seconds histogram\n");
    for (size_t b = 0; b < METER_BUCKETS; b++) {
        for (size_t i = 0; i < METER_PROCESSES_MAX; i++)
            so_far += atomic_load_explicit(&meters->rows[i].buckets[b], memory_order_relaxed);
        if (b == METER_BUCKETS - 1)
            out_fmt(out, "gava_request_duration_seconds_bucket{le=\"+Inf\"} %lld\n", (long long)so_far);
        else
            out_fmt(out, "gava_request_duration_seconds_bucket{le=\"%g\"} %lld\n", (double)ends[b] / 1e6,
                    (long long)so_far);
    }
    out_fmt(out, "gava_request_duration_seconds_sum %.6f\ngava_request_duration_seconds_count %lld\n",
            (double)meter_sum(meters, METER_duration_us) / 1e6, (long long)so_far);
}

/* ---- what stands still, by municipality, as the watchdog noted it ---- */

static void out_labels(struct out *out, const char *name, struct str municipality, struct str kind, int64_t value)
{
    out_fmt(out, "gava_%s{municipality=\"%.*s\"", name, STR_ARG(municipality));
    if (!str_is_none(kind))
        out_fmt(out, ",kind=\"%.*s\"", STR_ARG(kind));
    out_fmt(out, "} %lld\n", (long long)value);
}

static void out_watch_of(struct ctx *ctx, struct out *out, struct str slug, const struct metrics_watch_row *rows,
                         size_t n)
{
    static const struct str named[] = {STR_INIT("unregistered"), STR_INIT("unassigned"), STR_INIT("undelivered")};
    int64_t oldest_s = 0, age_s = 0;
    for (size_t i = 0; i < n; i++) {
        out_labels(out, "stuck", slug, rows[i].kind, rows[i].n);
        for (size_t k = 0; k < ARRAY_LEN(named); k++)
            if (str_eq(rows[i].kind, named[k]))
                out_labels(out, str_cz(ctx->arena, rows[i].kind), slug, STR_NONE, rows[i].n);
        int64_t since_s = utc_is_none(rows[i].oldest) ? 0 : (ctx_now(ctx).v - rows[i].oldest.v) / SECOND_US;
        oldest_s = since_s > oldest_s ? since_s : oldest_s;
        age_s = (ctx_now(ctx).v - rows[i].at.v) / SECOND_US;
    }
    if (n == 0)
        return;
    out_labels(out, "oldest_stuck_seconds", slug, STR_NONE, oldest_s);
    out_labels(out, "watch_age_seconds", slug, STR_NONE, age_s);
}

/* A store that cannot be read now leaves its lines out; the others are told. */
static void out_watch(struct ctx *ctx, const struct server *server, struct out *out)
{
    out_lit(out,
            "# HELP gava_stuck things that stand still, by kind: see gava watch\n# TYPE gava_stuck gauge\n"
            "# TYPE gava_unregistered gauge\n# TYPE gava_unassigned gauge\n# TYPE gava_undelivered gauge\n"
            "# HELP gava_oldest_stuck_seconds since when the oldest of them stands still\n"
            "# TYPE gava_oldest_stuck_seconds gauge\n"
            "# HELP gava_watch_age_seconds how long ago the watchdog looked\n# TYPE gava_watch_age_seconds gauge\n");
    struct db *db = ctx->db;
    for (size_t i = 0; i < server->n_municipalities; i++) {
        struct metrics_watch_row *rows;
        size_t n;
        ctx->db = server->municipalities[i].db;
        if (metrics_watch(ctx, &rows, &n) == OK)
            out_watch_of(ctx, out, server->municipalities[i].slug, rows, n);
    }
    ctx->db = db;
}

/* A proxy in front that is not among the trusted ones makes every request look like its own: then nobody gets in. */
static bool may_read(const struct request *req)
{
    struct address client;
    bool forwarded =
        !str_is_none(request_header(req, STR("x-forwarded-for"))) && req->server->settings.trusted_proxies.n == 0;
    return !forwarded && address_parse(req->remote, &client) &&
           address_in_list(client, req->server->settings.metrics_allow);
}

enum err metrics_page(struct ctx *ctx, struct request *req, struct response *res)
{
    if (!may_read(req))
        return fail(ctx, ERR_NOT_FOUND, "this address may not read the metrics");
    const struct meters *meters = req->server->meters;
    res->content_type = STR("text/plain; version=0.0.4; charset=utf-8");
#define METER(name, text) out_metric(&res->body, #name "_total", "counter", text, meter_sum(meters, METER_##name));
    METERS(METER)
#undef METER
    int64_t n_open = 0, n_processes = 0;
    for (size_t i = 0; i < METER_PROCESSES_MAX; i++) {
        n_open += atomic_load(&meters->rows[i].open_connections);
        n_processes += atomic_load(&meters->rows[i].ready);
    }
    out_metric(&res->body, "open_connections", "gauge", "connections open now", n_open);
    out_metric(&res->body, "processes", "gauge", "processes that are ready", n_processes);
    out_metric(&res->body, "uptime_seconds", "gauge", "seconds since the server started",
               (monotonic_us() - atomic_load(&meters->started_us)) / SECOND_US);
    out_histogram(&res->body, meters);
    out_watch(ctx, req->server, &res->body);
    return OK;
}
