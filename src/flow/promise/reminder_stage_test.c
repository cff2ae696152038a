#include "testing.h"

#include "reminder_stage.h"

static struct date day(const char *text)
{
    struct date date;
    assert_true(date_parse(str_from(text), &date));
    return date;
}

static const struct reminder_rule usual = {.before = 2, .late = 1, .escalate = 3, .repeat = 5};

static struct reminder_stage stage_on(const struct reminder_rule *rule, const char *due, const char *today)
{
    static const struct clock clock;
    static struct random random;
    struct ctx ctx = ctx_begin(&clock, &random, 1 << 20);
    struct reminder_stage stage;
    assert_int_equal(reminder_stage(&ctx, rule, NULL, day(due), day(today), &stage), OK);
    ctx_end(&ctx);
    return stage;
}

static void expect(const char *due, const char *today, int64_t days, bool escalates)
{
    struct reminder_stage stage = stage_on(&usual, due, today);
    if (!stage.is_any || stage.days != days || stage.escalates != escalates)
        fail_msg("due %s, on %s: stage %lld%s%s", due, today, (long long)stage.days, stage.is_any ? "" : " (none)",
                 stage.escalates ? " and above" : "");
}

static void expect_none(const char *due, const char *today)
{
    assert_false(stage_on(&usual, due, today).is_any);
}

static void two_working_days_before_on_the_day_and_after(void **state)
{
    (void)state;
    expect_none("2026-11-12", "2026-11-09"); /* a Thursday; the Monday before */
    expect("2026-11-12", "2026-11-10", -2, false);
    expect("2026-11-12", "2026-11-11", -2, false);
    expect("2026-11-12", "2026-11-12", 0, false);
    expect("2026-11-12", "2026-11-13", 1, false);
    expect("2026-11-12", "2026-11-16", 1, false); /* over the weekend: the second working day after */
    expect("2026-11-12", "2026-11-17", 3, true);
    expect("2026-11-12", "2026-11-23", 3, true);
    expect("2026-11-12", "2026-11-24", 8, true);
    expect("2026-11-12", "2026-12-01", 13, true);
}

static void a_date_on_a_sunday_is_reminded_of_on_friday(void **state)
{
    (void)state;
    expect("2026-11-15", "2026-11-11", -2, false);
    expect("2026-11-15", "2026-11-13", 0, false);
    expect("2026-11-15", "2026-11-15", 0, false);
    expect("2026-11-15", "2026-11-16", 1, false);
}

static void christmas_lies_between(void **state)
{
    (void)state;
    /* 24 December is an eve, 25 and 26 red, 27 a Sunday: Monday 28 is the next working day after the 23rd. */
    expect("2026-12-28", "2026-12-22", -2, false);
    expect_none("2026-12-28", "2026-12-21");
    expect("2026-12-23", "2026-12-23", 0, false);
    expect("2026-12-23", "2026-12-27", 0, false); /* no working day has passed */
    expect("2026-12-23", "2026-12-28", 1, false);
    expect("2026-12-23", "2026-12-30", 3, true);
}

static void a_routine_may_leave_stages_out(void **state)
{
    (void)state;
    static const struct reminder_rule none = {.before = 0}, once = {.escalate = 2};
    assert_false(stage_on(&none, "2026-11-12", "2026-11-11").is_any);
    assert_int_equal(stage_on(&none, "2026-11-12", "2026-12-11").days, 0);
    assert_int_equal(stage_on(&once, "2026-11-12", "2026-11-13").days, 0);
    assert_true(stage_on(&once, "2026-11-12", "2026-12-11").escalates);
    assert_int_equal(stage_on(&once, "2026-11-12", "2026-12-11").days, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_working_days_before_on_the_day_and_after),
        cmocka_unit_test(a_date_on_a_sunday_is_reminded_of_on_friday),
        cmocka_unit_test(christmas_lies_between),
        cmocka_unit_test(a_routine_may_leave_stages_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
