#include "http.h"

#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "connections.h"
#include "dispatch.h"
#include "response_headers.h"
#include "spool.h"

struct http {
    struct server *server;
    struct MHD_Daemon *daemon;
    struct connections connections;
    int epoll_fd;
    int64_t now_us;            /* monotonic, read once per turn of the loop */
    struct exchange *awaiting; /* those whose handler waits for something, newest first */
    bool stopping;
};

/* One request from its first line until its answer is out. Lies in its own arena. */
struct exchange {
    struct http *http;
    struct connection *connection;
    struct ctx ctx;
    struct request req;
    struct response res;
    struct spool spool;
    enum err failed;    /* before the handler is called */
    bool started;       /* libmicrohttpd's first call was made */
    bool answered;      /* the answer is queued */
    size_t drained;     /* bytes of a refused body that were thrown away */
    int64_t started_us; /* monotonic */
    struct MHD_Connection *link;
    struct exchange *next_awaiting;
    int64_t awaits_until_us; /* monotonic; 0: waits for nothing */
};

/* ── what libmicrohttpd gave ── */

struct collector {
    struct ctx *ctx;
    struct pair *pairs;
    size_t n;
    bool too_many;
};

static struct str header_text(struct ctx *ctx, const char *p, size_t n)
{
    struct str s = {p ? p : "", p ? n : 0};
    return str_is_utf8(s) && !str_has_control(s) ? s : str_to_clean_utf8(ctx->arena, s);
}

static enum MHD_Result collect_header(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_n,
                                      const char *value, size_t value_n)
{
    struct collector *c = cls;
    if (c->n == REQUEST_HEADERS_MAX) {
        c->too_many = true;
        return MHD_NO;
    }
    c->pairs[c->n++] = (struct pair){header_text(c->ctx, name, name_n), header_text(c->ctx, value, value_n)};
    return MHD_YES;
}

static enum method method_of(struct str word)
{
    static const struct {
        struct str word;
        enum method method;
    } methods[] = {
        {STR_INIT("GET"), METHOD_GET},         {STR_INIT("HEAD"), METHOD_HEAD},   {STR_INIT("POST"), METHOD_POST},
        {STR_INIT("PUT"), METHOD_PUT},         {STR_INIT("PATCH"), METHOD_PATCH}, {STR_INIT("DELETE"), METHOD_DELETE},
        {STR_INIT("OPTIONS"), METHOD_OPTIONS},
    };
    for (size_t i = 0; i < ARRAY_LEN(methods); i++)
        if (str_eq(methods[i].word, word))
            return methods[i].method;
    return METHOD_OTHER;
}

static size_t count_header(const struct request *req, struct str name)
{
    size_t n = 0;
    for (size_t i = 0; i < req->n_headers; i++)
        n += str_eq_ascii_case(req->headers[i].name, name);
    return n;
}

/* How long is the body by its own account? ret_expected 0 and ret_chunked: nobody knows. What two readers could
 * understand in two ways is refused (request smuggling, RFC 9112 6.3). */
static enum err read_framing(struct exchange *x, size_t *ret_expected, bool *ret_has_body)
{
    struct str length = request_header(&x->req, STR("content-length"));
    struct str encoding = request_header(&x->req, STR("transfer-encoding"));
    int64_t expected = 0;
    if (count_header(&x->req, STR("content-length")) > 1 || count_header(&x->req, STR("transfer-encoding")) > 1 ||
        (!str_is_none(length) && !str_is_none(encoding)))
        return fail(&x->ctx, ERR_BAD_REQUEST, "the length of the body is told in more than one way");
    if (!str_is_none(encoding) && !str_eq_ascii_case(encoding, STR("chunked")))
        return fail(&x->ctx, ERR_BAD_REQUEST, "a transfer encoding other than chunked");
    if (!str_is_none(length) && (!str_to_i64(length, &expected) || expected < 0 || length.p[0] == '-'))
        return fail(&x->ctx, ERR_BAD_REQUEST, "the length of the body is not a number");
    *ret_expected = (size_t)expected;
    *ret_has_body = expected > 0 || !str_is_none(encoding);
    return OK;
}

