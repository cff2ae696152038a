#include "api_token.h"

#include <sodium.h>

enum { TOKEN_BYTES = 32, TOKEN_CHARS = 43 };
static const struct str prefix = STR_INIT("gava_");

struct str api_token_make(struct ctx *ctx)
{
    unsigned char token[TOKEN_BYTES];
    char text[TOKEN_CHARS + 1];
    random_bytes(ctx->random, token, sizeof token);
    sodium_bin2base64(text, sizeof text, token, sizeof token, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(token, sizeof token);
    return str_fmt(ctx->arena, "%.*s%s", STR_ARG(prefix), text);
}

bool api_token_hash(struct ctx *ctx, struct str text, struct str *ret)
{
    unsigned char token[TOKEN_BYTES];
    size_t n;
    struct str letters = str_skip(text, prefix.n);
    bool is_token = str_starts(text, prefix) && letters.n == TOKEN_CHARS &&
                    sodium_base642bin(token, sizeof token, letters.p, letters.n, NULL, &n, NULL,
                                      sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
                    n == sizeof token;
    if (!is_token)
        return false;
    unsigned char *hash = arena_alloc(ctx->arena, crypto_generichash_BYTES);
    crypto_generichash(hash, crypto_generichash_BYTES, token, sizeof token, NULL, 0);
    sodium_memzero(token, sizeof token);
    *ret = (struct str){(const char *)hash, crypto_generichash_BYTES};
    return true;
}
