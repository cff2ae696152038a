#include "absence.h"

#include "absence_sql.h"
#include "db.h"
#include "journal.h"
#include "town_sql.h"

enum { HOPS = 8 }; /* a deputy's deputy's deputy ... */

/* ---- who is away ---- */

static enum err away_on(struct ctx *ctx, const struct town *town, struct user_id who, struct date day, bool *ret_away,
                        struct user_id *ret_deputy, struct date *ret_until)
{
    const struct staff *staff = town_staff(town, who);
    struct absence_on_row *rows;
    size_t n;
    TRY(absence_on(ctx, who, day, &rows, &n));
    *ret_away = n > 0 || staff == NULL || !staff->active;
    *ret_deputy = n > 0 ? rows[0].deputy : (struct user_id){0};
    *ret_until = n > 0 ? rows[0].last_day : DATE_NONE;
    if (*ret_away && ret_deputy->v == 0) {
        struct absence_standing_row *standing;
        TRY(absence_standing(ctx, who, &standing, &n));
        if (n > 0)
            *ret_deputy = standing[0].deputy;
    }
    return OK;
}

static bool is_seen(const struct user_id *seen, size_t n, struct user_id who)
{
    for (size_t i = 0; i < n; i++)
        if (seen[i].v == who.v)
            return true;
    return false;
}

/* The nearest person with the role in one of the person's units or above who is there; ret .v 0: nobody. */
static enum err find_present(struct ctx *ctx, const struct town *town, enum role role, const struct staff *away,
                             struct date day, struct user_id *ret)
{
    *ret = (struct user_id){0};
    for (size_t r = 0; r < away->n_roles; r++) {
        const struct staff **people;
        size_t n = town_people(ctx, town, role, away->roles[r].unit, &people);
        for (size_t i = 0; i < n; i++) {
            bool is_away;
            struct user_id deputy;
            struct date until;
            if (people[i]->id.v == away->id.v)
                continue;
            TRY(away_on(ctx, town, people[i]->id, day, &is_away, &deputy, &until));
            if (!is_away) {
                *ret = people[i]->id;
                return OK;
            }
        }
    }
    return OK;
}

static enum err level_above(struct ctx *ctx, const struct town *town, struct user_id who, struct date day,
                            struct user_id *ret)
{
    static const enum role order[] = {ROLE_responsible_manager, ROLE_complaints_officer, ROLE_quality_unit};
    const struct staff *staff = town_staff(town, who);
    *ret = (struct user_id){0};
    for (size_t i = 0; staff && i < ARRAY_LEN(order) && ret->v == 0; i++)
        TRY(find_present(ctx, town, order[i], staff, day, ret));
    return OK;
}

/* .v 0: nobody at all. */
static enum err find_stand_in(struct ctx *ctx, const struct town *town, struct user_id who, struct date day,
                              struct user_id *ret)
{
    struct user_id seen[HOPS], at = who;
    for (size_t n = 0; n < HOPS; n++) {
        bool is_away;
        struct user_id deputy;
        struct date until;
        TRY(away_on(ctx, town, at, day, &is_away, &deputy, &until));
        if (!is_away) {
            *ret = at;
            return OK;
        }
        seen[n] = at;
        if (deputy.v == 0 || is_seen(seen, n + 1, deputy))
            break;
        at = deputy;
    }
    return level_above(ctx, town, who, day, ret);
}

enum err absence_stand_in(struct ctx *ctx, struct user_id who, struct utc_us at, struct user_id *ret)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct user_id found;
    TRY(find_stand_in(ctx, town, who, utc_to_date(at), &found));
    *ret = found.v ? found : who;
    return OK;
}

enum err absence_look(struct ctx *ctx, struct user_id who, struct utc_us at, struct away *ret)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    const struct staff *staff = town_staff(town, who);
    struct user_id deputy;
    *ret = (struct away){.has_left = staff == NULL || !staff->active};
    TRY(away_on(ctx, town, who, utc_to_date(at), &ret->is_away, &deputy, &ret->until));
    if (ret->is_away)
        TRY(find_stand_in(ctx, town, who, utc_to_date(at), &ret->stand_in));
    return OK;
}

/* ---- today's stand-ins ---- */

struct pair {
    struct user_id deputy, user;
};

