#include "serve_prepare.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "address.h"
#include "listen.h"
#include "pdf_desk.h"
#include "rate.h"
#include "supervisor.h"

/* ── settings ── */

static enum err read_settings(struct ctx *ctx, const struct serve_options *options, struct settings *settings)
{
    if (!str_is_none(options->config))
        TRY(settings_load(ctx, options->config, /* needed= */ true, settings));
    else if (!str_is_none(options->where.dir))
        TRY(settings_load(ctx, str_fmt(ctx->arena, "%.*s/gava.conf", STR_ARG(options->where.dir)), /* needed= */ false,
                          settings));
    else
        settings_default(settings);
    if (!str_is_none(options->listen))
        settings->listen = options->listen;
    if (!str_is_none(options->tls_cert))
        settings->tls_cert = options->tls_cert;
    if (!str_is_none(options->tls_key))
        settings->tls_key = options->tls_key;
    if (options->workers > 0)
        settings->workers = options->workers;
    if (settings->temp_dir.n == 0 && !str_is_none(options->where.dir))
        settings->temp_dir = options->where.dir;
    struct str wrong;
    if (!address_list_check(settings->trusted_proxies, &wrong) || !address_list_check(settings->metrics_allow, &wrong))
        return fail(ctx, ERR_SETTING, "\"%.*s\" is neither an address nor a network", STR_ARG(wrong));
    if (settings->workers > WORKERS_MAX)
        return fail(ctx, ERR_SETTING, "%lld workers; at most %d are possible", (long long)settings->workers,
                    WORKERS_MAX);
    return OK;
}

static enum err read_pem(struct ctx *ctx, struct str path, struct str *ret)
{
    enum { PEM_MAX = 256 * 1024 };
    int fd = open(str_cz(ctx->arena, path), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail(ctx, ERR_IO, "could not read \"%.*s\": %s", STR_ARG(path), strerror(errno));
    char *bytes = arena_alloc(ctx->arena, PEM_MAX + 1);
    ssize_t n = read(fd, bytes, PEM_MAX + 1);
    close(fd);
    *ret = (struct str){bytes, n > 0 ? (size_t)n : 0};
    if (n <= 0 || n > PEM_MAX || str_find(*ret, STR("-----BEGIN ")) < 0)
        return fail(ctx, ERR_SETTING, "\"%.*s\" is not a PEM file", STR_ARG(path));
    bytes[n] = 0; /* libmicrohttpd wants a C string */
    return OK;
}

enum err tls_read(struct ctx *ctx, struct server *server)
{
    const struct settings *settings = &server->settings;
    if ((settings->tls_cert.n == 0) != (settings->tls_key.n == 0))
        return fail(ctx, ERR_SETTING, "tls_cert and tls_key belong together: one of them is missing");
    server->tls = settings->tls_cert.n > 0;
    if (!server->tls)
        return OK;
    TRY(read_pem(ctx, settings->tls_cert, &server->tls_cert));
    return read_pem(ctx, settings->tls_key, &server->tls_key);
}

/* ── stores ── */

/* Migrations run here, once, before any process opens a store; and what cannot work is told before anything is started.
 */
static enum err check_stores(struct ctx *ctx, const struct where *where)
{
    struct str *slugs;
    size_t n;
    TRY(store_list(ctx, where, &slugs, &n));
    if (n == 0) {
        fail(ctx, ERR_SETTING, "there is no municipality here yet");
        return fail_hint(ctx, "make one with gava init, or a fictional one with gava demo");
    }
    for (size_t i = 0; i < n; i++) {
        struct db *db;
        TRY(store_open(ctx, where, slugs[i], &db));
        db_close(db);
    }
    return OK;
}

enum err serve_prepare(struct ctx *ctx, const struct serve_options *options, struct server *server)
{
    TRY(where_check(ctx, &options->where));
    server->rate_limit_off = !str_is_none(options->rate_limit);
    server->data_dir = options->where.dir;
    server->postgres_url = options->where.url;
    TRY(read_settings(ctx, options, &server->settings));
    TRY(tls_read(ctx, server));
    if (!str_is_none(options->clock)) {
        struct str fault;
        server->clock.file = str_cz(ctx->arena, options->clock);
        if (!clock_check(&server->clock, &fault))
            return fail(ctx, ERR_SETTING, "--clock \"%.*s\": %.*s", STR_ARG(options->clock), STR_ARG(fault));
    }
    TRY(check_stores(ctx, &options->where));
    struct str where;
    TRY(listen_open(ctx, server->settings.listen, &server->listen_fd, &where));
    server->url = str_fmt(ctx->arena, "%s://%.*s/", server->tls ? "https" : "http", STR_ARG(where));
    server->meters = meters_new();
    atomic_store(&server->meters->started_us, monotonic_us());
    server->rates = rates_new();
    server->pdf = ARENA_NEW(ctx->arena, struct pdf_desk);
    return pdf_desk_open(ctx, server->pdf);
}
