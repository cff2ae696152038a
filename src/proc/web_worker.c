#include <malloc.h>

#include "http.h"
#include "log.h"
#include "process.h"
#include "text_cache.h"

static void tell_ready(struct server *server)
{
    atomic_store(&server->meters->rows[server->process].ready, 1);
}

int web_main(struct server *server)
{
    /* arenas come and go with every request: give their memory back to the system only when there is much of it */
    mallopt(M_TRIM_THRESHOLD, 32 << 20);
    mallopt(M_MMAP_THRESHOLD, 4 << 20);
    struct ctx ctx = ctx_begin(&server->clock, &server->random, 64 << 20);
    enum { PAGES = 128, PAGE_MAX_BYTES = 256 * 1024 };
    server->pages = text_cache_new(PAGES, PAGE_MAX_BYTES);
    enum err err = process_open_stores(&ctx, server);
    process_sandbox();
    if (err == OK)
        err = http_serve(&ctx, server, tell_ready);
    if (err != OK)
        LOG(ctx_now(&ctx), LOG_ERROR, "web_failed", {"code", err_name(err)}, {"text", ctx.error.message},
            {"detail", ctx.error.detail}, {"hint", ctx.error.hint});
    text_cache_free(server->pages); /* wiped; stores and arena go with the process */
    return err == OK ? 0 : 1;
}
