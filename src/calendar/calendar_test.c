#include "calendar.h"

#include <setjmp.h>

#include <cmocka.h>

#include "arena.h"

static struct date day(const char *text)
{
    struct date d;
    if (!date_parse(str_from(text), &d))
        fail_msg("\"%s\" is no day", text);
    return d;
}

static struct ctx test_ctx(void)
{
    static const struct clock clock = {NULL};
    static struct random random;
    return ctx_begin(&clock, &random, 1 << 24);
}

static struct date add(const struct day_rule *rule, struct date d, int64_t n)
{
    struct ctx ctx = test_ctx();
    struct date ret;
    assert_int_equal(workdays_add(&ctx, rule, d, n, &ret), OK);
    ctx_end(&ctx);
    return ret;
}

static void a_year_has_the_days_of_the_law_in_order(void **state)
{
    static const struct {
        const char *date, *name;
        enum feast_kind kind;
    } expected[] = {
        {"2026-01-01", "Nyårsdagen", FEAST_RED},
        {"2026-01-06", "Trettondedag jul", FEAST_RED},
        {"2026-04-03", "Långfredagen", FEAST_RED},
        {"2026-04-05", "Påskdagen", FEAST_RED},
        {"2026-04-06", "Annandag påsk", FEAST_RED},
        {"2026-05-01", "Första maj", FEAST_RED},
        {"2026-05-14", "Kristi himmelsfärdsdag", FEAST_RED},
        {"2026-05-24", "Pingstdagen", FEAST_RED},
        {"2026-06-06", "Nationaldagen", FEAST_RED},
        {"2026-06-19", "Midsommarafton", FEAST_EVE},
        {"2026-06-20", "Midsommardagen", FEAST_RED},
        {"2026-10-31", "Alla helgons dag", FEAST_RED},
        {"2026-12-24", "Julafton", FEAST_EVE},
        {"2026-12-25", "Juldagen", FEAST_RED},
        {"2026-12-26", "Annandag jul", FEAST_RED},
        {"2026-12-31", "Nyårsafton", FEAST_EVE},
    };
    struct feast_day days[FEAST_COUNT];
    size_t n = calendar_year(2026, days);
    assert_int_equal(n, ARRAY_LEN(expected));
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(days[i].date.days, day(expected[i].date).days);
        assert_true(str_eq(feast_name(days[i].feast), str_from(expected[i].name)));
        assert_int_equal(feast_kind(days[i].feast), expected[i].kind);
    }
}

static void the_national_day_took_the_place_of_whit_monday_in_2005(void **state)
{
    assert_int_equal(day_look(NULL, day("2004-05-31")).kind, DAY_RED);
    assert_int_equal(day_look(NULL, day("2005-05-16")).kind, DAY_WORKING);
    assert_int_equal(day_look(NULL, day("2003-06-06")).kind, DAY_WORKING);
    assert_int_equal(day_look(NULL, day("2005-06-06")).kind, DAY_RED);
}

static void two_feasts_may_share_a_day(void **state)
{
    struct feast_day days[FEAST_COUNT];
    size_t n = calendar_year(2008, days), on_first_of_may = 0;
    for (size_t i = 0; i < n; i++)
        on_first_of_may += days[i].date.days == day("2008-05-01").days;
    assert_int_equal(on_first_of_may, 2);
}

static void easter_is_right_at_its_extremes(void **state)
{
    const char *easter_days[] = {"1970-03-29", "1981-04-19", "2000-04-23", "2008-03-23", "2011-04-24",
                                 "2038-04-25", "2049-04-18", "2076-04-19", "2100-03-28", "1818-03-22"};
    for (size_t i = 0; i < ARRAY_LEN(easter_days); i++) {
        struct day_info info = day_look(NULL, day(easter_days[i]));
        assert_true(str_eq(info.name, STR("Påskdagen")));
    }
}