static enum err read_header(struct exchange *x, struct MHD_Connection *link, const char *version, const char *method,
                            size_t *ret_body_max, size_t *ret_expected)
{
    struct collector collector = {&x->ctx, ARENA_ARRAY(x->ctx.arena, struct pair, REQUEST_HEADERS_MAX), 0, false};
    MHD_get_connection_values_n(link, MHD_HEADER_KIND, collect_header, &collector);
    x->req.method = method_of(str_from(method));
    x->req.headers = collector.pairs;
    x->req.n_headers = collector.n;
    request_set_origin(&x->ctx, &x->req, x->connection->peer, x->http->server->tls,
                       x->http->server->settings.trusted_proxies);
    enum err found = dispatch_begin(&x->ctx, &x->req, ret_body_max);
    bool has_body = false;
    TRY(read_framing(x, ret_expected, &has_body));
    if (collector.too_many)
        return fail(&x->ctx, ERR_HEADERS, "more than %d headers", REQUEST_HEADERS_MAX);
    size_t n_hosts = count_header(&x->req, STR("host"));
    if (n_hosts > 1 || (n_hosts == 0 && strcmp(version, "HTTP/1.1") == 0))
        return fail(&x->ctx, ERR_BAD_REQUEST, "a request needs exactly one Host header");
    TRY(found);
    if (*ret_expected > *ret_body_max)
        return fail(&x->ctx, ERR_TOO_LARGE, "a body of %zu bytes; at most %zu are taken in", *ret_expected,
                    *ret_body_max);
    return OK;
}

/* ── waiting for something else than the client ── */

/* The connection rests until the file is readable; then libmicrohttpd calls handle() again. */
static void begin_waiting(struct exchange *x, struct MHD_Connection *link)
{
    struct http *http = x->http;
    struct epoll_event event = {.events = EPOLLIN, .data = {.fd = x->res.wait_fd}};
    if (epoll_ctl(http->epoll_fd, EPOLL_CTL_ADD, x->res.wait_fd, &event) != 0)
        BUG("cannot watch what a handler waits for: %s", strerror(errno));
    x->req.awaited_fd = x->res.wait_fd;
    x->link = link;
    x->awaits_until_us = http->now_us + WAIT_MAX_S * SECOND_US;
    x->next_awaiting = http->awaiting;
    http->awaiting = x;
    connection_phase(x->connection, PHASE_ANSWERING, (int64_t)WAIT_MAX_S * SLOWEST_BYTES_S, http->now_us);
    MHD_suspend_connection(link);
}

/* fd -1: only those whose time is up. all: everybody, for the end. */
static void end_waiting(struct http *http, int fd, bool all)
{
    for (struct exchange **at = &http->awaiting; *at;) {
        struct exchange *x = *at;
        if (x->req.awaited_fd != fd && x->awaits_until_us > http->now_us && !all) {
            at = &x->next_awaiting;
            continue;
        }
        *at = x->next_awaiting;
        epoll_ctl(http->epoll_fd, EPOLL_CTL_DEL, x->req.awaited_fd, NULL);
        MHD_resume_connection(x->link);
    }
}

/* ── the answer ── */

