/* What: facts become promises. Flow: routine_promises -> for each obligation: does it apply, when did it start, when is
 * it due and why, was it met. A promise that counts from another's date asks for that one first. */
#include "routine.h"

struct facts facts_begin(void)
{
    struct facts facts = {.type = TYPE_complaint, .contact_known = true, .reply_wanted = true};
    for (int event = 0; event < EVENT_COUNT; event++)
        facts.at[event] = facts.planned[event] = UTC_NONE;
    return facts;
}

struct engine {
    struct ctx *ctx;
    const struct routine *routine;
    struct day_rule days;
    const struct facts *facts;
    struct utc_us now;
    struct promise *promises;
    bool *is_done;
};

/* == Conditions ==================================================================================================== */

static bool exit_fits(struct str wanted, const struct facts *facts)
{
    if (str_is_none(wanted))
        return str_is_none(facts->exit);
    if (str_eq(wanted, STR("registered")))
        return str_is_none(facts->exit) || facts->exit_registered;
    return str_eq(wanted, STR("any")) || str_eq(wanted, facts->exit);
}

/* All but "overdue", which needs another promise's state. */
static bool condition_holds(const struct condition *when, const struct facts *facts)
{
    enum feedback_type type = facts->type == TYPE_unknown ? TYPE_complaint : facts->type;
    if (!exit_fits(when->exit, facts))
        return false;
    if (when->types != 0 && !(when->types & 1u << type))
        return false;
    if (when->channels != 0 && !(when->channels & 1u << facts->channel))
        return false;
    if (when->contact != WHEN_CONTACT_any && (when->contact == WHEN_CONTACT_known) != facts->contact_known)
        return false;
    if (when->reply != WHEN_REPLY_any && (when->reply == WHEN_REPLY_wanted) != facts->reply_wanted)
        return false;
    return when->on_spot == WHEN_ON_SPOT_any || (when->on_spot == WHEN_ON_SPOT_yes) == facts->on_spot;
}

static struct utc_us waived_at(const struct facts *facts, struct str code)
{
    for (size_t i = 0; i < facts->n_waivers; i++)
        if (str_eq(facts->waivers[i].code, code))
            return facts->waivers[i].at;
    return UTC_NONE;
}

/* The earliest of some events. */
static struct utc_us first_of(const struct utc_us *at, uint64_t events)
{
    struct utc_us first = UTC_NONE;
    for (int event = 0; event < EVENT_COUNT; event++)
        if (events & EVENT_BIT(event) && utc_cmp(at[event], first) < 0)
            first = at[event];
    return first;
}

/* What keeps an obligation: where the routine says which first response it accepts, and being in touch alone is not
 * among them, the word that was given counts instead. */
static uint64_t kept_by(const struct obligation *o)
{
    const uint64_t contact = EVENT_BIT(EVENT_first_response);
    if (o->accepts == 0 || o->accepts & 1u << RESPONSE_contact || !(o->met_by & contact))
        return o->met_by;
    uint64_t told = 0;
    if (o->accepts & 1u << RESPONSE_measure)
        told |= EVENT_BIT(EVENT_measure_told);
    if (o->accepts & 1u << RESPONSE_investigation)
        told |= EVENT_BIT(EVENT_investigation_told);
    return (o->met_by & ~contact) | told;
}

/* == Dates ========================================================================================================= */

static void add_day(struct skipped_day *days, size_t *n, struct date date, struct day_info why)
{
    days[(*n)++] = (struct skipped_day){date, why};
}

/* Names of the days in (from, to] that were not counted, and of half days that were. */
static void note_days(const struct engine *e, struct date from, struct date to, struct date_reason *reason)
{
    size_t n = (size_t)(to.days - from.days);
    reason->skipped = ARENA_ARRAY(e->ctx->arena, struct skipped_day, n);
    reason->half = ARENA_ARRAY(e->ctx->arena, struct skipped_day, n);
    for (struct date d = date_add(from, 1); d.days <= to.days; d = date_add(d, 1)) {
        struct day_info info = day_look(&e->days, d);
        if (!day_kind_is_working(info.kind))
            add_day(reason->skipped, &reason->n_skipped, d, info);
        else if (info.kind == DAY_HALF)
            add_day(reason->half, &reason->n_half, d, info);
    }
}

