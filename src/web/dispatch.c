#include "dispatch.h"

#include "api_access.h"
#include "charset.h"
#include "choose_page.h"
#include "csrf.h"
#include "db.h"
#include "log.h"
#include "msg.h"
#include "multipart.h"
#include "problem.h"
#include "route.h"
#include "server.h"
#include "session.h"
#include "urlencoded.h"

/* ── the address ── */

/* Without scheme and host, should a client send those too ("GET http://host/path", RFC 9112 3.2.2). */
static struct str origin_form(struct str target)
{
    ptrdiff_t at = str_find(target, STR("://"));
    if (target.n == 0 || target.p[0] == '/' || at < 0)
        return target;
    struct str rest = str_skip(target, (size_t)at + 3);
    ptrdiff_t slash = str_find_char(rest, '/');
    return slash < 0 ? STR("/") : str_skip(rest, (size_t)slash);
}

static enum err read_query(struct ctx *ctx, struct request *req)
{
    struct part *parts;
    size_t n;
    TRY(urlencoded_parse(ctx, req->query_raw, STR(""), &parts, &n));
    if (n > REQUEST_QUERY_MAX)
        return fail(ctx, ERR_BAD_REQUEST, "the address has more than %d parameters", REQUEST_QUERY_MAX);
    struct pair *pairs = ARENA_ARRAY(ctx->arena, struct pair, n);
    for (size_t i = 0; i < n; i++) {
        if (parts[i].bad_text)
            return fail(ctx, ERR_BAD_REQUEST, "a parameter of the address is not UTF-8 text");
        pairs[i] = (struct pair){parts[i].name, parts[i].value};
    }
    req->query = pairs;
    req->n_query = n;
    return OK;
}

static void read_cookies(struct ctx *ctx, struct request *req)
{
    struct pair *cookies = ARENA_ARRAY(ctx->arena, struct pair, REQUEST_COOKIES_MAX);
    for (size_t i = 0; i < req->n_headers; i++) {
        if (!str_eq_ascii_case(req->headers[i].name, STR("cookie")))
            continue;
        struct str rest = req->headers[i].value, pair;
        while (str_split(&rest, ';', &pair) && req->n_cookies < REQUEST_COOKIES_MAX) {
            ptrdiff_t equals = str_find_char(pair, '=');
            if (equals > 0)
                cookies[req->n_cookies++] = (struct pair){str_trim(str_head(pair, (size_t)equals)),
                                                          str_trim(str_skip(pair, (size_t)equals + 1))};
        }
    }
    req->cookies = cookies;
}

/* Paths that are the same for all municipalities. */
static bool is_global(struct str path)
{
    return str_eq(path, STR("/halsa")) || str_eq(path, STR("/metrics")) || str_starts(path, STR("/assets/"));
}

static const struct municipality *find_slug(const struct server *server, struct str slug)
{
    for (size_t i = 0; i < server->n_municipalities; i++)
        if (str_eq(server->municipalities[i].slug, slug))
            return &server->municipalities[i];
    return NULL;
}

/* By name in the address ("hosts"), by the first segment, or the only one. path loses its prefix. */
static void find_municipality(struct ctx *ctx, struct request *req, struct str *path)
{
    const struct server *server = req->server;
    if (is_global(*path))
        return;
    struct str rest = server->settings.hosts, word, host = req->host;
    ptrdiff_t colon = str_find_char(host, ':');
    if (colon >= 0)
        host = str_head(host, (size_t)colon);
    while (str_split(&rest, ' ', &word)) {
        ptrdiff_t equals = str_find_char(word, '=');
        if (equals > 0 && str_eq_ascii_case(str_head(word, (size_t)equals), host))
            req->municipality = find_slug(server, str_skip(word, (size_t)equals + 1));
    }
    if (req->municipality)
        return;
    if (server->n_municipalities == 1) {
        req->municipality = &server->municipalities[0];
        return;
    }
    struct str tail = str_skip(*path, 1), slug;
    if (!str_split(&tail, '/', &slug))
        return;
    req->municipality = find_slug(server, slug);
    if (req->municipality == NULL)
        return;
    req->prefix = str_head(*path, slug.n + 1);
    *path = str_is_none(tail) ? STR("/") : str_skip(*path, slug.n + 1);
}

