#include "follow_up.h"

#include "case_promise.h"
#include "close_sql.h"
#include "db.h"
#include "deliver.h"
#include "document.h"
#include "round.h"

static const struct str results[] = {STR_INIT("better"), STR_INIT("partly"), STR_INIT("not_better"),
                                     STR_INIT("not_reached")};

size_t follow_up_results(const struct str **ret)
{
    *ret = results;
    return ARRAY_LEN(results);
}

static bool is_result(struct str code)
{
    for (size_t i = 0; i < ARRAY_LEN(results); i++)
        if (str_eq(code, results[i]))
            return true;
    return false;
}

static enum err check_text(struct ctx *ctx, struct str text, bool is_needed)
{
    if (is_needed && str_is_empty(str_trim(text)))
        return fail(ctx, ERR_INVALID, "nothing is written");
    if (str_utf8_len(text) > FOLLOW_UP_MAX_CHARS)
        return fail(ctx, ERR_INVALID, "the text is longer than %d characters", FOLLOW_UP_MAX_CHARS);
    return OK;
}

bool follow_up_is_owed(const struct open_case *c, const struct facts *facts)
{
    if (!utc_is_none(facts->at[EVENT_followed_up]))
        return false;
    for (size_t i = 0; i < c->routine->n_obligations; i++)
        if (c->routine->obligations[i].met_by & EVENT_BIT(EVENT_followed_up))
            return facts->contact_known && facts->reply_wanted;
    return false;
}

enum err follow_up_call(struct ctx *ctx, struct str number, struct str result, struct str text, bool reopen)
{
    bool is_not_better = str_eq(result, STR("not_better")), is_not_reached = str_eq(result, STR("not_reached"));
    if (!is_result(result))
        return fail(ctx, ERR_INVALID, "\"%.*s\" is no result of a follow-up", STR_ARG(result));
    TRY(check_text(ctx, text, is_not_better));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    struct document_id call = {0};
    if (!str_is_empty(str_trim(text)))
        TRY(document_add(
            ctx, c.row.id, /* number= */ 0,
            &(struct new_document){.kind = "call", .direction = "internal", .body = text, .user = ctx->who}, &call));
    TRY(search_pending_add(ctx, c.row.id));
    TRY(case_step(
        ctx, &c, STEP_follow_up,
        &(struct step_note){.data = STEP_DATA(ctx, {"result", result}), .document = call, .no_fact = is_not_reached}));
    if (reopen && !is_not_reached && c.status == CASE_closed) {
        TRY(round_end(ctx, &c));
        TRY(case_step(ctx, &c, STEP_reopen, &(struct step_note){0}));
    }
    return tx_commit(&tx);
}

enum err follow_up_write(struct ctx *ctx, struct str number, struct str text)
{
    TRY(check_text(ctx, text, true));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    struct document_id letter;
    bool reached;
    TRY(document_add(ctx, c.row.id, /* number= */ 0,
                     &(struct new_document){.kind = "follow_up", .direction = "out", .body = text, .user = ctx->who},
                     &letter));
    TRY(deliver_purpose(ctx, &c, STR("follow_up"), letter, &reached));
    TRY(search_pending_add(ctx, c.row.id));
    TRY(case_step(ctx, &c, STEP_follow_up,
                  &(struct step_note){
                      .data = STEP_DATA(ctx, {"result", STR("written")}), .document = letter, .no_fact = !reached}));
    return tx_commit(&tx);
}

bool follow_up_is_heard(const struct facts *facts)
{
    return !utc_is_none(facts->at[EVENT_heard_closed]) && utc_is_none(facts->at[EVENT_considered]);
}

enum err follow_up_answered(struct ctx *ctx, struct str number, int64_t version, struct str letter)
{
    TRY(check_text(ctx, letter, true));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    struct facts facts;
    TRY(case_open(ctx, number, &c));
    TRY(case_expect_version(ctx, &c, version));
    TRY(case_facts(ctx, &c, &facts));
    if (!follow_up_is_heard(&facts))
        return fail(ctx, ERR_CLOSED, "nothing was written after closing that waits");
    struct document_id sent;
    bool reached;
    TRY(document_add(
        ctx, c.row.id, /* number= */ 0,
        &(struct new_document){.kind = "no_further_reply", .direction = "out", .body = letter, .user = ctx->who},
        &sent));
    TRY(deliver_purpose(ctx, &c, STR("no_further"), sent, &reached));
    TRY(search_pending_add(ctx, c.row.id));
    TRY(case_count_no_further(ctx, c.row.id));
    TRY(case_step(ctx, &c, STEP_no_further, &(struct step_note){.document = sent, .no_fact = !reached}));
    return tx_commit(&tx);
}