static enum err work_out(struct ctx *ctx, const struct town *town, struct pair **ret, size_t *ret_n)
{
    struct date today = utc_to_date(ctx_now(ctx));
    struct absence_away_today_row *away;
    size_t n_away, n = 0;
    TRY(absence_away_today(ctx, today, &away, &n_away));
    struct pair *pairs = ARENA_ARRAY(ctx->arena, struct pair, n_away);
    for (size_t i = 0; i < n_away; i++) {
        struct user_id deputy;
        TRY(find_stand_in(ctx, town, away[i].user, today, &deputy));
        if (deputy.v)
            pairs[n++] = (struct pair){deputy, away[i].user};
    }
    *ret = pairs;
    *ret_n = n;
    return OK;
}

enum err absence_refresh(struct ctx *ctx)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct pair *now;
    struct stand_in_list_row *before;
    size_t n_now, n_before;
    TRY(work_out(ctx, town, &now, &n_now));
    TRY(stand_in_list(ctx, &before, &n_before));
    bool is_same = n_now == n_before;
    for (size_t i = 0; is_same && i < n_now; i++) /* both by user, one deputy each */
        is_same = now[i].user.v == before[i].user.v && now[i].deputy.v == before[i].deputy.v;
    if (is_same)
        return OK;
    TRY(stand_in_clear(ctx));
    for (size_t i = 0; i < n_now; i++)
        TRY(stand_in_add(ctx, now[i].deputy, now[i].user));
    return town_touch(ctx);
}

/* ---- entering ---- */

bool absence_may_set(const struct ctx *ctx, const struct town *town, struct user_id user)
{
    if (user.v == ctx->who.v)
        return true;
    const struct staff *staff = town_staff(town, user);
    for (size_t i = 0; staff && i < staff->n_roles; i++) {
        struct roles mine = town_roles_at(town, ctx->who, staff->roles[i].unit);
        if (roles_has(mine, ROLE_admin) || roles_has(mine, ROLE_responsible_manager))
            return true;
    }
    return false;
}

/* Inside the transaction: may it be entered, and is the deputy somebody. */
static enum err check(struct ctx *ctx, struct user_id user, struct user_id deputy)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    if (town_staff(town, user) == NULL)
        return fail(ctx, ERR_INVALID, "there is no such person");
    if (!absence_may_set(ctx, town, user))
        return fail(ctx, ERR_FORBIDDEN, "only the person, a manager above or an administrator may say that");
    const struct staff *staff = deputy.v ? town_staff(town, deputy) : NULL;
    if (deputy.v && (staff == NULL || !staff->active || deputy.v == user.v))
        return fail(ctx, ERR_INVALID, "the deputy must be somebody else who works there");
    return OK;
}

static enum err journal(struct ctx *ctx, const char *kind, struct user_id user, struct user_id deputy)
{
    struct event_id event;
    return journal_append(
        ctx, (struct case_id){0}, str_from(kind),
        str_fmt(ctx->arena, "{\"user\":\"%lld\",\"deputy\":\"%lld\"}", (long long)user.v, (long long)deputy.v),
        (struct document_id){0}, &event);
}

enum err absence_add(struct ctx *ctx, const struct absence_spec *spec)
{
    if (spec->last.days < spec->first.days)
        return fail(ctx, ERR_INVALID, "the last day is before the first");
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(check(ctx, spec->user, spec->deputy));
    TRY(absence_add_row(ctx, spec->user, spec->first, spec->last, spec->deputy, ctx->who, ctx_now(ctx)));
    TRY(absence_refresh(ctx));
    TRY(journal(ctx, "absence", spec->user, spec->deputy));
    return tx_commit(&tx);
}

enum err absence_end(struct ctx *ctx, int64_t id)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct absence_get_row row;
    const struct town *town;
    int64_t n;
    TRY(absence_get(ctx, id, &row));
    TRY(town_get(ctx, &town));
    if (!absence_may_set(ctx, town, row.user))
        return fail(ctx, ERR_NOT_FOUND, "there is no such absence, or it is not yours to end");
    TRY(absence_end_row(ctx, id, ctx_now(ctx), &n));
    TRY(absence_refresh(ctx));
    TRY(journal(ctx, "absence_ended", row.user, (struct user_id){0}));
    return tx_commit(&tx);
}

enum err absence_set_standing(struct ctx *ctx, struct user_id user, struct user_id deputy)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(check(ctx, user, deputy));
    if (deputy.v)
        TRY(absence_standing_put(ctx, user, deputy, ctx->who, ctx_now(ctx)));
    else
        TRY(absence_standing_drop(ctx, user));
    TRY(absence_refresh(ctx));
    TRY(journal(ctx, "standing_deputy", user, deputy));
    return tx_commit(&tx);
}
