/* What: who is at the other end of the interface: a program with a key ("Authorization: Bearer gava_..."), which may do
 * what the key's scope says, for the cases of one unit and those below. Flow: the dispatcher calls api_access_check for
 * every route with CSRF_KEY, in place of session and form; a failure is answered by problem.h. Owns: nothing; reads
 * api_key. Invariants: (1) cookies count for nothing here, so no other site can make a browser call it; (2) a wrong
 * key is counted against the address, a right one against itself; (3) a key taken back stops working at once.
 * Not here: making and taking back keys (people/api_key_cmd.c). Source: RFC 6750, RFC 9457; S0.23. */
#ifndef GAVA_API_ACCESS_H
#define GAVA_API_ACCESS_H

#include "web.h"

/* Sets req->key_id and req->key_unit; nobody is logged in afterwards. ERR_UNAUTHENTICATED: no key, or none that works.
 * ERR_FORBIDDEN: its scope is another. ERR_TOO_MANY. */
MUST_USE enum err api_access_check(struct ctx *ctx, struct request *req);

#endif
