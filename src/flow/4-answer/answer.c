#include "answer.h"

#include <jansson.h>

#include "answer_sql.h"
#include "asked.h"
#include "db.h"
#include "json_out.h"
#include "vault.h"

/* Text and measure with every character escaped as \\uXXXX, twice for those beyond the first plane. */
enum { DRAFT_MAX_BYTES = 2 * ANSWER_MAX_CHARS * 12 + 200 };

/* A draft is sealed as a whole: text and measure. */
static struct str draft_pack(struct ctx *ctx, const struct answer *a)
{
    struct out out = out_init(ctx->arena, DRAFT_MAX_BYTES);
    out_lit(&out, "{\"text\":");
    out_json_str(&out, a->text);
    out_lit(&out, ",\"measure_kind\":");
    out_json_str(&out, a->measure_kind);
    out_lit(&out, ",\"measure\":");
    out_json_str(&out, a->measure);
    out_lit(&out, ",\"corrected\":");
    out_json_str(&out, a->corrected);
    out_lit(&out, ",\"apology\":");
    out_json_str(&out, a->apology ? STR("given") : STR(""));
    out_char(&out, '}');
    return out_take(&out);
}

static struct str member(struct ctx *ctx, const json_t *root, const char *key)
{
    const json_t *value = json_object_get(root, key);
    if (!json_is_string(value))
        return STR("");
    return str_copy(ctx->arena, (struct str){json_string_value(value), json_string_length(value)});
}

static enum err draft_unpack(struct ctx *ctx, struct str body, struct draft *ret)
{
    json_error_t fault;
    json_t *root = json_loadb(body.p, body.n, 0, &fault);
    if (root == NULL)
        return fail(ctx, ERR_CORRUPT, "a draft cannot be read: %s", fault.text);
    ret->text = member(ctx, root, "text");
    ret->measure_kind = member(ctx, root, "measure_kind");
    ret->measure = member(ctx, root, "measure");
    ret->corrected = member(ctx, root, "corrected");
    ret->apology = str_eq(member(ctx, root, "apology"), STR("given"));
    json_decref(root);
    return OK;
}

enum err answer_draft(struct ctx *ctx, struct case_id id, struct draft *ret)
{
    struct draft draft = {
        .text = STR(""), .measure_kind = STR(""), .measure = STR(""), .corrected = STR(""), .saved = UTC_NONE};
    /* Its words may be replaced or sent by somebody else between the two questions: then it is asked for again. */
    enum { TRIES = 4 };
    for (int i = 0; i < TRIES; i++) {
        struct draft_get_row row;
        enum err err = draft_get(ctx, id, &row);
        if (err == ERR_NOT_FOUND) {
            *ret = draft;
            return OK;
        }
        TRY(err);
        struct str body;
        err = vault_unseal(ctx, id, row.body, PURPOSE_handle_case, &body);
        if (err == ERR_NOT_FOUND)
            continue;
        TRY(err);
        draft.user = row.user;
        draft.saved = row.saved;
        draft.version = row.version;
        TRY(draft_unpack(ctx, body, &draft));
        *ret = draft;
        return OK;
    }
    return fail(ctx, ERR_BUSY, "the draft changes all the time");
}

enum err answer_check_text(struct ctx *ctx, const struct answer *a)
{
    if (str_utf8_len(a->text) > ANSWER_MAX_CHARS)
        return fail(ctx, ERR_INVALID, "the reply is longer than %d characters", ANSWER_MAX_CHARS);
    return OK;
}

/* ---- earlier versions ---- */

enum err answer_versions(struct ctx *ctx, struct case_id id, struct draft **ret, size_t *ret_n)
{
    struct draft_kept_row *rows;
    TRY(draft_kept(ctx, id, &rows, ret_n));
    struct draft *all = ARENA_ARRAY(ctx->arena, struct draft, *ret_n);
    for (size_t i = 0; i < *ret_n; i++)
        all[i] = (struct draft){.user = rows[i].user, .saved = rows[i].saved, .version = rows[i].version};
    *ret = all;
    return OK;
}

enum err answer_version(struct ctx *ctx, struct case_id id, int64_t version, struct draft *ret)
{
    struct draft_kept_get_row row;
    struct str body;
    TRY(draft_kept_get(ctx, id, version, &row));
    TRY(vault_unseal(ctx, id, row.body, PURPOSE_handle_case, &body));
    *ret = (struct draft){.user = row.user, .saved = row.saved, .version = version};
    return draft_unpack(ctx, body, ret);
}

