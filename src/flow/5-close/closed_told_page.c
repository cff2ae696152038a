#include "closed_told_page.h"

#include "msg.h"
#include "page_parts.h"
#include "prevention_sql.h"
#include "survey.h"

static struct str words_of(struct ctx *ctx, struct str prefix, struct str code)
{
    return str_is_none(code) ? STR("") : msg_of_code(ctx->lang, prefix, code);
}

enum err closed_told_fill(struct ctx *ctx, const struct open_case *c, struct closed_told_view *ret)
{
    *ret = (struct closed_told_view){.is_closed = c->status == CASE_closed};
    if (!ret->is_closed || utc_is_none(c->row.closed))
        return OK;
    struct prevention_of_case_row *preventions;
    size_t n;
    struct survey survey;
    TRY(prevention_of_case(ctx, c->row.id, &preventions, &n));
    TRY(survey_of_case(ctx, c, &survey));
    ret->at = when_day(ctx->arena, ctx->lang, utc_to_date(c->row.closed), utc_to_date(ctx_now(ctx)));
    ret->outcome = words_of(ctx, MSG_PREFIX("follow_outcome_"), c->row.outcome);
    ret->measure = words_of(ctx, MSG_PREFIX("follow_measure_"), c->row.measure_kind);
    for (size_t i = 0; i < n; i++)
        ret->has_prevention |= preventions[i].is_needed;
    if (survey.state != SURVEY_open && survey.state != SURVEY_answered)
        return OK;
    struct str own = c->routine->survey.question;
    ret->question = str_is_empty(own) ? msg_text(ctx->lang, MSG_survey_question) : own;
    ret->survey = URL_PATH(ctx->arena, "/omdome/%", survey.token);
    ret->given = words_of(ctx, MSG_PREFIX("survey_answer_"), str_is_empty(survey.answer) ? STR_NONE : survey.answer);
    return OK;
}
