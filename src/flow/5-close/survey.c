#include "survey.h"

#include "db.h"
#include "deliver.h"
#include "document.h"
#include "round.h"

enum { TOKEN_BYTES = 20 };

/* Mails leave at nine on the day, so that nobody is asked in the night. */
static const int64_t asked_at_us = 9 * HOUR_US;

static enum err token_of(struct ctx *ctx, struct case_id id, int64_t round, struct str *ret_token, struct str *ret_hash)
{
    struct str mac;
    TRY(vault_mac(ctx, VAULT_MAC_SURVEY, str_fmt(ctx->arena, "%lld %lld", (long long)id.v, (long long)round), &mac));
    struct out out = out_init(ctx->arena, 2 * TOKEN_BYTES);
    out_hex(&out, mac.p, TOKEN_BYTES);
    *ret_token = out_take(&out);
    return vault_mac(ctx, VAULT_MAC_SURVEY_CHECK, *ret_token, ret_hash);
}

static bool is_asked(const struct open_case *c)
{
    bool is_reached = c->row.contact_known || str_eq(c->row.reply_preference, STR("code"));
    return c->routine->survey.after.at.line != 0 && is_reached && !str_eq(c->row.reply_preference, STR("none"));
}

enum err survey_begin(struct ctx *ctx, const struct open_case *c)
{
    if (!is_asked(c))
        return OK;
    struct date day;
    TRY(routine_survey_day(ctx, c->routine, &town_days(c->town, c->row.unit)->local, ctx_now(ctx), &day));
    struct utc_us asked = utc_add(date_start(day), asked_at_us);
    struct str token, hash;
    TRY(token_of(ctx, c->row.id, c->row.reopened, &token, &hash));
    TRY(survey_add(ctx, c->row.id, c->row.reopened, hash, asked,
                   date_end(date_add(day, (int32_t)c->routine->survey.open))));
    return str_eq(deliver_way(c), STR("email")) ? survey_mail(ctx, c->row.id, asked) : OK;
}

static struct utc_us last_change(const struct routine *routine, struct utc_us first)
{
    return date_end(date_add(utc_to_date(first), (int32_t)routine->survey.change));
}

static enum survey_state state_of(struct ctx *ctx, const struct open_case *c, const struct survey_by_hash_row *row)
{
    struct utc_us now = ctx_now(ctx);
    if (utc_cmp(now, row->asked) < 0)
        return SURVEY_none;
    bool is_answered = !utc_is_none(row->first);
    struct utc_us until = is_answered ? last_change(c->routine, row->first) : row->open_until;
    if (!utc_is_none(row->ended) || c->status != CASE_closed || utc_cmp(now, until) > 0)
        return SURVEY_over;
    return is_answered ? SURVEY_answered : SURVEY_open;
}

static struct survey survey_from(struct ctx *ctx, const struct open_case *c, const struct survey_by_hash_row *row)
{
    bool is_answered = !utc_is_none(row->first);
    return (struct survey){
        .id = row->id,
        .case_id = row->case_id,
        .state = state_of(ctx, c, row),
        .answer = row->answer,
        .asked = row->asked,
        .answered = row->answered,
        .open_until = is_answered ? last_change(c->routine, row->first) : row->open_until,
        .is_reopened = !utc_is_none(row->ended),
    };
}

enum err survey_of_case(struct ctx *ctx, const struct open_case *c, struct survey *ret)
{
    *ret = (struct survey){.state = SURVEY_none, .answer = STR("")};
    struct survey_latest_row *latest;
    size_t n;
    TRY(survey_latest(ctx, c->row.id, &latest, &n));
    if (n == 0)
        return OK;
    struct str token;
    struct survey_by_hash_row row;
    struct str hash;
    TRY(token_of(ctx, c->row.id, latest[0].round, &token, &hash));
    TRY(survey_by_hash(ctx, hash, &row));
    *ret = survey_from(ctx, c, &row);
    ret->token = token;
    return OK;
}

/* The row and its case, locked when inside a transaction. */
static enum err find(struct ctx *ctx, struct str token, struct survey *ret, struct open_case *ret_case)
{
    struct str hash;
    struct survey_by_hash_row row;
    TRY(vault_mac(ctx, VAULT_MAC_SURVEY_CHECK, token, &hash));
    TRY(survey_by_hash(ctx, hash, &row));
    TRY(case_open_by_id(ctx, row.case_id, ret_case));
    *ret = survey_from(ctx, ret_case, &row);
    return ret->state == SURVEY_none ? fail(ctx, ERR_NOT_FOUND, "this question is not asked yet") : OK;
}

enum err survey_by_token(struct ctx *ctx, struct str token, struct survey *ret)
{
    struct open_case c;
    return find(ctx, token, ret, &c);
}

bool survey_answer_known(struct str answer)
{
    return str_eq(answer, STR("yes")) || str_eq(answer, STR("partly")) || str_eq(answer, STR("no"));
}

enum err survey_answer(struct ctx *ctx, struct str token, struct str answer, struct str words)
{
    if (!survey_answer_known(answer))
        return fail(ctx, ERR_INVALID, "\"%.*s\" is no answer", STR_ARG(answer));
    if (str_utf8_len(words) > SURVEY_MAX_CHARS)
        return fail(ctx, ERR_INVALID, "what was written is longer than %d characters", SURVEY_MAX_CHARS);
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct survey survey;
    struct open_case c;
    TRY(find(ctx, token, &survey, &c));
    if (survey.state == SURVEY_over)
        return fail(ctx, ERR_CLOSED, "the question is over");
    struct document_id said = {0};
    if (!str_is_empty(str_trim(words)))
        TRY(document_add(ctx, c.row.id, /* number= */ 0,
                         &(struct new_document){.kind = "survey_answer", .direction = "in", .body = words}, &said));
    TRY(survey_set(ctx, survey.id, answer, ctx_now(ctx)));
    TRY(case_step(ctx, &c, STEP_hear_survey,
                  &(struct step_note){.data = STEP_DATA(ctx, {"answer", answer}), .document = said}));
    return tx_commit(&tx);
}

enum err survey_again(struct ctx *ctx, struct str token)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct survey survey;
    struct open_case c;
    TRY(find(ctx, token, &survey, &c));
    if (survey.state == SURVEY_over)
        return fail(ctx, ERR_CLOSED, "the question is over");
    if (!str_eq(survey.answer, STR("no")) && !str_eq(survey.answer, STR("partly")))
        return fail(ctx, ERR_INVALID, "the person has not said that something is wrong");
    TRY(round_end(ctx, &c));
    TRY(case_step(ctx, &c, STEP_hear_again, &(struct step_note){0}));
    return tx_commit(&tx);
}
