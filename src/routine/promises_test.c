#include "routine.h"

#include <setjmp.h>

#include <cmocka.h>

#include "promise_words.h"

/* == A routine for each case, written as its file would be ========================================================= */

#define HEAD                                                                                                           \
    "routine: prov\nversion: 1\ndocument: {title: Prov, valid_from: 1970-01-01}\n"                                     \
    "registration: {who: registrar, where: diary, on_spot: count}\nvisibility: {reach: open}\n"
#define OBLIGATIONS HEAD "obligations:\n"
#define REPLY(from, within)                                                                                            \
    "  - {id: reply, who: responsible_manager, from: " from ", met_by: [replied, satisfied], within: " within "}\n"

static struct ctx test_ctx(void)
{
    static const struct clock clock = {0};
    static struct random random;
    return ctx_begin(&clock, &random, 64 << 20);
}

static struct routine *load(struct ctx *ctx, const char *yaml)
{
    struct routine *routine = NULL;
    if (routine_load(ctx, str_from(yaml), STR("test.yaml"), NULL, &routine) != OK)
        fail_msg("%.*s", STR_ARG(ctx->error.message));
    return routine;
}

static struct utc_us at(const char *text)
{
    struct utc_us t;
    if (!utc_parse(str_from(text), &t))
        fail_msg("\"%s\" is no time", text);
    return t;
}

static struct date day(const char *text)
{
    return utc_to_date(at(text));
}

static struct facts received(const char *time)
{
    struct facts facts = facts_begin();
    facts.at[EVENT_received] = at(time);
    return facts;
}

static const struct promise *promise_at(struct ctx *ctx, const struct routine *routine, const struct facts *facts,
                                        const char *now, const char *id)
{
    struct promise *promises;
    size_t n;
    assert_int_equal(routine_promises(ctx, routine, NULL, facts, at(now), &promises, &n), OK);
    const struct promise *promise = promise_find(promises, n, str_from(id));
    assert_non_null(promise);
    return promise;
}

static enum promise_state state_at(struct ctx *ctx, const struct routine *routine, const struct facts *facts,
                                   const char *now, const char *id)
{
    return promise_at(ctx, routine, facts, now, id)->state;
}

static void assert_due(struct ctx *ctx, const char *yaml, const char *from, const char *due)
{
    struct facts facts = received(from);
    const struct promise *p = promise_at(ctx, load(ctx, yaml), &facts, from, "reply");
    struct out out = out_init(ctx->arena, 100);
    assert_false(utc_is_none(p->due));
    out_utc_local(&out, p->due);
    assert_string_equal(out_take(&out).p, due);
}

/* == Dates ========================================================================================================= */

static void a_working_day_limit_ends_with_its_last_second(void **unused)
{
    struct ctx ctx = test_ctx();
    static const char yaml[] = OBLIGATIONS REPLY("received", "{n: 10, unit: working_day}");
    assert_due(&ctx, yaml, "2026-12-18T00:01", "2027-01-08T23:59:59+01:00");
    assert_due(&ctx, yaml, "2026-12-18T23:59", "2027-01-08T23:59:59+01:00");
    assert_due(&ctx, yaml, "2026-12-19T00:01", "2027-01-08T23:59:59+01:00");
    assert_due(&ctx, yaml, "2026-12-17T23:59:59.999", "2027-01-07T23:59:59+01:00");
    assert_due(&ctx, yaml, "2026-12-18T22:59:59.999Z", "2027-01-08T23:59:59+01:00");
    assert_due(&ctx, yaml, "2026-12-20T23:00:00Z", "2027-01-11T23:59:59+01:00");
    ctx_end(&ctx);
}

