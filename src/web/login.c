#include "login.h"

#include "fold.h"
#include "password.h"
#include "rate.h"
#include "server.h"
#include "session_sql.h"

static struct utc_us blocked_until(struct ctx *ctx, int64_t n_failures)
{
    int64_t beyond = n_failures - LOGIN_FREE_FAILURES;
    if (beyond < 0)
        return UTC_NONE;
    int64_t wait_s = beyond > 8 ? LOGIN_BLOCK_MAX_S : INT64_C(60) << beyond;
    return utc_add(ctx_now(ctx), (wait_s < LOGIN_BLOCK_MAX_S ? wait_s : LOGIN_BLOCK_MAX_S) * SECOND_US);
}

enum err login_check(struct ctx *ctx, struct request *req, struct str name, struct str password, struct user_id *ret)
{
    struct str login = fold_case(ctx, str_trim(name));
    TRY(rate_take(ctx, req, RATE_LOGIN, STR_NONE));
    TRY(rate_take(ctx, req, RATE_LOGIN_NAME, login));
    struct login_find_row row = {.password_hash = STR_NONE};
    enum err err = login_find(ctx, login, &row);
    if (err != OK && err != ERR_NOT_FOUND)
        return err;
    bool known = err == OK;
    bool blocked = known && !utc_is_none(row.blocked_until) && row.blocked_until.v > ctx_now(ctx).v;
    /* the hash is computed in every case: time must not tell which names there are */
    bool matches = password_matches(ctx, password, known ? row.password_hash : STR_NONE);
    if (known && row.active && matches && !blocked) {
        TRY(login_succeeded(ctx, row.id));
        *ret = row.id;
        return OK;
    }
    meter_add(req->server->meters, req->server->process, METER_refused_login, 1);
    if (known && !matches && !blocked)
        TRY(login_failed(ctx, row.id, blocked_until(ctx, row.failures + 1)));
    return fail(ctx, ERR_INVALID, "not a name and password that belong together");
}
