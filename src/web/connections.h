/* What: the open connections of one process, so that slow, silent and greedy clients cost the others nothing: each
 * phase of a connection has a time limit, and when there are too many the ones that have waited longest are closed.
 * Flow: http.c tells of each change of phase; connections_sweep() once a second; connections_make_room() at each
 * accept. Invariants: (1) a connection is closed only by shutdown(2); libmicrohttpd then sees the end and cleans up;
 * (2) one whose request is being answered in time is never chosen. Source: slowloris and its kin (CWE-400);
 * performance.md. */
#ifndef GAVA_CONNECTIONS_H
#define GAVA_CONNECTIONS_H

#include "address.h"

enum connection_phase {
    PHASE_FIRST,     /* connected; the first request's header is not yet complete */
    PHASE_KEPT,      /* between requests */
    PHASE_BODY,      /* the body is coming in */
    PHASE_ANSWERING, /* the answer is going out */
};

struct connection {
    struct connection *older, *newer;
    int fd;
    struct address peer;
    enum connection_phase phase;
    bool closing;
    int64_t since_us; /* monotonic: when the phase began */
    int64_t heard_us; /* monotonic: when the last piece of a body came */
    int64_t bytes;    /* BODY: received so far; ANSWERING: to be sent */
};

/* The most one process takes; and the limits of the phases. The slowest line we wait for moves 2 KiB/s. */
enum {
    CONNECTIONS_MAX = 1000,
    CONNECTIONS_ROOM = 1100,
    FIRST_MAX_S = 10,
    KEPT_MAX_S = 65,
    BODY_GRACE_S = 20,
    ANSWER_GRACE_S = 30,
    STALLED_MAX_S = 5,
    SLOWEST_BYTES_S = 2048
};

struct connections {
    struct connection *oldest, *newest;
    struct connection *unused; /* linked by newer */
    size_t n;
    size_t per_address;         /* an IPv6 /64 is one address; 0: no limit */
    struct str trusted_proxies; /* not counted per address */
};

/* Room for CONNECTIONS_ROOM connections, in ctx. */
struct connections connections_new(struct ctx *ctx);
/* NULL: no room. */
struct connection *connections_add(struct connections *all, int fd, struct address peer, int64_t now_us);
void connections_remove(struct connections *all, struct connection *connection);
void connection_phase(struct connection *connection, enum connection_phase phase, int64_t bytes, int64_t now_us);
/* n more bytes of the body. */
void connection_heard(struct connection *connection, size_t n, int64_t now_us);
/* Close those beyond their time, and those whose client has gone while we wait for it (libmicrohttpd, told of both data
 * and end at once, sometimes overlooks the end). Gives how many. */
size_t connections_sweep(struct connections *all, int64_t now_us);
/* Before one more from peer is accepted. False: there is no room at all. ret_closed: how many were closed for it. */
bool connections_make_room(struct connections *all, struct address peer, size_t *ret_closed);
/* Requests that have begun: header complete, answer not yet out. */
size_t connections_in_flight(const struct connections *all);
/* For the end: close all that wait for a request, the new ones when they have said nothing for 1 s, and those that have
 * stopped in the middle of a body for STALLED_MAX_S. */
void connections_close_idle(struct connections *all, int64_t now_us);

#endif
