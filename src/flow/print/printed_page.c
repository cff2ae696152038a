#include "printed_page.h"

#include <sodium.h>

#include "db.h"
#include "pdf_desk.h"
#include "printed_sql.h"
#include "rate.h"
#include "server.h"

static struct str hash_of(struct ctx *ctx, const struct printed *what)
{
    crypto_hash_sha256_state state;
    unsigned char *hash = arena_alloc(ctx->arena, crypto_hash_sha256_BYTES);
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const unsigned char *)what->html.p, what->html.n);
    crypto_hash_sha256_update(&state, (const unsigned char *)"\0", 1);
    crypto_hash_sha256_update(&state, (const unsigned char *)what->css.p, what->css.n);
    crypto_hash_sha256_final(&state, hash);
    return (struct str){(const char *)hash, crypto_hash_sha256_BYTES};
}

/* Reading this page changes something: the next reader finds the PDF. */
static enum err keep(struct ctx *ctx, const struct printed *what, struct str hash, struct str pdf)
{
    bool before = db_read_only(ctx, false);
    enum err err = printed_put(ctx, what->kind, what->unit, what->language, hash, pdf, ctx_now(ctx));
    db_read_only(ctx, before);
    return err;
}

static void answer(struct ctx *ctx, struct response *res, const struct printed *what, struct str pdf)
{
    res->content_type = STR("application/pdf");
    res->content = pdf;
    res->cache = CACHE_CHECK;
    res->sandbox = true;
    response_header(res, STR("Content-Disposition"),
                    str_fmt(ctx->arena, "inline; filename=\"%.*s\"", STR_ARG(what->file_name)));
}

enum err printed_send(struct ctx *ctx, struct request *req, struct response *res, const struct printed *what)
{
    struct str hash = hash_of(ctx, what), pdf;
    struct printed_get_row row;
    enum err err = printed_get(ctx, what->kind, what->unit, what->language, hash, &row);
    if (err == OK) {
        answer(ctx, res, what, row.pdf);
        return OK;
    }
    if (err != ERR_NOT_FOUND)
        return err;
    if (req->awaited_fd) {
        err = pdf_take(ctx, req->awaited_fd, &pdf);
        if (err == ERR_TIMEOUT) /* many wait: whoever comes back finds it sooner */
            return fail(ctx, ERR_BUSY, "the PDF is not ready yet");
        TRY(err);
        TRY(keep(ctx, what, hash, pdf));
        answer(ctx, res, what, pdf);
        return OK;
    }
    TRY(rate_take(ctx, req, RATE_PRINT, STR_NONE));
    int fd;
    TRY(pdf_ask(ctx, req->server->pdf, what->html, &(struct pdf_options){.css = what->css}, &fd));
    response_wait(res, fd);
    return OK;
}