static enum err count_working_days(const struct engine *e, int64_t n, struct date_reason *reason)
{
    if (n == 0)
        TRY(workdays_roll(e->ctx, &e->days, reason->day0, &reason->last));
    else
        TRY(workdays_add(e->ctx, &e->days, reason->day0, n, &reason->last));
    reason->counted = reason->last;
    if (n >= 0)
        note_days(e, n == 0 ? date_add(reason->day0, -1) : reason->day0, reason->last, reason);
    else
        note_days(e, date_add(reason->last, -1), date_add(reason->day0, -1), reason);
    return OK;
}

static enum err count_calendar_days(const struct engine *e, int64_t n, bool roll, struct date_reason *reason)
{
    static const int64_t days_min = -719162, days_max = 2932896; /* years 1-9999 */
    int64_t days = reason->day0.days + n;
    if (days < days_min || days > days_max)
        return fail(e->ctx, ERR_INVALID, "the day is outside the years 1-9999");
    reason->counted = reason->last = (struct date){(int32_t)days};
    if (!roll)
        return OK;
    TRY(workdays_roll(e->ctx, &e->days, reason->counted, &reason->last));
    reason->is_rolled = reason->last.days != reason->counted.days;
    if (reason->is_rolled)
        note_days(e, date_add(reason->counted, -1), reason->last, reason);
    return OK;
}

static enum err work_out_due(const struct engine *e, struct promise *p)
{
    const struct limit *limit = &p->obligation->within;
    if (limit->unit == LIMIT_hour) {
        p->due = utc_add(p->started_at, limit->n * HOUR_US);
        return OK;
    }
    p->reason.day0 = utc_to_date(p->started_at);
    if (limit->unit == LIMIT_working_day)
        TRY(count_working_days(e, limit->n, &p->reason));
    else
        TRY(count_calendar_days(e, limit->n, p->obligation->roll, &p->reason));
    p->due = date_end(p->reason.last);
    return OK;
}

/* Day limits end with their last second, hours to the microsecond. */
static bool is_past(const struct promise *p, struct utc_us at)
{
    if (utc_is_none(p->due))
        return false;
    return p->obligation->within.unit == LIMIT_hour ? at.v > p->due.v : at.v >= p->due.v + SECOND_US;
}

/* == States ======================================================================================================== */

static enum err work_out(struct engine *e, size_t i, int depth);

/* NULL: no such obligation (a checked routine has it). */
static struct promise *other_promise(const struct engine *e, struct str id, size_t *ret)
{
    for (size_t i = 0; i < e->routine->n_obligations; i++)
        if (str_eq(e->routine->obligations[i].id, id)) {
            *ret = i;
            return &e->promises[i];
        }
    return NULL;
}

/* ret_holds: false when it counts from the date of a promise that does not hold in this case. */
static enum err work_out_start(struct engine *e, struct promise *p, int depth, bool *ret_holds)
{
    const struct anchor *from = &p->obligation->from;
    *ret_holds = true;
    if (!from->is_due) {
        p->started_at = e->facts->at[from->event];
        return OK;
    }
    size_t i;
    const struct promise *other = other_promise(e, from->obligation, &i);
    if (other == NULL)
        return OK;
    TRY(work_out(e, i, depth + 1));
    *ret_holds = other->state != PROMISE_not_applicable;
    p->started_at = other->due;
    return OK;
}

/* What a promise that holds only when another is late is, given that other one. */
static enum promise_state state_if_late(const struct engine *e, const struct promise *p, const struct promise *other)
{
    switch (other->state) {
    case PROMISE_not_applicable:
    case PROMISE_met:
    case PROMISE_waived:
        return PROMISE_not_applicable;
    case PROMISE_not_started:
    case PROMISE_running:
        return PROMISE_not_started;
    case PROMISE_met_late:
    case PROMISE_missed:
        return is_past(p, e->now) ? PROMISE_missed : PROMISE_running;
    case PROMISE_STATE_COUNT:
        break;
    }
    BUG("promise state %d", (int)other->state);
}

