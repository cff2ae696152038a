#include "testing.h"

#include "promise_stats.h"

static struct stats_line line(int64_t kept, int64_t before, int64_t after, int64_t untold)
{
    return (struct stats_line){
        .code = STR("reply"), .kept = kept, .told_before = before, .told_after = after, .untold = untold};
}

static void expect(struct shown_number got, enum shown as, int64_t n)
{
    if (got.as != as || (got.n != n && as != SHOWN_few && as != SHOWN_not))
        fail_msg("shown as %d, %lld", (int)got.as, (long long)got.n);
}

static void large_numbers_are_shown_as_they_are(void **state)
{
    (void)state;
    struct stats_line l = line(488, 20, 0, 23);
    struct shown_line s = promise_stats_shown(&l);
    expect(s.total, SHOWN_exact, 531);
    expect(s.kept, SHOWN_exact, 488);
    expect(s.late, SHOWN_exact, 43);
    expect(s.told_before, SHOWN_exact, 20);
    expect(s.told_after, SHOWN_exact, 0);
    expect(s.untold, SHOWN_exact, 23);
    expect(s.share, SHOWN_exact, 91);
}

static void fewer_than_five_say_nothing_more(void **state)
{
    (void)state;
    struct stats_line l = line(3, 0, 0, 1);
    struct shown_line s = promise_stats_shown(&l);
    expect(s.total, SHOWN_few, 0);
    expect(s.kept, SHOWN_not, 0);
    expect(s.share, SHOWN_not, 0);
    l = line(0, 0, 0, 0);
    s = promise_stats_shown(&l);
    expect(s.total, SHOWN_exact, 0);
    expect(s.share, SHOWN_not, 0);
}

static void few_late_ones_cannot_be_worked_out(void **state)
{
    (void)state;
    for (int64_t late = 1; late < STATS_SMALL; late++) {
        struct stats_line l = line(100 - late, late, 0, 0);
        struct shown_line s = promise_stats_shown(&l);
        expect(s.total, SHOWN_exact, 100);
        expect(s.kept, SHOWN_at_least, 96);
        expect(s.late, SHOWN_few, 0);
        expect(s.share, SHOWN_at_least, 96);
        expect(s.told_before, SHOWN_not, 0);
    }
    struct stats_line none = line(100, 0, 0, 0);
    expect(promise_stats_shown(&none).kept, SHOWN_exact, 100);
}

static void few_kept_ones_neither(void **state)
{
    (void)state;
    struct stats_line l = line(2, 0, 0, 8);
    struct shown_line s = promise_stats_shown(&l);
    expect(s.kept, SHOWN_few, 0);
    expect(s.late, SHOWN_at_least, 6);
    expect(s.untold, SHOWN_not, 0);
    expect(s.share, SHOWN_not, 0);
}

static void one_small_kind_of_late_takes_another_with_it(void **state)
{
    (void)state;
    struct stats_line l = line(50, 3, 9, 7);
    struct shown_line s = promise_stats_shown(&l);
    expect(s.late, SHOWN_exact, 19);
    expect(s.told_before, SHOWN_not, 0);
    expect(s.untold, SHOWN_not, 0);
    expect(s.told_after, SHOWN_exact, 9);
    l = line(50, 3, 0, 7);
    s = promise_stats_shown(&l);
    expect(s.untold, SHOWN_not, 0);
    expect(s.told_after, SHOWN_exact, 0);
    l = line(50, 3, 2, 7);
    s = promise_stats_shown(&l);
    expect(s.untold, SHOWN_exact, 7);
}

static void small_lines_come_together_and_hide_in_the_next(void **state)
{
    (void)state;
    struct stats_line lines[] = {line(9, 0, 0, 0), line(2, 0, 0, 0), line(30, 0, 0, 0), line(1, 0, 0, 1)};
    assert_int_equal(stats_merge(lines, ARRAY_LEN(lines)), 2);
    assert_int_equal(stats_total(&lines[0]), 30);
    assert_true(lines[1].is_rest);
    assert_int_equal(stats_total(&lines[1]), 13); /* 4 alone would be small, and 9 goes with it */
    struct stats_line large[] = {line(9, 0, 0, 0), line(6, 0, 0, 0)};
    assert_int_equal(stats_merge(large, ARRAY_LEN(large)), 2);
    assert_false(large[1].is_rest);
    struct stats_line one[] = {line(2, 0, 0, 0)};
    assert_int_equal(stats_merge(one, 1), 1);
    assert_false(one[0].is_rest);
    assert_int_equal(stats_merge(one, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(large_numbers_are_shown_as_they_are),
        cmocka_unit_test(fewer_than_five_say_nothing_more),
        cmocka_unit_test(few_late_ones_cannot_be_worked_out),
        cmocka_unit_test(few_kept_ones_neither),
        cmocka_unit_test(one_small_kind_of_late_takes_another_with_it),
        cmocka_unit_test(small_lines_come_together_and_hide_in_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
