#include "session.h"

#include <sodium.h>

#include "server.h"
#include "session_sql.h"

enum { TOKEN_BYTES = 32, TOKEN_TEXT_BYTES = 43, TOUCH_EVERY_S = 60 };

static const char *const kind_words[] = {
    [SESSION_STAFF] = "staff", [SESSION_FOLLOW] = "follow", [SESSION_RECEIPT] = "receipt"};

/* With several municipalities on one host each has its own cookie. */
static struct str cookie_name(struct ctx *ctx, const struct request *req, enum session_kind kind)
{
    struct str slug = str_skip(req->prefix, 1);
    return str_fmt(ctx->arena, "gava%s%s%.*s", kind == SESSION_STAFF ? "" : "_folj", slug.n ? "_" : "", STR_ARG(slug));
}

static struct str cookie_value(struct ctx *ctx, const struct request *req, enum session_kind kind)
{
    struct str name = cookie_name(ctx, req, kind);
    return request_cookie(req, req->secure ? str_fmt(ctx->arena, "__Host-%.*s", STR_ARG(name)) : name);
}

static int64_t idle_us(const struct request *req, enum session_kind kind)
{
    const struct settings *settings = &req->server->settings;
    return (kind == SESSION_STAFF ? settings->session_idle_minutes : settings->follow_minutes) * MINUTE_US;
}

static int64_t longest_us(const struct request *req, enum session_kind kind)
{
    return kind == SESSION_STAFF ? req->server->settings.session_hours * HOUR_US : DAY_US;
}

static struct str hash_token(struct ctx *ctx, const unsigned char token[TOKEN_BYTES])
{
    unsigned char *hash = arena_alloc(ctx->arena, crypto_generichash_BYTES);
    crypto_generichash(hash, crypto_generichash_BYTES, token, TOKEN_BYTES, NULL, 0);
    return (struct str){(const char *)hash, crypto_generichash_BYTES};
}

/* The session behind a cookie of this kind; NULL when there is none. */
static enum err find(struct ctx *ctx, const struct request *req, enum session_kind kind, struct session **ret)
{
    unsigned char token[TOKEN_BYTES];
    size_t n;
    *ret = NULL;
    struct str text = cookie_value(ctx, req, kind);
    if (text.n != TOKEN_TEXT_BYTES || sodium_base642bin(token, sizeof token, text.p, text.n, NULL, &n, NULL,
                                                        sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return OK;
    struct utc_us now = ctx_now(ctx);
    struct session_by_token_row row;
    enum err err = session_by_token(ctx, hash_token(ctx, token), now, &row);
    if (err == ERR_NOT_FOUND)
        return OK;
    TRY(err);
    bool staff = str_eq(row.kind, STR("staff"));
    if (staff != (kind == SESSION_STAFF) || row.seen.v + idle_us(req, kind) <= now.v)
        return OK;
    struct session *session = ARENA_NEW(ctx->arena, struct session);
    *session = (struct session){
        .id = row.id,
        .kind = staff                              ? SESSION_STAFF
                : str_eq(row.kind, STR("receipt")) ? SESSION_RECEIPT
                                                   : SESSION_FOLLOW,
        .user = row.user,
        .subject = row.subject,
        .csrf = row.csrf,
        .created = row.created,
        .seen = row.seen,
        .expires = row.expires,
    };
    if (now.v - row.seen.v > TOUCH_EVERY_S * SECOND_US)
        TRY(session_touch(ctx, row.id, now));
    *ret = session;
    return OK;
}

static enum err load_user(struct ctx *ctx, struct request *req)
{
    struct session_user_row user;
    enum err err = session_user(ctx, req->session->user, &user);
    if (err == ERR_NOT_FOUND) { /* no longer active */
        req->session = NULL;
        return OK;
    }
    TRY(err);
    ctx->who = req->session->user;
    req->user_name = user.name;
    if (req->language.n == 0)
        req->language = user.language;
    struct session_roles_row *rows;
    size_t n;
    TRY(session_roles(ctx, ctx->who, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        enum role role;
        if (role_find(rows[i].role, &role) && role_is_place(role))
            req->roles = roles_with(req->roles, role);
    }
    return OK;
}

enum err session_load(struct ctx *ctx, struct request *req)
{
    TRY(find(ctx, req, SESSION_STAFF, &req->session));
    TRY(find(ctx, req, SESSION_FOLLOW, &req->follow));
    return req->session ? load_user(ctx, req) : OK;
}

enum err session_start(struct ctx *ctx, struct request *req, struct response *res, enum session_kind kind,
                       struct user_id user, struct case_id subject)
{
    assert((kind == SESSION_STAFF) == (user.v != 0) && (kind == SESSION_STAFF) == (subject.v == 0));
    unsigned char token[TOKEN_BYTES], csrf[TOKEN_BYTES];
    char text[sodium_base64_ENCODED_LEN(TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
    randombytes_buf(token, sizeof token);
    randombytes_buf(csrf, sizeof csrf);
    sodium_bin2base64(text, sizeof text, token, sizeof token, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    struct session *old = kind == SESSION_STAFF ? req->session : req->follow;
    if (old)
        TRY(session_delete(ctx, old->id));
    struct session_add_row row;
    struct utc_us now = ctx_now(ctx);
    TRY(session_add(ctx, hash_token(ctx, token), str_from(kind_words[kind]), user, subject,
                    (struct str){(const char *)csrf, sizeof csrf}, now, utc_add(now, longest_us(req, kind)), &row));
    response_cookie(ctx, req, res, cookie_name(ctx, req, kind), str_copy(ctx->arena, str_from(text)),
                    /* max_age_s= */ -1);
    return OK;
}

enum err session_end(struct ctx *ctx, struct request *req, struct response *res, enum session_kind kind)
{
    struct session *session = kind == SESSION_STAFF ? req->session : req->follow;
    if (session)
        TRY(session_delete(ctx, session->id));
    if (!str_is_none(cookie_value(ctx, req, kind)))
        response_cookie(ctx, req, res, cookie_name(ctx, req, kind), STR(""), /* max_age_s= */ 0);
    return OK;
}
