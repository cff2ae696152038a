#include "consult_rules.h"

static struct utc_us later(struct utc_us a, struct utc_us b)
{
    return utc_cmp(a, b) > 0 ? a : b;
}

bool consult_is_unconsidered(const struct consult_person *person)
{
    return !utc_is_none(person->said) &&
           (utc_is_none(person->considered) || utc_cmp(person->considered, person->said) < 0);
}

struct consult_state consult_state(const struct consult_person *persons, size_t n, int64_t people, struct utc_us now)
{
    struct consult_state state = {.n_asked = n, .shared = UTC_NONE, .consulted = UTC_NONE};
    struct utc_us had_say = {INT64_MIN};
    for (size_t i = 0; i < n; i++) {
        const struct consult_person *p = &persons[i];
        if (p->has_draft)
            state.shared = utc_is_none(state.shared) ? p->asked : later(state.shared, p->asked);
        state.n_silent += utc_is_none(p->heard) && utc_cmp(p->until, now) > 0;
        state.n_unconsidered += consult_is_unconsidered(p);
        had_say = later(had_say, utc_is_none(p->heard) ? p->until : p->heard);
        if (!utc_is_none(p->said) && !utc_is_none(p->considered))
            had_say = later(had_say, p->considered);
    }
    if (n > 0 && (int64_t)n >= people && state.n_unconsidered == 0)
        state.consulted = had_say;
    return state;
}

struct consult_wish consult_wish(struct ctx *ctx, const struct routine *routine, const struct facts *facts)
{
    struct consult_wish wish = {.people = 1, .who = STR_NONE};
    struct gate_state *gates;
    size_t n;
    routine_gates(ctx, routine, GATE_reply, facts, UTC_NONE, &gates, &n);
    for (size_t i = 0; i < n; i++) {
        const struct gate *gate = gates[i].gate;
        if (gate->needs & EVENT_BIT(EVENT_consulted)) {
            wish.consulted = gate;
            wish.people = gate->people > 0 ? gate->people : 1;
        }
        if (gate->needs & EVENT_BIT(EVENT_draft_shared)) {
            wish.cooling = gate;
            wish.hours = gate->hours;
        }
        bool counts = gate->needs & (EVENT_BIT(EVENT_consulted) | EVENT_BIT(EVENT_draft_shared));
        wish.is_asked_for |= counts;
        if (counts && str_is_none(wish.who))
            wish.who = gate->who;
    }
    return wish;
}
