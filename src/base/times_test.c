#include "times.h"

#include <setjmp.h>

#include <cmocka.h>

#include <fcntl.h>
#include <unistd.h>

#include "arena.h"

static struct utc_us at(const char *text)
{
    struct utc_us t;
    if (!utc_parse(str_from(text), &t))
        fail_msg("\"%s\" is refused", text);
    return t;
}

static struct date day(const char *text)
{
    struct date d;
    if (!date_parse(str_from(text), &d))
        fail_msg("\"%s\" is refused", text);
    return d;
}

#define assert_text(expected, writer, value)                                                                           \
    do {                                                                                                               \
        ARENA_SCOPE struct arena *arena_ = arena_new(1 << 16);                                                         \
        struct out out_ = out_init(arena_, 200);                                                                       \
        writer(&out_, (value));                                                                                        \
        assert_string_equal(str_cz(arena_, out_take(&out_)), (expected));                                              \
    } while (0)

static void days_and_civil_dates_are_each_others_inverse_over_all_years(void **state)
{
    int weekday = 1; /* 0001-01-01 is a Monday in the proleptic calendar */
    struct civil expected = {1, 1, 1};
    for (int32_t days = -719162; days <= 2932896; days++) {
        struct civil c = date_to_civil((struct date){days});
        assert_true(c.year == expected.year && c.month == expected.month && c.day == expected.day);
        assert_int_equal(date_from_civil(c).days, days);
        assert_int_equal(date_weekday((struct date){days}), weekday);
        weekday = weekday % 7 + 1;
        expected.day++;
        if (!civil_is_valid(expected)) {
            expected.day = 1;
            expected.month++;
        }
        if (expected.month == 13) {
            expected.month = 1;
            expected.year++;
        }
    }
    assert_int_equal(expected.year, 10000);
}

