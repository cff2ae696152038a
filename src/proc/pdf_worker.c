/* The life of the process that makes PDFs: the only one that may start a program, and the one that holds no store, no
 * key and no request. What it starts gives up more than any of ours: pdf_sandbox.h. */
#include "pdf_desk.h"
#include "process.h"

int pdf_main(struct server *server)
{
    struct ctx ctx = ctx_begin(&server->clock, &server->random, 4 << 20);
    atomic_store(&server->meters->rows[server->process].ready, 1);
    pdf_desk_serve(&ctx, server->pdf, server->stop_fd);
    ctx_end(&ctx);
    return 0;
}
