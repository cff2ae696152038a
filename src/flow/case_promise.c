#include "case_promise.h"

#include "close_sql.h"
#include "consult.h"
#include "delay_sql.h"
#include "diary.h"
#include "meeting.h"
#include "promise_count.h"

/* ALWAYS: the flow's own steps make it happen. */
enum { ALWAYS = 0, ONLY_IF_ASKED = 1, BY_STEP = 2 };
static const int event_when[] = {
#define EVENT(code, when, text) [EVENT_##code] = when,
#include "events.def"
#undef EVENT
};

enum err case_facts_begin(struct ctx *ctx, const struct case_basics *basics, const struct routine *routine,
                          struct facts *ret)
{
    struct facts facts = facts_begin();
    if (!feedback_type_find(basics->type, &facts.type))
        return fail(ctx, ERR_CORRUPT, "unknown type \"%.*s\"", STR_ARG(basics->type));
    if (!channel_find(basics->channel, &facts.channel))
        return fail(ctx, ERR_CORRUPT, "unknown channel \"%.*s\"", STR_ARG(basics->channel));
    facts.contact_known = basics->contact_known || str_eq(basics->reply_preference, STR("code"));
    facts.reply_wanted = !str_eq(basics->reply_preference, STR("none"));
    facts.exit = basics->exit;
    const struct routine_exit *rule = str_is_none(basics->exit) ? NULL : routine_exit(routine, basics->exit);
    facts.exit_registered = rule && rule->registered;
    *ret = facts;
    return OK;
}

enum err case_facts_add(struct ctx *ctx, struct facts *facts, struct str code, struct utc_us at)
{
    enum event event;
    if (!event_find(code, &event))
        return fail(ctx, ERR_CORRUPT, "unknown event \"%.*s\"", STR_ARG(code));
    facts->at[event] = at;
    facts->on_spot = !utc_is_none(facts->at[EVENT_satisfied]);
    return OK;
}