static void dates_hold_on_both_sides_of_each_clock_change(void **unused)
{
    struct ctx ctx = test_ctx();
    static const char two[] = OBLIGATIONS REPLY("received", "{n: 2, unit: working_day}");
    assert_due(&ctx, two, "2026-03-27T23:30", "2026-03-31T23:59:59+02:00");
    assert_due(&ctx, two, "2026-03-29T01:59", "2026-03-31T23:59:59+02:00");
    assert_due(&ctx, two, "2026-03-29T03:01", "2026-03-31T23:59:59+02:00");
    assert_due(&ctx, two, "2026-10-23T12:00", "2026-10-27T23:59:59+01:00");
    assert_due(&ctx, two, "2026-10-25T02:30:00+02:00", "2026-10-27T23:59:59+01:00");
    static const char day_long[] = OBLIGATIONS REPLY("received", "{n: 24, unit: hour}");
    assert_due(&ctx, day_long, "2026-03-28T12:00", "2026-03-29T13:00:00+02:00");
    assert_due(&ctx, day_long, "2026-10-24T12:00", "2026-10-25T11:00:00+01:00");
    ctx_end(&ctx);
}

static void calendar_days_roll_only_where_the_routine_says_so(void **unused)
{
    struct ctx ctx = test_ctx();
    static const char rolls[] = HEAD "obligations:\n  - {id: reply, who: responsible_manager, from: received, met_by: "
                                     "replied, within: {n: 10, unit: calendar_day}, roll: true}\n";
    static const char stays[] = OBLIGATIONS REPLY("received", "{n: 10, unit: calendar_day}");
    /* domain.md section 3 */
    assert_due(&ctx, rolls, "2026-03-27T10:00", "2026-04-07T23:59:59+02:00");
    assert_due(&ctx, rolls, "2026-05-04T10:00", "2026-05-15T23:59:59+02:00");
    assert_due(&ctx, rolls, "2026-06-18T10:00", "2026-06-29T23:59:59+02:00");
    assert_due(&ctx, rolls, "2026-12-23T10:00", "2027-01-04T23:59:59+01:00");
    assert_due(&ctx, stays, "2026-12-23T10:00", "2027-01-02T23:59:59+01:00");
    assert_due(&ctx, stays, "2028-02-19T10:00", "2028-02-29T23:59:59+01:00");
    ctx_end(&ctx);
}

static void a_limit_of_no_days_is_the_same_day_or_the_next_working_day(void **unused)
{
    struct ctx ctx = test_ctx();
    static const char yaml[] = OBLIGATIONS REPLY("received", "{n: 0, unit: working_day}");
    assert_due(&ctx, yaml, "2026-12-18T10:00", "2026-12-18T23:59:59+01:00");
    assert_due(&ctx, yaml, "2026-12-19T10:00", "2026-12-21T23:59:59+01:00");
    assert_due(&ctx, yaml, "2026-12-24T10:00", "2026-12-28T23:59:59+01:00");
    ctx_end(&ctx);
}

static void each_skipped_day_is_told_with_its_name(void **unused)
{
    struct ctx ctx = test_ctx();
    static const char yaml[] = OBLIGATIONS REPLY("received", "{n: 10, unit: working_day}");
    struct facts facts = received("2026-12-18T10:00");
    const struct promise *p = promise_at(&ctx, load(&ctx, yaml), &facts, "2026-12-18T10:00", "reply");
    static const struct {
        const char *date, *name;
    } skipped[] = {{"2026-12-19", ""},
                   {"2026-12-20", ""},
                   {"2026-12-24", "Julafton"},
                   {"2026-12-25", "Juldagen"},
                   {"2026-12-26", "Annandag jul"},
                   {"2026-12-27", ""},
                   {"2026-12-31", "Nyårsafton"},
                   {"2027-01-01", "Nyårsdagen"},
                   {"2027-01-02", ""},
                   {"2027-01-03", ""},
                   {"2027-01-06", "Trettondedag jul"}};
    assert_int_equal(p->reason.n_skipped, ARRAY_LEN(skipped));
    for (size_t i = 0; i < ARRAY_LEN(skipped); i++) {
        assert_int_equal(p->reason.skipped[i].date.days, day(skipped[i].date).days);
        assert_true(str_eq(p->reason.skipped[i].why.name, str_from(skipped[i].name)));
    }
    ctx_end(&ctx);
}

