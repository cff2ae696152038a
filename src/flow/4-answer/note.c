#include "note.h"

#include "db.h"
#include "deliver.h"
#include "document.h"

enum err note_check_text(struct ctx *ctx, struct str text)
{
    if (str_is_empty(str_trim(text)))
        return fail(ctx, ERR_INVALID, "the text is empty");
    if (str_utf8_len(text) > NOTE_MAX_CHARS)
        return fail(ctx, ERR_INVALID, "the text is longer than %d characters", NOTE_MAX_CHARS);
    return OK;
}

/* A paper of the case, and the step that writes it down. */
static enum err add(struct ctx *ctx, struct str number, struct str text, const char *kind, enum step step)
{
    TRY(note_check_text(ctx, text));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    struct document_id document;
    TRY(document_add(ctx, c.row.id, /* number= */ 0,
                     &(struct new_document){.kind = kind, .direction = "internal", .body = text, .user = ctx->who},
                     &document));
    TRY(search_pending_add(ctx, c.row.id));
    TRY(case_step(ctx, &c, step, &(struct step_note){.document = document}));
    return tx_commit(&tx);
}

enum err note_add(struct ctx *ctx, struct str number, struct str text)
{
    return add(ctx, number, text, "note", STEP_note);
}

enum err note_investigation(struct ctx *ctx, struct str number, struct str text)
{
    return add(ctx, number, text, "investigation", STEP_investigate);
}

enum err note_analysis(struct ctx *ctx, struct str number, struct str text)
{
    return add(ctx, number, text, "analysis", STEP_analyse);
}

enum err note_message(struct ctx *ctx, struct str number, struct str text, enum response_kind told)
{
    TRY(note_check_text(ctx, text));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    struct document_id message;
    bool reached;
    TRY(document_add(ctx, c.row.id, /* number= */ 0,
                     &(struct new_document){.kind = "message_out", .direction = "out", .body = text, .user = ctx->who},
                     &message));
    TRY(response_put(ctx, message, told));
    TRY(deliver_word(ctx, &c, message, &reached));
    if (reached)
        TRY(response_given(ctx, &c, told, ctx_now(ctx)));
    TRY(search_pending_add(ctx, c.row.id));
    TRY(case_step(
        ctx, &c, STEP_write,
        &(struct step_note){.document = message,
                            .no_fact = !reached,
                            .data = STEP_DATA(ctx, {"told", response_code(told)}, {"way", c.row.reply_preference})}));
    return tx_commit(&tx);
}

enum err note_happened(struct ctx *ctx, struct str number, struct str event_word, struct str text)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    enum event event;
    if (!event_find(event_word, &event) || !case_event_is_ticked(&c, event))
        return fail(ctx, ERR_INVALID, "\"%.*s\" is not something this routine asks staff to tick off",
                    STR_ARG(event_word));
    struct document_id document = {0};
    if (!str_is_empty(str_trim(text))) {
        TRY(note_check_text(ctx, text));
        TRY(document_add(
            ctx, c.row.id, /* number= */ 0,
            &(struct new_document){.kind = "note", .direction = "internal", .body = text, .user = ctx->who},
            &document));
    }
    TRY(case_step(
        ctx, &c, STEP_keep,
        &(struct step_note){.data = STEP_DATA(ctx, {"event", event_word}), .fact = event_word, .document = document}));
    return tx_commit(&tx);
}

enum err case_waive(struct ctx *ctx, struct open_case *c, struct str code, struct str reason)
{
    TRY(note_check_text(ctx, reason));
    struct sealed_id sealed;
    TRY(vault_seal(ctx, c->row.id, STR("reason"), reason, &sealed));
    TRY(waiver_add(ctx, c->row.id, code, ctx_now(ctx), ctx->who, sealed));
    return case_step(ctx, c, STEP_waive, &(struct step_note){.data = STEP_DATA(ctx, {"promise", code})});
}

static bool routine_has(const struct routine *routine, struct str code)
{
    for (size_t i = 0; i < routine->n_gates; i++)
        if (str_eq(routine->gates[i].id, code))
            return routine->gates[i].may_skip;
    return routine_obligation(routine, code) != NULL;
}

enum err note_waived(struct ctx *ctx, struct str number, struct str code, struct str reason)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    if (!routine_has(c.routine, code))
        return fail(ctx, ERR_INVALID, "\"%.*s\" is no promise or gate of this routine that may be let go",
                    STR_ARG(code));
    TRY(case_waive(ctx, &c, code, reason));
    return tx_commit(&tx);
}
