/* GET and POST /omdome/{token}: the question after closing. GET changes nothing. Not here: the rules (survey.h).
 * Source: S1.10. */
#include "faults.h"
#include "form.h"
#include "frame.h"
#include "page_parts.h"
#include "rate.h"
#include "survey.h"
#include "survey_page_html.h"
#include "survey_view.h"

#define SURVEY_FORM(F)                                                                                                 \
    F(what, CODE, 10, OPTIONAL, MSG_survey_question)                                                                   \
    F(answer, CODE, 10, OPTIONAL, MSG_survey_question)                                                                 \
    F(words, LINES, SURVEY_MAX_CHARS, OPTIONAL, MSG_survey_words)
FORM(survey, SURVEY_FORM)

static const struct option_view *answer_options(struct ctx *ctx, struct str chosen, size_t *ret_n)
{
    static const struct str codes[] = {STR_INIT("yes"), STR_INIT("partly"), STR_INIT("no")};
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, ARRAY_LEN(codes));
    for (size_t i = 0; i < ARRAY_LEN(codes); i++)
        options[i] = (struct option_view){codes[i], msg_of_code(ctx->lang, MSG_PREFIX("survey_answer_"), codes[i]),
                                          str_eq(codes[i], chosen)};
    *ret_n = ARRAY_LEN(codes);
    return options;
}

/* Whoever guesses links is slowed down like one who guesses codes. */
static enum err find(struct ctx *ctx, struct request *req, struct survey *ret)
{
    enum err err = survey_by_token(ctx, req->params[0], ret);
    if (err == ERR_NOT_FOUND)
        TRY(rate_take(ctx, req, RATE_FOLLOW, STR_NONE));
    return err;
}

static enum err show(struct ctx *ctx, struct request *req, struct response *res, const struct survey *survey,
                     const struct survey_form *form, const struct faults_list *faults)
{
    struct open_case c;
    TRY(case_open_by_id(ctx, survey->case_id, &c));
    bool is_answered = survey->state == SURVEY_answered;
    struct str chosen = str_is_empty(form->answer.text) ? survey->answer : form->answer.text;
    struct survey_view view = {
        .csrf = req->csrf,
        .faults = faults_view(ctx, faults),
        .action = URL_PATH(ctx->arena, "/omdome/%", req->params[0]),
        .number = c.row.number,
        .question = str_is_empty(c.routine->survey.question) ? msg_text(ctx->lang, MSG_survey_question)
                                                             : c.routine->survey.question,
        .until = when_day(ctx->arena, ctx->lang, utc_to_date(survey->open_until), utc_to_date(ctx_now(ctx))),
        .is_open = survey->state == SURVEY_open,
        .is_answered = is_answered,
        .is_over = survey->state == SURVEY_over,
        .is_reopened = survey->is_reopened,
        .asks_again = is_answered && !str_eq(survey->answer, STR("yes")),
        .given = is_answered ? msg_of_code(ctx->lang, MSG_PREFIX("survey_answer_"), survey->answer) : STR(""),
        .answer = field_view(faults, STR("answer"), form->answer.text),
        .words = field_view(faults, STR("words"), form->words.text),
        .call = c.town->phone,
        .call_url = phone_url(ctx, c.town->phone),
    };
    view.answers = answer_options(ctx, chosen, &view.n_answers);
    frame_fill(ctx, req, c.town, NAV_NONE, msg_text(ctx->lang, MSG_survey_title), faults->n > 0, &view.frame);
    html_survey(&res->body, ctx->lang, &view);
    if (faults->n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

enum err survey_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct survey survey;
    struct survey_form form;
    TRY(find(ctx, req, &survey));
    FORM_EMPTY(&form, survey);
    return show(ctx, req, res, &survey, &form, &(struct faults_list){.n = 0});
}

enum err survey_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct survey survey;
    struct survey_form form;
    size_t n_faults;
    TRY(find(ctx, req, &survey));
    TRY(rate_take(ctx, req, RATE_SUBMIT, STR_NONE));
    TRY(FORM_READ(ctx, req, survey, &form, &n_faults));
    struct faults_list faults = {.n = 0};
    bool is_again = str_eq(form.what.text, STR("again"));
    fault_add_common(ctx, &faults, STR("words"), &form.words, MSG_survey_words, MSG_survey_words);
    if (!is_again && !survey_answer_known(form.answer.text))
        fault_add(&faults, STR("answer"), msg_text(ctx->lang, MSG_survey_answer_missing),
                  msg_text(ctx->lang, MSG_survey_answer_missing));
    if (faults.n)
        return show(ctx, req, res, &survey, &form, &faults);
    enum err err = is_again ? survey_again(ctx, req->params[0])
                            : survey_answer(ctx, req->params[0], form.answer.text, form.words.text);
    if (err != ERR_CLOSED) /* over meanwhile: the page says so */
        TRY(err);
    response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/omdome/%", req->params[0]));
    return OK;
}
