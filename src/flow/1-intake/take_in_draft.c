#include "take_in_draft.h"

#include "attach_sql.h"
#include "db.h"
#include "intake_sql.h"
#include "take_in_sql.h"
#include "vault.h"

/* name NUL value NUL, for each field. Values hold no NUL: forms clean them. */
static struct str pack(struct ctx *ctx, const struct draft_field *fields, size_t n)
{
    size_t bytes = 0;
    for (size_t i = 0; i < n; i++)
        bytes += fields[i].name.n + fields[i].value.n + 2;
    struct out out = out_init(ctx->arena, bytes);
    for (size_t i = 0; i < n; i++) {
        out_str(&out, fields[i].name);
        out_char(&out, 0);
        out_str(&out, fields[i].value);
        out_char(&out, 0);
    }
    return out_take(&out);
}

static enum err unpack(struct ctx *ctx, struct str sealed, struct intake_draft *draft)
{
    struct str rest, name, value;
    TRY(vault_unseal_loose(ctx, sealed, &rest));
    draft->fields = ARENA_ARRAY(ctx->arena, struct draft_field, DRAFT_FIELDS_MAX);
    draft->n_fields = 0;
    while (rest.n > 0 && draft->n_fields < DRAFT_FIELDS_MAX) {
        if (!str_split(&rest, 0, &name) || str_is_none(rest) || !str_split(&rest, 0, &value))
            return fail(ctx, ERR_CORRUPT, "draft %lld is damaged", (long long)draft->id.v);
        draft->fields[draft->n_fields++] = (struct draft_field){name, value};
    }
    return OK;
}

/* A request that was under way when the form was sent must not bring the draft back. */
static enum err refuse_sent(struct ctx *ctx, struct str token_hash)
{
    struct case_by_form_token_row made;
    struct tally_by_token_row counted;
    enum err err = case_by_form_token(ctx, token_hash, &made);
    if (err == ERR_NOT_FOUND)
        err = tally_by_token(ctx, token_hash, &counted);
    if (err == OK)
        return fail(ctx, ERR_CLOSED, "the form was sent already");
    return err == ERR_NOT_FOUND ? OK : err;
}

enum err intake_draft_save(struct ctx *ctx, struct str form_token, const struct draft_field *fields, size_t n)
{
    assert(n <= DRAFT_FIELDS_MAX);
    struct str token_hash, sealed;
    TRY(vault_mac(ctx, VAULT_MAC_FORM_TOKEN, form_token, &token_hash));
    TRY(vault_seal_loose(ctx, pack(ctx, fields, n), &sealed));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(refuse_sent(ctx, token_hash));
    int64_t n_changed;
    TRY(intake_draft_put(ctx, token_hash, ctx->who, ctx_now(ctx), sealed, &n_changed));
    if (n_changed != 1)
        return fail(ctx, ERR_FORBIDDEN, "the draft is somebody else's");
    return tx_commit(&tx);
}

enum err intake_drafts(struct ctx *ctx, struct intake_draft **ret, size_t *ret_n)
{
    struct intake_draft_list_row *rows;
    size_t n;
    TRY(intake_draft_list(ctx, ctx->who, &rows, &n));
    struct intake_draft *drafts = ARENA_ARRAY(ctx->arena, struct intake_draft, n);
    for (size_t i = 0; i < n; i++) {
        drafts[i] = (struct intake_draft){.id = rows[i].id, .saved = rows[i].saved};
        TRY(unpack(ctx, rows[i].body, &drafts[i]));
    }
    *ret = drafts;
    *ret_n = n;
    return OK;
}

enum err intake_draft_open(struct ctx *ctx, struct intake_draft_id id, struct intake_draft *ret)
{
    struct intake_draft_get_row row;
    TRY(intake_draft_get(ctx, id, ctx->who, &row));
    *ret = (struct intake_draft){.id = id, .saved = row.saved};
    return unpack(ctx, row.body, ret);
}

enum err intake_draft_discard(struct ctx *ctx, struct intake_draft_id id)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct intake_draft_get_row row;
    TRY(intake_draft_get(ctx, id, ctx->who, &row));
    TRY(form_file_forget(ctx, row.token_hash));
    TRY(intake_draft_remove(ctx, row.token_hash));
    return tx_commit(&tx);
}

struct str draft_value(const struct intake_draft *draft, struct str name)
{
    for (size_t i = 0; i < draft->n_fields; i++)
        if (str_eq(draft->fields[i].name, name))
            return draft->fields[i].value;
    return STR("");
}
