#include "promise_count.h"

#include "db.h"

enum { FOLD_MAX = 500 };

static struct str outcome_of(enum promise_state state)
{
    switch (state) {
    case PROMISE_met:
        return STR("met");
    case PROMISE_met_late:
        return STR("late");
    case PROMISE_waived:
        return STR("waived");
    case PROMISE_running:
    case PROMISE_missed:
        return STR("open");
    case PROMISE_not_applicable:
    case PROMISE_not_started:
        return STR("");
    case PROMISE_STATE_COUNT:
        break;
    }
    BUG("promise state %d", (int)state);
}

struct promise_counted promise_counted_of(const struct promise *promise, struct unit_id unit)
{
    struct str outcome = outcome_of(promise->state);
    if (str_is_empty(outcome) || utc_is_none(promise->due))
        return (struct promise_counted){promise->obligation->id, {0}, DATE_NONE, STR(""), STR("")};
    struct str notice = STR("none");
    if (!str_eq(outcome, STR("met")) && !utc_is_none(promise->told_at))
        notice = utc_cmp(promise->told_at, promise->due) <= 0 ? STR("before") : STR("after");
    return (struct promise_counted){promise->obligation->id, unit, utc_to_date(promise->due), outcome, notice};
}

/* What has been decided stays with the unit that had the case then: kept, late, or past its date. */
static struct unit_id unit_of(struct ctx *ctx, const struct open_case *c, const struct promise_counted_row *was)
{
    if (was == NULL)
        return c->unit->id;
    bool is_open = str_eq(was->outcome, STR("open"));
    return is_open && was->day.days >= utc_to_date(ctx_now(ctx)).days ? c->unit->id : was->unit;
}

static const struct promise_counted_row *find(const struct promise_counted_row *rows, size_t n, struct str code)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].code, code))
            return &rows[i];
    return NULL;
}

static bool is_same(const struct promise_counted_row *was, const struct promise_counted *now)
{
    return was->unit.v == now->unit.v && was->day.days == now->day.days && str_eq(was->outcome, now->outcome) &&
           str_eq(was->notice, now->notice);
}

static enum err take_away(struct ctx *ctx, const struct promise_counted_row *was)
{
    return promise_day_add(ctx, was->unit, was->day, was->code, was->outcome, was->notice, -1);
}

enum err promise_count(struct ctx *ctx, const struct open_case *c, const struct promise *promises, size_t n,
                       const struct promise_counted_row *before, size_t n_before, struct promise_counted **ret)
{
    struct promise_case_restricted_row about;
    TRY(promise_case_restricted(ctx, c->row.id, &about));
    struct promise_counted *counted = ARENA_ARRAY(ctx->arena, struct promise_counted, n);
    bool *is_kept = ARENA_ARRAY(ctx->arena, bool, n_before);
    for (size_t i = 0; i < n; i++) {
        const struct promise_counted_row *was = find(before, n_before, promises[i].obligation->id);
        counted[i] = promise_counted_of(&promises[i], unit_of(ctx, c, was));
        if (about.restricted)
            counted[i] = (struct promise_counted){counted[i].code, {0}, DATE_NONE, STR(""), STR("")};
        if (date_is_none(counted[i].day))
            continue;
        if (was && is_same(was, &counted[i]))
            is_kept[was - before] = true;
        else
            TRY(promise_day_add(ctx, counted[i].unit, counted[i].day, counted[i].code, counted[i].outcome,
                                counted[i].notice, 1));
    }
    for (size_t i = 0; i < n_before; i++)
        if (!is_kept[i])
            TRY(take_away(ctx, &before[i]));
    *ret = counted;
    return OK;
}

enum err promise_count_fold(struct ctx *ctx, bool *ret_more)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct promise_day_loose_row *rows;
    size_t n;
    TRY(promise_day_loose(ctx, FOLD_MAX, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        int64_t n_dropped;
        TRY(promise_day_drop(ctx, rows[i].id, &n_dropped));
        if (n_dropped != 1)
            return fail(ctx, ERR_BUSY, "another process folds the counts of promises");
        TRY(promise_day_fold(ctx, rows[i].unit, rows[i].day, rows[i].code, rows[i].outcome, rows[i].notice, rows[i].n));
    }
    *ret_more = n == FOLD_MAX;
    return tx_commit(&tx);
}
