#include "poster_place.h"

#include "db.h"

enum { DAYS_PER_WEEK = 7 };

static const struct str outcome_codes[PLACE_OUTCOME_COUNT] = {STR_INIT("in_order"), STR_INIT("refilled"),
                                                              STR_INIT("missing")};

struct str place_outcome_code(enum place_outcome outcome)
{
    return outcome_codes[outcome];
}

bool place_outcome_find(struct str code, enum place_outcome *ret)
{
    for (unsigned i = 0; i < PLACE_OUTCOME_COUNT; i++)
        if (str_eq(code, outcome_codes[i])) {
            *ret = (enum place_outcome)i;
            return true;
        }
    return false;
}

/* ── who may ── */

bool place_may_check(const struct ctx *ctx, const struct town *town, struct unit_id unit, struct user_id keeper)
{
    return ctx->who.v != 0 &&
           (ctx->who.v == keeper.v || right_held(RIGHT_PLACE_CHECK, town_roles_at(town, ctx->who, unit)));
}

bool place_may_edit(const struct ctx *ctx, const struct town *town, struct unit_id unit)
{
    return ctx->who.v != 0 && right_held(RIGHT_PLACE_EDIT, town_roles_at(town, ctx->who, unit));
}

static enum err forbidden(struct ctx *ctx)
{
    return fail(ctx, ERR_FORBIDDEN, "somebody else answers for posters and forms there");
}

/* ── one place ── */

static enum err check_spec(struct ctx *ctx, const struct town *town, const struct place_spec *spec)
{
    size_t n = str_utf8_len(spec->name);
    const struct staff *keeper = spec->keeper.v ? town_staff(town, spec->keeper) : NULL;
    if (n == 0 || n > PLACE_NAME_MAX_CHARS)
        return fail(ctx, ERR_INVALID, "a place needs a name of at most %d characters", PLACE_NAME_MAX_CHARS);
    if (!spec->poster && !spec->form)
        return fail(ctx, ERR_INVALID, "nothing hangs there");
    if (spec->weeks < 1 || spec->weeks > PLACE_WEEKS_MAX)
        return fail(ctx, ERR_INVALID, "a check every 1 to %d weeks", PLACE_WEEKS_MAX);
    if (spec->since.days > utc_to_date(ctx_now(ctx)).days)
        return fail(ctx, ERR_INVALID, "it cannot hang there since a day that has not come");
    if (spec->keeper.v && (keeper == NULL || !keeper->active))
        return fail(ctx, ERR_INVALID, "whoever looks after it does not work here");
    return OK;
}

static struct date next_check(struct date from, int64_t weeks)
{
    return date_add(from, (int32_t)weeks * DAYS_PER_WEEK);
}

enum err place_add(struct ctx *ctx, const struct place_spec *spec, struct poster_place_id *ret)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    const struct town *town;
    TRY(town_get(ctx, &town));
    if (town_unit(town, spec->unit) == NULL)
        return fail(ctx, ERR_INVALID, "there is no such unit");
    if (!place_may_edit(ctx, town, spec->unit))
        return forbidden(ctx);
    TRY(check_spec(ctx, town, spec));
    struct poster_place_add_row row;
    TRY(poster_place_add(ctx, spec->unit, spec->name, spec->poster, spec->form, spec->since, spec->keeper, spec->weeks,
                         next_check(utc_to_date(ctx_now(ctx)), spec->weeks), &row));
    *ret = row.id;
    return tx_commit(&tx);
}

static enum err open_place(struct ctx *ctx, struct poster_place_id id, const struct town **ret_town,
                           struct poster_place_get_row *ret)
{
    TRY(town_get(ctx, ret_town));
    TRY(poster_place_get(ctx, id, ret));
    if (!utc_is_none(ret->ended))
        return fail(ctx, ERR_CLOSED, "nothing hangs there any more");
    return OK;
}

enum err place_change(struct ctx *ctx, struct poster_place_id id, const struct place_spec *spec)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    const struct town *town;
    struct poster_place_get_row row;
    TRY(open_place(ctx, id, &town, &row));
    if (!place_may_edit(ctx, town, row.unit))
        return forbidden(ctx);
    TRY(check_spec(ctx, town, spec));
    struct date soonest = next_check(utc_to_date(ctx_now(ctx)), spec->weeks); /* never put off by changing the place */
    struct date next = soonest.days < row.next_check.days ? soonest : row.next_check;
    int64_t n;
    TRY(poster_place_set(ctx, id, spec->name, spec->poster, spec->form, spec->since, spec->keeper, spec->weeks, next,
                         &n));
    return tx_commit(&tx);
}

enum err place_end(struct ctx *ctx, struct poster_place_id id)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    const struct town *town;
    struct poster_place_get_row row;
    TRY(open_place(ctx, id, &town, &row));
    if (!place_may_edit(ctx, town, row.unit))
        return forbidden(ctx);
    int64_t n;
    TRY(poster_place_end(ctx, id, ctx_now(ctx), &n));
    return tx_commit(&tx);
}

enum err place_check(struct ctx *ctx, struct poster_place_id id, enum place_outcome outcome)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    const struct town *town;
    struct poster_place_get_row row;
    TRY(open_place(ctx, id, &town, &row));
    if (!place_may_check(ctx, town, row.unit, row.keeper))
        return forbidden(ctx);
    struct utc_us now = ctx_now(ctx);
    int64_t weeks = outcome == PLACE_missing ? 1 : row.weeks, n;
    TRY(poster_check_add(ctx, id, ctx->who, now, place_outcome_code(outcome)));
    TRY(poster_place_checked(ctx, id, next_check(utc_to_date(now), weeks), &n));
    return tx_commit(&tx);
}