static void local_closed_days_move_the_date_and_half_days_are_named(void **unused)
{
    struct ctx ctx = test_ctx();
    static const char yaml[] = OBLIGATIONS REPLY("received", "{n: 2, unit: working_day}");
    struct local_day days[] = {{day("2026-12-21"), LOCAL_CLOSED, STR("Planeringsdag")},
                               {day("2026-12-22"), LOCAL_HALF, STR("Julfest")}};
    struct local_days local = {days, 2};
    struct facts facts = received("2026-12-18T10:00");
    struct promise *promises;
    size_t n;
    assert_int_equal(routine_promises(&ctx, load(&ctx, yaml), &local, &facts, at("2026-12-18T10:00"), &promises, &n),
                     OK);
    assert_int_equal(promises[0].due.v, at("2026-12-23T23:59:59").v);
    assert_int_equal(promises[0].reason.n_skipped, 3);
    assert_true(str_eq(promises[0].reason.skipped[2].why.name, STR("Planeringsdag")));
    assert_int_equal(promises[0].reason.n_half, 1);
    ctx_end(&ctx);
}

static void eves_are_worked_where_the_routine_says_so(void **unused)
{
    struct ctx ctx = test_ctx();
    assert_due(&ctx, HEAD "working_days: {eves: worked}\nobligations:\n" REPLY("received", "{n: 1, unit: working_day}"),
               "2026-12-23T10:00", "2026-12-24T23:59:59+01:00");
    ctx_end(&ctx);
}

/* Over 1970-2100: a later arrival never gives an earlier date, and no date falls on a free day. */
static void dates_are_monotonic_and_never_on_a_free_day(void **unused)
{
    static const char yaml[] =
        HEAD "obligations:\n"
             "  - {id: reply, who: handler, from: received, met_by: replied, within: {n: 10, unit: working_day}}\n"
             "  - {id: measures, who: handler, from: received, met_by: measures_logged, roll: true, within: {n: 10, "
             "unit: calendar_day}}\n";
    struct ctx outer = test_ctx();
    const struct routine *routine = load(&outer, yaml);
    int64_t before[2] = {INT64_MIN, INT64_MIN};
    for (struct utc_us t = at("1970-01-01T00:01"); t.v < at("2100-12-31").v; t.v += 31 * HOUR_US + 7 * MINUTE_US) {
        struct ctx ctx = test_ctx();
        struct facts facts = facts_begin();
        facts.at[EVENT_received] = t;
        struct promise *promises;
        size_t n;
        assert_int_equal(routine_promises(&ctx, routine, NULL, &facts, t, &promises, &n), OK);
        for (size_t i = 0; i < n; i++) {
            assert_true(promises[i].due.v >= before[i]);
            assert_true(day_is_working(NULL, utc_to_date(promises[i].due)));
            struct local_time end = utc_to_local(promises[i].due);
            assert_int_equal(end.hour * 10000 + end.minute * 100 + end.second, 235959);
            before[i] = promises[i].due.v;
        }
        ctx_end(&ctx);
    }
    ctx_end(&outer);
}

/* == States ======================================================================================================== */

