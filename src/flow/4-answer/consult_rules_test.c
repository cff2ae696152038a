#include "testing.h"

#include "consult_rules.h"

static struct utc_us at(const char *time)
{
    struct utc_us t;
    assert_true(utc_parse(str_from(time), &t));
    return t;
}

/* Asked at one, 24 hours to think. */
static struct consult_person asked(const char *when)
{
    struct utc_us t = at(when);
    return (struct consult_person){.asked = t,
                                   .until = utc_add(t, 24 * HOUR_US),
                                   .has_draft = true,
                                   .heard = UTC_NONE,
                                   .said = UTC_NONE,
                                   .considered = UTC_NONE};
}

static void nobody_asked_is_nobody_consulted(void **state)
{
    struct consult_state s = consult_state(NULL, 0, 1, at("2026-12-14T13:00"));
    assert_true(utc_is_none(s.shared));
    assert_true(utc_is_none(s.consulted));
}

static void time_counts_from_the_last_one_asked(void **state)
{
    struct consult_person p[] = {asked("2026-12-14T13:00"), asked("2026-12-14T15:00")};
    struct consult_state s = consult_state(p, 2, 1, at("2026-12-14T16:00"));
    assert_int_equal(s.shared.v, at("2026-12-14T15:00").v);
    assert_int_equal(s.n_silent, 2);
    assert_int_equal(s.consulted.v, at("2026-12-15T15:00").v); /* lies ahead: by then they had the chance */
    assert_int_equal(consult_state(p, 2, 1, at("2026-12-15T14:00")).n_silent, 1);
}

static void at_least_so_many_must_be_asked(void **state)
{
    struct consult_person p[] = {asked("2026-12-14T13:00")};
    assert_true(utc_is_none(consult_state(p, 1, 2, at("2026-12-20T13:00")).consulted));
    assert_false(utc_is_none(consult_state(p, 1, 1, at("2026-12-20T13:00")).consulted));
}

static void nothing_to_add_is_heard_and_needs_no_tick(void **state)
{
    struct consult_person p[] = {asked("2026-12-14T13:00")};
    p[0].heard = at("2026-12-14T14:00");
    struct consult_state s = consult_state(p, 1, 1, at("2026-12-14T15:00"));
    assert_int_equal(s.consulted.v, p[0].heard.v);
    assert_int_equal(s.n_silent, 0);
    assert_int_equal(s.shared.v, p[0].asked.v); /* the time to think is another gate: it still runs */
}

static void words_must_be_considered_and_more_words_again(void **state)
{
    struct consult_person p[] = {asked("2026-12-14T13:00")};
    p[0].heard = p[0].said = at("2026-12-14T14:00");
    struct consult_state s = consult_state(p, 1, 1, at("2026-12-16T15:00"));
    assert_int_equal(s.n_unconsidered, 1);
    assert_true(utc_is_none(s.consulted)); /* though the time is out */
    p[0].considered = at("2026-12-14T15:00");
    s = consult_state(p, 1, 1, at("2026-12-16T15:00"));
    assert_int_equal(s.consulted.v, at("2026-12-14T15:00").v);
    p[0].said = at("2026-12-14T16:00");
    assert_int_equal(consult_state(p, 1, 1, at("2026-12-16T15:00")).n_unconsidered, 1);
}

static void a_talk_counts_as_heard_but_gives_no_draft(void **state)
{
    struct consult_person p[] = {asked("2026-12-14T13:00")};
    p[0].has_draft = false;
    p[0].until = UTC_NONE;
    p[0].heard = p[0].said = p[0].considered = at("2026-12-14T13:00");
    struct consult_state s = consult_state(p, 1, 1, at("2026-12-14T13:00"));
    assert_int_equal(s.consulted.v, at("2026-12-14T13:00").v);
    assert_true(utc_is_none(s.shared));
}

static void without_a_time_silence_never_counts(void **state)
{
    struct consult_person p[] = {asked("2026-12-14T13:00")};
    p[0].until = UTC_NONE;
    assert_true(utc_is_none(consult_state(p, 1, 1, at("2027-12-14T13:00")).consulted));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_asked_is_nobody_consulted),
        cmocka_unit_test(time_counts_from_the_last_one_asked),
        cmocka_unit_test(at_least_so_many_must_be_asked),
        cmocka_unit_test(nothing_to_add_is_heard_and_needs_no_tick),
        cmocka_unit_test(words_must_be_considered_and_more_words_again),
        cmocka_unit_test(a_talk_counts_as_heard_but_gives_no_draft),
        cmocka_unit_test(without_a_time_silence_never_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
