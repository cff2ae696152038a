/* What: how often one address (or user name) may do one kind of thing, counted for all processes together.
 * Flow: a handler asks rate_take() before it does the costly or guessable thing; ERR_TOO_MANY becomes a page with
 * Retry-After.
 * Owns: a table of RATE_SLOTS buckets in memory shared by fork. Invariants: (1) a process that is killed at any point
 * leaves the table usable: entries are pairs of atomics, there is no lock; (2) addresses are kept only as keyed hashes.
 * An entry may be pushed out by others when the table is full: then the limit is milder, never harder.
 * Source: generic cell rate algorithm (ITU-T I.371). */
#ifndef GAVA_RATE_H
#define GAVA_RATE_H

#include "web.h"

enum rate {
    RATE_SUBMIT,     /* new cases, per address */
    RATE_FOLLOW,     /* guesses of number and code, per address */
    RATE_LOGIN,      /* passwords, per address */
    RATE_LOGIN_NAME, /* passwords, per user name */
    RATE_API,        /* requests of another system, per key */
    RATE_PRINT,      /* PDFs that have to be made, per address */
    RATE_COUNT
};

enum { RATE_SLOTS = 1 << 15 };

struct rates;
/* In memory shared with the processes forked later. */
struct rates *rates_new(void);

/* Count one more `what` for key (an address, a folded user name); per_hour of them are let through in an hour, the
 * whole number at once if need be. now_us: monotonic. False: too many; ret_wait_s tells when to come back. per_hour 0:
 * no limit. */
bool rates_take(struct rates *rates, enum rate what, struct str key, int64_t per_hour, int64_t now_us,
                int64_t *ret_wait_s);

/* The key of a client: its IPv4 address or its IPv6 /64 ("2001:db8::"), see address_client(). */
struct str rate_client(struct ctx *ctx, struct str remote);

/* rates_take for the client of req->remote (RATE_LOGIN_NAME, RATE_API: for `name`) by the settings. ERR_TOO_MANY, with
 * req->retry_after_s set. Always OK with --rate-limit off. */
MUST_USE enum err rate_take(struct ctx *ctx, struct request *req, enum rate what, struct str name);

#endif
