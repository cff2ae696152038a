/* What: does a posted form come from our own page? A token in the form that only a page of ours could have written, and
 * the browser's own word on where the post comes from. Flow: the dispatcher calls csrf_prepare before a handler
 * (templates print req->csrf) and csrf_check before one of a route with CSRF_TOKEN. With a session the token is the
 * session's; without one it is a keyed hash of the secret in the cookie gava_form, which a page of another site can
 * neither read nor guess. Source: OWASP CSRF prevention (signed double submit); WHATWG Fetch 3.2 (Origin), Fetch
 * Metadata (Sec-Fetch-Site). */
#ifndef GAVA_CSRF_H
#define GAVA_CSRF_H

#include "web.h"

/* Sets req->csrf; for a visitor with neither session nor cookie also req->new_form_secret. */
void csrf_prepare(struct ctx *ctx, struct request *req);
/* ERR_CSRF. */
MUST_USE enum err csrf_check(struct ctx *ctx, const struct request *req);

#endif
