#include <sys/sysinfo.h>

#include <sodium.h>

#include "args.h"
#include "serve_prepare.h"
#include "supervisor.h"

int serve_cmd(struct ctx *ctx, int argc, char **argv);

int serve_cmd(struct ctx *ctx, int argc, char **argv)
{
    struct serve_options options = {.where = {STR_NONE, STR_NONE}};
    const struct arg args[] = {
        ARG_TEXT("--data", "DIR", false, &options.where.dir, "serve the municipalities in this directory (SQLite)"),
        ARG_TEXT("--postgres", "URL", false, &options.where.url,
                 "serve the municipalities in this PostgreSQL database"),
        ARG_TEXT("--listen", "ADDR:PORT", false, &options.listen,
                 "127.0.0.1:8080 unless gava.conf says otherwise; port 0: any"),
        ARG_TEXT("--config", "FILE", false, &options.config, "settings; DIR/gava.conf if there is one"),
        ARG_INT("--workers", "N", false, &options.workers, "web processes; one per processor, at least two"),
        ARG_TEXT("--tls-cert", "FILE", false, &options.tls_cert, "certificate chain (PEM): serve https"),
        ARG_TEXT("--tls-key", "FILE", false, &options.tls_key, "private key of the certificate (PEM)"),
        ARG_TEXT("--clock", "FILE", false, &options.clock, "\"now\" is the RFC 3339 time in this file (tests, demos)"),
        ARG_TEXT("--rate-limit", "off", false, &options.rate_limit,
                 "for load tests: no limit on attempts and connections"),
    };
    int status;
    if (!args_read(ctx, argc, argv, ARRAY_LEN(args), args, &status))
        return status;
    if (!str_is_none(options.rate_limit) && !str_eq(options.rate_limit, STR("off")))
        return command_usage(argv, "--rate-limit can only be off");
    if (options.workers < 0)
        return command_usage(argv, "--workers must be 1 or more");
    if (sodium_init() < 0)
        BUG("libsodium cannot be used");
    struct server *server = ARENA_NEW(ctx->arena, struct server);
    enum err err = serve_prepare(ctx, &options, server);
    if (err != OK)
        return command_status(ctx, err);
    ctx->clock = &server->clock;
    int n_web = server->settings.workers > 0 ? (int)server->settings.workers : get_nprocs();
    if (server->settings.workers == 0 && n_web < 2)
        n_web = 2;
    return supervise(ctx, server, n_web < WORKERS_MAX ? n_web : WORKERS_MAX);
}