static void days_that_do_not_exist_are_refused(void **state)
{
    struct date d;
    const char *bad[] = {"2026-02-29",  "1900-02-29", "2026-13-01", "2026-00-01", "2026-04-31",
                         "2026-1-1",    "0000-01-01", "20260101",   "2026-01-0a", " 2026-01-01",
                         "2026-01-01 ", "",           "2026-01-32"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(date_parse(str_from(bad[i]), &d));
    assert_true(date_parse(STR("2028-02-29"), &d));
    assert_true(date_parse(STR("2000-02-29"), &d));
}

static void a_time_with_zone_is_the_same_moment_everywhere(void **state)
{
    struct utc_us t = at("2026-12-18T10:05:00+01:00");
    assert_int_equal(t.v, at("2026-12-18T09:05:00Z").v);
    assert_int_equal(t.v, at("2026-12-18 10:05:00").v);
    assert_int_equal(t.v, at("2026-12-18T10:05").v);
    assert_int_equal(t.v, at("2026-12-18t04:05:00-05:00").v);
    assert_int_equal(t.v + 250000, at("2026-12-18T09:05:00.25z").v);
    assert_int_equal(t.v + 123456, at("2026-12-18T09:05:00.123456789Z").v);
    assert_int_equal(at("1970-01-01T00:00:00Z").v, 0);
    assert_int_equal(at("2026-07-01").v, at("2026-06-30T22:00:00Z").v);
}

static void what_is_no_time_is_refused(void **state)
{
    const char *bad[] = {"",
                         "now",
                         "2026-12-18T",
                         "2026-12-18T10",
                         "2026-12-18T10:5",
                         "2026-12-18T24:00:00",
                         "2026-12-18T10:60:00",
                         "2026-12-18T10:05:60",
                         "2026-12-18T10:05:00.",
                         "2026-12-18T10:05:00,5",
                         "2026-12-18T10:05:00+1",
                         "2026-12-18T10:05:00+0100",
                         "2026-12-18T10:05:00+24:00",
                         "2026-12-18T10:05:00+01:60",
                         "2026-12-18T10:05:00Zz",
                         "2026-12-18T10:05:00 Z",
                         "2026-02-30T10:05:00Z",
                         "0001-01-01T00:00:00+05:00",
                         "9999-12-31T23:59:59-05:00",
                         "9999-12-31T23:30:00Z"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct utc_us t = {42};
        if (utc_parse(str_from(bad[i]), &t))
            fail_msg("\"%s\" is taken for a time", bad[i]);
        assert_int_equal(t.v, 42);
    }
}

static void an_item_of_23_50_belongs_to_that_day(void **state)
{
    assert_int_equal(utc_to_date(at("2026-06-17T23:50:00+02:00")).days, day("2026-06-17").days);
    assert_int_equal(utc_to_date(at("2026-06-17T21:59:59.999999Z")).days, day("2026-06-17").days);
    assert_int_equal(utc_to_date(at("2026-06-17T22:00:00Z")).days, day("2026-06-18").days);
    assert_int_equal(utc_to_date(at("2026-12-31T23:00:00Z")).days, day("2027-01-01").days);
}

static void the_day_ends_at_its_last_second_in_winter_and_in_summer(void **state)
{
    assert_text("2027-01-08T23:59:59+01:00", out_utc_local, date_end(day("2027-01-08")));
    assert_text("2027-01-08T22:59:59Z", out_utc, date_end(day("2027-01-08")));
    assert_text("2026-07-08T23:59:59+02:00", out_utc_local, date_end(day("2026-07-08")));
    assert_text("2026-07-08T00:00:00+02:00", out_utc_local, date_start(day("2026-07-08")));
    assert_text("9999-12-31T23:59:59+01:00", out_utc_local, date_end(day("9999-12-31")));
}

static void the_clock_goes_forward_in_spring(void **state)
{
    assert_text("2026-03-29T01:59:59+01:00", out_utc_local, at("2026-03-29T00:59:59Z"));
    assert_text("2026-03-29T03:00:00+02:00", out_utc_local, at("2026-03-29T01:00:00Z"));
    /* 02:30 was skipped: read with the offset before, it is 03:30 of the new time */
    assert_text("2026-03-29T03:30:00+02:00", out_utc_local, at("2026-03-29T02:30:00"));
    assert_int_equal(date_end(day("2026-03-29")).v - date_start(day("2026-03-29")).v, 23 * HOUR_US - SECOND_US);
}

static void the_hour_that_comes_twice_in_autumn_is_read_as_the_first(void **state)
{
    assert_text("2026-10-25T02:30:00+02:00", out_utc_local, at("2026-10-25T02:30:00"));
    assert_text("2026-10-25T02:30:00+01:00", out_utc_local, at("2026-10-25T02:30:00+01:00"));
    assert_int_equal(date_end(day("2026-10-25")).v - date_start(day("2026-10-25")).v, 25 * HOUR_US - SECOND_US);
}

static void sweden_had_no_summer_time_before_1980(void **state)
{
    assert_text("1979-07-01T12:00:00+01:00", out_utc_local, at("1979-07-01T11:00:00Z"));
    assert_text("1980-07-01T12:00:00+02:00", out_utc_local, at("1980-07-01T10:00:00Z"));
}

static void every_wall_clock_hour_of_1970_to_2100_comes_back(void **state)
{
    int32_t last = day("2100-12-31").days;
    for (int32_t d = 0; d <= last; d++) {
        for (int hour = 0; hour < 24; hour += 1) {
            struct utc_us t = utc_from_local((struct date){d}, hour, 1, 2, 3);
            struct local_time local = utc_to_local(t);
            bool skipped = local.hour != hour;
            assert_true(!skipped || (hour == 2 && local.hour == 3 && local.offset_min == 120));
            assert_int_equal(local.date.days, d);
            assert_int_equal(local.minute * 10000 + local.second * 100 + local.microsecond, 10203);
        }
    }
}

static void a_fraction_is_written_only_when_there_is_one(void **state)
{
    assert_text("2026-12-18T10:05:00.250000+01:00", out_utc_local, at("2026-12-18T10:05:00.25"));
    assert_text("2026-12-18T09:05:00Z", out_utc, at("2026-12-18T10:05:00.000"));
    assert_text("1969-12-31T23:59:59.999999Z", out_utc, ((struct utc_us){-1}));
}

static void years_long_ago_are_written_so_that_they_can_be_read_again(void **state)
{
    ARENA_SCOPE struct arena *arena = arena_new(1 << 20);
    for (int year = 2; year < 10000; year += 7) {
        struct utc_us t = utc_from_local(date_from_civil((struct civil){year, 7, 1}), 12, 34, 56, 0), back;
        struct out out = out_init(arena, 100);
        out_utc_local(&out, t);
        assert_true(utc_parse(out_take(&out), &back));
        assert_int_equal(back.v, t.v);
    }
}

static void the_clock_stands_still_where_a_file_says_so(void **state)
{
    char name[] = "/tmp/gava-clock-XXXXXX";
    int fd = mkstemp(name);
    assert_true(fd >= 0);
    struct clock clock = {name};
    struct str fault = STR_NONE;
    assert_false(clock_check(&clock, &fault));
    assert_true(fault.n > 0);
    assert_int_equal(write(fd, "2026-12-18T10:05:00+01:00\n", 26), 26);
    assert_true(clock_check(&clock, &fault));
    assert_int_equal(clock_now(&clock).v, at("2026-12-18T09:05:00Z").v);
    assert_int_equal(pwrite(fd, "2027", 4, 0), 4);
    assert_int_equal(clock_now(&clock).v, at("2027-12-18T09:05:00Z").v);
    close(fd);
    unlink(name);
    assert_false(clock_check(&clock, &fault));
    struct clock system = {NULL};
    assert_true(clock_check(&system, &fault));
    assert_true(clock_now(&system).v > at("2020-01-01").v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_and_civil_dates_are_each_others_inverse_over_all_years),
        cmocka_unit_test(days_that_do_not_exist_are_refused),
        cmocka_unit_test(a_time_with_zone_is_the_same_moment_everywhere),
        cmocka_unit_test(what_is_no_time_is_refused),
        cmocka_unit_test(an_item_of_23_50_belongs_to_that_day),
        cmocka_unit_test(the_day_ends_at_its_last_second_in_winter_and_in_summer),
        cmocka_unit_test(the_clock_goes_forward_in_spring),
        cmocka_unit_test(the_hour_that_comes_twice_in_autumn_is_read_as_the_first),
        cmocka_unit_test(sweden_had_no_summer_time_before_1980),
        cmocka_unit_test(every_wall_clock_hour_of_1970_to_2100_comes_back),
        cmocka_unit_test(a_fraction_is_written_only_when_there_is_one),
        cmocka_unit_test(years_long_ago_are_written_so_that_they_can_be_read_again),
        cmocka_unit_test(the_clock_stands_still_where_a_file_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