/* ── the language: chosen now, chosen before, the account's, the browser's ── */

static void choose_language(struct ctx *ctx, struct request *req)
{
    const struct lang *lang = NULL;
    if (req->language.n)
        lang = lang_find(req->language);
    if (lang == NULL)
        lang = lang_from_header(request_header(req, STR("accept-language")));
    req->language = lang->code;
    struct lang *own = ARENA_NEW(ctx->arena, struct lang);
    *own = *lang;
    own->root = req->prefix;
    ctx->lang = own;
}

static void read_language(struct request *req)
{
    struct str asked = request_query(req, STR("lang"));
    struct str kept = request_cookie(req, req->secure ? STR("__Host-gava_lang") : STR("gava_lang"));
    if (asked.n && lang_find(asked))
        req->language = lang_find(asked)->code;
    else if (kept.n && lang_find(kept))
        req->language = lang_find(kept)->code;
}

/* ── before the body ── */

static struct str new_request_id(struct ctx *ctx)
{
    /* no letters that are mixed up when read aloud (Crockford) */
    static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    unsigned char bytes[8];
    char text[10];
    random_bytes(ctx->random, bytes, sizeof bytes);
    size_t at = 0;
    for (size_t i = 0; i < sizeof bytes; i++) {
        if (i == 4)
            text[at++] = '-';
        text[at++] = letters[bytes[i] % 32];
    }
    return str_copy(ctx->arena, (struct str){text, at});
}

/* "/x/" where only "/x" exists. */
static bool is_found_without_slash(struct ctx *ctx, const struct request *req, struct str path)
{
    const struct route *route;
    struct str params[REQUEST_PARAMS_MAX] = {STR_NONE}, allow;
    size_t n;
    const struct route *routes = route_table(&n);
    bool reads = req->method == METHOD_GET || req->method == METHOD_HEAD;
    return reads && path.n > 1 && path.p[1] != '/' && path.p[path.n - 1] == '/' &&
           route_find(ctx, routes, n, req->method, str_head(path, path.n - 1), &route, params, &allow) == OK;
}

static enum err find_route(struct ctx *ctx, struct request *req, struct str path)
{
    size_t n;
    const struct route *routes = route_table(&n);
    enum err err = route_find(ctx, routes, n, req->method, path, &req->route, req->params, &req->allow);
    if (err == ERR_NOT_FOUND && is_found_without_slash(ctx, req, path)) {
        req->moved_to = str_fmt(ctx->arena, "%.*s%s%.*s", STR_ARG(str_head(path, path.n - 1)),
                                str_is_none(req->query_raw) ? "" : "?", STR_ARG(req->query_raw));
        return OK;
    }
    return err;
}

enum err dispatch_begin(struct ctx *ctx, struct request *req, size_t *ret_body_max)
{
    *ret_body_max = LIMIT_DEFAULT;
    ctx->request_id = new_request_id(ctx);
    req->partial = !str_is_none(request_header(req, STR("hx-request")));
    req->content_type = request_header(req, STR("content-type"));
    read_cookies(ctx, req);
    struct str path = origin_form(req->target);
    ptrdiff_t mark = str_find_char(path, '?');
    if (mark >= 0) {
        req->query_raw = str_skip(path, (size_t)mark + 1);
        path = str_head(path, (size_t)mark);
    }
    enum err err = read_query(ctx, req);
    read_language(req);
    choose_language(ctx, req);
    TRY(err);
    if (req->target.n > REQUEST_PATH_MAX)
        return fail(ctx, ERR_ADDRESS, "an address of %zu bytes; at most %d are taken in", req->target.n,
                    REQUEST_PATH_MAX);
    if (path.n == 0 || path.p[0] != '/')
        return fail(ctx, ERR_BAD_REQUEST, "the address does not begin with a slash");
    find_municipality(ctx, req, &path);
    choose_language(ctx, req);
    req->path_raw = path;
    TRY(percent_decode(ctx, path, &req->path));
    req->is_choice = req->municipality == NULL && str_eq(path, STR("/")) && req->server->n_municipalities > 0;
    if (req->municipality == NULL && !is_global(path) && !req->is_choice)
        return fail(ctx, ERR_NOT_FOUND, "no municipality is chosen");
    TRY(find_route(ctx, req, path));
    if (req->route)
        *ret_body_max = req->route->body_max;
    return OK;
}

