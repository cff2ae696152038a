#include "asked.h"

#include "db.h"
#include "vault.h"

enum err asked_list(struct ctx *ctx, struct case_id id, struct asked **ret, size_t *ret_n)
{
    struct asked_of_row *rows;
    TRY(asked_of(ctx, id, &rows, ret_n));
    struct asked *all = ARENA_ARRAY(ctx->arena, struct asked, *ret_n);
    for (size_t i = 0; i < *ret_n; i++) {
        all[i] = (struct asked){.id = rows[i].id, .is_answered = !utc_is_none(rows[i].answered)};
        TRY(vault_unseal(ctx, id, rows[i].body, PURPOSE_handle_case, &all[i].words));
    }
    *ret = all;
    return OK;
}

enum err asked_add(struct ctx *ctx, struct str number, struct str words)
{
    words = str_trim(words);
    if (str_is_empty(words) || str_utf8_len(words) > ASKED_MAX_CHARS)
        return fail(ctx, ERR_INVALID, "a question has 1 to %d characters", ASKED_MAX_CHARS);
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    struct asked *listed;
    size_t n;
    TRY(asked_list(ctx, c.row.id, &listed, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(listed[i].words, words))
            return OK;
    if (n >= ASKED_MAX)
        return fail(ctx, ERR_INVALID, "%d questions are listed already", ASKED_MAX);
    struct sealed_id sealed;
    TRY(vault_seal(ctx, c.row.id, STR("asked"), words, &sealed));
    TRY(asked_put(ctx, c.row.id, sealed, ctx->who, ctx_now(ctx)));
    TRY(case_step(ctx, &c, STEP_list_asked, &(struct step_note){0}));
    return tx_commit(&tx);
}

enum err asked_remove(struct ctx *ctx, struct str number, int64_t id)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    struct asked_of_row *rows;
    size_t n, i = 0;
    TRY(asked_of(ctx, c.row.id, &rows, &n));
    while (i < n && rows[i].id != id)
        i++;
    if (i == n)
        return fail(ctx, ERR_NOT_FOUND, "the case has no such line");
    TRY(asked_drop(ctx, c.row.id, id));
    TRY(vault_remove(ctx, c.row.id, rows[i].body));
    TRY(case_step(ctx, &c, STEP_list_asked, &(struct step_note){0}));
    return tx_commit(&tx);
}

enum err asked_tick(struct ctx *ctx, const struct open_case *c, const int64_t *ids, size_t n)
{
    struct asked_of_row *rows;
    size_t n_rows;
    TRY(asked_of(ctx, c->row.id, &rows, &n_rows));
    for (size_t i = 0; i < n_rows; i++) {
        bool ticked = false;
        for (size_t k = 0; k < n; k++)
            ticked |= ids[k] == rows[i].id;
        if (ticked && utc_is_none(rows[i].answered))
            TRY(asked_set(ctx, c->row.id, rows[i].id, ctx_now(ctx), ctx->who));
        if (!ticked && !utc_is_none(rows[i].answered))
            TRY(asked_set(ctx, c->row.id, rows[i].id, UTC_NONE, (struct user_id){0}));
    }
    return OK;
}

size_t asked_guess(struct str story, struct str *ret, size_t max)
{
    size_t n = 0;
    while (n < max && story.n > 0) {
        size_t end = 0;
        while (end < story.n && !strchr(".!?\n", story.p[end]))
            end++;
        if (end < story.n)
            end++;
        struct str sentence = str_trim(str_head(story, end));
        story = str_skip(story, end);
        if (str_ends(sentence, STR("?")) && str_utf8_len(sentence) <= ASKED_MAX_CHARS)
            ret[n++] = sentence;
    }
    return n;
}
