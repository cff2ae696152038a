#include "connections.h"

#include <sys/socket.h>

struct connections connections_new(struct ctx *ctx)
{
    struct connections all = {NULL};
    struct connection *room = ARENA_ARRAY(ctx->arena, struct connection, CONNECTIONS_ROOM);
    for (size_t i = 0; i < CONNECTIONS_ROOM; i++) {
        room[i].newer = all.unused;
        all.unused = &room[i];
    }
    return all;
}

struct connection *connections_add(struct connections *all, int fd, struct address peer, int64_t now_us)
{
    struct connection *connection = all->unused;
    if (connection == NULL)
        return NULL;
    all->unused = connection->newer;
    *connection = (struct connection){
        .older = all->newest, .fd = fd, .peer = peer, .phase = PHASE_FIRST, .since_us = now_us, .heard_us = now_us};
    *(all->newest ? &all->newest->newer : &all->oldest) = connection;
    all->newest = connection;
    all->n++;
    return connection;
}

void connections_remove(struct connections *all, struct connection *connection)
{
    *(connection->older ? &connection->older->newer : &all->oldest) = connection->newer;
    *(connection->newer ? &connection->newer->older : &all->newest) = connection->older;
    connection->newer = all->unused;
    all->unused = connection;
    all->n--;
}

void connection_phase(struct connection *connection, enum connection_phase phase, int64_t bytes, int64_t now_us)
{
    connection->phase = phase;
    connection->bytes = bytes;
    connection->since_us = now_us;
    connection->heard_us = now_us;
}

void connection_heard(struct connection *connection, size_t n, int64_t now_us)
{
    connection->bytes += (int64_t)n;
    connection->heard_us = now_us;
}

static void connection_close(struct connection *connection)
{
    connection->closing = true;
    shutdown(connection->fd, SHUT_RDWR);
}

static int64_t patience_us(const struct connection *connection)
{
    switch (connection->phase) {
    case PHASE_FIRST:
        return FIRST_MAX_S * SECOND_US;
    case PHASE_KEPT:
        return KEPT_MAX_S * SECOND_US;
    case PHASE_BODY:
        return (BODY_GRACE_S + connection->bytes / SLOWEST_BYTES_S) * SECOND_US;
    case PHASE_ANSWERING:
        return (ANSWER_GRACE_S + connection->bytes / SLOWEST_BYTES_S) * SECOND_US;
    }
    return 0;
}

/* Nothing more to read, and nothing more will come. */
static bool client_has_gone(const struct connection *connection, int64_t now_us)
{
    char byte;
    return connection->phase != PHASE_ANSWERING && now_us - connection->heard_us >= SECOND_US &&
           recv(connection->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

size_t connections_sweep(struct connections *all, int64_t now_us)
{
    size_t n = 0;
    for (struct connection *c = all->oldest; c; c = c->newer) {
        if (c->closing || (now_us - c->since_us <= patience_us(c) && !client_has_gone(c, now_us)))
            continue;
        connection_close(c);
        n++;
    }
    return n;
}

/* The one that has waited longest for its client, of one client or of all; those with no request at all before those
 * in the middle of a body. */
static struct connection *longest_waiting(const struct connections *all, const struct address *peer)
{
    struct connection *best = NULL;
    for (struct connection *c = all->oldest; c; c = c->newer) {
        if (c->closing || c->phase == PHASE_ANSWERING || (peer && !address_same_client(c->peer, *peer)))
            continue;
        bool better = best == NULL || (best->phase == PHASE_BODY && c->phase != PHASE_BODY) ||
                      ((best->phase == PHASE_BODY) == (c->phase == PHASE_BODY) && c->since_us < best->since_us);
        if (better)
            best = c;
    }
    return best;
}

static size_t n_of_client(const struct connections *all, struct address peer)
{
    size_t n = 0;
    for (const struct connection *c = all->oldest; c; c = c->newer)
        n += !c->closing && address_same_client(c->peer, peer);
    return n;
}

bool connections_make_room(struct connections *all, struct address peer, size_t *ret_closed)
{
    *ret_closed = 0;
    bool counted = all->per_address && !(all->trusted_proxies.n && address_in_list(peer, all->trusted_proxies));
    if (counted && n_of_client(all, peer) >= all->per_address) {
        struct connection *c = longest_waiting(all, &peer);
        if (c == NULL)
            return false;
        connection_close(c);
        ++*ret_closed;
    }
    if (all->n >= CONNECTIONS_MAX) {
        struct connection *c = longest_waiting(all, NULL);
        if (c == NULL || all->unused == NULL)
            return false;
        connection_close(c);
        ++*ret_closed;
    }
    return true;
}

size_t connections_in_flight(const struct connections *all)
{
    size_t n = 0;
    for (const struct connection *c = all->oldest; c; c = c->newer)
        n += !c->closing && (c->phase == PHASE_BODY || c->phase == PHASE_ANSWERING);
    return n;
}

void connections_close_idle(struct connections *all, int64_t now_us)
{
    for (struct connection *c = all->oldest; c; c = c->newer)
        if (!c->closing && (c->phase == PHASE_KEPT || (c->phase == PHASE_FIRST && now_us - c->since_us > SECOND_US) ||
                            (c->phase == PHASE_BODY && now_us - c->heard_us > STALLED_MAX_S * SECOND_US)))
            connection_close(c);
}
