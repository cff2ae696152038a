#include "address.h"
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
    return OK;
}
