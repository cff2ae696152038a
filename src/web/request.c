#include "web.h"

struct str request_header(const struct request *req, struct str name)
{
    for (size_t i = 0; i < req->n_headers; i++)
        if (str_eq_ascii_case(req->headers[i].name, name))
            return req->headers[i].value;
    return STR_NONE;
}

struct str request_cookie(const struct request *req, struct str name)
{
    for (size_t i = 0; i < req->n_cookies; i++)
        if (str_eq(req->cookies[i].name, name))
            return req->cookies[i].value;
    return STR_NONE;
}

struct str request_query(const struct request *req, struct str name)
{
    for (size_t i = 0; i < req->n_query; i++)
        if (str_eq(req->query[i].name, name))
            return req->query[i].value;
    return STR_NONE;
}

struct str request_field(const struct request *req, struct str name)
{
    for (size_t i = 0; i < req->n_parts; i++)
        if (!req->parts[i].is_file && str_eq(req->parts[i].name, name))
            return req->parts[i].value;
    return STR_NONE;
}

struct str request_origin(struct ctx *ctx, const struct request *req)
{
    return str_fmt(ctx->arena, "%s://%.*s", req->secure ? "https" : "http", STR_ARG(req->host));
}
