#include "worklist.h"

#include "follow.h"
#include "search.h"

/* Those who sort and register have in their own list what nobody owns yet. */
static bool takes_unowned(const struct town *town, struct user_id user)
{
    return right_held(RIGHT_CASE_REGISTER, town_roles(town, user));
}

bool worklist_has(const struct town *town, struct user_id user, enum worklist_scope scope)
{
    switch (scope) {
    case WORK_TO_JUDGE:
        return right_held(RIGHT_CASE_ASSESS, town_roles(town, user));
    case WORK_WRITTEN:
        return right_held(RIGHT_CASE_REGISTER, town_roles(town, user));
    case WORK_MINE:
    case WORK_UNIT:
    case WORK_ALL:
    case WORK_CLOSED:
        return true;
    }
    BUG("no such list");
}

struct unit_id worklist_home_unit(const struct town *town, struct user_id user)
{
    const struct staff *staff = town_staff(town, user);
    const struct unit *home = NULL;
    for (size_t i = 0; staff && i < staff->n_roles; i++) {
        const struct unit *unit = town_unit(town, staff->roles[i].unit);
        if (unit && (home == NULL || unit->depth > home->depth))
            home = unit;
    }
    return home ? home->id : (struct unit_id){0};
}

/* The statements' row structs have the same members in the same order, but are types of their own. */
#define COPY_ROWS(ctx, from, n, to)                                                                                    \
    do {                                                                                                               \
        (to)->n = (n);                                                                                                 \
        (to)->rows = ARENA_ARRAY((ctx)->arena, struct worklist_row, (n));                                              \
        for (size_t row_ = 0; row_ < (n); row_++)                                                                      \
            (to)->rows[row_] = (struct worklist_row){.id = (from)[row_].id,                                            \
                                                     .number = (from)[row_].number,                                    \
                                                     .unit = (from)[row_].unit,                                        \
                                                     .type = (from)[row_].type,                                        \
                                                     .subject = (from)[row_].subject,                                  \
                                                     .title = (from)[row_].title,                                      \
                                                     .status = (from)[row_].status,                                    \
                                                     .secret = (from)[row_].secret,                                    \
                                                     .received = (from)[row_].received,                                \
                                                     .registered = (from)[row_].registered,                            \
                                                     .owner = (from)[row_].owner,                                      \
                                                     .accepted = (from)[row_].accepted,                                \
                                                     .next_promise = (from)[row_].next_promise,                        \
                                                     .next_due = (from)[row_].next_due,                                \
                                                     .closed = (from)[row_].closed,                                    \
                                                     .reminded = (from)[row_].reminded,                                \
                                                     .reminded_due = (from)[row_].reminded_due,                        \
                                                     .escalated = (from)[row_].escalated};                             \
    } while (0)

/* The unit a list is narrowed to; .v 0: none. */
static struct unit_id unit_of_scope(struct ctx *ctx, const struct town *town, const struct worklist_query *q)
{
    return q->scope == WORK_UNIT && q->unit.v == 0 ? worklist_home_unit(town, ctx->who) : q->unit;
}

static enum err search(struct ctx *ctx, const struct town *town, const struct worklist_query *q, struct worklist *ret)
{
    struct search_number_row *by_number;
    size_t n;
    TRY(search_number(ctx, ctx->who, follow_number(ctx, q->words), &by_number, &n));
    if (n == 0)
        TRY(search_number(ctx, ctx->who, str_trim(q->words), &by_number, &n));
    if (n) {
        COPY_ROWS(ctx, by_number, n, ret);
        return OK;
    }
    int64_t *terms;
    size_t n_terms;
    TRY(search_terms(ctx, q->words, SEARCH_QUERY_WORDS, &terms, &n_terms));
    if (n_terms == 0)
        return OK;
    int64_t t[SEARCH_QUERY_WORDS];
    for (size_t i = 0; i < SEARCH_QUERY_WORDS; i++)
        t[i] = terms[i < n_terms ? i : n_terms - 1];
    const struct search_words_in in = {
        .viewer = ctx->who,
        .t1 = t[0],
        .t2 = t[1],
        .t3 = t[2],
        .t4 = t[3],
        .t5 = t[4],
        .with_open = q->scope != WORK_CLOSED,
        .with_closed = q->scope == WORK_CLOSED || q->scope == WORK_ALL,
        .mine = q->scope == WORK_MINE,
        .unowned = takes_unowned(town, ctx->who),
        .promise = q->promise,
        .unit = unit_of_scope(ctx, town, q),
        .subject = q->subject,
        .before_id = q->after_id.v ? q->after_id : (struct case_id){INT64_MAX},
        .n = WORKLIST_PAGE + 1,
    };
    struct search_words_row *by_words;
    TRY(search_words(ctx, &in, &by_words, &n));
    COPY_ROWS(ctx, by_words, n, ret);
    return OK;
}