/* ── after the body ── */

static enum err read_form(struct ctx *ctx, struct request *req)
{
    struct str type = req->content_type;
    ptrdiff_t semicolon = str_find_char(type, ';');
    struct str kind = str_trim(semicolon < 0 ? type : str_head(type, (size_t)semicolon));
    struct part *parts = NULL;
    if (str_eq_ascii_case(kind, STR("application/x-www-form-urlencoded")))
        TRY(urlencoded_parse(ctx, req->body, header_param(type, STR("charset")), &parts, &req->n_parts));
    else if (str_eq_ascii_case(kind, STR("multipart/form-data")))
        TRY(multipart_parse(ctx, req->body, header_param(type, STR("boundary")), &parts, &req->n_parts));
    else if (req->body.n)
        return fail(ctx, ERR_TYPE, "the body is not a form");
    req->parts = parts;
    return OK;
}

/* Nobody is logged in where somebody must be: a page leads to the form for it and back again. */
static enum err ask_to_log_in(struct ctx *ctx, struct request *req, struct response *res)
{
    if (req->method != METHOD_GET && req->method != METHOD_HEAD)
        return fail(ctx, ERR_UNAUTHENTICATED, "nobody is logged in");
    struct str back = req->path_raw;
    if (req->query_raw.n)
        back = str_fmt(ctx->arena, "%.*s?%.*s", STR_ARG(req->path_raw), STR_ARG(req->query_raw));
    response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/logga-in?till=%", back));
    return OK;
}

/* Whose store, who asks, in which language. */
static enum err identify(struct ctx *ctx, struct request *req)
{
    if (req->municipality == NULL)
        return OK;
    ctx->db = req->municipality->db;
    ctx->vault = req->municipality->vault;
    ctx->town = req->municipality->town;
    db_read_only(ctx, false);
    TRY(session_load(ctx, req));
    choose_language(ctx, req);
    csrf_prepare(ctx, req);
    return OK;
}

/* A page that only reads is asked again when it met a change half-way: on SQLite the vault commits a moment before the
 * register, and one who reads between the two sees a row without its words, or words without their row (ERR_BUSY). Not
 * when the first try took long already: then the store itself is busy, and the reader is told. */
static enum err read_page(struct ctx *ctx, struct request *req, struct response *res)
{
    enum { TRIES = 4 };
    int64_t begun_us = monotonic_us();
    enum err err = req->route->handler(ctx, req, res);
    for (int i = 1; i < TRIES && err == ERR_BUSY && monotonic_us() - begun_us < SECOND_US; i++) {
        *res = response_begin(ctx);
        err = req->route->handler(ctx, req, res);
    }
    return err;
}

static enum err answer(struct ctx *ctx, struct request *req, struct response *res)
{
    const struct route *route = req->route;
    if (req->moved_to.n) {
        response_redirect(ctx, req, res, (struct url){req->moved_to});
        res->status = 308;
        return OK;
    }
    if (req->is_choice)
        return choose_page(ctx, req, res);
    bool has_key = route->csrf == CSRF_KEY;
    if (has_key)
        TRY(api_access_check(ctx, req));
    else if (route->right != RIGHT_ANYBODY && req->session == NULL)
        return ask_to_log_in(ctx, req, res);
    if (!has_key && !right_held(route->right, req->roles))
        return fail(ctx, ERR_FORBIDDEN, "the right %.*s is missing", STR_ARG(right_name(route->right)));
    if (route->method != METHOD_GET && !has_key)
        TRY(read_form(ctx, req));
    if (route->csrf == CSRF_TOKEN)
        TRY(csrf_check(ctx, req));
    if (route->method != METHOD_GET)
        return route->handler(ctx, req, res);
    if (req->municipality)
        db_read_only(ctx, true);
    return read_page(ctx, req, res);
}

