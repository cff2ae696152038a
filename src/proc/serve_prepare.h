/* What: everything `gava serve` needs before its first process starts: settings with the options over them,
 * certificate, migrations, the listening socket, shared memory. What cannot work is told here, in a sentence. Source:
 * design.md section 5. */
#ifndef GAVA_SERVE_PREPARE_H
#define GAVA_SERVE_PREPARE_H

#include "server.h"
#include "store.h"

/* The command line; STR_NONE or 0 where nothing was said. */
struct serve_options {
    struct where where;
    struct str listen, clock, rate_limit, tls_cert, tls_key, config;
    int64_t workers;
};

/* Fills server. The listening socket is open when it is OK. ERR_SETTING, ERR_IO, and what store_open gives. */
MUST_USE enum err serve_prepare(struct ctx *ctx, const struct serve_options *options, struct server *server);

/* Read settings.tls_cert and tls_key into server; at start and at SIGHUP. ERR_IO, ERR_SETTING. */
MUST_USE enum err tls_read(struct ctx *ctx, struct server *server);

#endif
