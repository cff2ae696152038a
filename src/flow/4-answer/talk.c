#include "talk.h"

#include "date_words.h"
#include "db.h"
#include "document.h"
#include "note.h"

static const struct str codes[TALK_HOW_COUNT] = {
    [TALK_WE_CALLED] = STR_INIT("we_called"),
    [TALK_THEY_CALLED] = STR_INIT("they_called"),
    [TALK_VISIT] = STR_INIT("visit"),
    [TALK_NO_ANSWER] = STR_INIT("no_answer"),
};

bool talk_how_find(struct str code, enum talk_how *ret)
{
    for (size_t i = 0; i < TALK_HOW_COUNT; i++)
        if (str_eq(code, codes[i])) {
            *ret = (enum talk_how)i;
            return true;
        }
    return false;
}

struct str talk_how_code(enum talk_how how)
{
    return codes[how];
}

static enum err check(struct ctx *ctx, const struct open_case *c, const struct talk *talk)
{
    if (talk->how != TALK_NO_ANSWER && str_is_empty(str_trim(talk->text)))
        return fail(ctx, ERR_INVALID, "what was said is missing");
    if (str_utf8_len(talk->text) > NOTE_MAX_CHARS)
        return fail(ctx, ERR_INVALID, "the text is longer than %d characters", NOTE_MAX_CHARS);
    if (utc_cmp(talk->at, ctx_now(ctx)) > 0 || utc_cmp(talk->at, c->row.received) < 0)
        return fail(ctx, ERR_INVALID, "the talk cannot have been then");
    return OK;
}

/* "Ringde personen måndag 14 december kl. 10.15." and what was said: the paper stands by itself. */
static struct str note_words(struct ctx *ctx, const struct talk *talk)
{
    enum { HEAD_MAX_BYTES = 1024 };
    struct out out = out_init(ctx->arena, HEAD_MAX_BYTES + talk->text.n);
    struct when_text when = when_moment(ctx->arena, ctx->lang, talk->at, (struct date){0}); /* with its year */
    out_str(&out, msg_of_code(ctx->lang, MSG_PREFIX("talk_paper_"), codes[talk->how]));
    out_char(&out, ' ');
    out_str(&out, when.words);
    out_char(&out, '.');
    if (!str_is_empty(str_trim(talk->text))) {
        out_lit(&out, "\n\n");
        out_str(&out, str_trim(talk->text));
    }
    return out_take(&out);
}

enum err talk_log(struct ctx *ctx, struct str number, const struct talk *talk)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    TRY(check(ctx, &c, talk));
    struct document_id note;
    TRY(document_add(
        ctx, c.row.id, /* number= */ 0,
        &(struct new_document){
            .kind = "call", .direction = "internal", .body = note_words(ctx, talk), .user = ctx->who, .at = talk->at},
        &note));
    TRY(search_pending_add(ctx, c.row.id));
    bool reached = talk->how != TALK_NO_ANSWER;
    if (reached)
        TRY(response_given(ctx, &c, talk->told, talk->at));
    TRY(case_step(ctx, &c, reached ? STEP_call : STEP_call_missed,
                  &(struct step_note){
                      .document = note,
                      .fact_at = talk->at,
                      .data = reached ? STEP_DATA(ctx, {"how", codes[talk->how]}, {"told", response_code(talk->told)})
                                      : STEP_DATA(ctx, {"how", codes[talk->how]})}));
    return tx_commit(&tx);
}
