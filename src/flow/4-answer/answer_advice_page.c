/* POST /arende/{nr}/svar/rad: the advice for the text as it stands in the editor, as a fragment; nothing is saved. */
#include "answer_advice_page.h"

#include "answer_advice_page_html.h"
#include "answer_page.h"
#include "form.h"
#include "hints.h"
#include "readability.h"
#include "words.h"

enum { MEASURED_WORDS = 20 };

#define ADVICE_FORM(F) F(text, LINES, ANSWER_MAX_CHARS, OPTIONAL, MSG_answer_text)
FORM(advice, ADVICE_FORM)

static enum feedback_type type_of(const struct open_case *c)
{
    for (enum feedback_type type = 0; type < TYPE_COUNT; type++)
        if (str_eq(c->row.type, words_type[type]))
            return type;
    return TYPE_unknown;
}

static struct str ease_words(struct ctx *ctx, enum read_ease ease)
{
    static const enum msg words[] = {
        [READ_EASY] = MSG_advice_easy, [READ_MEDIUM] = MSG_advice_medium, [READ_HARD] = MSG_advice_hard};
    return msg_text(ctx->lang, words[ease]);
}

struct advice_view answer_advice(struct ctx *ctx, const struct open_case *c, struct str text)
{
    struct advice_view view = {.n_hints = 0};
    struct hint_found *found;
    routine_hints(ctx, c->routine, text, type_of(c), &found, &view.n_hints);
    struct hint_view *hints = ARENA_ARRAY(ctx->arena, struct hint_view, view.n_hints);
    for (size_t i = 0; i < view.n_hints; i++)
        hints[i] = (struct hint_view){found[i].hint->text, found[i].words, found[i].hint->clause, found[i].hint->quote};
    view.hints = hints;
    struct readability r = readability_of(ctx->arena, text);
    view.is_measured = r.n_words >= MEASURED_WORDS;
    view.lix = r.lix;
    view.ease = ease_words(ctx, r.ease);
    struct str *sentences = ARENA_ARRAY(ctx->arena, struct str, LONG_SENTENCES);
    while (view.n_long_sentences < LONG_SENTENCES && !str_is_none(r.longest[view.n_long_sentences])) {
        sentences[view.n_long_sentences] = r.longest[view.n_long_sentences];
        view.n_long_sentences++;
    }
    view.long_sentences = sentences;
    return view;
}

enum err answer_advice_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct advice_form form;
    size_t n_faults;
    TRY(answer_open(ctx, req, &c));
    TRY(FORM_READ(ctx, req, advice, &form, &n_faults));
    struct advice_view view = answer_advice(ctx, &c, form.text.text);
    html_answer_advice(&res->body, ctx->lang, &view);
    return OK;
}
