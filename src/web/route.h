/* What: the table of routes.def, and finding the row for a request.
 * Flow: dispatch.c asks before the body is read (the row gives its limit) and enforces right and CSRF after.
 * Not here: handlers (each slice's _page.c), rights (rights.def).
 * Source: style.md rules 8, 9. */
#ifndef GAVA_ROUTE_H
#define GAVA_ROUTE_H

#include "web.h"

enum csrf_rule {
    CSRF_NONE,
    CSRF_TOKEN,
    CSRF_KEY /* the interface: a key in the header, no cookie, no form (api_access.h) */
};

enum {
    LIMIT_NONE = 0,
    LIMIT_DEFAULT = 256 * 1024,
    LIMIT_FILES = 55 << 20, /* five files of 10 MiB, and the words */
};

struct route {
    enum method method;
    struct str pattern;
    handler_fn *handler;
    enum right right;
    enum csrf_rule csrf;
    size_t body_max; /* bytes */
    struct str text;
};

/* All rows, in the order of routes.def. */
const struct route *route_table(size_t *ret_n);

/* The row for method (HEAD is GET's) and raw path (still percent-encoded, without query and municipality), in `routes`;
 * of several patterns the one with a literal segment where the others have {part}. ret_params: the decoded parts.
 * ERR_NOT_FOUND: no such path; ERR_METHOD: the path exists, ret_allow says with which methods, "GET, HEAD, POST". */
MUST_USE enum err route_find(struct ctx *ctx, const struct route *routes, size_t n, enum method method, struct str path,
                             const struct route **ret, struct str ret_params[REQUEST_PARAMS_MAX],
                             struct str *ret_allow);

/* "%C3%A5" -> "å". ERR_BAD_REQUEST: a broken %, NUL, control characters, or not UTF-8. */
MUST_USE enum err percent_decode(struct ctx *ctx, struct str s, struct str *ret);

#endif
