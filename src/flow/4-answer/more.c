#include "more.h"

#include "db.h"
#include "deliver.h"
#include "document.h"
#include "note.h"

bool more_can_ask(const struct open_case *c)
{
    return c->row.contact_known || str_eq(c->row.reply_preference, STR("code"));
}

enum err more_ask(struct ctx *ctx, struct str number, struct str text)
{
    TRY(note_check_text(ctx, text));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    if (!more_can_ask(&c))
        return fail(ctx, ERR_INVALID, "there is no way to ask the person");
    struct document_id message;
    bool reached;
    TRY(document_add(ctx, c.row.id, /* number= */ 0,
                     &(struct new_document){.kind = "message_out", .direction = "out", .body = text, .user = ctx->who},
                     &message));
    TRY(response_put(ctx, message, RESPONSE_contact));
    TRY(deliver_word(ctx, &c, message, &reached));
    TRY(more_asked_add(ctx, c.row.id, message, ctx->who, ctx_now(ctx), case_status_name(c.status)));
    TRY(search_pending_add(ctx, c.row.id));
    TRY(case_step(ctx, &c, STEP_ask_more,
                  &(struct step_note){.document = message,
                                      .no_fact = !reached,
                                      .data = STEP_DATA(ctx, {"way", c.row.reply_preference})}));
    return tx_commit(&tx);
}

/* Where the case goes on: where it was; somebody who took it on meanwhile works with it. */
static enum err find_back(struct ctx *ctx, const struct open_case *c, enum case_status *ret)
{
    struct more_asked_latest_row row;
    TRY(more_asked_latest(ctx, c->row.id, &row));
    if (!case_status_find(row.state_before, ret))
        return fail(ctx, ERR_CORRUPT, "a case was in an unknown state before a question");
    if (c->row.owner.v && !utc_is_none(c->row.accepted))
        *ret = CASE_investigating;
    else if (*ret == CASE_received && !utc_is_none(c->row.registered))
        *ret = CASE_registered;
    return OK;
}

enum err more_go_on(struct ctx *ctx, struct str number, bool answered)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    if (c.status != CASE_awaiting_submitter)
        return fail(ctx, ERR_CLOSED, "nothing is waited for");
    enum case_status back;
    TRY(find_back(ctx, &c, &back));
    struct str how = answered ? STR("staff") : STR("without");
    TRY(more_asked_end(ctx, c.row.id, ctx_now(ctx), how));
    TRY(case_step(ctx, &c, STEP_go_on, &(struct step_note){.back = back, .data = STEP_DATA(ctx, {"how", how})}));
    return tx_commit(&tx);
}

enum err more_answered(struct ctx *ctx, const struct open_case *c, enum case_status *ret_back)
{
    TRY(find_back(ctx, c, ret_back));
    return more_asked_end(ctx, c->row.id, ctx_now(ctx), STR("person"));
}