/* domain.md section 3, "Test vectors": 2, 5 and 10 working days, and 10 calendar days rolled forward. */
static void the_vectors_of_the_requirements_hold(void **state)
{
    static const struct {
        const char *from, *two, *five, *ten, *rolled;
    } vectors[] = {
        {"2026-03-27", "2026-03-31", "2026-04-07", "2026-04-14", "2026-04-07"},
        {"2026-05-04", "2026-05-06", "2026-05-11", "2026-05-19", "2026-05-15"},
        {"2026-06-12", "2026-06-16", "2026-06-22", "2026-06-29", "2026-06-22"},
        {"2026-06-18", "2026-06-23", "2026-06-26", "2026-07-03", "2026-06-29"},
        {"2026-12-18", "2026-12-22", "2026-12-29", "2027-01-08", "2026-12-28"},
        {"2026-12-23", "2026-12-29", "2027-01-05", "2027-01-13", "2027-01-04"},
        {"2027-01-05", "2027-01-08", "2027-01-13", "2027-01-20", "2027-01-15"},
    };
    struct ctx ctx = test_ctx();
    for (size_t i = 0; i < ARRAY_LEN(vectors); i++) {
        struct date from = day(vectors[i].from), rolled;
        assert_int_equal(add(NULL, from, 2).days, day(vectors[i].two).days);
        assert_int_equal(add(NULL, from, 5).days, day(vectors[i].five).days);
        assert_int_equal(add(NULL, from, 10).days, day(vectors[i].ten).days);
        assert_int_equal(workdays_roll(&ctx, NULL, date_add(from, 10), &rolled), OK);
        assert_int_equal(rolled.days, day(vectors[i].rolled).days);
    }
    ctx_end(&ctx);
    assert_int_equal(workdays_between(NULL, day("2024-12-31"), day("2025-12-31")), 249);
    assert_int_equal(workdays_between(NULL, day("2025-12-31"), day("2026-12-31")), 251);
    assert_int_equal(workdays_between(NULL, day("2026-12-31"), day("2027-12-31")), 253);
}

/* Both counts against walking day by day, from every 17th day of 1970-2100, with local days or without. */
static void check_counting(const struct day_rule *rule)
{
    int32_t last = day("2100-12-31").days;
    for (int32_t start = 0; start <= last; start += 17) {
        struct date from = {start}, walked = from, before = from;
        for (int n = 1; n <= 25; n++) {
            do
                walked = date_add(walked, 1);
            while (!day_is_working(rule, walked));
            struct date counted = add(rule, from, n);
            assert_int_equal(counted.days, walked.days);
            assert_true(counted.days > before.days);
            assert_int_equal(workdays_between(rule, from, counted), n);
            assert_int_equal(workdays_between(rule, counted, from), -n);
            before = counted;
        }
    }
}

static void counting_is_monotonic_and_never_ends_on_a_free_day(void **state)
{
    check_counting(NULL);
}

static void local_days_are_respected(void **state)
{
    struct local_day days[] = {
        {day("2027-01-07"), LOCAL_CLOSED, STR("Planeringsdag")},
        {day("2026-12-24"), LOCAL_CLOSED, STR("stängt")},
        {day("2026-04-02"), LOCAL_HALF, STR("Skärtorsdag")},
        {day("2026-12-21"), LOCAL_CLOSED, STR("först")},
        {day("2026-12-21"), LOCAL_HALF, STR("samma dag en gång till")},
    };
    struct day_rule rule = {.local = {days, local_days_sort(days, ARRAY_LEN(days))}};
    assert_int_equal(rule.local.n, 4);
    assert_int_equal(add(&rule, day("2026-12-18"), 1).days, day("2026-12-22").days);
    assert_int_equal(add(&rule, day("2026-12-18"), 10).days, day("2027-01-12").days);
    assert_int_equal(day_look(&rule, day("2026-04-02")).kind, DAY_HALF);
    assert_true(day_is_working(&rule, day("2026-04-02")));
    assert_int_equal(day_look(&rule, day("2026-12-24")).kind, DAY_EVE);
    assert_int_equal(workdays_between(&rule, day("2025-12-31"), day("2026-12-31")), 250);
    check_counting(&rule);
}

static void eves_may_be_worked(void **state)
{
    struct day_rule rule = {.eves_are_worked = true};
    assert_true(day_is_working(&rule, day("2026-12-24")));
    assert_false(day_is_working(&rule, day("2026-12-25")));
    assert_int_equal(workdays_between(&rule, day("2025-12-31"), day("2026-12-31")), 254);
    check_counting(&rule);
}