static void a_promise_runs_and_is_met_or_missed(void **unused)
{
    struct ctx ctx = test_ctx();
    const struct routine *r = load(&ctx, OBLIGATIONS REPLY("registered", "{n: 2, unit: working_day}"));
    struct facts facts = received("2026-12-14T10:00");
    assert_int_equal(state_at(&ctx, r, &facts, "2026-12-14T10:00", "reply"), PROMISE_not_started);
    facts.at[EVENT_registered] = at("2026-12-15T10:00");
    assert_int_equal(state_at(&ctx, r, &facts, "2026-12-15T10:00", "reply"), PROMISE_running);
    assert_int_equal(state_at(&ctx, r, &facts, "2026-12-17T23:59:59.999", "reply"), PROMISE_running);
    assert_int_equal(state_at(&ctx, r, &facts, "2026-12-18T00:00", "reply"), PROMISE_missed);
    facts.at[EVENT_replied] = at("2026-12-17T23:59:59.5");
    assert_int_equal(state_at(&ctx, r, &facts, "2026-12-30T00:00", "reply"), PROMISE_met);
    facts.at[EVENT_replied] = at("2026-12-18T00:00");
    assert_int_equal(state_at(&ctx, r, &facts, "2026-12-30T00:00", "reply"), PROMISE_met_late);
    facts.at[EVENT_satisfied] = at("2026-12-15T10:01");
    assert_int_equal(state_at(&ctx, r, &facts, "2026-12-30T00:00", "reply"), PROMISE_met);
    assert_int_equal(promise_at(&ctx, r, &facts, "2026-12-30T00:00", "reply")->met_at.v, at("2026-12-15T10:01").v);
    ctx_end(&ctx);
}

static void hours_end_to_the_microsecond(void **unused)
{
    struct ctx ctx = test_ctx();
    const struct routine *r = load(&ctx, OBLIGATIONS REPLY("received", "{n: 24, unit: hour}"));
    struct facts facts = received("2026-12-14T10:00");
    facts.at[EVENT_replied] = at("2026-12-15T10:00");
    assert_int_equal(state_at(&ctx, r, &facts, "2026-12-30T00:00", "reply"), PROMISE_met);
    facts.at[EVENT_replied] = at("2026-12-15T10:00:00.000001");
    assert_int_equal(state_at(&ctx, r, &facts, "2026-12-30T00:00", "reply"), PROMISE_met_late);
    ctx_end(&ctx);
}

static void a_waiver_lets_a_promise_go_unless_it_was_met(void **unused)
{
    struct ctx ctx = test_ctx();
    const struct routine *r = load(&ctx, OBLIGATIONS REPLY("received", "{n: 2, unit: working_day}"));
    struct facts facts = received("2026-12-14T10:00");
    struct waiver waiver = {STR("reply"), at("2026-12-15T08:00")};
    facts.waivers = &waiver;
    facts.n_waivers = 1;
    assert_int_equal(state_at(&ctx, r, &facts, "2026-12-30T00:00", "reply"), PROMISE_waived);
    facts.at[EVENT_replied] = at("2026-12-15T09:00");
    assert_int_equal(state_at(&ctx, r, &facts, "2026-12-30T00:00", "reply"), PROMISE_met);
    ctx_end(&ctx);
}

static void conditions_decide_whether_a_promise_holds(void **unused)
{
    struct ctx ctx = test_ctx();
    static const char form[] =
        HEAD "exits: [{id: away, name: Bort, action: refer}]\nobligations:\n  - {id: reply, who: "
             "handler, from: received, met_by: replied, within: null, when: {%s}}\n";
    static const struct {
        const char *when;
        bool holds;
    } cases[] = {
        {"contact: known", false},
        {"contact: unknown", true},
        {"contact: any", true},
        {"reply: wanted", false},
        {"reply: declined", true},
        {"types: praise", true},
        {"types: [complaint]", false},
        {"channels: phone", true},
        {"channels: [web, email]", false},
        {"on_spot: yes", true},
        {"on_spot: no", false},
        {"exit: any", true},
        {"exit: away", false},
        {"types: praise, channels: web", false},
    };
    struct facts facts = received("2026-12-14T10:00");
    facts.type = TYPE_praise;
    facts.channel = CHANNEL_phone;
    facts.contact_known = facts.reply_wanted = false;
    facts.on_spot = true;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const struct routine *r = load(&ctx, str_fmt(ctx.arena, form, cases[i].when).p);
        bool holds = state_at(&ctx, r, &facts, "2026-12-14T10:00", "reply") != PROMISE_not_applicable;
        if (holds != cases[i].holds)
            fail_msg("when {%s}: %s", cases[i].when, holds ? "holds" : "does not hold");
    }
    facts.exit = STR("away");
    const struct routine *r = load(&ctx, str_fmt(ctx.arena, form, "types: praise").p);
    assert_int_equal(state_at(&ctx, r, &facts, "2026-12-14T10:00", "reply"), PROMISE_not_applicable);
    r = load(&ctx, str_fmt(ctx.arena, form, "exit: away").p);
    assert_int_equal(state_at(&ctx, r, &facts, "2026-12-14T10:00", "reply"), PROMISE_running);
    ctx_end(&ctx);
}

