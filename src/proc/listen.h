/* What: the listening socket, from "127.0.0.1:8080". Source: getaddrinfo(3), listen(2). */
#ifndef GAVA_LISTEN_H
#define GAVA_LISTEN_H

#include "ctx.h"

enum { LISTEN_BACKLOG = 1024 };

/* where: "ADDR:PORT", "[ADDR]:PORT" or ":PORT"; port 0 lets the system choose. ret_where: the real one,
 * "127.0.0.1:43117". ERR_SETTING: not such a text; ERR_IO: it is taken, or not ours. The socket does not block. */
MUST_USE enum err listen_open(struct ctx *ctx, struct str where, int *ret_fd, struct str *ret_where);

#endif
