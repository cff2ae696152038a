/* What: counters that all processes of one server share, one row per process, so that nobody waits for anybody.
 * Flow: the supervisor makes the table before it forks; a process adds to its own row; /metrics sums them up. A process
 * that replaces a dead one goes on with its row, so counters never fall. Not here: the text for Prometheus
 * (web/metrics_page.c). Source: performance.md. */
#ifndef GAVA_METERS_H
#define GAVA_METERS_H

#include <stdatomic.h>

#include "base.h"

/* METER(name, "what it counts") */
#define METERS(METER)                                                                                                  \
    METER(requests, "requests answered")                                                                               \
    METER(status_2xx, "answers with status 200-299")                                                                   \
    METER(status_3xx, "answers with status 300-399")                                                                   \
    METER(status_4xx, "answers with status 400-499")                                                                   \
    METER(status_5xx, "answers with status 500-599")                                                                   \
    METER(duration_us, "microseconds spent in answering")                                                              \
    METER(body_bytes, "bytes of request bodies")                                                                       \
    METER(connections, "connections accepted")                                                                         \
    METER(evicted, "connections closed because they were slow or too many")                                            \
    METER(refused_rate, "requests refused by a rate limit")                                                            \
    METER(refused_csrf, "posts refused because they did not come from our own form")                                   \
    METER(refused_login, "wrong passwords")                                                                            \
    METER(store_failures, "requests that failed in the store")                                                         \
    METER(starts, "times a process started")                                                                           \
    METER(jobs_done, "jobs done")                                                                                      \
    METER(jobs_failed, "jobs that failed")

enum meter {
#define METER(name, text) METER_##name,
    METERS(METER)
#undef METER
        METER_COUNT
};

enum { METER_PROCESSES_MAX = 64, METER_BUCKETS = 14 };

/* Upper ends of the duration histogram, in microseconds; the last is infinity. */
#define METER_BUCKET_ENDS_US                                                                                           \
    {                                                                                                                  \
        250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 5000000, INT64_MAX           \
    }

struct meter_row {
    _Atomic int64_t counts[METER_COUNT];
    _Atomic int64_t buckets[METER_BUCKETS];
    _Atomic int64_t open_connections;
    _Atomic int64_t in_flight; /* requests being answered */
    _Atomic int32_t pid;       /* 0: no process */
    _Atomic int32_t ready;     /* 1: it accepts */
    char request[16];          /* number of the request being answered, "" between them: told when the process dies */
} __attribute__((aligned(64)));

struct meters {
    _Atomic int64_t started_us; /* CLOCK_MONOTONIC of the supervisor's start */
    struct meter_row rows[METER_PROCESSES_MAX];
};

/* In memory that forked processes share; lives as long as the last of them. A BUG when there is none. */
struct meters *meters_new(void);

static inline void meter_add(struct meters *meters, int process, enum meter meter, int64_t n)
{
    atomic_fetch_add_explicit(&meters->rows[process].counts[meter], n, memory_order_relaxed);
}
/* One request that took us microseconds. */
void meter_duration(struct meters *meters, int process, int64_t us);
/* Over all processes. */
int64_t meter_sum(const struct meters *meters, enum meter meter);

/* CLOCK_MONOTONIC, for durations and time-outs. Never for what people read: that is ctx_now(). */
int64_t monotonic_us(void);

#endif