static enum err work_out_state(struct engine *e, struct promise *p, int depth)
{
    const struct obligation *o = p->obligation;
    const struct promise *other = NULL;
    size_t i;
    if (!str_is_none(o->when.overdue) && (other = other_promise(e, o->when.overdue, &i)) != NULL)
        TRY(work_out(e, i, depth + 1));
    if (!utc_is_none(p->met_at))
        p->state = is_past(p, p->met_at) ? PROMISE_met_late : PROMISE_met;
    else if (!utc_is_none(p->waived_at))
        p->state = PROMISE_waived;
    else if (other != NULL)
        p->state = state_if_late(e, p, other);
    else if (utc_is_none(p->started_at))
        p->state = PROMISE_not_started;
    else
        p->state = is_past(p, e->now) ? PROMISE_missed : PROMISE_running;
    return OK;
}

static uint64_t events_of_step(enum gate_step step)
{
    switch (step) {
    case GATE_reply:
        return EVENT_BIT(EVENT_replied);
    case GATE_close:
        return EVENT_BIT(EVENT_closed);
    case GATE_forward:
        return EVENT_BIT(EVENT_forwarded);
    case GATE_STEP_COUNT:
        break;
    }
    BUG("gate step %d", (int)step);
}

/* The last moment at which the longest wait before what meets the promise still fits. */
static struct utc_us fits_until(const struct engine *e, const struct promise *p)
{
    int64_t hours = 0;
    for (size_t i = 0; i < e->routine->n_gates; i++) {
        const struct gate *gate = &e->routine->gates[i];
        if (p->obligation->met_by & events_of_step(gate->step) && condition_holds(&gate->when, e->facts) &&
            gate->hours > hours)
            hours = gate->hours;
    }
    return hours == 0 || utc_is_none(p->due) ? UTC_NONE : utc_add(p->due, -hours * HOUR_US);
}

/* The promise of obligation i, once. depth ends a circle, which a checked routine does not have. */
static enum err work_out(struct engine *e, size_t i, int depth)
{
    struct promise *p = &e->promises[i];
    if (e->is_done[i] || depth > (int)e->routine->n_obligations)
        return OK;
    p->obligation = &e->routine->obligations[i];
    p->started_at = p->due = p->met_at = p->waived_at = p->fits_until = p->told_at = p->new_due = UTC_NONE;
    bool holds = condition_holds(&p->obligation->when, e->facts);
    if (holds)
        TRY(work_out_start(e, p, depth, &holds));
    if (!holds) {
        p->state = PROMISE_not_applicable;
        e->is_done[i] = true;
        return OK;
    }
    if (!utc_is_none(p->started_at) && p->obligation->within.at.line != 0)
        TRY(work_out_due(e, p));
    if (!utc_is_none(p->started_at) && p->obligation->within.at.line == 0) {
        p->due = first_of(e->facts->planned, p->obligation->met_by);
        p->is_planned = !utc_is_none(p->due);
    }
    p->met_at = first_of(e->facts->at, kept_by(p->obligation));
    p->waived_at = waived_at(e->facts, p->obligation->id);
    p->fits_until = fits_until(e, p);
    TRY(work_out_state(e, p, depth));
    e->is_done[i] = true;
    return OK;
}

enum err routine_promises(struct ctx *ctx, const struct routine *routine, const struct local_days *local,
                          const struct facts *facts, struct utc_us now, struct promise **ret, size_t *ret_n)
{
    struct engine e = {
        .ctx = ctx,
        .routine = routine,
        .days = {.eves_are_worked = routine->eves_are_worked},
        .facts = facts,
        .now = now,
        .promises = ARENA_ARRAY(ctx->arena, struct promise, routine->n_obligations),
        .is_done = ARENA_ARRAY(ctx->arena, bool, routine->n_obligations),
    };
    if (local != NULL)
        e.days.local = *local;
    for (size_t i = 0; i < routine->n_obligations; i++)
        TRY(work_out(&e, i, 0));
    *ret = e.promises;
    *ret_n = routine->n_obligations;
    return OK;
}

static bool is_open(const struct promise *p)
{
    return (p->state == PROMISE_running || p->state == PROMISE_missed) && !utc_is_none(p->due);
}