static void what_nobody_has_typed_yet_counts_as_a_complaint(void **unused)
{
    struct ctx ctx = test_ctx();
    const struct routine *r =
        load(&ctx, HEAD "obligations:\n  - {id: reply, who: handler, from: received, met_by: replied, "
                        "within: null, when: {types: complaint}}\n");
    struct facts facts = received("2026-12-14T10:00");
    facts.type = TYPE_unknown;
    assert_int_equal(state_at(&ctx, r, &facts, "2026-12-14T10:00", "reply"), PROMISE_running);
    ctx_end(&ctx);
}

static const char with_delay[] = OBLIGATIONS REPLY(
    "received", "{n: 2, unit: working_day}") "  - {id: delay_notice, who: handler, from: reply.due, met_by: "
                                             "delay_notified, within: {n: 0, unit: working_day}, "
                                             "when: {overdue: reply}}\n";

static void a_delay_notice_is_owed_only_when_the_reply_is_late(void **unused)
{
    struct ctx ctx = test_ctx();
    const struct routine *r = load(&ctx, with_delay);
    struct facts facts = received("2026-12-14T10:00");
    const struct promise *p = promise_at(&ctx, r, &facts, "2026-12-14T10:00", "delay_notice");
    assert_int_equal(p->state, PROMISE_not_started);
    assert_int_equal(p->due.v, at("2026-12-16T23:59:59").v);
    assert_int_equal(state_at(&ctx, r, &facts, "2026-12-17T00:00", "delay_notice"), PROMISE_missed);
    facts.at[EVENT_delay_notified] = at("2026-12-16T15:00");
    assert_int_equal(state_at(&ctx, r, &facts, "2026-12-17T00:00", "delay_notice"), PROMISE_met);
    facts.at[EVENT_delay_notified] = UTC_NONE;
    facts.at[EVENT_replied] = at("2026-12-16T16:00");
    assert_int_equal(state_at(&ctx, r, &facts, "2026-12-17T00:00", "delay_notice"), PROMISE_not_applicable);
    facts.at[EVENT_replied] = at("2026-12-18T16:00");
    assert_int_equal(state_at(&ctx, r, &facts, "2026-12-18T17:00", "delay_notice"), PROMISE_missed);
    ctx_end(&ctx);
}

static void the_next_promise_is_the_earliest_that_is_not_kept(void **unused)
{
    struct ctx ctx = test_ctx();
    const struct routine *r = load(
        &ctx, OBLIGATIONS REPLY("received",
                                "{n: 10, unit: working_day}") "  - {id: forward, who: handler, from: received, met_by: "
                                                              "forwarded, within: {n: 2, unit: working_day}}\n"
                                                              "  - {id: registration, who: registrar, from: received, "
                                                              "met_by: registered, within: null}\n");
    struct facts facts = received("2026-12-14T10:00");
    struct promise *promises;
    size_t n;
    assert_int_equal(routine_promises(&ctx, r, NULL, &facts, at("2026-12-20"), &promises, &n), OK);
    assert_true(str_eq(promise_next(promises, n)->obligation->id, STR("forward")));
    facts.at[EVENT_forwarded] = at("2026-12-15");
    assert_int_equal(routine_promises(&ctx, r, NULL, &facts, at("2026-12-20"), &promises, &n), OK);
    assert_true(str_eq(promise_next(promises, n)->obligation->id, STR("reply")));
    facts.at[EVENT_replied] = at("2026-12-15");
    assert_int_equal(routine_promises(&ctx, r, NULL, &facts, at("2026-12-20"), &promises, &n), OK);
    assert_null(promise_next(promises, n));
    ctx_end(&ctx);
}

