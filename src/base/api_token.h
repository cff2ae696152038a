/* What: the keys that other systems show to the interface: "gava_" and 256 random bits. Flow: `gava api-key add` makes
 * one and shows it once; api_access.c hashes what a request shows. Owns: nothing; only the hash is stored (api_key).
 * The hash needs no secret of ours: nobody can try out 256 bits. Memory: in ctx->arena. Source: RFC 6750. */
#ifndef GAVA_API_TOKEN_H
#define GAVA_API_TOKEN_H

#include "ctx.h"

/* A new one, as text. */
struct str api_token_make(struct ctx *ctx);
/* BLAKE2b-256 of the text, 32 bytes. False: that is no token (wrong beginning, length or letters). */
MUST_USE bool api_token_hash(struct ctx *ctx, struct str text, struct str *ret);

#endif