static enum MHD_Result queue_answer(struct exchange *x, struct MHD_Connection *link, bool close)
{
    struct http *http = x->http;
    if (!x->answered) {
        dispatch_answer(&x->ctx, &x->req, &x->res, x->failed);
        if (x->res.wait_fd && !x->req.awaited_fd) {
            begin_waiting(x, link);
            return MHD_YES;
        }
        x->answered = true;
    }
    struct str body = str_is_none(x->res.content) ? out_take(&x->res.body) : x->res.content;
    /* the bytes stay where they are until request_ended(); libmicrohttpd only reads them */
    struct MHD_Response *response =
        MHD_create_response_from_buffer(body.n, (void *)(uintptr_t)body.p, MHD_RESPMEM_PERSISTENT);
    if (response == NULL)
        BUG("no memory for a response");
    response_headers_add(&x->ctx, &x->req, &x->res, response);
    if (close || http->stopping)
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
    connection_phase(x->connection, PHASE_ANSWERING, (int64_t)body.n, http->now_us);
    enum MHD_Result queued = MHD_queue_response(link, (unsigned)x->res.status, response);
    MHD_destroy_response(response);
    return queued;
}

/* ── calls from libmicrohttpd ── */

static struct connection *connection_of(struct MHD_Connection *link)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(link, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

/* The request line is read: begin. What is returned comes back as *state. */
static void *request_line_read(void *cls, const char *target, struct MHD_Connection *link)
{
    struct http *http = cls;
    struct server *server = http->server;
    struct ctx ctx = ctx_begin(&server->clock, &server->random, REQUEST_ARENA_MAX);
    struct exchange *x = ARENA_NEW(ctx.arena, struct exchange);
    *x = (struct exchange){.http = http, .connection = connection_of(link), .ctx = ctx, .started_us = monotonic_us()};
    x->spool.fd = -1;
    x->req.server = server;
    /* A copy: libmicrohttpd afterwards writes into its own, at the "?". */
    x->req.target = str_copy(x->ctx.arena, header_text(&x->ctx, target, strlen(target)));
    return x;
}

static enum MHD_Result take_body(struct exchange *x, const char *data, size_t *n)
{
    struct server *server = x->http->server;
    if (x->failed == OK)
        x->failed = spool_add(&x->ctx, &x->spool, server->settings.temp_dir, (struct str){data, *n});
    if (x->failed != OK) { /* read on for a while, so that the client comes to reading our answer */
        x->drained += *n;
        if (x->drained > DRAIN_MAX_BYTES)
            return MHD_NO;
    }
    connection_heard(x->connection, *n, x->http->now_us);
    meter_add(server->meters, server->process, METER_body_bytes, (int64_t)*n);
    *n = 0;
    return MHD_YES;
}

static enum MHD_Result handle(void *cls, struct MHD_Connection *link, const char *url, const char *method,
                              const char *version, const char *data, size_t *n, void **state)
{
    struct exchange *x = *state;
    struct http *http = x->http;
    if (!x->started) {
        size_t body_max = 0, expected = 0;
        x->started = true;
        x->failed = read_header(x, link, version, method, &body_max, &expected);
        connection_phase(x->connection, PHASE_BODY, 0, http->now_us);
        bool asks_first = !str_is_none(request_header(&x->req, STR("expect")));
        if (x->failed != OK && (asks_first || expected > DRAIN_MAX_BYTES || x->failed == ERR_BAD_REQUEST))
            return queue_answer(x, link, /* close= */ true);
        x->spool = spool_begin(&x->ctx, body_max, expected);
        return MHD_YES;
    }
    if (*n > 0)
        return take_body(x, data, n);
    if (x->answered)
        return MHD_YES;
    if (x->failed == OK)
        x->failed = spool_take(&x->ctx, &x->spool, &x->req.body);
    return queue_answer(x, link, /* close= */ false);
}

static void count_answer(struct exchange *x)
{
    static const enum meter classes[] = {
        [2] = METER_status_2xx, [3] = METER_status_3xx, [4] = METER_status_4xx, [5] = METER_status_5xx};
    const struct server *server = x->http->server;
    meter_add(server->meters, server->process, METER_requests, 1);
    meter_add(server->meters, server->process, classes[x->res.status / 100], 1);
    meter_duration(server->meters, server->process, monotonic_us() - x->started_us);
}

static void request_ended(void *cls, struct MHD_Connection *link, void **state, enum MHD_RequestTerminationCode code)
{
    struct exchange *x = *state;
    if (x == NULL)
        return;
    if (x->answered)
        count_answer(x);
    if (x->connection)
        connection_phase(x->connection, PHASE_KEPT, 0, x->http->now_us);
    struct ctx ctx = x->ctx; /* x lies in the arena that goes now */
    ctx_end(&ctx);
    *state = NULL;
}

static void connection_changed(void *cls, struct MHD_Connection *link, void **socket_context,
                               enum MHD_ConnectionNotificationCode code)
{
    struct http *http = cls;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        int fd = MHD_get_connection_info(link, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        const struct sockaddr *peer = MHD_get_connection_info(link, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
        *socket_context = connections_add(&http->connections, fd, address_of_socket(peer), http->now_us);
        if (*socket_context == NULL)
            BUG("a connection was accepted without room for it");
    } else if (*socket_context) {
        connections_remove(&http->connections, *socket_context);
        *socket_context = NULL;
    }
}

/* Addresses are decoded by us (route.h), so that %2F is not taken for a slash. */
static size_t leave_escaped(void *cls, struct MHD_Connection *link, char *s)
{
    return strlen(s);
}

/* ── the loop ── */

static void accept_some(struct http *http)
{
    struct server *server = http->server;
    /* few at a time: the other processes wake up too and should have their share */
    for (int i = 0; i < 4; i++) {
        struct sockaddr_storage peer;
        socklen_t n = sizeof peer;
        int fd = accept4(server->listen_fd, (struct sockaddr *)&peer, &n, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0)
            return;
        size_t n_closed = 0;
        bool room = connections_make_room(&http->connections, address_of_socket((struct sockaddr *)&peer), &n_closed);
        meter_add(server->meters, server->process, METER_evicted, (int64_t)n_closed + !room);
        if (!room) {
            close(fd);
            continue;
        }
        meter_add(server->meters, server->process, METER_connections, 1);
        MHD_add_connection(http->daemon, fd, (struct sockaddr *)&peer, n); /* closes fd when it fails */
    }
}

static enum err watch(struct ctx *ctx, struct http *http, int fd, uint32_t events)
{
    struct epoll_event event = {.events = events, .data = {.fd = fd}};
    if (epoll_ctl(http->epoll_fd, EPOLL_CTL_ADD, fd, &event) != 0)
        return fail(ctx, ERR_IO, "could not watch a socket: %s", strerror(errno));
    return OK;
}

static void begin_stop(struct http *http)
{
    /* what the system has already connected for us is served too */
    for (int i = 0; i < 1000; i++)
        accept_some(http);
    epoll_ctl(http->epoll_fd, EPOLL_CTL_DEL, http->server->listen_fd, NULL);
    epoll_ctl(http->epoll_fd, EPOLL_CTL_DEL, http->server->stop_fd, NULL);
    http->stopping = true;
}

static int next_timeout_ms(struct http *http, int64_t next_sweep_us)
{
    MHD_UNSIGNED_LONG_LONG wanted;
    int64_t ms = (next_sweep_us - http->now_us) / 1000 + 1;
    if (http->stopping && ms > 50)
        ms = 50;
    if (MHD_get_timeout(http->daemon, &wanted) == MHD_YES && (int64_t)wanted < ms)
        ms = (int64_t)wanted;
    return (int)(ms < 0 ? 0 : ms);
}

static void run_loop(struct http *http)
{
    struct meter_row *row = &http->server->meters->rows[http->server->process];
    int64_t next_sweep_us = monotonic_us() + SECOND_US, stop_at_us = INT64_MAX;
    for (;;) {
        struct epoll_event events[8];
        int n = epoll_wait(http->epoll_fd, events, ARRAY_LEN(events), next_timeout_ms(http, next_sweep_us));
        http->now_us = monotonic_us();
        for (int i = 0; i < n; i++) {
            if (events[i].data.fd == http->server->listen_fd)
                accept_some(http);
            if (events[i].data.fd == http->server->stop_fd && !http->stopping) {
                begin_stop(http);
                stop_at_us = http->now_us + STOP_MAX_S * SECOND_US;
            }
            end_waiting(http, events[i].data.fd, /* all= */ false);
        }
        MHD_run(http->daemon);
        if (http->now_us >= next_sweep_us || http->stopping) {
            size_t n_closed = connections_sweep(&http->connections, http->now_us);
            meter_add(http->server->meters, http->server->process, METER_evicted, (int64_t)n_closed);
            atomic_store_explicit(&row->open_connections, (int64_t)http->connections.n, memory_order_relaxed);
            end_waiting(http, /* fd= */ -1, /* all= */ false);
            next_sweep_us = http->now_us + SECOND_US;
        }
        if (http->stopping) {
            connections_close_idle(&http->connections, http->now_us);
            if (http->connections.n == 0 || http->now_us > stop_at_us)
                return;
        }
    }
}

static void log_from_library(void *cls, const char *format, va_list args)
{
    /* it tells of every client that goes away; those are counted elsewhere */
    (void)cls, (void)format, (void)args;
}

static struct MHD_Daemon *start_daemon(struct http *http)
{
    struct server *server = http->server;
    unsigned flags = MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ERROR_LOG | MHD_ALLOW_SUSPEND_RESUME |
                     (server->tls ? MHD_USE_TLS : 0);
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)server->tls_cert.p},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)server->tls_key.p},
        {MHD_OPTION_HTTPS_PRIORITIES, 0,
         (void *)(uintptr_t) "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE"},
        {MHD_OPTION_END, 0, NULL},
    };
    struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, NULL}};
    return MHD_start_daemon(flags, 0, NULL, NULL, handle, http,                         /**/
                            MHD_OPTION_EXTERNAL_LOGGER, log_from_library, NULL,         /**/
                            MHD_OPTION_URI_LOG_CALLBACK, request_line_read, http,       /**/
                            MHD_OPTION_NOTIFY_COMPLETED, request_ended, http,           /**/
                            MHD_OPTION_NOTIFY_CONNECTION, connection_changed, http,     /**/
                            MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL,          /**/
                            MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX * 2, /**/
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)(40 * 1024),    /**/
                            MHD_OPTION_CONNECTION_TIMEOUT, 0u,                          /**/
                            MHD_OPTION_STRICT_FOR_CLIENT, 1,                            /**/
                            MHD_OPTION_ARRAY, server->tls ? tls : none, MHD_OPTION_END);
}

enum err http_serve(struct ctx *ctx, struct server *server, void (*on_ready)(struct server *server))
{
    struct http http = {.server = server, .now_us = monotonic_us()};
    http.connections = connections_new(ctx);
    http.connections.per_address = server->rate_limit_off ? 0 : (size_t)server->settings.connections_per_address;
    http.connections.trusted_proxies = server->settings.trusted_proxies;
    http.daemon = start_daemon(&http);
    if (http.daemon == NULL)
        return fail(ctx, ERR_SETTING, "cannot start serving%s",
                    server->tls ? ": check that tls_cert and tls_key fit" : "");
    http.epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (http.epoll_fd < 0)
        return fail(ctx, ERR_IO, "could not make an epoll set: %s", strerror(errno));
    TRY(watch(ctx, &http, server->listen_fd, EPOLLIN));
    TRY(watch(ctx, &http, server->stop_fd, EPOLLIN));
    TRY(watch(ctx, &http, MHD_get_daemon_info(http.daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd, EPOLLIN));
    on_ready(server);
    run_loop(&http);
    end_waiting(&http, /* fd= */ -1, /* all= */ true);
    MHD_run(http.daemon);
    MHD_stop_daemon(http.daemon);
    close(http.epoll_fd);
    return OK;
}
