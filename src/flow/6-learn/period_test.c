#include "testing.h"

#include "period.h"

static void expect(const char *code, const char *first, const char *last)
{
    struct period p;
    struct date a, b;
    assert_true(period_find(str_from(code), &p));
    assert_true(date_parse(str_from(first), &a) && date_parse(str_from(last), &b));
    if (p.first.days != a.days || p.last.days != b.days)
        fail_msg("%s is not %s to %s", code, first, last);
}

static void years_halves_thirds_and_quarters_begin_and_end_with_months(void **state)
{
    (void)state;
    expect("2026", "2026-01-01", "2026-12-31");
    expect("2026-h1", "2026-01-01", "2026-06-30");
    expect("2026-H2", "2026-07-01", "2026-12-31");
    expect("2026-T1", "2026-01-01", "2026-04-30");
    expect("2026-t2", "2026-05-01", "2026-08-31");
    expect("2026-t3", "2026-09-01", "2026-12-31");
    expect("2024-q1", "2024-01-01", "2024-03-31");
    expect("2026-Q4", "2026-10-01", "2026-12-31");
}

static void anything_else_is_refused(void **state)
{
    static const char *const wrong[] = {"",
                                        "26",
                                        "2026-",
                                        "2026-t",
                                        "2026-t4",
                                        "2026-h0",
                                        "2026-q5",
                                        "2026-t22",
                                        "2026t2",
                                        "2026-x1",
                                        "20a6",
                                        "-026",
                                        "0000",
                                        ("2026-\xc3\xa5"
                                         "1")};
    (void)state;
    struct period p;
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        if (period_find(str_from(wrong[i]), &p))
            fail_msg("\"%s\" is taken for a period", wrong[i]);
}

static void the_period_before_lies_in_the_year_before(void **state)
{
    static const struct clock clock;
    static struct random random;
    (void)state;
    struct ctx ctx = ctx_begin(&clock, &random, 1 << 20);
    struct date day;
    assert_true(date_parse(STR("2026-02-10"), &day));
    static const struct {
        enum period_kind kind;
        int n;
        const char *code;
    } rows[] = {{PERIOD_KIND_third, 0, "2026-t1"},
                {PERIOD_KIND_third, -1, "2025-t3"},
                {PERIOD_KIND_quarter, -4, "2025-q1"},
                {PERIOD_KIND_half, 1, "2026-h2"},
                {PERIOD_KIND_year, -3, "2023"}};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct period p = period_around(day, rows[i].kind, rows[i].n);
        assert_true(str_eq(period_code(ctx.arena, &p), str_from(rows[i].code)));
    }
    ctx_end(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_halves_thirds_and_quarters_begin_and_end_with_months),
        cmocka_unit_test(anything_else_is_refused),
        cmocka_unit_test(the_period_before_lies_in_the_year_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