enum err case_facts(struct ctx *ctx, const struct open_case *c, struct facts *ret)
{
    struct facts facts;
    struct case_exit_code_row exit;
    enum err found = case_exit_code(ctx, c->row.id, &exit);
    if (found != OK && found != ERR_NOT_FOUND)
        return found;
    struct case_basics basics = {.type = c->row.type,
                                 .channel = c->row.channel,
                                 .reply_preference = c->row.reply_preference,
                                 .exit = found == OK ? exit.code : STR_NONE,
                                 .contact_known = c->row.contact_known};
    TRY(case_facts_begin(ctx, &basics, c->routine, &facts));
    struct fact_list_row *rows;
    size_t n;
    TRY(fact_list(ctx, c->row.id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        TRY(case_facts_add(ctx, &facts, rows[i].code, rows[i].at));
    struct meeting meeting;
    TRY(meeting_of(ctx, c->row.id, &meeting));
    if (!date_is_none(meeting.planned))
        facts.planned[EVENT_unit_meeting_held] = date_end(meeting.planned);
    struct waiver_list_row *waived;
    size_t n_waived;
    TRY(waiver_list(ctx, c->row.id, &waived, &n_waived));
    struct waiver *waivers = ARENA_ARRAY(ctx->arena, struct waiver, n_waived);
    for (size_t i = 0; i < n_waived; i++)
        waivers[i] = (struct waiver){waived[i].code, waived[i].at};
    facts.waivers = waivers;
    facts.n_waivers = n_waived;
    TRY(consult_facts(ctx, c, &facts));
    *ret = facts;
    return OK;
}

static enum err promises_of(struct ctx *ctx, const struct open_case *c, const struct facts *facts, struct promise **ret,
                            size_t *ret_n)
{
    struct promise *promises;
    size_t n, n_applicable = 0;
    TRY(routine_promises(ctx, c->routine, &town_days(c->town, c->row.unit)->local, facts, ctx_now(ctx), &promises, &n));
    for (size_t i = 0; i < n; i++)
        if (promises[i].state != PROMISE_not_applicable)
            promises[n_applicable++] = promises[i];
    *ret = promises;
    *ret_n = n_applicable;
    return OK;
}

void promise_keep_before(struct promise *promises, size_t n, struct str code, struct utc_us due, struct utc_us met)
{
    for (size_t i = 0; i < n; i++) {
        struct promise *p = &promises[i];
        if (!str_eq(p->obligation->id, code) || p->state == PROMISE_waived)
            continue;
        p->is_before = true;
        p->reason = (struct date_reason){0};
        p->due = due;
        if (!utc_is_none(met))
            p->met_at = met;
        if (utc_is_none(p->met_at))
            p->state = PROMISE_missed;
        else
            p->state = utc_cmp(p->met_at, due) <= 0 ? PROMISE_met : PROMISE_met_late;
    }
}

static enum err keep_all_before(struct ctx *ctx, const struct open_case *c, struct promise *promises, size_t n)
{
    struct promise_before_list_row *rows;
    size_t n_rows;
    TRY(promise_before_list(ctx, c->row.id, &rows, &n_rows));
    for (size_t i = 0; i < n_rows; i++)
        promise_keep_before(promises, n, rows[i].code, rows[i].due, rows[i].met);
    return OK;
}

/* What the person was told of delays: first when, last which date. */
static enum err add_delays(struct ctx *ctx, const struct open_case *c, struct promise *promises, size_t n)
{
    struct delay_list_row *rows;
    size_t n_rows;
    TRY(delay_list(ctx, c->row.id, &rows, &n_rows));
    for (size_t i = 0; i < n_rows; i++)
        for (size_t j = 0; j < n; j++) {
            if (!str_eq(rows[i].code, promises[j].obligation->id) || utc_is_none(rows[i].told))
                continue;
            if (utc_cmp(rows[i].told, promises[j].told_at) < 0)
                promises[j].told_at = rows[i].told;
            promises[j].new_due = rows[i].new_due;
        }
    return OK;
}

static enum err promises_told(struct ctx *ctx, const struct open_case *c, const struct facts *facts,
                              struct promise **ret, size_t *ret_n)
{
    TRY(promises_of(ctx, c, facts, ret, ret_n));
    TRY(keep_all_before(ctx, c, *ret, *ret_n));
    return add_delays(ctx, c, *ret, *ret_n);
}

enum err case_promises(struct ctx *ctx, const struct open_case *c, struct promise **ret, size_t *ret_n)
{
    struct facts facts;
    TRY(case_facts(ctx, c, &facts));
    return promises_told(ctx, c, &facts, ret, ret_n);
}

enum err case_promises_elsewhere(struct ctx *ctx, const struct open_case *c, const struct unit *unit,
                                 const struct routine *routine, struct promise **ret, size_t *ret_n)
{
    struct promise *here;
    size_t n_here;
    TRY(case_promises(ctx, c, &here, &n_here));
    struct open_case there = *c;
    there.unit = unit;
    there.row.unit = unit->id;
    there.routine = routine;
    TRY(case_promises(ctx, &there, ret, ret_n));
    for (size_t i = 0; routine != c->routine && i < n_here; i++) {
        bool is_kept = here[i].state == PROMISE_met || here[i].state == PROMISE_met_late;
        if (is_kept || here[i].state == PROMISE_missed)
            promise_keep_before(*ret, *ret_n, here[i].obligation->id, here[i].due, here[i].met_at);
    }
    return OK;
}

bool promise_answers(const struct promise *promise)
{
    uint64_t replies = EVENT_BIT(EVENT_replied) | EVENT_BIT(EVENT_replied_again);
    return promise->obligation->is_public && !utc_is_none(promise->due) && promise->obligation->met_by & replies;
}

static enum err write_promises(struct ctx *ctx, const struct open_case *c, const struct promise *promises, size_t n)
{
    struct promise_counted_row *before;
    struct promise_counted *counted;
    size_t n_before;
    TRY(promise_counted(ctx, c->row.id, &before, &n_before));
    TRY(promise_count(ctx, c, promises, n, before, n_before, &counted));
    TRY(promise_clear(ctx, c->row.id));
    for (size_t i = 0; i < n; i++) {
        const struct obligation *o = promises[i].obligation;
        TRY(promise_add(ctx, &(struct promise_add_in){.case_id = c->row.id,
                                                      .position = (int64_t)i,
                                                      .code = o->id,
                                                      .who = o->who,
                                                      .kind = obligation_kind_code(o->kind),
                                                      .state = promise_state_code(promises[i].state),
                                                      .due = promises[i].due,
                                                      .met = promises[i].met_at,
                                                      .new_due = promises[i].new_due,
                                                      .answers = promise_answers(&promises[i]),
                                                      .day = counted[i].day,
                                                      .unit = counted[i].unit,
                                                      .outcome = counted[i].outcome,
                                                      .notice = counted[i].notice}));
    }
    return OK;
}

/* The first promise of a closed case whose date lies after closing. NULL: nothing is left. */
static const struct promise *first_after(const struct facts *facts, const struct promise *promises, size_t n)
{
    const struct promise *first = NULL;
    for (size_t i = 0; i < n; i++) {
        const struct promise *p = &promises[i];
        bool is_open = p->state == PROMISE_running || p->state == PROMISE_missed;
        bool is_after = !utc_is_none(p->due) && utc_cmp(p->due, facts->at[EVENT_closed]) >= 0;
        if (is_open && is_after && (first == NULL || utc_cmp(p->due, first->due) < 0))
            first = p;
    }
    return first;
}

/* For the lists of what comes after the reply and after closing. */
static enum err set_end(struct ctx *ctx, const struct open_case *c, const struct facts *facts,
                        const struct promise *promises, size_t n)
{
    static const enum event own_words[] = {EVENT_followed_up, EVENT_considered, EVENT_unit_meeting_held};
    const struct promise *first = c->status == CASE_closed ? first_after(facts, promises, n) : NULL;
    struct str what = first ? STR("after_closing") : STR("");
    for (size_t i = 0; first && i < ARRAY_LEN(own_words); i++)
        if (first->obligation->met_by & EVENT_BIT(own_words[i]))
            what = event_code(own_words[i]);
    bool is_answered = c->status == CASE_closed || c->status == CASE_replied;
    bool is_to_be_held = meeting_is_wanted(c->routine) || !utc_is_none(facts->planned[EVENT_unit_meeting_held]);
    return case_set_end(ctx, c->row.id, what, first ? first->due : UTC_NONE,
                        is_answered && is_to_be_held && utc_is_none(facts->at[EVENT_unit_meeting_held]));
}

enum err case_promises_refresh(struct ctx *ctx, const struct open_case *c)
{
    struct facts facts;
    struct promise *promises;
    struct diary_state diary;
    size_t n;
    TRY(case_facts(ctx, c, &facts));
    TRY(promises_told(ctx, c, &facts, &promises, &n));
    TRY(diary_state(ctx, c, &facts, &diary));
    TRY(write_promises(ctx, c, promises, n));
    TRY(set_end(ctx, c, &facts, promises, n));
    const struct promise *next = promise_next(promises, n);
    return case_set_next(ctx, c->row.id, next ? next->obligation->id : STR_NONE,
                         next ? promise_due_now(next) : UTC_NONE, diary_wait_code(diary.waiting.wait),
                         diary.waiting.since, diary.waiting.by, diary.waiting.see_to);
}

static uint64_t events_asked_for(const struct routine *routine)
{
    uint64_t asked = 0;
    for (size_t i = 0; i < routine->n_obligations; i++)
        asked |= routine->obligations[i].met_by;
    for (size_t i = 0; i < routine->n_gates; i++)
        asked |= routine->gates[i].needs;
    return asked;
}

bool case_event_is_ticked(const struct open_case *c, enum event event)
{
    return event_when[event] == ONLY_IF_ASKED && (events_asked_for(c->routine) & EVENT_BIT(event));
}

bool promise_ticked_by(const struct open_case *c, const struct promise *promise, enum event *ret)
{
    for (enum event event = 0; event < EVENT_COUNT; event++)
        if (promise->obligation->met_by & EVENT_BIT(event) && case_event_is_ticked(c, event)) {
            *ret = event;
            return true;
        }
    return false;
}
