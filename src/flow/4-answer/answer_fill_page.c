/* What the editor shows: the text and what stands around it, what the person asked for, phrases, advice. Not here: what
 * its buttons do (answer_page.c). */
#include "answer_advice_page.h"
#include "answer_form_page.h"
#include "answer_letter.h"
#include "answer_page.h"
#include "case_page.h"
#include "consult_words_page.h"
#include "date_words.h"
#include "line_diff.h"
#include "page_parts.h"
#include "phrase.h"
#include "site.h"

enum { GUESSES_MAX = 5 };

static bool is_ticked(const struct answer_form *form, const struct asked *asked)
{
    for (size_t i = 0; i < form->answered.n_files; i++) {
        int64_t id;
        if (str_to_i64(form->answered.files[i].value, &id) && id == asked->id)
            return true;
    }
    return false;
}

/* sent: the form was sent, and its ticks count; else those that are saved. */
static enum err fill_asked(struct ctx *ctx, const struct open_case *c, const struct answer_form *form, bool sent,
                           struct answer_view *view)
{
    struct asked *all;
    TRY(asked_list(ctx, c->row.id, &all, &view->n_asked));
    struct asked_view *views = ARENA_ARRAY(ctx->arena, struct asked_view, view->n_asked);
    for (size_t i = 0; i < view->n_asked; i++)
        views[i] = (struct asked_view){all[i].id, all[i].words, sent ? is_ticked(form, &all[i]) : all[i].is_answered};
    view->asked = views;
    return OK;
}

static bool is_listed(const struct answer_view *view, struct str words)
{
    for (size_t i = 0; i < view->n_asked; i++)
        if (str_eq(view->asked[i].words, words))
            return true;
    return false;
}

static void fill_guesses(struct ctx *ctx, struct answer_view *view)
{
    struct str sentences[GUESSES_MAX];
    size_t n = asked_guess(view->story, sentences, GUESSES_MAX);
    struct asked_guess_view *guesses = ARENA_ARRAY(ctx->arena, struct asked_guess_view, n);
    for (size_t i = 0; i < n; i++)
        if (!is_listed(view, sentences[i]))
            guesses[view->n_guesses++] = (struct asked_guess_view){(int64_t)i + 1, sentences[i]};
    view->guesses = guesses;
}

static enum err fill_phrases(struct ctx *ctx, const struct open_case *c, struct answer_view *view)
{
    struct phrase *all;
    TRY(phrases_for(ctx, c, &all, &view->n_phrases));
    struct phrase_option_view *options = ARENA_ARRAY(ctx->arena, struct phrase_option_view, view->n_phrases);
    for (size_t i = 0; i < view->n_phrases; i++)
        options[i] = (struct phrase_option_view){all[i].id, all[i].name, all[i].body};
    view->phrases = options;
    return OK;
}

/* Who wrote last, and whether there is something before it. */
static enum err fill_saved(struct ctx *ctx, const struct open_case *c, struct answer_view *view)
{
    struct draft draft, *kept;
    size_t n_kept;
    TRY(answer_draft(ctx, c->row.id, &draft));
    TRY(answer_versions(ctx, c->row.id, &kept, &n_kept));
    view->has_versions = n_kept > 0;
    if (draft.version == 0)
        return OK;
    const struct staff *staff = town_staff(c->town, draft.user);
    struct when_text at = when_moment(ctx->arena, ctx->lang, draft.saved, utc_to_date(ctx_now(ctx)));
    view->saved = WORDS(ctx, answer_saved_by, .when = at, .who = staff ? staff->name : STR(""));
    return OK;
}

static enum err fill_letter(struct ctx *ctx, const struct request *req, const struct open_case *c,
                            struct answer_view *view)
{
    struct answer_frame frame;
    TRY(answer_frame(ctx, c, follow_address(ctx, req->server, req->municipality), &frame));
    view->before = frame.before;
    view->after = frame.after;
    if (str_is_empty(view->text.value) && view->draft_version == 0)
        TRY(answer_start(ctx, c, &view->text.value));
    return OK;
}

enum err answer_fill(struct ctx *ctx, const struct request *req, const struct open_case *c,
                     const struct answer_form *form, const struct faults_list *faults, struct answer_view *view)
{
    struct str kind = form->measure_kind.text, number = c->row.number;
    *view = (struct answer_view){
        .csrf = req->csrf,
        .draft_version = form->draft_version.number,
        .action = URL_PATH(ctx->arena, "/arende/%/svar", number),
        .save = URL_PATH(ctx->arena, "/arende/%/svar/utkast", number),
        .advise = URL_PATH(ctx->arena, "/arende/%/svar/rad", number),
        .versions = URL_PATH(ctx->arena, "/arende/%/svar/utkast", number),
        .back = URL_PATH(ctx->arena, "/arende/%", number),
        .text = field_view(faults, STR("text"), form->text.text),
        .measure_kind = field_view(faults, STR("measure_kind"), kind),
        .measure_done = field_view(faults, STR("measure_done"), form->measure_done.text),
        .measure_later = field_view(faults, STR("measure_later"), form->measure_later.text),
        .corrected = field_view(faults, STR("corrected"), form->corrected.text),
        .ask = field_view(faults, STR("ask"), form->ask.text),
        .is_done = str_eq(kind, STR("done")),
        .is_later = str_eq(kind, STR("later")),
        .is_none = str_eq(kind, STR("none")),
        .apology = form->apology.on,
        .way = answer_way_words(ctx, c),
        .guidance = guidance_words(ctx, c->routine, PLACE_draft),
    };
    TRY(answer_head_fill(ctx, c, faults, &view->head));
    view->head.h1 = WORDS(ctx, answer_heading, .title = case_title(ctx, c));
    TRY(case_story(ctx, c, &view->story));
    TRY(fill_asked(ctx, c, form, !str_is_empty(form->step.text) || form->answered.on, view));
    fill_guesses(ctx, view);
    TRY(fill_phrases(ctx, c, view));
    TRY(fill_saved(ctx, c, view));
    TRY(fill_letter(ctx, req, c, view));
    TRY(consult_people_fill(ctx, c, STR_NONE, &view->people));
    view->advice = answer_advice(ctx, c, form->text.text);
    return OK;
}

/* The lines of one of the two texts: those both have, and those only this one has. */
static const struct diff_view *diff_views(struct ctx *ctx, const struct diff_line *lines, size_t n, enum line_kind own,
                                          size_t *ret_n)
{
    struct diff_view *views = ARENA_ARRAY(ctx->arena, struct diff_view, n);
    *ret_n = 0;
    for (size_t i = 0; i < n; i++)
        if (lines[i].kind == LINE_KEPT || lines[i].kind == own)
            views[(*ret_n)++] =
                (struct diff_view){lines[i].text, lines[i].kind == own && !str_is_empty(str_trim(lines[i].text))};
    return views;
}

void answer_fill_other(struct ctx *ctx, const struct open_case *c, struct str own, const struct draft *other,
                       struct answer_view *view)
{
    const struct staff *staff = town_staff(c->town, other->user);
    struct diff_line *lines;
    size_t n;
    line_diff(ctx->arena, own, other->text, &lines, &n);
    view->has_other = true;
    view->own = diff_views(ctx, lines, n, LINE_REMOVED, &view->n_own);
    view->other = diff_views(ctx, lines, n, LINE_ADDED, &view->n_other);
    view->other_by = staff ? staff->name : STR_NONE;
    view->other_at = when_moment(ctx->arena, ctx->lang, other->saved, utc_to_date(ctx_now(ctx)));
}
