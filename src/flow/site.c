#include "site.h"

struct str site_address(struct ctx *ctx, const struct server *server, const struct municipality *municipality)
{
    const struct settings *settings = &server->settings;
    struct str base = str_is_empty(settings->base_url) ? server->url : settings->base_url;
    while (str_ends(base, STR("/")))
        base = str_head(base, base.n - 1);
    struct str rest = settings->hosts, pair, host;
    while (str_split(&rest, ' ', &pair))
        if (str_split(&pair, '=', &host) && str_eq(pair, municipality->slug))
            return str_fmt(ctx->arena, "%s://%.*s", str_starts(base, STR("http://")) ? "http" : "https", STR_ARG(host));
    if (server->n_municipalities < 2)
        return base;
    return str_fmt(ctx->arena, "%.*s/%.*s", STR_ARG(base), STR_ARG(municipality->slug));
}

struct url follow_address(struct ctx *ctx, const struct server *server, const struct municipality *municipality)
{
    return url_foreign(str_fmt(ctx->arena, "%.*s/folj", STR_ARG(site_address(ctx, server, municipality))));
}
