#include "diary.h"

#include "case_promise.h"
#include "db.h"
#include "dossier.h"

enum err diary_queue(struct ctx *ctx, const struct diary_query *q, struct diary_queue_read_row **ret, size_t *ret_n,
                     bool *ret_more)
{
    size_t n;
    TRY(diary_queue_read(ctx, ctx->who, diary_wait_code(q->wait), q->mine, q->after, q->after_id, DIARY_PAGE + 1, ret,
                         &n));
    *ret_more = n > DIARY_PAGE;
    *ret_n = n > DIARY_PAGE ? DIARY_PAGE : n;
    return OK;
}

enum err diary_counts(struct ctx *ctx, bool mine, int64_t ret[DIARY_WAIT_COUNT])
{
    ret[DIARY_WAIT_none] = 0;
    for (enum diary_wait wait = DIARY_WAIT_register; wait < DIARY_WAIT_COUNT; wait++) {
        struct diary_count_read_row row;
        TRY(diary_count_read(ctx, ctx->who, diary_wait_code(wait), mine, &row));
        ret[wait] = row.n;
    }
    return OK;
}

static int by_size(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

enum err diary_lag(struct ctx *ctx, const struct town *town, int64_t usual_days, struct diary_lag *ret)
{
    struct diary_lags_row *rows;
    size_t n;
    struct date since = date_add(utc_to_date(ctx_now(ctx)), -DIARY_LAG_DAYS);
    TRY(diary_lags(ctx, ctx->who, date_start(since), &rows, &n));
    struct diary_lag lag = {.n = (int64_t)n};
    int64_t *days = ARENA_ARRAY(ctx->arena, int64_t, n);
    for (size_t i = 0; i < n; i++) {
        const struct routine *routine;
        TRY(town_routine(ctx, rows[i].routine, &routine));
        const struct day_rule *rule = town_days(town, rows[i].unit);
        days[i] = workdays_between(rule, utc_to_date(rows[i].received), utc_to_date(rows[i].registered));
        struct utc_us due;
        TRY(diary_register_due(ctx, routine, rule, rows[i].received, usual_days, &due));
        lag.n_late += utc_cmp(rows[i].registered, due) > 0;
    }
    qsort(days, n, sizeof *days, by_size);
    if (n) {
        lag.median_days = days[n / 2];
        lag.longest_days = days[n - 1];
    }
    *ret = lag;
    return OK;
}

enum err diary_state(struct ctx *ctx, const struct open_case *c, const struct facts *facts, struct diary_state *ret)
{
    struct diary_of_case_row row;
    TRY(diary_of_case(ctx, c->row.id, &row));
    struct diary_state state = {.facts = {.in_diary = !str_is_none(c->row.diary_number),
                                          .is_case = c->status != CASE_not_a_case,
                                          .is_closed = c->status == CASE_closed || c->status == CASE_archived,
                                          .received = c->row.received,
                                          .registered = c->row.registered,
                                          .closed = c->row.closed,
                                          .diary_closed = row.closed,
                                          .facts = facts}};
    /* The row is as it was before the step that is being taken: closing happens now. */
    if (state.facts.is_closed && utc_is_none(state.facts.closed))
        state.facts.closed = ctx_now(ctx);
    state.waiting = diary_waiting_of(c->routine, &state.facts);
    *ret = state;
    return OK;
}

/* ---- steps ---- */

static enum err open_state(struct ctx *ctx, struct str number, int64_t version, struct open_case *c,
                           struct facts *facts, struct diary_state *ret)
{
    TRY(case_open(ctx, number, c));
    TRY(case_expect_version(ctx, c, version));
    TRY(case_facts(ctx, c, facts));
    return diary_state(ctx, c, facts, ret);
}

enum err diary_close(struct ctx *ctx, struct str number, int64_t version)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    struct facts facts;
    struct diary_state state;
    TRY(open_state(ctx, number, version, &c, &facts, &state));
    if (!utc_is_none(state.facts.diary_closed))
        return fail(ctx, ERR_CONFLICT, "the case is closed in the diary already");
    if (!diary_may_close(&state.facts))
        return fail(ctx, ERR_INVALID, "the case is neither closed by the unit nor answered in the diary");
    TRY(diary_set_closed(ctx, c.row.id, ctx_now(ctx), ctx->who));
    TRY(case_step(ctx, &c, STEP_close_diary, &(struct step_note){0}));
    return tx_commit(&tx);
}

enum err diary_open(struct ctx *ctx, struct str number, int64_t version)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    struct facts facts;
    struct diary_state state;
    TRY(open_state(ctx, number, version, &c, &facts, &state));
    if (utc_is_none(state.facts.diary_closed))
        return fail(ctx, ERR_CONFLICT, "the case is open in the diary already");
    TRY(diary_set_closed(ctx, c.row.id, UTC_NONE, (struct user_id){0}));
    TRY(case_step(ctx, &c, STEP_open_diary, &(struct step_note){0}));
    return tx_commit(&tx);
}

struct str diary_event_number(struct ctx *ctx, struct str diary_number, int64_t paper)
{
    return str_fmt(ctx->arena, "%.*s:%lld", STR_ARG(diary_number), (long long)paper);
}

enum err diary_enter_reply(struct ctx *ctx, struct str number, int64_t version, int64_t paper, struct str event_number)
{
    event_number = str_trim(event_number);
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    TRY(case_expect_version(ctx, &c, version));
    if (str_is_none(c.row.diary_number))
        return fail(ctx, ERR_INVALID, "the case is not in the diary yet");
    if (!str_is_empty(event_number) && !diary_number_fits(STR(""), event_number))
        return fail(ctx, ERR_INVALID, "an event number is 1 to %d signs on one line", DIARY_NUMBER_MAX);
    struct dossier_row row;
    TRY(dossier_reply(ctx, c.row.id, paper, &row));
    if (!str_is_empty(event_number)) {
        struct paper_entry entry = dossier_entry_of(&row);
        entry.event_number = event_number;
        TRY(dossier_put(ctx, &c, row.id, &entry));
        TRY(fact_set(ctx, c.row.id, event_code(EVENT_event_numbered), ctx_now(ctx)));
    }
    TRY(case_step(
        ctx, &c, STEP_enter_reply,
        &(struct step_note){.data = STEP_DATA(ctx, {"paper", str_fmt(ctx->arena, "%lld", (long long)row.number)},
                                              {"event_number", event_number}),
                            .document = row.id}));
    return tx_commit(&tx);
}