/* == Gates ========================================================================================================= */

static const char with_gates[] = OBLIGATIONS REPLY(
    "received", "{n: 10, unit: calendar_day}") "  - {id: cooling_off, who: handler, from: reply.due, met_by: "
                                               "draft_shared, within: {n: -24, unit: hour}}\n"
                                               "gates:\n"
                                               "  - {id: consultation, step: reply, needs: consulted}\n"
                                               "  - {id: cooling_off, step: reply, needs: draft_shared, hours: 24, "
                                               "may_skip: true, when: {on_spot: no}}\n";

static void a_reply_waits_a_day_and_a_night_after_the_draft_was_shared(void **unused)
{
    struct ctx ctx = test_ctx();
    const struct routine *r = load(&ctx, with_gates);
    struct facts facts = received("2026-12-14T10:00");
    struct gate_state *gates;
    size_t n;
    routine_gates(&ctx, r, GATE_reply, &facts, at("2026-12-15"), &gates, &n);
    assert_int_equal(n, 2);
    assert_true(utc_is_none(gates[1].opens_at) && !gates[1].is_open && !gates_are_open(gates, n));
    facts.at[EVENT_consulted] = at("2026-12-15T09:00");
    facts.at[EVENT_draft_shared] = at("2026-12-15T13:00");
    routine_gates(&ctx, r, GATE_reply, &facts, at("2026-12-16T12:59:59"), &gates, &n);
    assert_true(gates[0].is_open && !gates[1].is_open);
    assert_int_equal(gates[1].opens_at.v, at("2026-12-16T13:00").v);
    routine_gates(&ctx, r, GATE_reply, &facts, at("2026-12-16T13:00"), &gates, &n);
    assert_true(gates_are_open(gates, n));
    ctx_end(&ctx);
}

static void a_gate_is_skipped_only_where_the_routine_allows_it(void **unused)
{
    struct ctx ctx = test_ctx();
    const struct routine *r = load(&ctx, with_gates);
    struct facts facts = received("2026-12-14T10:00");
    struct waiver waivers[] = {{STR("consultation"), at("2026-12-15")}, {STR("cooling_off"), at("2026-12-15")}};
    facts.waivers = waivers;
    facts.n_waivers = 2;
    struct gate_state *gates;
    size_t n;
    routine_gates(&ctx, r, GATE_reply, &facts, at("2026-12-15"), &gates, &n);
    assert_true(!gates[0].is_open && gates[1].is_open && gates[1].is_waived);
    assert_int_equal(state_at(&ctx, r, &facts, "2026-12-30", "cooling_off"), PROMISE_waived);
    facts.on_spot = true;
    routine_gates(&ctx, r, GATE_reply, &facts, at("2026-12-15"), &gates, &n);
    assert_int_equal(n, 1);
    routine_gates(&ctx, r, GATE_close, &facts, at("2026-12-15"), &gates, &n);
    assert_true(n == 0 && gates_are_open(gates, n));
    ctx_end(&ctx);
}

static void the_last_moment_to_share_a_draft_is_a_day_before_the_reply_is_due(void **unused)
{
    struct ctx ctx = test_ctx();
    const struct routine *r = load(&ctx, with_gates);
    struct facts facts = received("2026-12-14T10:00");
    assert_int_equal(promise_at(&ctx, r, &facts, "2026-12-15", "reply")->fits_until.v, at("2026-12-23T23:59:59").v);
    assert_int_equal(promise_at(&ctx, r, &facts, "2026-12-15", "cooling_off")->due.v, at("2026-12-23T23:59:59").v);
    ctx_end(&ctx);
}

