#include "rate.h"

#include <sodium.h>
#include <stdatomic.h>
#include <sys/mman.h>

#include "address.h"
#include "server.h"

/* due_us: the moment up to which the key's allowance is used up (theoretical arrival time). */
struct slot {
    _Atomic uint64_t key;
    _Atomic int64_t due_us;
};

struct rates {
    unsigned char secret[crypto_shorthash_KEYBYTES];
    struct slot slots[RATE_SLOTS];
};

enum { PROBES = 8 };

struct rates *rates_new(void)
{
    struct rates *rates = mmap(NULL, sizeof(struct rates), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (rates == MAP_FAILED)
        BUG("no shared memory for the rate limits");
    randombytes_buf(rates->secret, sizeof rates->secret);
    return rates;
}

static uint64_t hash_key(const struct rates *rates, enum rate what, struct str key)
{
    unsigned char text[256] = {(unsigned char)what};
    size_t n = key.n < sizeof text - 1 ? key.n : sizeof text - 1;
    if (n)
        memcpy(text + 1, key.p, n);
    uint64_t hash;
    static_assert(sizeof hash == crypto_shorthash_BYTES, "SipHash gives 64 bits");
    crypto_shorthash((unsigned char *)&hash, text, n + 1, rates->secret);
    return hash ? hash : 1;
}

/* The key's slot, or the one among its places that matters least, taken over. */
static struct slot *find_slot(struct rates *rates, uint64_t key)
{
    struct slot *stalest = NULL;
    int64_t stalest_us = INT64_MAX;
    for (size_t i = 0; i < PROBES; i++) {
        struct slot *slot = &rates->slots[(key + i) % RATE_SLOTS];
        uint64_t holder = atomic_load(&slot->key);
        if (holder == key)
            return slot;
        int64_t due_us = holder ? atomic_load(&slot->due_us) : -1;
        if (due_us < stalest_us) {
            stalest = slot;
            stalest_us = due_us;
        }
    }
    atomic_store(&stalest->key, key);
    atomic_store(&stalest->due_us, 0);
    return stalest;
}

bool rates_take(struct rates *rates, enum rate what, struct str key, int64_t per_hour, int64_t now_us,
                int64_t *ret_wait_s)
{
    if (per_hour <= 0)
        return true;
    struct slot *slot = find_slot(rates, hash_key(rates, what, key));
    int64_t step_us = HOUR_US / per_hour, due_us = atomic_load(&slot->due_us), next_us;
    do {
        next_us = (due_us > now_us ? due_us : now_us) + step_us;
        if (next_us - now_us > HOUR_US) {
            *ret_wait_s = (next_us - now_us - HOUR_US + SECOND_US - 1) / SECOND_US;
            return false;
        }
    } while (!atomic_compare_exchange_weak(&slot->due_us, &due_us, next_us));
    return true;
}

struct str rate_client(struct ctx *ctx, struct str remote)
{
    struct address address;
    return address_parse(remote, &address) ? address_text(ctx, address_client(address)) : remote;
}

enum err rate_take(struct ctx *ctx, struct request *req, enum rate what, struct str name)
{
    const struct settings *settings = &req->server->settings;
    if (req->server->rate_limit_off)
        return OK;
    int64_t per_hour = 0;
    switch (what) {
    case RATE_SUBMIT:
        per_hour = settings->submits_per_hour;
        break;
    case RATE_FOLLOW:
        per_hour = settings->follow_guesses_per_hour;
        break;
    case RATE_LOGIN:
        per_hour = settings->login_guesses_per_hour;
        break;
    case RATE_LOGIN_NAME:
        per_hour = (settings->login_guesses_per_hour + 2) / 3;
        break;
    case RATE_API:
        per_hour = settings->api_requests_per_hour;
        break;
    case RATE_PRINT:
        per_hour = settings->prints_per_hour;
        break;
    case RATE_COUNT:
        BUG("no such rate");
    }
    struct str key = what == RATE_LOGIN_NAME || what == RATE_API ? name : rate_client(ctx, req->remote);
    if (rates_take(req->server->rates, what, key, per_hour, monotonic_us(), &req->retry_after_s))
        return OK;
    meter_add(req->server->meters, req->server->process, METER_refused_rate, 1);
    return fail(ctx, ERR_TOO_MANY, "too many attempts; the next one is possible in %lld s",
                (long long)req->retry_after_s);
}