struct utc_us promise_due_now(const struct promise *promise)
{
    return utc_is_none(promise->new_due) ? promise->due : promise->new_due;
}

const struct promise *promise_next(const struct promise *promises, size_t n)
{
    const struct promise *next = NULL;
    for (size_t i = 0; i < n; i++)
        if (is_open(&promises[i]) &&
            (next == NULL || utc_cmp(promise_due_now(&promises[i]), promise_due_now(next)) < 0))
            next = &promises[i];
    return next;
}

const struct promise *promise_find(const struct promise *promises, size_t n, struct str id)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(promises[i].obligation->id, id))
            return &promises[i];
    return NULL;
}

/* == Gates ========================================================================================================= */

/* From when a gate counts. Before a reply it is about that reply: what is true now, not what happened once. */
static struct utc_us since_of(const struct gate *gate, const struct facts *facts)
{
    uint64_t now = gate->step == GATE_reply ? gate->needs & facts->has_gate_at : 0;
    struct utc_us since = first_of(facts->at, gate->needs & ~now);
    for (int event = 0; event < EVENT_COUNT; event++)
        if (now & EVENT_BIT(event) && utc_cmp(facts->gate_at[event], since) < 0)
            since = facts->gate_at[event];
    return since;
}

/* A reason given for one reply is none for the next. */
static bool is_waived(const struct gate *gate, const struct facts *facts)
{
    struct utc_us at = waived_at(facts, gate->id);
    if (!gate->may_skip || utc_is_none(at))
        return false;
    static const enum event replies[] = {EVENT_replied, EVENT_replied_again};
    for (size_t i = 0; gate->step == GATE_reply && i < ARRAY_LEN(replies); i++)
        if (!utc_is_none(facts->at[replies[i]]) && utc_cmp(at, facts->at[replies[i]]) <= 0)
            return false;
    return true;
}

static struct gate_state look_at_gate(const struct gate *gate, const struct facts *facts, struct utc_us now)
{
    struct gate_state state = {.gate = gate, .since = since_of(gate, facts), .opens_at = UTC_NONE};
    if (!utc_is_none(state.since))
        state.opens_at = utc_add(state.since, gate->hours * HOUR_US);
    state.is_waived = is_waived(gate, facts);
    state.is_open = state.is_waived || utc_cmp(state.opens_at, now) <= 0;
    return state;
}

void routine_gates(struct ctx *ctx, const struct routine *routine, enum gate_step step, const struct facts *facts,
                   struct utc_us now, struct gate_state **ret, size_t *ret_n)
{
    struct gate_state *states = ARENA_ARRAY(ctx->arena, struct gate_state, routine->n_gates);
    size_t n = 0;
    for (size_t i = 0; i < routine->n_gates; i++) {
        const struct gate *gate = &routine->gates[i];
        if (gate->step == step && condition_holds(&gate->when, facts))
            states[n++] = look_at_gate(gate, facts, now);
    }
    *ret = states;
    *ret_n = n;
}

enum err routine_survey_day(struct ctx *ctx, const struct routine *routine, const struct local_days *local,
                            struct utc_us closed, struct date *ret)
{
    const struct limit *after = &routine->survey.after;
    struct engine e = {.ctx = ctx, .routine = routine, .days = {.eves_are_worked = routine->eves_are_worked}};
    if (local != NULL)
        e.days.local = *local;
    struct date_reason reason = {.day0 = utc_to_date(closed)};
    if (after->unit == LIMIT_working_day)
        TRY(count_working_days(&e, after->n, &reason));
    else
        TRY(count_calendar_days(&e, after->n, /* roll= */ true, &reason));
    *ret = reason.last;
    return OK;
}

bool gates_are_open(const struct gate_state *gates, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!gates[i].is_open)
            return false;
    return true;
}

struct utc_us gates_open_at(const struct gate_state *gates, size_t n)
{
    struct utc_us at = {INT64_MIN};
    for (size_t i = 0; i < n; i++)
        if (!gates[i].is_open && utc_cmp(gates[i].opens_at, at) > 0)
            at = gates[i].opens_at;
    return at;
}
