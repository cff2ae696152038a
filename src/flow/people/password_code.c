#include "password_code.h"

#include <sodium.h>

#include "change.h"
#include "fold.h"
#include "journal.h"
#include "password.h"
#include "password_code_sql.h"
#include "town_sql.h"

/* Letters that are not mistaken for each other, neither read nor heard. */
static const char letters[] = "23456789abcdefghjkmnpqrstuvwxyz";
enum { GROUPS = 4, GROUP_LETTERS = 5, CODE_LETTERS = GROUPS * GROUP_LETTERS, HASH_BYTES = 32 };

/* The hash of a code's letters; whatever stands between them does not count. */
static struct str hash_of(struct ctx *ctx, struct str code)
{
    struct str folded = fold_case(ctx, code);
    struct out bare = out_init(ctx->arena, folded.n + 1);
    for (size_t i = 0; i < folded.n; i++)
        if (strchr(letters, folded.p[i]) && folded.p[i])
            out_char(&bare, folded.p[i]);
    struct str text = out_take(&bare);
    char *hash = ARENA_ARRAY(ctx->arena, char, HASH_BYTES);
    crypto_generichash((unsigned char *)hash, HASH_BYTES, (const unsigned char *)text.p, text.n, NULL, 0);
    return (struct str){hash, HASH_BYTES};
}

static enum err write_down(struct ctx *ctx, struct str kind, struct user_id user)
{
    struct user_login_row row;
    struct event_id event;
    TRY(user_login(ctx, user, &row));
    return journal_append(ctx, (struct case_id){0}, kind, STEP_DATA(ctx, {"user", row.login}), (struct document_id){0},
                          &event);
}

enum err password_code_make(struct ctx *ctx, struct user_id user, struct str *ret)
{
    struct out out = out_init(ctx->arena, CODE_LETTERS + GROUPS);
    for (int i = 0; i < CODE_LETTERS; i++) {
        if (i && i % GROUP_LETTERS == 0)
            out_char(&out, '-');
        out_char(&out, letters[random_below(ctx->random, sizeof letters - 1)]);
    }
    struct str code = out_take(&out);
    TRY(password_code_put(ctx, user, hash_of(ctx, code),
                          utc_add(ctx_now(ctx), INT64_C(3600) * PASSWORD_CODE_HOURS * SECOND_US)));
    TRY(write_down(ctx, STR("password_code"), user));
    *ret = code;
    return OK;
}

enum err password_code_use(struct ctx *ctx, struct str login, struct str code, struct str password)
{
    struct str hash;
    struct password_code_find_row row;
    TRY(password_hash(ctx, password, &hash)); /* always: time must not tell which codes there are */
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(password_code_find(ctx, fold_case(ctx, str_trim(login)), hash_of(ctx, code), ctx_now(ctx), &row));
    int64_t n_taken;
    TRY(password_code_take(ctx, row.user, &n_taken));
    if (n_taken == 0)
        return fail(ctx, ERR_NOT_FOUND, "the code was just used");
    TRY(user_set_password(ctx, row.user, hash));
    TRY(user_sessions_end(ctx, row.user));
    TRY(write_down(ctx, STR("password_set"), row.user));
    return tx_commit(&tx);
}
