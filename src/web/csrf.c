#include "csrf.h"

#include <sodium.h>

#include "server.h"
#include "session.h"

enum { SECRET_BYTES = 16, SECRET_TEXT_BYTES = 22, TOKEN_BYTES = 32 };

static struct str hex(struct ctx *ctx, const void *p, size_t n)
{
    struct out out = out_init(ctx->arena, n * 2);
    out_hex(&out, p, n);
    return out_take(&out);
}

static struct str token_of_session(struct ctx *ctx, const struct session *session)
{
    return session ? hex(ctx, session->csrf.p, session->csrf.n) : STR_NONE;
}

/* The token that belongs to the cookie's secret; none for something that is no secret of ours. */
static struct str token_of_secret(struct ctx *ctx, struct str secret)
{
    if (secret.n != SECRET_TEXT_BYTES)
        return STR_NONE;
    unsigned char hash[TOKEN_BYTES];
    static const unsigned char purpose[] = "gava form token";
    crypto_generichash(hash, sizeof hash, purpose, sizeof purpose, (const unsigned char *)secret.p, secret.n);
    return hex(ctx, hash, sizeof hash);
}

static struct str form_cookie(const struct request *req)
{
    return request_cookie(req, req->secure ? STR("__Host-gava_form") : STR("gava_form"));
}

void csrf_prepare(struct ctx *ctx, struct request *req)
{
    const struct session *session = req->session ? req->session : req->follow;
    if (session) {
        req->csrf = token_of_session(ctx, session);
        return;
    }
    req->csrf = token_of_secret(ctx, form_cookie(req));
    if (!str_is_none(req->csrf))
        return;
    unsigned char secret[SECRET_BYTES];
    char text[sodium_base64_ENCODED_LEN(SECRET_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
    randombytes_buf(secret, sizeof secret);
    sodium_bin2base64(text, sizeof text, secret, sizeof secret, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    req->new_form_secret = str_copy(ctx->arena, str_from(text));
    req->csrf = token_of_secret(ctx, req->new_form_secret);
}

static bool same(struct str want, struct str given)
{
    return want.n > 0 && want.n == given.n && sodium_memcmp(want.p, given.p, want.n) == 0;
}

/* What the browser itself says; clients that are no browsers say nothing. */
static bool from_elsewhere(const struct request *req)
{
    struct str site = request_header(req, STR("sec-fetch-site"));
    if (!str_is_none(site))
        return !str_eq(site, STR("same-origin")) && !str_eq(site, STR("none"));
    struct str origin = request_header(req, STR("origin"));
    if (str_is_none(origin))
        return false;
    ptrdiff_t at = str_find(origin, STR("://"));
    return at < 0 || !str_eq_ascii_case(str_skip(origin, (size_t)at + 3), req->host);
}

enum err csrf_check(struct ctx *ctx, const struct request *req)
{
    struct str given = request_field(req, STR("csrf"));
    bool ours = same(token_of_session(ctx, req->session), given) || same(token_of_session(ctx, req->follow), given) ||
                same(token_of_secret(ctx, form_cookie(req)), given);
    if (ours && !from_elsewhere(req))
        return OK;
    meter_add(req->server->meters, req->server->process, METER_refused_csrf, 1);
    return fail(ctx, ERR_CSRF, "the form did not come from our own page");
}
