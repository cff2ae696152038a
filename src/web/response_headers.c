#include "response_headers.h"

#include <microhttpd.h>

static const char *cache_words(enum cache cache)
{
    switch (cache) {
    case CACHE_NEVER:
        return "no-store";
    case CACHE_CHECK:
        return "no-cache";
    case CACHE_HOUR:
        return "public, max-age=3600";
    case CACHE_FOREVER:
        return "public, max-age=31536000, immutable";
    }
    return "no-store";
}

static void add(struct MHD_Response *response, const char *name, const char *value)
{
    if (MHD_add_response_header(response, name, value) != MHD_YES)
        BUG("libmicrohttpd does not take the header %s: %s", name, value);
}

void response_headers_add(struct ctx *ctx, const struct request *req, const struct response *res,
                          struct MHD_Response *response)
{
    /* everything from our own address, nothing inline, nobody may put a frame around us */
    static const char page_policy[] = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
                                      "script-src 'self'; connect-src 'self'; "
                                      "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    static const char foreign_policy[] = "default-src 'none'; sandbox; frame-ancestors 'none'";
    if (res->content_type.n)
        add(response, "Content-Type", str_cz(ctx->arena, res->content_type));
    add(response, "Cache-Control", cache_words(res->cache));
    add(response, "Content-Security-Policy", res->sandbox ? foreign_policy : page_policy);
    add(response, "X-Content-Type-Options", "nosniff");
    add(response, "X-Frame-Options", "DENY");
    /* not no-referrer: then a browser sends "Origin: null" with our own forms */
    add(response, "Referrer-Policy", "same-origin");
    add(response, "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
    add(response, "Cross-Origin-Opener-Policy", "same-origin");
    add(response, "Cross-Origin-Resource-Policy", "same-origin");
    if (req->secure)
        add(response, "Strict-Transport-Security", "max-age=31536000");
    for (size_t i = 0; i < res->n_headers; i++)
        add(response, str_cz(ctx->arena, res->headers[i].name), str_cz(ctx->arena, res->headers[i].value));
}
