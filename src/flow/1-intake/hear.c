#include "hear.h"

#include "document.h"

enum err hear(struct ctx *ctx, struct open_case *c, struct str text, size_t n_files, const struct attached *files)
{
    assert(n_files <= ATTACH_MAX_FILES);
    if (str_is_empty(str_trim(text)) && n_files == 0)
        return fail(ctx, ERR_INVALID, "the message is empty");
    if (str_utf8_len(text) > MESSAGE_MAX_CHARS)
        return fail(ctx, ERR_INVALID, "the message is longer than %d characters", MESSAGE_MAX_CHARS);
    struct document_id message;
    TRY(document_add(ctx, c->row.id, /* number= */ 0,
                     &(struct new_document){.kind = "message_in", .direction = "in", .body = text}, &message));
    for (size_t i = 0; i < n_files; i++) {
        struct document_id file;
        TRY(document_add(ctx, c->row.id, /* number= */ 0,
                         &(struct new_document){.kind = "attachment",
                                                .direction = "in",
                                                .body = files[i].body,
                                                .media_type = files[i].media_type,
                                                .file_name = files[i].name,
                                                .parent = message},
                         &file));
    }
    TRY(search_pending_add(ctx, c->row.id));
    enum step step = c->status == CASE_closed ? STEP_hear_closed : STEP_hear;
    if (step == STEP_hear_closed)
        TRY(case_set_reopened(ctx, c->row.id));
    return case_step(ctx, c, step, &(struct step_note){.document = message});
}
