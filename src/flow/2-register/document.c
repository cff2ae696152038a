#include "document.h"

#include <sodium.h>

enum err document_add(struct ctx *ctx, struct case_id case_id, int64_t number, const struct new_document *d,
                      struct document_id *ret)
{
    if (number == 0) {
        struct document_last_number_row last;
        TRY(document_last_number(ctx, case_id, &last));
        number = last.number + 1;
    }
    unsigned char sha256[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(sha256, (const unsigned char *)d->body.p, d->body.n);
    struct sealed_id body, name = {0};
    TRY(vault_seal(ctx, case_id, STR("document"), d->body, &body));
    if (!str_is_none(d->file_name))
        TRY(vault_seal(ctx, case_id, STR("file_name"), d->file_name, &name));
    struct document_insert_row row;
    TRY(document_insert(
        ctx,
        &(struct document_insert_in){.case_id = case_id,
                                     .number = number,
                                     .kind = str_from(d->kind),
                                     .direction = str_from(d->direction),
                                     .at = d->at.v ? d->at : ctx_now(ctx),
                                     .user = d->user,
                                     .parent = d->parent,
                                     .media_type = str_is_none(d->media_type) ? STR("text/plain") : d->media_type,
                                     .size_bytes = (int64_t)d->body.n,
                                     .sha256 = (struct str){(const char *)sha256, sizeof sha256},
                                     .body = body,
                                     .name = name,
                                     .form_token_hash = d->form_token_hash},
        &row));
    *ret = row.id;
    return OK;
}

enum err document_body(struct ctx *ctx, struct case_id case_id, struct sealed_id body, enum purpose purpose,
                       struct str *ret)
{
    return vault_unseal(ctx, case_id, body, purpose, ret);
}
