/* What: HTTP/1.1 on the listening socket, by libmicrohttpd: the only file that knows it. One thread, one epoll loop.
 * Flow: http_serve() accepts, lets libmicrohttpd parse, spools the body, calls dispatch.h once per request and queues

 * what it gives (or lets the connection rest until response_wait's file is readable, and calls once more), until the
 process is asked to stop; then requests that have begun are finished. Invariants: (1) the
 * answer is queued from the handler's second call, or, after a body, from its last (queueing in the first makes
 * libmicrohttpd close the connection: five times slower); (2) everything of a request lies in its ctx, which ends when
 * the answer is out.
 * Not here: what a request means (dispatch.h), who may stay connected (connections.h).
 * Source: libmicrohttpd manual 0.9.75; performance.md "Habits". */
#ifndef GAVA_HTTP_H
#define GAVA_HTTP_H

#include "server.h"

enum { STOP_MAX_S = 30, WAIT_MAX_S = 50, REQUEST_ARENA_MAX = 256 << 20, DRAIN_MAX_BYTES = 128 << 20 };

/* Serve server->listen_fd until server->stop_fd becomes readable; then at most STOP_MAX_S more. on_ready is called when
 * connections are accepted. ERR_SETTING: the certificate or key cannot be used. ERR_IO: no socket, no epoll. */
MUST_USE enum err http_serve(struct ctx *ctx, struct server *server, void (*on_ready)(struct server *server));

#endif
