#include "listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

/* Host and port of "ADDR:PORT". */
static enum err split(struct ctx *ctx, struct str where, struct str *ret_host, struct str *ret_port)
{
    size_t at = where.n;
    while (at > 0 && where.p[at - 1] != ':')
        at--;
    int64_t port;
    if (at == 0 || !str_to_i64(str_skip(where, at), &port) || port < 0 || port > 65535) {
        fail(ctx, ERR_SETTING, "cannot listen on \"%.*s\"", STR_ARG(where));
        return fail_hint(ctx, "give an address and a port, such as 127.0.0.1:8080 or [::]:8080");
    }
    *ret_port = str_skip(where, at);
    *ret_host = str_head(where, at - 1);
    if (ret_host->n > 1 && ret_host->p[0] == '[' && ret_host->p[ret_host->n - 1] == ']')
        *ret_host = (struct str){ret_host->p + 1, ret_host->n - 2};
    return OK;
}

static struct str name_of(struct ctx *ctx, int fd)
{
    struct sockaddr_storage own;
    socklen_t n = sizeof own;
    char host[NI_MAXHOST], port[NI_MAXSERV];
    if (getsockname(fd, (struct sockaddr *)&own, &n) != 0 ||
        getnameinfo((struct sockaddr *)&own, n, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        BUG("a socket without a name");
    return str_fmt(ctx->arena, strchr(host, ':') ? "[%s]:%s" : "%s:%s", host, port);
}

enum err listen_open(struct ctx *ctx, struct str where, int *ret_fd, struct str *ret_where)
{
    struct str host, port;
    TRY(split(ctx, where, &host, &port));
    struct addrinfo hints = {.ai_flags = AI_PASSIVE | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM}, *found;
    int status = getaddrinfo(host.n ? str_cz(ctx->arena, host) : NULL, str_cz(ctx->arena, port), &hints, &found);
    if (status != 0)
        return fail(ctx, ERR_SETTING, "cannot listen on \"%.*s\": %s", STR_ARG(where), gai_strerror(status));
    int fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), yes = 1;
    bool open = fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
                bind(fd, found->ai_addr, found->ai_addrlen) == 0 && listen(fd, LISTEN_BACKLOG) == 0;
    int fault = errno;
    freeaddrinfo(found);
    if (!open) {
        if (fd >= 0)
            close(fd);
        fail(ctx, ERR_IO, "could not listen on \"%.*s\": %s", STR_ARG(where), strerror(fault));
        if (fault == EADDRINUSE)
            return fail_hint(ctx, "another program has this port; choose one with --listen, or --listen 127.0.0.1:0");
        return ERR_IO;
    }
    *ret_fd = fd;
    *ret_where = name_of(ctx, fd);
    return OK;
}
