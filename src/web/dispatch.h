/* What: from a parsed request to an answer: municipality, route, language, session, right, CSRF, handler, error page,
 * headers. Flow: http.c calls dispatch_begin when the header is there (so that a body too large is refused before it is
 * read), and dispatch_answer when the body is. Invariants: (1) dispatch_answer always gives a complete answer; (2) each
 * failure is logged once, here, with the reference number that the error page shows; (3) a log line holds no query,
 * body, name or address. Source: style.md rules 9, 24; RFC 9110, RFC 9112 3.2 (Host), WHATWG Fetch (Sec-Fetch-Site,
 * Origin). */
#ifndef GAVA_DISPATCH_H
#define GAVA_DISPATCH_H

#include "web.h"

/* req holds method, target, headers, server and origin. Sets everything that follows from them but the session.
 * ret_body_max: the most bytes the body may have, also when it fails. */
MUST_USE enum err dispatch_begin(struct ctx *ctx, struct request *req, size_t *ret_body_max);
/* failed: what went wrong before (dispatch_begin, the body), or OK. */
void dispatch_answer(struct ctx *ctx, struct request *req, struct response *res, enum err failed);

#endif