static void adding_a_and_then_b_is_adding_both(void **state)
{
    for (int32_t start = day("1970-01-01").days; start < day("2100-12-31").days; start += 601)
        for (int a = 0; a <= 700; a += 61)
            for (int b = 0; b <= 700; b += 53) {
                struct date from = {start};
                assert_int_equal(add(NULL, add(NULL, from, a), b).days, add(NULL, from, a + b).days);
                assert_int_equal(add(NULL, add(NULL, from, -a), -b).days, add(NULL, from, -a - b).days);
            }
}

static void going_back_returns_to_the_working_day_one_came_from(void **state)
{
    for (int32_t start = 0; start < day("2100-12-31").days; start += 37) {
        struct date from = {start};
        for (int n = 1; n <= 800; n += 79)
            if (day_is_working(NULL, from))
                assert_int_equal(add(NULL, add(NULL, from, n), -n).days, start);
    }
}

static void long_ways_take_whole_years_at_once(void **state)
{
    assert_int_equal(workdays_between(NULL, day("2000-12-31"), day("2026-12-31")),
                     workdays_between(NULL, day("2000-12-31"), day("2013-07-03")) +
                         workdays_between(NULL, day("2013-07-03"), day("2026-12-31")));
    struct date far = add(NULL, day("0001-01-01"), 2500000);
    assert_int_equal(workdays_between(NULL, day("0001-01-01"), far), 2500000);
    assert_int_equal(add(NULL, far, -2500000 + 1).days, add(NULL, day("0001-01-01"), 1).days);
}

static void counting_outside_the_years_1_to_9999_is_refused(void **state)
{
    struct ctx ctx = test_ctx();
    struct date ret = {7};
    assert_int_equal(workdays_add(&ctx, NULL, day("9999-12-30"), 5, &ret), ERR_INVALID);
    assert_int_equal(workdays_add(&ctx, NULL, day("0001-01-02"), -5, &ret), ERR_INVALID);
    assert_int_equal(workdays_add(&ctx, NULL, day("2026-01-02"), INT64_MAX, &ret), ERR_INVALID);
    assert_int_equal(workdays_add(&ctx, NULL, day("2026-01-02"), INT64_MIN, &ret), ERR_INVALID);
    assert_int_equal(workdays_roll(&ctx, NULL, day("9999-12-31"), &ret), ERR_INVALID);
    assert_int_equal(ret.days, 7);
    ctx_end(&ctx);
}

static void adding_nothing_stays_where_it_is(void **state)
{
    assert_int_equal(add(NULL, day("2026-12-25"), 0).days, day("2026-12-25").days);
    assert_int_equal(workdays_between(NULL, day("2026-12-25"), day("2026-12-25")), 0);
}

static void a_leap_day_is_a_day_like_others(void **state)
{
    assert_int_equal(add(NULL, day("2028-02-28"), 1).days, day("2028-02-29").days);
    assert_int_equal(add(NULL, day("2028-02-29"), 1).days, day("2028-03-01").days);
    assert_int_equal(add(NULL, day("2100-02-26"), 1).days, day("2100-03-01").days);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_year_has_the_days_of_the_law_in_order),
        cmocka_unit_test(the_national_day_took_the_place_of_whit_monday_in_2005),
        cmocka_unit_test(two_feasts_may_share_a_day),
        cmocka_unit_test(easter_is_right_at_its_extremes),
        cmocka_unit_test(the_vectors_of_the_requirements_hold),
        cmocka_unit_test(counting_is_monotonic_and_never_ends_on_a_free_day),
        cmocka_unit_test(local_days_are_respected),
        cmocka_unit_test(eves_may_be_worked),
        cmocka_unit_test(adding_a_and_then_b_is_adding_both),
        cmocka_unit_test(going_back_returns_to_the_working_day_one_came_from),
        cmocka_unit_test(long_ways_take_whole_years_at_once),
        cmocka_unit_test(counting_outside_the_years_1_to_9999_is_refused),
        cmocka_unit_test(adding_nothing_stays_where_it_is),
        cmocka_unit_test(a_leap_day_is_a_day_like_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