static enum err read_open(struct ctx *ctx, const struct town *town, const struct worklist_query *q,
                          struct worklist *ret)
{
    size_t n;
    if (q->scope == WORK_MINE) {
        struct work_mine_row *rows;
        TRY(work_mine(ctx, ctx->who, takes_unowned(town, ctx->who), q->promise, q->unit, q->subject, q->after,
                      q->after_id, WORKLIST_PAGE + 1, &rows, &n));
        COPY_ROWS(ctx, rows, n, ret);
        return OK;
    }
    if (q->scope == WORK_TO_JUDGE || q->scope == WORK_WRITTEN) {
        struct work_queue_row *rows;
        TRY(work_queue(ctx,
                       &(struct work_queue_in){.viewer = ctx->who,
                                               .to_judge = q->scope == WORK_TO_JUDGE,
                                               .written = q->scope == WORK_WRITTEN,
                                               .promise = q->promise,
                                               .unit = q->unit,
                                               .subject = q->subject,
                                               .after_due = q->after,
                                               .after_id = q->after_id,
                                               .n = WORKLIST_PAGE + 1},
                       &rows, &n));
        COPY_ROWS(ctx, rows, n, ret);
        return OK;
    }
    struct work_open_row *rows;
    TRY(work_open(ctx, ctx->who, q->promise, unit_of_scope(ctx, town, q), q->subject, q->after, q->after_id,
                  WORKLIST_PAGE + 1, &rows, &n));
    COPY_ROWS(ctx, rows, n, ret);
    return OK;
}

enum err worklist_read(struct ctx *ctx, const struct town *town, const struct worklist_query *q, struct worklist *ret)
{
    struct worklist list = {0};
    if (!str_is_empty(str_trim(q->words))) {
        TRY(search(ctx, town, q, &list));
    } else if (q->scope == WORK_CLOSED) {
        struct work_closed_row *rows;
        size_t n;
        struct utc_us before = q->after_id.v ? q->after : UTC_NONE;
        struct case_id before_id = q->after_id.v ? q->after_id : (struct case_id){INT64_MAX};
        TRY(work_closed(ctx, ctx->who, q->unit, q->subject, before, before_id, WORKLIST_PAGE + 1, &rows, &n));
        COPY_ROWS(ctx, rows, n, &list);
    } else {
        TRY(read_open(ctx, town, q, &list));
    }
    list.more = list.n > WORKLIST_PAGE;
    if (list.more)
        list.n = WORKLIST_PAGE;
    *ret = list;
    return OK;
}

enum err worklist_count(struct ctx *ctx, const struct town *town, struct worklist_counts *ret)
{
    struct utc_us now = ctx_now(ctx);
    struct utc_us tomorrow = date_start(date_add(utc_to_date(now), 1));
    struct work_count_mine_row mine;
    TRY(work_count_mine(ctx, ctx->who, takes_unowned(town, ctx->who), now, tomorrow, &mine));
    struct unit_id home = worklist_home_unit(town, ctx->who);
    struct work_count_open_row unit = {0}, all;
    if (home.v)
        TRY(work_count_open(ctx, ctx->who, home, &unit));
    TRY(work_count_open(ctx, ctx->who, (struct unit_id){0}, &all));
    struct work_count_queue_row to_judge = {0}, written = {0};
    if (worklist_has(town, ctx->who, WORK_TO_JUDGE))
        TRY(work_count_queue(ctx, ctx->who, /* to_judge= */ true, /* written= */ false, &to_judge));
    if (worklist_has(town, ctx->who, WORK_WRITTEN))
        TRY(work_count_queue(ctx, ctx->who, /* to_judge= */ false, /* written= */ true, &written));
    *ret = (struct worklist_counts){mine.n, mine.n_late, mine.n_today, unit.n, to_judge.n, written.n, all.n};
    return OK;
}