/* A flood of bad requests must not fill the disk with lines about them. */
static bool may_log(struct server *server, bool ours)
{
    enum { LINES_PER_SECOND = 100 };
    int64_t second = monotonic_us() / SECOND_US;
    if (server->log_second != second) {
        server->log_second = second;
        server->n_logged = 0;
    }
    return ours || server->n_logged++ < LINES_PER_SECOND;
}

static void log_failure(struct ctx *ctx, const struct request *req, enum err err, int status)
{
    /* what a client did wrong is told without words of the client's */
    bool ours = status >= 500;
    if (!may_log(req->server, ours))
        return;
    LOG(ctx_now(ctx), ours ? LOG_ERROR : LOG_INFO, "request_failed", {"request", ctx->request_id},
        {"status", str_fmt(ctx->arena, "%d", status)}, {"code", err_name(err)},
        {"route", req->route ? req->route->pattern : STR("-")}, {"text", ours ? ctx->error.message : STR("-")},
        {"detail", ours ? ctx->error.detail : STR("-")});
}

static void answer_failure(struct ctx *ctx, struct request *req, struct response *res, enum err err)
{
    *res = response_begin(ctx);
    if (err == ERR_METHOD && req->method == METHOD_OPTIONS) {
        res->status = 204;
        res->content_type = STR("");
    } else {
        res->status = err_http_status(err);
        if (res->status >= 500)
            meter_add(req->server->meters, req->server->process, METER_store_failures, 1);
        log_failure(ctx, req, err, res->status);
        if (str_starts(req->path, STR("/api/")))
            problem_write(ctx, req, res, err);
        else
            error_page(ctx, req, res, err);
    }
    if (err == ERR_METHOD)
        response_header(res, STR("Allow"), str_fmt(ctx->arena, "%.*s, OPTIONS", STR_ARG(req->allow)));
}

/* Should the process die in the middle, the supervisor tells which request it was. */
static void note_request(const struct server *server, struct str id)
{
    char *note = server->meters->rows[server->process].request;
    size_t n = id.n < sizeof server->meters->rows[0].request ? id.n : 0;
    if (n)
        memcpy(note, id.p, n);
    note[n] = 0;
}

void dispatch_answer(struct ctx *ctx, struct request *req, struct response *res, enum err failed)
{
    note_request(req->server, ctx->request_id);
    *res = response_begin(ctx);
    struct error before = ctx->error;
    enum err known = identify(ctx, req); /* an error page too has the frame of who asks */
    if (failed != OK)
        ctx->error = before;
    enum err err = failed != OK ? failed : known != OK ? known : answer(ctx, req, res);
    if (err != OK)
        answer_failure(ctx, req, res, err);
    if (ctx->db)
        db_read_only(ctx, false);
    if (res->status == err_http_status(ERR_TOO_MANY) || res->status == err_http_status(ERR_BUSY))
        response_header(res, STR("Retry-After"),
                        str_fmt(ctx->arena, "%lld", (long long)(req->retry_after_s ? req->retry_after_s : 5)));
    if (req->new_form_secret.n && res->cache == CACHE_NEVER)
        response_cookie(ctx, req, res, STR("gava_form"), req->new_form_secret, /* max_age_s= */ -1);
    if (str_eq(request_query(req, STR("lang")), req->language) && req->municipality)
        response_cookie(ctx, req, res, STR("gava_lang"), req->language, 365 * 24 * 3600);
    note_request(req->server, STR(""));
}
