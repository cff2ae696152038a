/* What: passwords as argon2id hashes (libsodium's string form, parameters inside).
 * Not here: slowing down guesses (web/login), sessions. Source: OWASP's minimum for argon2id: 19 MiB, two passes. */
#ifndef GAVA_PASSWORD_H
#define GAVA_PASSWORD_H

#include "ctx.h"

enum { PASSWORD_MIN_CHARS = 12, PASSWORD_MAX_BYTES = 1024 };

/* ERR_INVALID: shorter than PASSWORD_MIN_CHARS characters or longer than PASSWORD_MAX_BYTES. About 30 ms. */
MUST_USE enum err password_hash(struct ctx *ctx, struct str password, struct str *ret);
/* hash may be STR_NONE (no such user): then false, after as long a time. */
bool password_matches(struct ctx *ctx, struct str password, struct str hash);

#endif
