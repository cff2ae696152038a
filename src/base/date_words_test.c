#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "arena.h"
#include "date_words.h"

static void assert_str(struct str got, const char *wanted)
{
    if (!str_eq(got, str_from(wanted)))
        fail_msg("\"%.*s\" instead of \"%s\"", STR_ARG(got), wanted);
}

static struct date day(int year, int month, int d)
{
    return date_from_civil((struct civil){year, month, d});
}

static void a_day_has_its_weekday_and_a_year_only_when_it_is_another(void **state)
{
    ARENA_SCOPE struct arena *a = arena_new(1 << 20);
    struct date today = day(2026, 12, 18);
    assert_str(when_day(a, &lang_sv, day(2026, 12, 29), today).words, "tisdag 29 december");
    assert_str(when_day(a, &lang_sv, day(2027, 1, 8), today).words, "fredag 8 januari 2027");
    assert_str(when_date(a, &lang_sv, day(2026, 12, 14), today).words, "14 december");
    assert_str(when_date(a, &lang_sv, day(2025, 5, 1), today).words, "1 maj 2025");
    assert_str(when_day(a, &lang_sv, day(2027, 1, 8), today).iso, "2027-01-08");
}

static void a_moment_is_local_time_with_a_space_that_does_not_break(void **state)
{
    ARENA_SCOPE struct arena *a = arena_new(1 << 20);
    struct date today = day(2026, 12, 18);
    struct when_text at = when_moment(a, &lang_sv, utc_from_local(day(2026, 12, 29), 10, 4, 30, 0), today);
    assert_str(at.words, "tisdag 29 december kl.\u00a010.04");
    assert_str(at.iso, "2026-12-29T10:04");
    /* 23.30 UTC in summer is half past one the next day. */
    struct utc_us late;
    assert_true(utc_parse(STR("2026-06-30T23:30:00Z"), &late));
    assert_str(when_moment(a, &lang_sv, late, today).words, "onsdag 1 juli kl.\u00a001.30");
}

static void english_has_its_own_words_and_marks(void **state)
{
    ARENA_SCOPE struct arena *a = arena_new(1 << 20);
    struct date today = day(2026, 12, 18);
    struct utc_us at = utc_from_local(day(2027, 3, 1), 9, 5, 0, 0);
    assert_str(when_moment(a, &lang_en, at, today).words, "Monday 1 March 2027 at\u00a009:05");
}

static void every_weekday_and_month_has_a_word(void **state)
{
    ARENA_SCOPE struct arena *a = arena_new(1 << 22);
    for (int month = 1; month <= 12; month++)
        for (int d = 1; d <= 7; d++) {
            struct str words = when_day(a, &lang_sv, day(2026, month, d), day(2026, 1, 1)).words;
            size_t n_digits = 0;
            for (size_t i = 0; i < words.n; i++)
                n_digits += words.p[i] >= '0' && words.p[i] <= '9';
            assert_int_equal(n_digits, 1); /* only the day's own number */
        }
}

static void never_has_no_words(void **state)
{
    ARENA_SCOPE struct arena *a = arena_new(1 << 20);
    assert_true(when_is_none(when_day(a, &lang_sv, DATE_NONE, day(2026, 1, 1))));
    assert_true(when_is_none(when_moment(a, &lang_sv, UTC_NONE, day(2026, 1, 1))));
    assert_true(when_is_none(when_time(a, &lang_sv, UTC_NONE)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_has_its_weekday_and_a_year_only_when_it_is_another),
        cmocka_unit_test(a_moment_is_local_time_with_a_space_that_does_not_break),
        cmocka_unit_test(english_has_its_own_words_and_marks),
        cmocka_unit_test(every_weekday_and_month_has_a_word),
        cmocka_unit_test(never_has_no_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
