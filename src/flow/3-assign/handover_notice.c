#include "handover_notice.h"

#include "deliver.h"
#include "document.h"
#include "handover_sql.h"
#include "msg.h"
#include "page_parts.h"
#include "routine_letter.h"

/* The catalogue's words: for readers of other languages, for routines without such a letter, and when one takes the
 * case oneself. */
static enum err usual_words(struct ctx *ctx, const struct lang *lang, const struct open_case *c, const struct staff *to,
                            struct str *ret)
{
    struct staff_phone_row row;
    TRY(staff_phone(ctx, to->id, &row));
    struct str phone = str_is_empty(row.phone) ? c->town->phone : row.phone;
    struct out out = out_init(ctx->arena, WORDS_MAX_BYTES);
    if (to->id.v == ctx->who.v)
        text_msg_handover_letter_own(&out, lang,
                                     (struct msg_handover_letter_own){.name = to->name, .title = to->title});
    else
        text_msg_handover_letter(&out, lang, (struct msg_handover_letter){.name = to->name, .title = to->title});
    if (!str_is_empty(phone)) {
        out_lit(&out, "\n\n");
        text_msg_handover_letter_phone(&out, lang, (struct msg_handover_letter_phone){.phone = phone});
    }
    *ret = out_take(&out);
    return OK;
}

enum err handover_notice_words(struct ctx *ctx, const struct open_case *c, const struct staff *to, struct str *ret)
{
    const struct lang *lang = lang_find(c->row.language);
    lang = lang ? lang : lang_find(STR("sv"));
    struct open_case asked = *c; /* the letter's "manager" is the one asked */
    asked.row.owner = to->id;
    struct routine_letter own;
    bool is_there = false;
    if (str_eq(lang->code, STR("sv")) && to->id.v != ctx->who.v)
        TRY(routine_letter_for(ctx, lang, &asked, STR("handover_notice"), (struct url){STR_NONE}, &own, &is_there));
    if (is_there) {
        *ret = own.body;
        return OK;
    }
    return usual_words(ctx, lang, c, to, ret);
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
