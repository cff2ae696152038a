#include "meters.h"

#include <sys/mman.h>

struct meters *meters_new(void)
{
    void *p = mmap(NULL, sizeof(struct meters), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED)
        BUG("no shared memory for the counters");
    return p;
}

void meter_duration(struct meters *meters, int process, int64_t us)
{
    static const int64_t ends[METER_BUCKETS] = METER_BUCKET_ENDS_US;
    size_t i = 0;
    while (us > ends[i])
        i++;
    atomic_fetch_add_explicit(&meters->rows[process].buckets[i], 1, memory_order_relaxed);
    meter_add(meters, process, METER_duration_us, us);
}

int64_t meter_sum(const struct meters *meters, enum meter meter)
{
    int64_t sum = 0;
    for (size_t i = 0; i < METER_PROCESSES_MAX; i++)
        sum += atomic_load_explicit(&meters->rows[i].counts[meter], memory_order_relaxed);
    return sum;
}

int64_t monotonic_us(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        BUG("the monotonic clock cannot be read");
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}
