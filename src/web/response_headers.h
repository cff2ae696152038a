/* What: the headers of every answer: content type, caching, and what tells a browser to be strict.
 * Source: OWASP secure headers; Content Security Policy 3; RFC 6797 (HSTS); RFC 9111 (caching). */
#ifndef GAVA_FIRST_RESPONSE_HEADERS_H
#define GAVA_FIRST_RESPONSE_HEADERS_H

#include "web.h"

struct MHD_Response;

void response_headers_add(struct ctx *ctx, const struct request *req, const struct response *res,
                          struct MHD_Response *response);

#endif
