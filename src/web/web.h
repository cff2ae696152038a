/* What: what a page is written against: one request in, one response out.
 * Flow: http.c (libmicrohttpd) spools the request; dispatch.c finds municipality, route, session, right and CSRF, and
 * calls the route's handler with ctx->db, ctx->lang and ctx->who set; the handler reads req, fills res, returns OK or
 * an error. After an error the dispatcher throws away what res held and makes the error page, with ctx->request_id,
 * and logs it once.
 * Invariants: (1) every struct str of a request is well-formed UTF-8 without NUL, except req->body and a file's
 * content; (2) a GET handler runs with a store that refuses to write; (3) a handler is called only when the route's
 * right is held.
 * Memory: everything lives until the answer has been sent.
 * Not here: fields of a form (form.h), addresses (routes.def), log in (login_page.c), cookies of the session
 * (session.h).
 * Source: style.md rules 9, 22, 26; RFC 9110. */
#ifndef GAVA_WEB_H
#define GAVA_WEB_H

#include "ctx.h"
#include "html.h"
#include "rights.h"

struct municipality; /* server.h */
struct route;        /* route.h */
struct server;       /* server.h */
struct session;      /* session.h */

enum method {
    METHOD_GET,
    METHOD_HEAD,
    METHOD_POST,
    METHOD_PUT,
    METHOD_PATCH,
    METHOD_DELETE,
    METHOD_OPTIONS,
    METHOD_OTHER
};

enum {
    REQUEST_PATH_MAX = 2048,   /* bytes of path and query together */
    REQUEST_PARAMS_MAX = 4,    /* {x} in a route */
    REQUEST_HEADERS_MAX = 64,  /* more is 431 */
    REQUEST_COOKIES_MAX = 24,  /* more are ignored */
    REQUEST_QUERY_MAX = 64,    /* pairs; more is 400 */
    RESPONSE_MAX = 8 << 20,    /* bytes of a page */
    RESPONSE_HEADERS_MAX = 24, /* set by one handler */
};

struct pair {
    struct str name, value;
};

/* A part of a form: a field, or a file when is_file. */
struct part {
    struct str name;
    struct str value;     /* of a field: UTF-8 as sent, not yet trimmed; of a file: its bytes, whatever they are */
    struct str file_name; /* last part of the path, UTF-8; may be empty */
    struct str type;      /* what the client says, such as "image/png"; never trusted */
    bool is_file;
    bool bad_text; /* the bytes were not text in the charset given: value holds U+FFFD in their place */
};

struct request {
    enum method method;  /* HEAD stays HEAD; a handler of GET need not care */
    struct str target;   /* as sent: "/arende/EKH-1?x=1" */
    struct str path;     /* decoded, without the municipality's prefix: "/arende/EKH-1" */
    struct str path_raw; /* the same as sent, still percent-encoded */
    struct str prefix; /* "" or "/ekhamn": before every address of this municipality; templates and redirects add it */
    struct str query_raw; /* without "?" */
    struct str host;      /* as the client knows us: "gava.ekhamn.se:8443" */
    struct str remote;    /* the client's address as text; through trusted proxies the one they vouch for */
    bool secure;          /* the client came by https */
    bool partial;         /* the own script asks for a fragment (HX-Request) */
    struct str language;  /* "sv" or "en": what the reader chose, or the browser asks for */

    struct server *server;
    const struct route *route;
    const struct municipality *municipality;
    struct str params[REQUEST_PARAMS_MAX]; /* in the order of the route's pattern; never empty */

    const struct pair *headers; /* names as sent; compare with request_header() */
    size_t n_headers;
    const struct pair *cookies;
    size_t n_cookies;
    const struct pair *query; /* decoded */
    size_t n_query;

    struct str content_type; /* "multipart/form-data; boundary=x"; empty without body */
    struct str body;         /* bytes as sent; mapped from a file when large */
    const struct part *parts;
    size_t n_parts;

