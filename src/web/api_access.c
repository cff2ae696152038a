#include "api_access.h"

#include "api_access_sql.h"
#include "api_token.h"
#include "rate.h"
#include "route.h"

/* The scope a right of the interface asks of a key. */
static struct str scope_of(enum right right)
{
    assert(right == RIGHT_API_DIARY);
    return STR("diary");
}

enum err api_access_check(struct ctx *ctx, struct request *req)
{
    ctx->who = (struct user_id){0};
    req->session = NULL;
    req->follow = NULL;
    req->roles = (struct roles){0};
    struct str header = request_header(req, STR("authorization")), bearer = STR("Bearer "), hash;
    struct api_key_find_row key;
    bool is_bearer = header.n > bearer.n && str_eq_ascii_case(str_head(header, bearer.n), bearer);
    enum err found = is_bearer && api_token_hash(ctx, str_trim(str_skip(header, bearer.n)), &hash)
                         ? api_key_find(ctx, hash, &key)
                         : ERR_NOT_FOUND;
    if (found == ERR_NOT_FOUND) {
        TRY(rate_take(ctx, req, RATE_LOGIN, STR_NONE));
        return fail(ctx, ERR_UNAUTHENTICATED, "a key that works is missing: Authorization: Bearer gava_...");
    }
    TRY(found);
    TRY(rate_take(ctx, req, RATE_API, str_fmt(ctx->arena, "%lld", (long long)key.id)));
    if (!str_eq(key.scope, scope_of(req->route->right)))
        return fail(ctx, ERR_FORBIDDEN, "the key is not for this");
    req->key_id = key.id;
    req->key_unit = key.unit;
    return OK;
}
