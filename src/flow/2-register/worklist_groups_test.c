#include "testing.h"

#include "worklist_groups.h"

static struct ctx test_ctx(void)
{
    static const struct clock clock = {NULL};
    static struct random random;
    return ctx_begin(&clock, &random, 1 << 20);
}

/* Friday 18 December 2026, 10.00. */
static struct utc_us now(void)
{
    return utc_from_local(date_from_civil((struct civil){2026, 12, 18}), 10, 0, 0, 0);
}

static struct utc_us end_of(int year, int month, int day)
{
    return date_end(date_from_civil((struct civil){year, month, day}));
}

static struct worklist_group *groups_of(struct ctx *ctx, const struct utc_us *due, size_t n, size_t *ret_n)
{
    struct worklist_group *groups;
    assert_int_equal(worklist_groups(ctx, NULL, now(), due, n, &groups, ret_n), OK);
    return groups;
}

static void rows_stand_under_late_today_days_weeks_and_no_date(void **state)
{
    struct ctx ctx = test_ctx();
    const struct utc_us due[] = {end_of(2026, 12, 16), end_of(2026, 12, 17), end_of(2026, 12, 18),
                                 end_of(2026, 12, 21), end_of(2026, 12, 21), end_of(2027, 1, 7),
                                 end_of(2027, 1, 8),   end_of(2027, 1, 11),  UTC_NONE};
    size_t n;
    struct worklist_group *g = groups_of(&ctx, due, ARRAY_LEN(due), &n);
    assert_int_equal(n, 6);
    assert_int_equal(g[0].kind, GROUP_LATE);
    assert_int_equal(g[0].n, 2);
    assert_int_equal(g[1].kind, GROUP_TODAY);
    assert_int_equal(g[2].kind, GROUP_DAY);
    assert_int_equal(g[2].n, 2);
    assert_int_equal(g[3].kind, GROUP_WEEK);
    assert_int_equal(g[3].n, 2);
    assert_int_equal(g[3].week, 1);
    assert_int_equal(g[4].kind, GROUP_WEEK);
    assert_int_equal(g[4].week, 2);
    assert_int_equal(g[5].kind, GROUP_NO_DATE);
    assert_int_equal(g[5].at, 8);
    ctx_end(&ctx);
}

static void the_days_ahead_are_working_days_over_christmas(void **state)
{
    struct ctx ctx = test_ctx();
    /* 21, 22, 23, 28 and 29 December are the five next working days. */
    const struct utc_us due[] = {end_of(2026, 12, 29), end_of(2026, 12, 30)};
    size_t n;
    struct worklist_group *g = groups_of(&ctx, due, ARRAY_LEN(due), &n);
    assert_int_equal(n, 2);
    assert_int_equal(g[0].kind, GROUP_DAY);
    assert_int_equal(g[1].kind, GROUP_WEEK);
    assert_int_equal(g[1].week, 53);
    ctx_end(&ctx);
}

static void an_hour_that_has_passed_today_is_late(void **state)
{
    struct ctx ctx = test_ctx();
    const struct utc_us due[] = {utc_add(now(), -MINUTE_US), utc_add(now(), HOUR_US)};
    size_t n;
    struct worklist_group *g = groups_of(&ctx, due, ARRAY_LEN(due), &n);
    assert_int_equal(n, 2);
    assert_int_equal(g[0].kind, GROUP_LATE);
    assert_int_equal(g[1].kind, GROUP_TODAY);
    ctx_end(&ctx);
}

static void no_rows_have_no_groups(void **state)
{
    struct ctx ctx = test_ctx();
    size_t n = 1;
    groups_of(&ctx, NULL, 0, &n);
    assert_int_equal(n, 0);
    ctx_end(&ctx);
}

static void weeks_are_numbered_after_iso_8601(void **state)
{
    assert_int_equal(date_iso_week(date_from_civil((struct civil){2026, 1, 1})), 1);
    assert_int_equal(date_iso_week(date_from_civil((struct civil){2027, 1, 1})), 53);
    assert_int_equal(date_iso_week(date_from_civil((struct civil){2027, 1, 4})), 1);
    assert_int_equal(date_iso_week(date_from_civil((struct civil){2024, 12, 30})), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_stand_under_late_today_days_weeks_and_no_date),
        cmocka_unit_test(the_days_ahead_are_working_days_over_christmas),
        cmocka_unit_test(an_hour_that_has_passed_today_is_late),
        cmocka_unit_test(no_rows_have_no_groups),
        cmocka_unit_test(weeks_are_numbered_after_iso_8601),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
