#include "delay.h"

#include "db.h"
#include "deliver.h"
#include "document.h"

static const char *const state_codes[DELAY_STATE_COUNT] = {"none", "near",   "untold", "on_way",
                                                           "told", "passed", "over"};

struct str delay_state_code(enum delay_state state)
{
    return str_from(state_codes[state]);
}

static bool is_open(const struct promise *p)
{
    return p->state == PROMISE_running || p->state == PROMISE_missed;
}

static const struct obligation *duty_of(const struct routine *routine)
{
    for (size_t i = 0; i < routine->n_obligations; i++)
        if (routine->obligations[i].met_by & EVENT_BIT(EVENT_delay_notified))
            return &routine->obligations[i];
    return NULL;
}

/* The promise the routine's own duty is about comes first, then the one that is due last: the reply itself. */
static bool comes_before(const struct delay_look *look, const struct promise *a, const struct promise *b)
{
    if (look->duty && look->duty->from.is_due) {
        bool a_is = str_eq(a->obligation->id, look->duty->from.obligation);
        if (a_is != str_eq(b->obligation->id, look->duty->from.obligation))
            return a_is;
    }
    return utc_cmp(a->due, b->due) > 0;
}

static void choose(struct delay_look *look)
{
    for (size_t i = 0; i < look->n_promises && look->n_choices < DELAY_PROMISES_MAX; i++) {
        const struct promise *p = &look->promises[i];
        if (!promise_answers(p) || !is_open(p))
            continue;
        size_t at = look->n_choices++;
        for (; at > 0 && comes_before(look, p, look->choices[at - 1]); at--)
            look->choices[at] = look->choices[at - 1];
        look->choices[at] = p;
    }
    look->promise = look->n_choices ? look->choices[0] : NULL;
}

/* Kept by now: the one that was late or that the person was told of. */
static const struct promise *kept(const struct delay_look *look)
{
    const struct promise *found = NULL;
    for (size_t i = 0; i < look->n_promises; i++) {
        const struct promise *p = &look->promises[i];
        bool is_late = p->state == PROMISE_met_late || (p->state == PROMISE_met && !utc_is_none(p->told_at));
        if (promise_answers(p) && is_late && (found == NULL || comes_before(look, p, found)))
            found = p;
    }
    return found;
}

static enum delay_state state_of(const struct delay_look *look, struct utc_us now)
{
    const struct promise *p = look->promise;
    for (size_t i = 0; i < look->n_told; i++)
        if (utc_is_none(look->told[i].told) && str_eq(look->told[i].code, p->obligation->id) && i + 1 == look->n_told)
            return DELAY_on_way;
    if (!utc_is_none(p->new_due))
        return utc_cmp(now, p->new_due) > 0 ? DELAY_passed : DELAY_told;
    if (!look->can_be_told)
        return DELAY_none;
    if (p->state == PROMISE_missed)
        return DELAY_untold;
    return utc_to_date(now).days >= look->warn_from.days ? DELAY_near : DELAY_none;
}

static struct day_rule rule_of(const struct open_case *c)
{
    struct day_rule rule = *town_days(c->town, c->row.unit);
    rule.eves_are_worked = c->routine->eves_are_worked;
    return rule;
}

enum err delay_look(struct ctx *ctx, const struct open_case *c, struct delay_look *ret)
{
    struct delay_look look = {.warn_from = DATE_NONE, .duty = duty_of(c->routine)};
    struct delay_list_row *told;
    TRY(case_promises(ctx, c, &look.promises, &look.n_promises));
    TRY(delay_list(ctx, c->row.id, &told, &look.n_told));
    look.told = told;
    look.can_be_told = !str_eq(c->row.reply_preference, STR("none")) &&
                       (c->row.contact_known || str_eq(c->row.reply_preference, STR("code")));
    choose(&look);
    if (look.promise) {
        struct day_rule rule = rule_of(c);
        TRY(workdays_add(ctx, &rule, utc_to_date(look.promise->due), -c->routine->reminders.before, &look.warn_from));
        look.state = state_of(&look, ctx_now(ctx));
    } else if ((look.promise = kept(&look)) != NULL) {
        look.state = DELAY_over;
    }
    *ret = look;
    return OK;
}

