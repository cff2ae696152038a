#include "hear.h"

#include "document.h"
#include "exit_sql.h"
#include "more.h"
#include "round.h"

static enum err add_documents(struct ctx *ctx, struct case_id id, const struct message *m, struct str token_hash,
                              struct document_id *ret)
{
    TRY(document_add(
        ctx, id, /* number= */ 0,
        &(struct new_document){.kind = "message_in", .direction = "in", .body = m->text, .form_token_hash = token_hash},
        ret));
    for (size_t i = 0; i < m->n_files; i++) {
        struct document_id file;
        TRY(document_add(ctx, id, /* number= */ 0,
                         &(struct new_document){.kind = "attachment",
                                                .direction = "in",
                                                .body = m->files[i].body,
                                                .media_type = m->files[i].media_type,
                                                .file_name = m->files[i].name,
                                                .parent = *ret},
                         &file));
    }
    return OK;
}

enum err hear(struct ctx *ctx, struct open_case *c, const struct message *m)
{
    assert(m->n_files <= ATTACH_MAX_FILES);
    if (str_is_empty(str_trim(m->text)) && m->n_files == 0)
        return fail(ctx, ERR_INVALID, "the message is empty");
    if (str_utf8_len(m->text) > MESSAGE_MAX_CHARS)
        return fail(ctx, ERR_INVALID, "the message is longer than %d characters", MESSAGE_MAX_CHARS);
    struct str token_hash = STR_NONE;
    if (!str_is_empty(m->form_token)) {
        TRY(vault_mac(ctx, VAULT_MAC_FORM_TOKEN, m->form_token, &token_hash));
        struct document_by_form_token_row before;
        enum err found = document_by_form_token(ctx, token_hash, &before);
        if (found != ERR_NOT_FOUND)
            return found;
    }
    struct document_id message;
    TRY(add_documents(ctx, c->row.id, m, token_hash, &message));
    TRY(search_pending_add(ctx, c->row.id));
    enum step step = STEP_hear;
    if (c->status == CASE_closed)
        step = c->routine->closed_message == CLOSED_MESSAGE_consider ? STEP_hear_after : STEP_hear_closed;
    else if (c->status == CASE_not_a_case)
        step = STEP_hear_exit;
    else if (c->status == CASE_awaiting_submitter)
        step = STEP_hear_more;
    enum case_status back = c->status;
    if (step == STEP_hear_more)
        TRY(more_answered(ctx, c, &back));
    if (step == STEP_hear_exit)
        TRY(exit_heard(ctx, c->row.id, ctx_now(ctx)));
    if (step == STEP_hear_closed)
        TRY(round_end(ctx, c));
    if (step == STEP_hear_after)
        TRY(round_heard(ctx, c));
    return case_step(ctx, c, step, &(struct step_note){.document = message, .back = back});
}
