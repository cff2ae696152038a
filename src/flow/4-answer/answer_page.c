/* What: GET and POST /arende/{nr}/svar: write the reply and save it. Flow: every button saves a draft first (the script
 * does so by itself: answer_draft_page.c); then it is looked at (?visa=1) and sent (answer_check_page.c). When somebody
 * else saved meanwhile, both texts are shown and nothing is lost. Not here: the rules (answer.h), the page before it
 * goes, what is shown (answer_fill_page.c). Source: mock-up 05b; ux/README 6 "Edit conflict". */
#include "answer_page.h"

#include "answer_form_page.h"
#include "answer_letter.h"
#include "answer_page_html.h"
#include "case_page.h"
#include "date_words.h"
#include "frame.h"
#include "page_parts.h"
#include "phrase.h"

enum { GUESSES_MAX = 5 };

static bool is_step(const struct answer_form *form, const char *code)
{
    return str_eq(form->step.text, str_from(code));
}

/* other: what somebody else saved meanwhile; NULL when nobody did. */
static enum err show_editor(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                            const struct answer_form *form, const struct faults_list *faults, const struct draft *other)
{
    struct answer_view view;
    TRY(answer_fill(ctx, req, c, form, faults, &view));
    struct notice_view *notice = &view.head.notice;
    if (other) {
        *notice = refused_notice(ctx, ERR_CONFLICT);
        notice->text = msg_text(ctx->lang, other->version ? MSG_answer_conflict_text : MSG_answer_conflict_sent_text);
        view.draft_version = other->version; /* saving once more is meant then */
    }
    if (other && other->version)
        answer_fill_other(ctx, c, form->text.text, other, &view);
    if (notice->tone == TONE_NEUTRAL)
        *notice = done_notice(ctx, request_query(req, STR("klart")));
    struct str title = WORDS(ctx, answer_title, .number = c->row.number);
    frame_fill(ctx, req, c->town, NAV_TODO, title, faults->n > 0, &view.frame);
    html_answer(&res->body, ctx->lang, &view);
    if (faults->n || other)
        res->status = err_http_status(faults->n ? ERR_INVALID : ERR_CONFLICT);
    return OK;
}

enum err answer_show_editor(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                            const struct draft *own, const struct draft *other)
{
    struct answer_form form = answer_form_of_draft(own);
    return show_editor(ctx, req, res, c, &form, &(struct faults_list){.n = 0}, other);
}

enum err answer_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct draft draft;
    TRY(answer_open(ctx, req, &c));
    TRY(answer_draft(ctx, c.row.id, &draft));
    if (str_eq(request_query(req, STR("visa")), STR("1")) && !str_is_empty(draft.text))
        return answer_show_check(ctx, req, res, &c, &draft);
    return answer_show_editor(ctx, req, res, &c, &draft, NULL);
}

/* ---- saving ---- */

/* The chosen phrase goes in at the end: without script nobody knows where the cursor is. */
static enum err add_phrase(struct ctx *ctx, const struct open_case *c, struct answer_form *form)
{
    struct phrase *all;
    size_t n, i = 0;
    TRY(phrases_for(ctx, c, &all, &n));
    while (i < n && all[i].id != form->phrase.number)
        i++;
    if (i == n)
        return OK; /* it was taken away meanwhile, or none was chosen */
    form->text.text = str_fmt(ctx->arena, "%.*s%s%.*s", STR_ARG(form->text.text),
                              str_is_empty(form->text.text) ? "" : "\n\n", STR_ARG(all[i].body));
    if (str_utf8_len(form->text.text) > ANSWER_MAX_CHARS)
        form->text.fault = FAULT_TOO_LONG;
    return OK;
}

/* The list of what the person asked for: a line typed, a sentence of the story picked, a line taken away. */
static enum err change_asked(struct ctx *ctx, const struct open_case *c, const struct answer_form *form)
{
    if (form->drop.number > 0) {
        enum err err = asked_remove(ctx, c->row.number, form->drop.number);
        return err == ERR_NOT_FOUND ? OK : err; /* somebody was first */
    }
    if (form->pick.number > 0) {
        struct str story, sentences[GUESSES_MAX];
        TRY(case_story(ctx, c, &story));
        size_t n = asked_guess(story, sentences, GUESSES_MAX);
        return (size_t)form->pick.number <= n ? asked_add(ctx, c->row.number, sentences[form->pick.number - 1]) : OK;
    }
    return str_is_empty(form->ask.text) ? OK : asked_add(ctx, c->row.number, form->ask.text);
}

static enum err check_all(struct ctx *ctx, const struct open_case *c, const struct answer_form *form,
                          struct faults_list *faults)
{
    answer_form_check(ctx, form, faults);
    if (!is_step(form, "check"))
        return OK;
    bool is_blank;
    TRY(answer_is_blank(ctx, c, form->text.text, &is_blank));
    if (is_blank)
        fault_add(faults, STR("text"), msg_text(ctx->lang, MSG_answer_missing),
                  msg_text(ctx->lang, MSG_answer_missing));
    return OK;
}

static enum err save(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                     struct answer_form *form)
{
    struct faults_list faults = {.n = 0};
    if (is_step(form, "phrase"))
        TRY(add_phrase(ctx, c, form));
    TRY(check_all(ctx, c, form, &faults));
    if (faults.n)
        return show_editor(ctx, req, res, c, form, &faults, NULL);
    struct answer answer = answer_of_form(ctx, form);
    struct draft other = {.version = 0};
    enum err err = answer_save(ctx, c->row.number, &answer, &other);
    if (err == ERR_CONFLICT)
        return show_editor(ctx, req, res, c, form, &faults, &other);
    TRY(err);
    TRY(change_asked(ctx, c, form));
    struct str number = c->row.number;
    if (is_step(form, "check"))
        response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/arende/%/svar?visa=1", number));
    else
        response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/arende/%/svar?klart=utkast", number));
    return OK;
}

enum err answer_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    TRY(answer_open(ctx, req, &c));
    struct answer_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, answer, &form, &n_faults));
    if (is_step(&form, "send"))
        return answer_send_submit(ctx, req, res, &c);
    return save(ctx, req, res, &c, &form);
}

/* ---- the draft by itself ---- */

/* While one types: one line of text, and the version the page goes on from. Without script a button: back to the
 * editor.
 */
enum err answer_draft_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct answer_form form;
    size_t n_faults;
    TRY(answer_open(ctx, req, &c));
    TRY(FORM_READ(ctx, req, answer, &form, &n_faults));
    if (!req->partial)
        return save(ctx, req, res, &c, &form);
    struct faults_list faults = {.n = 0};
    answer_form_check(ctx, &form, &faults);
    res->content_type = STR("text/plain; charset=utf-8");
    if (faults.n) { /* nothing is saved: the page says what is wrong */
        res->status = err_http_status(ERR_INVALID);
        out_str(&res->body, faults.v[0].text);
        return OK;
    }
    struct answer answer = answer_of_form(ctx, &form);
    struct draft other;
    enum err err = answer_save(ctx, c.row.number, &answer, &other);
    if (err == ERR_CONFLICT) {
        res->status = err_http_status(err);
        out_str(&res->body, msg_text(ctx->lang, MSG_answer_conflict_text));
        return OK;
    }
    TRY(err);
    response_header(res, STR("Gava-Draft-Version"), str_fmt(ctx->arena, "%lld", (long long)answer.draft_version + 1));
    out_str(&res->body, WORDS(ctx, answer_saved_now, .when = when_time(ctx->arena, ctx->lang, ctx_now(ctx))));
    return OK;
}
