#include "password.h"

#include <sodium.h>

enum { PASSES = 2, MEMORY_BYTES = 19 << 20 };

enum err password_hash(struct ctx *ctx, struct str password, struct str *ret)
{
    if (str_utf8_len(password) < PASSWORD_MIN_CHARS)
        return fail(ctx, ERR_INVALID, "a password has at least %d characters", PASSWORD_MIN_CHARS);
    if (password.n > PASSWORD_MAX_BYTES)
        return fail(ctx, ERR_INVALID, "a password has at most %d bytes", PASSWORD_MAX_BYTES);
    char *text = arena_alloc(ctx->arena, crypto_pwhash_STRBYTES);
    if (crypto_pwhash_str_alg(text, password.p, password.n, PASSES, MEMORY_BYTES, crypto_pwhash_ALG_ARGON2ID13) != 0)
        BUG("no memory for argon2id");
    *ret = str_from(text);
    return OK;
}

bool password_matches(struct ctx *ctx, struct str password, struct str hash)
{
    /* The hash of a random text: as dear to check as a real one. */
    static const char nobody[] = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$"
                                 "1G8WpXyxEw3jmBC0Ex8WQn2g3Gn6JtRo0tMkoO6DWpk";
    bool known = !str_is_empty(hash);
    const char *text = known ? str_cz(ctx->arena, hash) : nobody;
    if (password.n > PASSWORD_MAX_BYTES)
        password.n = PASSWORD_MAX_BYTES;
    return crypto_pwhash_str_verify(text, password.n ? password.p : "", password.n) == 0 && known;
}
