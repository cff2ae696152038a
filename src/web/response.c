#include "web.h"

struct response response_begin(struct ctx *ctx)
{
    return (struct response){
        .status = 200,
        .content_type = STR("text/html; charset=utf-8"),
        .body = out_init(ctx->arena, RESPONSE_MAX),
        .content = STR_NONE,
    };
}

void response_header(struct response *res, struct str name, struct str value)
{
    for (size_t i = 0; i < value.n; i++)
        if ((unsigned char)value.p[i] < 0x20 || value.p[i] == 0x7F)
            BUG("a control character in the header %.*s", STR_ARG(name));
    if (res->n_headers == RESPONSE_HEADERS_MAX)
        BUG("more than %d headers", RESPONSE_HEADERS_MAX);
    res->headers[res->n_headers++] = (struct pair){name, value};
}

/* May stand in a path or a query as it is: pchar, "/", "?" (RFC 3986 3.3, 3.4) and the "#" before a fragment. */
static bool is_address_char(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c && strchr("-._~!$&'()*+,;=:@/?#", c));
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* A path of our own as a header may carry it. What is percent-encoded already stays. "//host" would be another site:
 * "/.//host" is the same path on ours (RFC 3986 3.3). */
static struct str location(struct ctx *ctx, struct str prefix, struct str to)
{
    struct out out = out_init(ctx->arena, 3 * (prefix.n + to.n) + 16);
    out_str(&out, prefix);
    if (prefix.n == 0 && str_starts(to, STR("//")))
        out_lit(&out, "/.");
    for (size_t i = 0; i < to.n; i++) {
        unsigned char c = (unsigned char)to.p[i];
        bool encoded = c == '%' && i + 2 < to.n && is_hex(to.p[i + 1]) && is_hex(to.p[i + 2]);
        if (encoded || is_address_char(c))
            out_char(&out, (char)c);
        else
            out_fmt(&out, "%%%02X", c);
    }
    return out_take(&out);
}

void response_redirect(struct ctx *ctx, const struct request *req, struct response *res, struct url to)
{
    if (!str_starts(to.s, STR("/")))
        BUG("a redirect away from this site");
    res->status = 303;
    res->body = out_init(ctx->arena, RESPONSE_MAX);
    res->content = STR_NONE;
    response_header(res, STR("Location"), location(ctx, req->prefix, to.s));
}

void response_cookie(struct ctx *ctx, const struct request *req, struct response *res, struct str name,
                     struct str value, int64_t max_age_s)
{
    struct out out = out_init(ctx->arena, 4096);
    out_fmt(&out, "%s%.*s=%.*s; Path=/; HttpOnly; SameSite=Lax", req->secure ? "__Host-" : "", STR_ARG(name),
            STR_ARG(value));
    if (req->secure)
        out_lit(&out, "; Secure");
    if (max_age_s >= 0)
        out_fmt(&out, "; Max-Age=%lld", (long long)max_age_s);
    response_header(res, STR("Set-Cookie"), out_take(&out));
}

void response_wait(struct response *res, int fd)
{
    assert(fd > 0);
    res->wait_fd = fd;
}

/* Kinds of content no browser runs. */
static bool type_is_harmless(struct str type)
{
    static const struct str harmless[] = {
        STR_INIT("image/png"),
        STR_INIT("image/jpeg"),
        STR_INIT("image/gif"),
        STR_INIT("image/webp"),
        STR_INIT("image/heic"),
        STR_INIT("image/heif"),
        STR_INIT("image/tiff"),
        STR_INIT("application/pdf"),
        STR_INIT("text/plain"),
        STR_INIT("audio/mpeg"),
        STR_INIT("audio/mp4"),
        STR_INIT("audio/ogg"),
        STR_INIT("audio/x-wav"),
        STR_INIT("video/mp4"),
        STR_INIT("video/quicktime"),
        STR_INIT("application/zip"),
        STR_INIT("application/rtf"),
        STR_INIT("application/msword"),
        STR_INIT("message/rfc822"),
        STR_INIT("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        STR_INIT("text/csv"),
        STR_INIT("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        STR_INIT("application/json"),
        STR_INIT("application/vnd.oasis.opendocument.text"),
        STR_INIT("application/vnd.oasis.opendocument.spreadsheet"),
    };
    for (size_t i = 0; i < ARRAY_LEN(harmless); i++)
        if (str_eq(harmless[i], type))
            return true;
    return false;
}

/* attr-char of RFC 8187. */
static bool is_attr_char(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c && strchr("!#$&+-.^_`|~", c));
}

void response_download(struct ctx *ctx, struct response *res, struct str file_name, struct str type, struct str bytes)
{
    file_name = str_utf8_head(str_to_clean_utf8(ctx->arena, file_name), 150);
    struct out out = out_init(ctx->arena, 4096);
    out_lit(&out, "attachment; filename=\"");
    for (size_t i = 0; i < file_name.n; i++) {
        unsigned char c = (unsigned char)file_name.p[i];
        if (c >= 0x80 && (c & 0xC0) == 0x80)
            continue; /* one "_" for each character outside ASCII */
        out_char(&out, c < 0x20 || c >= 0x7F || strchr("\"\\/%", c) ? '_' : (char)c);
    }
    out_lit(&out, "\"; filename*=UTF-8''");
    for (size_t i = 0; i < file_name.n; i++) {
        unsigned char c = (unsigned char)file_name.p[i];
        if (is_attr_char(c))
            out_char(&out, (char)c);
        else
            out_fmt(&out, "%%%02X", c);
    }
    response_header(res, STR("Content-Disposition"), out_take(&out));
    res->content_type = type_is_harmless(type) ? type : STR("application/octet-stream");
    if (str_eq(type, STR("text/plain")) || str_eq(type, STR("text/csv")))
        res->content_type = str_fmt(ctx->arena, "%.*s; charset=utf-8", STR_ARG(type));
    res->content = bytes;
    res->sandbox = true;
}
