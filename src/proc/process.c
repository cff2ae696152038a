#include "process.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "store.h"
#include "town.h"
#include "vault.h"

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNDER_SANITIZER 1
#endif
#endif

static void set_limits(void)
{
    /* a core file would hold what people wrote */
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max < 8192 ? files.rlim_max : 8192;
        setrlimit(RLIMIT_NOFILE, &files);
    }
#ifndef UNDER_SANITIZER /* the leak checker must look into us */
    prctl(PR_SET_DUMPABLE, 0);
#endif
}

void process_begin(struct server *server, int supervisor_pid)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != supervisor_pid)
        _exit(1); /* it died between fork and here */
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT); /* Ctrl-C reaches the whole group; the supervisor decides */
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_SETMASK, &set, NULL);
    sigdelset(&set, SIGINT);
    sigdelset(&set, SIGHUP);
    server->stop_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (server->stop_fd < 0)
        BUG("no signalfd: %s", strerror(errno));
    set_limits();
}

enum err process_open_stores(struct ctx *ctx, struct server *server)
{
    struct where where = {.dir = server->data_dir, .url = server->postgres_url};
    struct str *slugs;
    size_t n;
    TRY(store_list(ctx, &where, &slugs, &n));
    server->municipalities = ARENA_ARRAY(ctx->arena, struct municipality, n);
    server->n_municipalities = n;
    for (size_t i = 0; i < n; i++) {
        struct municipality *municipality = &server->municipalities[i];
        municipality->slug = slugs[i];
        TRY(store_open(ctx, &where, slugs[i], &municipality->db));
        ctx->db = municipality->db;
        TRY(vault_open(ctx, &where, &municipality->vault));
        municipality->town = town_cache_new();
    }
    ctx->db = NULL;
    return OK;
}
