#include "letter_pdf_page.h"

#include "asset.h"
#include "pdf_desk.h"
#include "server.h"

static struct str letter_css(void)
{
    struct asset asset;
    if (!asset_find(asset_url_letter_css().s, &asset))
        BUG("letter.css is not among the assets");
    return (struct str){(const char *)asset.p, asset.n};
}

enum err letter_pdf_ask(struct ctx *ctx, struct request *req, struct response *res, struct str html)
{
    int fd;
    struct pdf_options options = {.css = letter_css(), .variant = PDF_ARCHIVE};
    TRY(pdf_ask(ctx, req->server->pdf, html, &options, &fd));
    response_wait(res, fd);
    return OK;
}

enum err letter_pdf_take(struct ctx *ctx, struct request *req, struct response *res, struct str file_name)
{
    struct str pdf;
    enum err err = pdf_take(ctx, req->awaited_fd, &pdf);
    if (err == ERR_TIMEOUT)
        return fail(ctx, ERR_BUSY, "the PDF is not ready yet");
    TRY(err);
    res->content_type = STR("application/pdf");
    res->content = pdf;
    res->sandbox = true;
    response_header(res, STR("Content-Disposition"),
                    str_fmt(ctx->arena, "inline; filename=\"%.*s\"", STR_ARG(file_name)));
    return OK;
}