enum delay_day delay_day_check(const struct open_case *c, const struct promise *promise, struct date day,
                               struct date today)
{
    struct day_rule rule = rule_of(c);
    if (day.days <= today.days)
        return DELAY_DAY_past;
    if (day.days <= utc_to_date(promise_due_now(promise)).days)
        return DELAY_DAY_not_later;
    if (day.days > today.days + DELAY_MAX_DAYS)
        return DELAY_DAY_far;
    return day_is_working(&rule, day) ? DELAY_DAY_good : DELAY_DAY_free;
}

/* ---- telling ---- */

static enum err check(struct ctx *ctx, const struct open_case *c, const struct delay *delay,
                      const struct delay_look *look, const struct promise **ret)
{
    *ret = NULL;
    for (size_t i = 0; i < look->n_choices; i++)
        if (str_eq(look->choices[i]->obligation->id, delay->code))
            *ret = look->choices[i];
    if (*ret == NULL)
        return fail(ctx, ERR_INVALID, "\"%.*s\" is no promise that can be late", STR_ARG(delay->code));
    if (!look->can_be_told)
        return fail(ctx, ERR_INVALID, "the person left no way to be reached");
    if (delay_day_check(c, *ret, delay->new_day, utc_to_date(ctx_now(ctx))) != DELAY_DAY_good)
        return fail(ctx, ERR_INVALID, "the new date does not do");
    if (str_is_empty(str_trim(delay->text)) || str_utf8_len(delay->text) > 4 * DELAY_REASON_MAX_CHARS)
        return fail(ctx, ERR_INVALID, "there is no text, or too much");
    if (delay->how == DELAY_CALLED && utc_cmp(delay->called, ctx_now(ctx)) > 0)
        return fail(ctx, ERR_INVALID, "the call lies in the future");
    return OK;
}

/* The paper, and the person told if that can be done now. */
static enum err tell(struct ctx *ctx, struct open_case *c, const struct delay *delay, struct delay_add_in *row)
{
    bool called = delay->how == DELAY_CALLED, by_hand = false;
    TRY(document_add(ctx, c->row.id, /* number= */ 0,
                     &(struct new_document){.kind = called ? "call" : "delay_notice",
                                            .direction = called ? "internal" : "out",
                                            .body = delay->text,
                                            .at = called ? delay->called : (struct utc_us){0},
                                            .user = ctx->who},
                     &row->document));
    row->way = called ? STR("phone") : c->row.reply_preference;
    if (!called)
        TRY(deliver_delay(ctx, c, row->document, &by_hand));
    row->told = by_hand ? UTC_NONE : called ? delay->called : row->made;
    return delay_add(ctx, row);
}

enum err delay_tell(struct ctx *ctx, struct str number, const struct delay *delay, bool *ret_reached)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    struct delay_look look;
    const struct promise *promise;
    TRY(case_open(ctx, number, &c));
    TRY(case_expect_version(ctx, &c, delay->version));
    TRY(delay_look(ctx, &c, &look));
    TRY(check(ctx, &c, delay, &look, &promise));
    struct delay_add_in row = {.case_id = c.row.id,
                               .position = (int64_t)look.n_told + 1,
                               .code = delay->code,
                               .before = promise_due_now(promise),
                               .new_due = date_end(delay->new_day),
                               .made = ctx_now(ctx),
                               .user = ctx->who};
    TRY(tell(ctx, &c, delay, &row));
    bool reached = !utc_is_none(row.told);
    struct out day = out_init(ctx->arena, /* max_bytes= */ 20);
    out_date(&day, delay->new_day);
    TRY(search_pending_add(ctx, c.row.id));
    TRY(case_step(ctx, &c, STEP_delay,
                  &(struct step_note){.document = row.document,
                                      .no_fact = !reached,
                                      .fact_at = reached ? row.told : (struct utc_us){0},
                                      .data = STEP_DATA(ctx, {"promise", delay->code}, {"way", row.way},
                                                        {"new_date", out_take(&day)})}));
    TRY(tx_commit(&tx));
    *ret_reached = reached;
    return OK;
}

enum err delay_reached(struct ctx *ctx, struct case_id id, struct document_id document, struct utc_us at,
                       struct str way)
{
    return delay_set_told(ctx, id, document, at, way);
}

enum err delay_not_reached(struct ctx *ctx, struct case_id id, struct document_id document)
{
    return delay_set_told(ctx, id, document, UTC_NONE, STR_NONE);
}