/* What the draft said before is kept when somebody else wrote it, when it is replaced whole, when ten minutes have
 * passed since something was kept, and the first time; else it goes: a draft is working material. */
static enum err leave_before(struct ctx *ctx, const struct open_case *c, const struct draft_get_row *before,
                             bool replaced, bool *ret_kept)
{
    struct draft_kept_row *kept;
    size_t n;
    TRY(draft_kept(ctx, c->row.id, &kept, &n));
    bool long_ago = n == 0 || ctx_now(ctx).v - kept[0].saved.v >= (int64_t)DRAFT_KEEP_MINUTES * MINUTE_US;
    *ret_kept = replaced || before->user.v != ctx->who.v || long_ago;
    if (!*ret_kept)
        return vault_remove(ctx, c->row.id, before->body);
    TRY(draft_keep(ctx, c->row.id, before->version, before->body, before->user, before->saved));
    if (n < DRAFT_KEPT_MAX)
        return OK;
    TRY(draft_kept_drop(ctx, c->row.id, kept[n - 1].version));
    return vault_remove(ctx, c->row.id, kept[n - 1].body);
}

/* ---- saving ---- */

/* Write the draft inside the transaction; ERR_CONFLICT and the other's draft when the version is no longer the
 * writer's. *ret_news: it is the first, or an earlier version was kept: the journal tells that, not every key. */
static enum err put_draft(struct ctx *ctx, const struct open_case *c, const struct answer *a, struct draft *ret_other,
                          bool *ret_news)
{
    struct draft_get_row before = {0};
    enum err found = draft_get(ctx, c->row.id, &before);
    if (found != OK && found != ERR_NOT_FOUND)
        return found;
    if (before.version != a->draft_version) {
        TRY(answer_draft(ctx, c->row.id, ret_other));
        return fail(ctx, ERR_CONFLICT, "somebody else saved the draft first");
    }
    *ret_news = found == ERR_NOT_FOUND;
    if (found == OK)
        TRY(leave_before(ctx, c, &before, a->keep_before, ret_news));
    struct sealed_id sealed;
    TRY(vault_seal(ctx, c->row.id, STR("draft"), draft_pack(ctx, a), &sealed));
    int64_t n_changed;
    TRY(draft_put(ctx, c->row.id, sealed, ctx->who, ctx_now(ctx), a->draft_version, &n_changed));
    return n_changed == 1 ? OK : fail(ctx, ERR_CONFLICT, "somebody else saved the draft first");
}

static enum err drop_kept(struct ctx *ctx, struct case_id id)
{
    struct draft_kept_row *kept;
    size_t n;
    TRY(draft_kept(ctx, id, &kept, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(draft_kept_drop(ctx, id, kept[i].version));
        TRY(vault_remove(ctx, id, kept[i].body));
    }
    return OK;
}

enum err answer_drop_draft(struct ctx *ctx, const struct open_case *c, const struct answer *a, struct draft *ret_other)
{
    struct draft_get_row before;
    enum err found = draft_get(ctx, c->row.id, &before);
    if (found == ERR_NOT_FOUND && a->draft_version == 0)
        return OK;
    if (found != OK && found != ERR_NOT_FOUND)
        return found;
    if (found == ERR_NOT_FOUND || before.version != a->draft_version) { /* not found: somebody has sent it */
        TRY(answer_draft(ctx, c->row.id, ret_other));
        return fail(ctx, ERR_CONFLICT, "somebody else saved the draft first");
    }
    TRY(draft_drop(ctx, c->row.id));
    TRY(vault_remove(ctx, c->row.id, before.body));
    return drop_kept(ctx, c->row.id);
}

static enum err save(struct ctx *ctx, struct str number, const struct answer *a, bool ticks, struct draft *ret_other)
{
    TRY(answer_check_text(ctx, a));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    bool is_news;
    TRY(put_draft(ctx, &c, a, ret_other, &is_news));
    if (ticks)
        TRY(asked_tick(ctx, &c, a->answered, a->n_answered));
    if (is_news || !case_may(&c, STEP_draft)) /* the step itself says why one may not */
        TRY(case_step(ctx, &c, STEP_draft, &(struct step_note){0}));
    return tx_commit(&tx);
}

enum err answer_save(struct ctx *ctx, struct str number, const struct answer *a, struct draft *ret_other)
{
    return save(ctx, number, a, /* ticks= */ true, ret_other);
}

enum err answer_save_text(struct ctx *ctx, struct str number, const struct answer *a, struct draft *ret_other)
{
    return save(ctx, number, a, /* ticks= */ false, ret_other);
}
