#include "jot.h"

#include "db.h"
#include "document.h"
#include "note.h"

static const struct {
    struct str kind;
    enum step step;
} kept_as[] = {
    {STR_INIT("note"), STEP_note}, {STR_INIT("investigation"), STEP_investigate}, {STR_INIT("analysis"), STEP_analyse}};

enum err jot_add(struct ctx *ctx, struct str number, struct str text)
{
    TRY(note_check_text(ctx, text));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    struct sealed_id sealed;
    TRY(vault_seal(ctx, c.row.id, STR("working_note"), text, &sealed));
    TRY(working_note_add(ctx, c.row.id, ctx->who, sealed, ctx_now(ctx)));
    TRY(case_step(ctx, &c, STEP_jot, &(struct step_note){0}));
    return tx_commit(&tx);
}

/* Take the row away: ERR_NOT_FOUND when somebody else was first. */
static enum err take_away(struct ctx *ctx, const struct open_case *c, struct working_note_id id,
                          const struct working_note_get_row *row)
{
    int64_t n_changed;
    TRY(working_note_remove(ctx, id, &n_changed));
    if (n_changed != 1)
        return fail(ctx, ERR_NOT_FOUND, "the working note is gone");
    return vault_remove(ctx, c->row.id, row->text);
}

enum err jot_keep(struct ctx *ctx, struct str number, struct working_note_id id, struct str kind)
{
    size_t as = 0;
    while (as < ARRAY_LEN(kept_as) && !str_eq(kind, kept_as[as].kind))
        as++;
    if (as == ARRAY_LEN(kept_as))
        return fail(ctx, ERR_INVALID, "a working note is not kept as \"%.*s\"", STR_ARG(kind));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    struct working_note_get_row row;
    TRY(working_note_get(ctx, c.row.id, id, &row));
    struct str text;
    TRY(vault_unseal(ctx, c.row.id, row.text, PURPOSE_handle_case, &text));
    TRY(take_away(ctx, &c, id, &row));
    struct document_id document;
    TRY(document_add(ctx, c.row.id, /* number= */ 0,
                     &(struct new_document){
                         .kind = str_cz(ctx->arena, kind), .direction = "internal", .body = text, .user = row.user},
                     &document));
    TRY(search_pending_add(ctx, c.row.id));
    TRY(case_step(ctx, &c, kept_as[as].step, &(struct step_note){.document = document}));
    return tx_commit(&tx);
}

bool jot_may_drop(struct ctx *ctx, const struct open_case *c, struct user_id author)
{
    bool answers = right_held(RIGHT_CASE_ANSWER, c->roles);
    return case_may(c, STEP_drop_jot) && (author.v == ctx->who.v || answers);
}

enum err jot_drop(struct ctx *ctx, struct str number, struct working_note_id id)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    struct working_note_get_row row;
    TRY(working_note_get(ctx, c.row.id, id, &row));
    if (!jot_may_drop(ctx, &c, row.user))
        return fail(ctx, ERR_FORBIDDEN, "the working note is somebody else's");
    TRY(take_away(ctx, &c, id, &row));
    TRY(case_step(ctx, &c, STEP_drop_jot, &(struct step_note){0}));
    return tx_commit(&tx);
}

enum err jots_of_case(struct ctx *ctx, struct case_id id, struct working_notes_row **ret, size_t *ret_n)
{
    return working_notes(ctx, id, ret, ret_n);
}
