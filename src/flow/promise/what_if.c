#include "what_if.h"

#include "case_promise.h"
#include "db.h"

enum { TALLIES_MAX = 200 };

struct tally {
    struct str code;
    int64_t kept, late, new_kept, new_late, turned_late;
};

/* One batch of a trying. */
struct walk {
    struct what_if_waiting_row row;
    const struct town *town;
    const struct routine *now, *new; /* what the batch's cases stand under; the text */
    struct what_if_cases_row *cases;
    size_t n_cases;
    struct what_if_facts_row *facts;
    struct what_if_waivers_row *waivers;
    struct what_if_befores_row *befores;
    size_t n_facts, n_waivers, n_befores;
    struct tally *tallies;
    size_t n_tallies;
};

/* ---- asking ---- */

static struct utc_us months_before(struct utc_us now)
{
    struct civil day = date_to_civil(utc_to_date(now));
    day.year -= WHAT_IF_MONTHS / 12;
    if (day.month == 2 && day.day == 29)
        day.day = 28;
    return date_start(date_from_civil(day));
}

/* The first version of the routine after this one, by row; .v 0: none. */
static struct routine_id next_version(const struct town *town, struct str code, struct routine_id after)
{
    struct routine_id next = {0};
    for (size_t i = 0; i < town->n_routines; i++) {
        struct routine_id id = town->routines[i].id;
        if (str_eq(town->routines[i].code, code) && id.v > after.v && (next.v == 0 || id.v < next.v))
            next = id;
    }
    return next;
}

enum err what_if_ask(struct ctx *ctx, const struct town *town, struct str code, struct str yaml,
                     struct routine_id parent, struct what_if_id *ret)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct utc_us now = ctx_now(ctx), since = months_before(now);
    struct what_if_count_row count;
    struct what_if_add_row added;
    TRY(what_if_stop(ctx, code, now));
    TRY(what_if_forget_promises(ctx, code));
    TRY(what_if_forget(ctx, code));
    TRY(what_if_count(ctx, code, since, now, &count));
    TRY(what_if_add(ctx,
                    &(struct what_if_add_in){.code = code,
                                             .yaml = yaml,
                                             .parent = parent,
                                             .who = ctx->who,
                                             .now = now,
                                             .since = since,
                                             .n_all = count.n,
                                             .routine = next_version(town, code, (struct routine_id){0}),
                                             .done = count.n == 0 ? now : UTC_NONE},
                    &added));
    *ret = added.id;
    return tx_commit(&tx);
}

/* ---- one case ---- */

enum outcome { NOT_JUDGED, KEPT, LATE };

static enum outcome outcome_of(const struct promise *promises, size_t n, struct str code)
{
    const struct promise *promise = promise_find(promises, n, code);
    if (promise == NULL || promise->obligation->within.at.line == 0)
        return NOT_JUDGED;
    if (promise->state == PROMISE_met)
        return KEPT;
    return promise->state == PROMISE_met_late || promise->state == PROMISE_missed ? LATE : NOT_JUDGED;
}

static struct tally *tally_of(struct walk *w, struct str code)
{
    for (size_t i = 0; i < w->n_tallies; i++)
        if (str_eq(w->tallies[i].code, code))
            return &w->tallies[i];
    assert(w->n_tallies < TALLIES_MAX); /* two routines of at most 120 promises */
    w->tallies[w->n_tallies] = (struct tally){.code = code};
    return &w->tallies[w->n_tallies++];
}

static void count(struct walk *w, struct str code, enum outcome before, enum outcome after)
{
    struct tally *tally = tally_of(w, code);
    tally->kept += before == KEPT;
    tally->late += before == LATE;
    tally->new_kept += after == KEPT;
    tally->new_late += after == LATE;
    tally->turned_late += before == KEPT && after == LATE;
}

/* Where this case's rows begin in lists that are sorted by case; both orders are by number. */
#define ROWS_OF(rows, n, case_id, ret_n)                                                                               \
    __extension__({                                                                                                    \
        size_t from_ = 0, to_;                                                                                         \
        while (from_ < (n) && (rows)[from_].id.v < (case_id).v)                                                        \
            from_++;                                                                                                   \
        for (to_ = from_; to_ < (n) && (rows)[to_].id.v == (case_id).v; to_++)                                         \
            continue;                                                                                                  \
        *(ret_n) = to_ - from_;                                                                                        \
        from_;                                                                                                         \
    })

/* What happened to the case until the trying was asked for. */
static enum err facts_of(struct ctx *ctx, const struct walk *w, const struct what_if_cases_row *c,
                         const struct routine *routine, struct facts *ret)
{
    struct case_basics basics = {.type = c->type,
                                 .channel = c->channel,
                                 .reply_preference = c->reply_preference,
                                 .exit = c->exit,
                                 .contact_known = c->contact_known};
    TRY(case_facts_begin(ctx, &basics, routine, ret));
    size_t n, from = ROWS_OF(w->facts, w->n_facts, c->id, &n);
    for (size_t i = from; i < from + n; i++)
        if (utc_cmp(w->facts[i].at, w->row.asked) <= 0)
            TRY(case_facts_add(ctx, ret, w->facts[i].code, w->facts[i].at));
    from = ROWS_OF(w->waivers, w->n_waivers, c->id, &n);
    struct waiver *waivers = ARENA_ARRAY(ctx->arena, struct waiver, n);
    for (size_t i = 0; i < n; i++)
        waivers[i] = (struct waiver){w->waivers[from + i].code, w->waivers[from + i].at};
    ret->waivers = waivers;
    ret->n_waivers = n;
    return OK;
}

