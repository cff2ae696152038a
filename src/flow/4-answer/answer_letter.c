#include "answer_letter.h"

enum { REPLY_MAX = 256 * 1024 };

enum err answer_letter(struct ctx *ctx, const struct open_case *c, struct str text, struct url follow,
                       struct case_letter *ret)
{
    TRY(case_letter(ctx, case_language(c), c, LETTER_reply, &(struct letter_fill){.text = text}, follow, ret));
    if (ret->has_text)
        return OK;
    struct out out = out_init(ctx->arena, REPLY_MAX);
    out_str(&out, str_trim(text));
    out_lit(&out, "\n\n");
    out_str(&out, ret->body);
    ret->body = str_trim(out_take(&out));
    return OK;
}

enum err answer_frame(struct ctx *ctx, const struct open_case *c, struct url follow, struct answer_frame *ret)
{
    static const struct str mark = STR_INIT("\x03"); /* no text has it: forms refuse it */
    struct case_letter letter;
    TRY(answer_letter(ctx, c, mark, follow, &letter));
    ptrdiff_t at = str_find(letter.body, mark);
    if (at < 0)
        BUG("a reply has no place for what was written");
    ret->before = str_trim(str_head(letter.body, (size_t)at));
    ret->after = str_trim(str_skip(letter.body, (size_t)at + mark.n));
    return OK;
}

enum err answer_start(struct ctx *ctx, const struct open_case *c, struct str *ret)
{
    struct case_letter letter;
    TRY(case_letter(ctx, case_language(c), c, LETTER_reply_start, &(struct letter_fill){.text = STR_NONE},
                    (struct url){STR_NONE}, &letter));
    *ret = letter.body;
    return OK;
}

enum err answer_is_blank(struct ctx *ctx, const struct open_case *c, struct str text, bool *ret)
{
    struct str start;
    TRY(answer_start(ctx, c, &start));
    text = str_trim(text);
    *ret = str_is_empty(text) || str_eq(text, str_trim(start));
    return OK;
}
