#include "handover_notice.h"

#include "case_letter.h"
#include "deliver.h"
#include "document.h"
#include "handover_sql.h"

enum err handover_notice_words(struct ctx *ctx, const struct open_case *c, const struct staff *to, struct str *ret)
{
    struct open_case asked = *c; /* the letter's "manager" is the one asked */
    asked.row.owner = to->id;
    struct case_letter letter;
    TRY(case_letter(ctx, case_language(c), &asked,
                    to->id.v == ctx->who.v ? LETTER_handover_own : LETTER_handover_notice,
                    &(struct letter_fill){.text = STR_NONE}, (struct url){STR_NONE}, &letter));
    *ret = letter.body;
    return OK;
}

enum err handover_notice_send(struct ctx *ctx, struct open_case *c, const struct staff *to)
{
    struct str words;
    TRY(handover_notice_words(ctx, c, to, &words));
    struct document_id document;
    TRY(document_add(
        ctx, c->row.id, /* number= */ 0,
        &(struct new_document){.kind = "handover_notice", .direction = "out", .body = words, .user = ctx->who},
        &document));
    bool is_reached;
    TRY(deliver_handover(ctx, c, document, &is_reached));
    return handover_set_told(ctx, c->row.id, is_reached ? ctx_now(ctx) : UTC_NONE);
}