static enum err promises_under(struct ctx *ctx, const struct walk *w, const struct what_if_cases_row *c,
                               const struct routine *routine, struct promise **ret, size_t *ret_n)
{
    struct facts facts;
    TRY(facts_of(ctx, w, c, routine, &facts));
    return routine_promises(ctx, routine, &town_days(w->town, c->unit)->local, &facts, w->row.asked, ret, ret_n);
}

static enum err try_case(struct ctx *ctx, struct walk *w, const struct what_if_cases_row *c)
{
    struct promise *before, *after;
    size_t n_before, n_after, n_kept;
    TRY(promises_under(ctx, w, c, w->now, &before, &n_before));
    TRY(promises_under(ctx, w, c, w->new, &after, &n_after));
    size_t from = ROWS_OF(w->befores, w->n_befores, c->id, &n_kept);
    for (size_t i = from; i < from + n_kept; i++)
        promise_keep_before(before, n_before, w->befores[i].code, w->befores[i].due, w->befores[i].met);
    for (size_t i = 0; i < n_before; i++) {
        struct str code = before[i].obligation->id;
        count(w, code, outcome_of(before, n_before, code), outcome_of(after, n_after, code));
    }
    for (size_t i = 0; i < n_after; i++) {
        struct str code = after[i].obligation->id;
        if (promise_find(before, n_before, code) == NULL)
            count(w, code, NOT_JUDGED, outcome_of(after, n_after, code));
    }
    return OK;
}

/* ---- a batch ---- */

static enum err read_batch(struct ctx *ctx, struct walk *w)
{
    const struct what_if_waiting_row *row = &w->row;
    TRY(town_get(ctx, &w->town));
    const struct routine *parent = NULL;
    struct routine *new;
    if (row->parent.v)
        TRY(town_routine(ctx, row->parent, &parent));
    TRY(routine_load(ctx, row->yaml, row->code, parent, &new));
    w->new = new;
    TRY(town_routine(ctx, row->routine, &w->now));
    TRY(what_if_cases(ctx, row->routine, row->at, row->at_case, row->asked, WHAT_IF_BATCH, &w->cases, &w->n_cases));
    if (w->n_cases == 0)
        return OK;
    const struct what_if_cases_row *last = &w->cases[w->n_cases - 1];
    TRY(what_if_facts(ctx, row->routine, row->at, row->at_case, last->received, last->id, &w->facts, &w->n_facts));
    TRY(what_if_waivers(ctx, row->routine, row->at, row->at_case, last->received, last->id, &w->waivers,
                        &w->n_waivers));
    return what_if_befores(ctx, row->routine, row->at, row->at_case, last->received, last->id, &w->befores,
                           &w->n_befores);
}

/* Adds the figures and moves on: to the last case, or to the next version. */
static enum err write_batch(struct ctx *ctx, const struct walk *w)
{
    const struct what_if_waiting_row *row = &w->row;
    struct routine_id routine = row->routine;
    struct utc_us at = row->since, done = UTC_NONE;
    struct case_id at_case = {0};
    if (w->n_cases == WHAT_IF_BATCH) {
        at = w->cases[w->n_cases - 1].received;
        at_case = w->cases[w->n_cases - 1].id;
    } else {
        routine = next_version(w->town, row->code, row->routine);
        done = routine.v ? UTC_NONE : ctx_now(ctx);
    }
    int64_t n, n_done = row->n_done + (int64_t)w->n_cases;
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(what_if_walk(ctx, row->id, row->n_done, row->routine, n_done, routine, at, at_case, done, &n));
    if (n == 0)
        return OK; /* another host was first, or somebody asked anew */
    for (size_t i = 0; i < w->n_tallies; i++) {
        const struct tally *t = &w->tallies[i];
        if (t->kept + t->late + t->new_kept + t->new_late > 0)
            TRY(what_if_promise_add(ctx, row->id, t->code, t->kept, t->late, t->new_kept, t->new_late, t->turned_late));
    }
    return tx_commit(&tx);
}

enum err what_if_batch(struct ctx *ctx, bool *ret_more)
{
    struct walk w = {.tallies = ARENA_ARRAY(ctx->arena, struct tally, TALLIES_MAX)};
    enum err err = what_if_waiting(ctx, &w.row);
    *ret_more = err == OK;
    if (err == ERR_NOT_FOUND)
        return OK;
    TRY(err);
    TRY(read_batch(ctx, &w));
    for (size_t i = 0; i < w.n_cases; i++)
        TRY(try_case(ctx, &w, &w.cases[i]));
    return write_batch(ctx, &w);
}