    struct roles roles;         /* of ctx->who, in any unit; empty when nobody is logged in */
    struct str user_name;       /* "Maria Ek"; empty when nobody is logged in */
    struct session *session;    /* of staff who are logged in; NULL: nobody is */
    struct session *follow;     /* of a submitter who showed number and code; NULL: none */
    int64_t key_id;             /* of a program with a key (api_access.h); 0: none */
    struct unit_id key_unit;    /* whose cases, with those below, the key is for */
    struct str csrf;            /* goes into every form as the hidden field "csrf" */
    struct str new_form_secret; /* the dispatcher sets the cookie gava_form to it; empty when there was one */
    int64_t retry_after_s;      /* for ERR_TOO_MANY */
    struct str allow;           /* for ERR_METHOD: "GET, HEAD, POST" */
    bool is_choice;             /* the front door of several municipalities: which one? */
    struct str moved_to;        /* the same path without a slash at its end */
    int awaited_fd;             /* this is the second call after response_wait(fd); 0: the first */
};

enum cache {
    CACHE_NEVER, /* no-store: whatever depends on who asks */
    CACHE_CHECK, /* may be kept, asked for again every time (ETag) */
    CACHE_HOUR,  /* public and the same for all */
    CACHE_FOREVER,
};

struct response {
    int status;              /* 200 */
    struct str content_type; /* "text/html; charset=utf-8" */
    struct out body;         /* at most RESPONSE_MAX bytes */
    struct str content; /* instead of body when not none: bytes that already lie in memory and outlive the request */
    enum cache cache;   /* CACHE_NEVER */
    bool sandbox;       /* bytes from outside: Content-Security-Policy: sandbox */
    struct pair headers[RESPONSE_HEADERS_MAX];
    size_t n_headers;
    int wait_fd; /* response_wait(); 0: the answer is here */
};

typedef enum err handler_fn(struct ctx *ctx, struct request *req, struct response *res);

/* ── the request ── */

/* A header by name in any case; several of the same name: the first. STR_NONE when missing. */
struct str request_header(const struct request *req, struct str name);
/* A cookie's value as sent. STR_NONE when missing. */
struct str request_cookie(const struct request *req, struct str name);
/* The first ?name=value, decoded. STR_NONE when missing; "" for ?name and ?name=. */
struct str request_query(const struct request *req, struct str name);
/* The first field of the body with this name, as sent. STR_NONE when missing. For whole forms use form_read(). */
struct str request_field(const struct request *req, struct str name);
/* "https://gava.ekhamn.se": scheme and host as the client knows them, for links in mails when base_url is not set. */
struct str request_origin(struct ctx *ctx, const struct request *req);

/* ── the response ── */

struct response response_begin(struct ctx *ctx);
/* 303: the browser fetches `to` by GET. For the answer to every POST that changed something. `to` is an address of our
 * own ("/att-gora"); one that does not begin with a slash is a BUG. The municipality's prefix is put in front, as
 * templates do by lang->root; what a header cannot carry is percent-encoded, what is encoded already stays. */
void response_redirect(struct ctx *ctx, const struct request *req, struct response *res, struct url to);
/* One more header. value: control characters are a BUG. */
void response_header(struct response *res, struct str name, struct str value);
/* Set a cookie: Path=/, HttpOnly, SameSite=Lax, Secure (and the name's __Host- prefix) when req->secure. max_age_s < 0:
 * until the browser closes; 0: forget it. */
void response_cookie(struct ctx *ctx, const struct request *req, struct response *res, struct str name,
                     struct str value, int64_t max_age_s);
/* Bytes for download: Content-Disposition attachment (RFC 6266, also with å ä ö), sandboxed, never shown by the
 * browser. type: the type found by content; sent only when it is on the short list of harmless ones, else
 * application/octet-stream. */
void response_download(struct ctx *ctx, struct response *res, struct str file_name, struct str type, struct str bytes);

/* There is no answer yet: the handler is called once more, with a fresh res and req->awaited_fd, when fd is readable or
 * WAIT_MAX_S have passed. Meanwhile the process serves others. fd stays the handler's (ctx_defer). */
void response_wait(struct response *res, int fd);

/* The page that tells of a failure (errors.def) in the reader's language, with the reference number; res is fresh and
 * has its status. Never fails. In flow/page/error_page.c, since it
 * stands in the frame of all pages. */
void error_page(struct ctx *ctx, struct request *req, struct response *res, enum err err);

/* Every handler that routes.def names. */
#define PAGE(method, path, handler, right, csrf, limit, text) handler_fn handler;
#include "routes.def"
#undef PAGE

#endif
