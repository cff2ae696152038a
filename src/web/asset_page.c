#include "asset.h"
#include "web.h"

/* q=0 in an Accept-Encoding is a no; everything else that names gzip is a yes (RFC 9110 12.5.3). */
static bool takes_gzip(const struct request *req)
{
    struct str rest = request_header(req, STR("accept-encoding")), word;
    while (str_split(&rest, ',', &word)) {
        word = str_trim(word);
        if (str_starts(word, STR("gzip")) && !str_ends(word, STR("q=0")))
            return true;
    }
    return false;
}

enum err asset_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct asset asset;
    if (!asset_find(req->path, &asset))
        return fail(ctx, ERR_NOT_FOUND, "there is no such asset");
    res->cache = CACHE_FOREVER;
    res->content_type = asset.type;
    response_header(res, STR("ETag"), asset.etag);
    if (asset.gz)
        response_header(res, STR("Vary"), STR("Accept-Encoding"));
    if (str_eq(request_header(req, STR("if-none-match")), asset.etag)) {
        res->status = 304;
        return OK;
    }
    if (asset.gz && takes_gzip(req)) {
        response_header(res, STR("Content-Encoding"), STR("gzip"));
        res->content = (struct str){(const char *)asset.gz, asset.gz_n};
    } else {
        res->content = (struct str){(const char *)asset.p, asset.n};
    }
    return OK;
}