/* == Words ========================================================================================================= */

static struct str explained(struct ctx *ctx, const char *language, const char *yaml, const char *from)
{
    const struct routine *routine = load(ctx, yaml);
    struct facts facts = received(from);
    struct out out = out_init(ctx->arena, 100000);
    promise_explain(ctx, lang_find(str_from(language)), routine, promise_at(ctx, routine, &facts, from, "reply"),
                    day(from), &out);
    return out_take(&out);
}

static void an_explanation_names_start_skipped_days_and_the_end(void **unused)
{
    struct ctx ctx = test_ctx();
    static const char yaml[] = OBLIGATIONS REPLY("received", "{n: 2, unit: working_day}");
    assert_string_equal(
        explained(&ctx, "sv", yaml, "2026-12-23T10:00").p,
        "Räknas från att synpunkten kom in, onsdag 23 december. 2 arbetsdagar; den dag man räknar från är dag "
        "noll. Räknas inte: torsdag 24 december (julafton), fredag 25 december (juldagen), lördag 26 december "
        "(annandag jul), söndag 27 december. Senast tisdag 29 december.");
    struct str english = explained(&ctx, "en", yaml, "2026-12-23T10:00");
    assert_true(str_find(english, STR("Christmas Eve")) > 0);
    ctx_end(&ctx);
}

static void a_rolled_date_says_which_days_were_off(void **unused)
{
    struct ctx ctx = test_ctx();
    static const char yaml[] =
        HEAD "obligations:\n  - {id: reply, who: handler, from: received, met_by: replied, roll: true, "
             "clause: \"9\", within: {n: 10, unit: calendar_day}}\n";
    assert_string_equal(
        explained(&ctx, "sv", yaml, "2026-05-04T10:00").p,
        "Räknas från att synpunkten kom in, måndag 4 maj. 10 dagar, alla dagar räknade; den dag man räknar från "
        "är dag noll. Sista dagen är ledig (torsdag 14 maj (Kristi himmelsfärdsdag)), så nästa arbetsdag gäller. "
        "Senast fredag 15 maj. Källa: 9.");
    ctx_end(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_working_day_limit_ends_with_its_last_second),
        cmocka_unit_test(dates_hold_on_both_sides_of_each_clock_change),
        cmocka_unit_test(calendar_days_roll_only_where_the_routine_says_so),
        cmocka_unit_test(a_limit_of_no_days_is_the_same_day_or_the_next_working_day),
        cmocka_unit_test(each_skipped_day_is_told_with_its_name),
        cmocka_unit_test(local_closed_days_move_the_date_and_half_days_are_named),
        cmocka_unit_test(eves_are_worked_where_the_routine_says_so),
        cmocka_unit_test(dates_are_monotonic_and_never_on_a_free_day),
        cmocka_unit_test(a_promise_runs_and_is_met_or_missed),
        cmocka_unit_test(hours_end_to_the_microsecond),
        cmocka_unit_test(a_waiver_lets_a_promise_go_unless_it_was_met),
        cmocka_unit_test(conditions_decide_whether_a_promise_holds),
        cmocka_unit_test(what_nobody_has_typed_yet_counts_as_a_complaint),
        cmocka_unit_test(a_delay_notice_is_owed_only_when_the_reply_is_late),
        cmocka_unit_test(the_next_promise_is_the_earliest_that_is_not_kept),
        cmocka_unit_test(a_reply_waits_a_day_and_a_night_after_the_draft_was_shared),
        cmocka_unit_test(a_gate_is_skipped_only_where_the_routine_allows_it),
        cmocka_unit_test(the_last_moment_to_share_a_draft_is_a_day_before_the_reply_is_due),
        cmocka_unit_test(an_explanation_names_start_skipped_days_and_the_end),
        cmocka_unit_test(a_rolled_date_says_which_days_were_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
