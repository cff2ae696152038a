/* What becomes of what staff take in: every rule, channel, answer and file. */
#include "flow_testing.h"

#include "take_in.h"

static struct taking said(const char *channel)
{
    return (struct taking){.submission = {.channel = str_from(channel), .story = STR("Det var kallt.")},
                           .formalised = STR("yes"),
                           .write_self = STR("staff")};
}

static void put_right_on_the_spot_becomes_what_the_routine_says(void **state)
{
    static const enum taken_as expected[ON_SPOT_RULE_COUNT] = {
        [ON_SPOT_register] = TAKEN_case, [ON_SPOT_count] = TAKEN_on_spot, [ON_SPOT_leave_out] = TAKEN_left_out};
    for (enum on_spot_rule rule = 0; rule < ON_SPOT_RULE_COUNT; rule++) {
        struct routine routine = {.registration.on_spot = rule};
        struct taking t = said("visit");
        assert_int_equal(take_in_as(&routine, &t), TAKEN_case);
        t.is_tried = true;
        assert_int_equal(take_in_as(&routine, &t), TAKEN_case); /* the person is not satisfied */
        t.is_satisfied = true;
        assert_int_equal(take_in_as(&routine, &t), expected[rule]);
    }
}

static void what_is_written_always_becomes_a_case(void **state)
{
    static const struct attached paper = {.name = STR_INIT("brev.pdf")};
    for (enum on_spot_rule rule = 0; rule < ON_SPOT_RULE_COUNT; rule++)
        for (enum channel channel = 0; channel < CHANNEL_COUNT; channel++) {
            struct routine routine = {.registration.on_spot = rule};
            struct taking t = said("phone");
            t.submission.channel = channel_code(channel);
            t.formalised = STR("no");
            t.is_tried = t.is_satisfied = true;
            bool oral = channel == CHANNEL_phone || channel == CHANNEL_visit;
            assert_int_equal(take_in_as(&routine, &t), oral ? TAKEN_declined : TAKEN_case);
            t.submission.files = &paper;
            t.submission.n_files = 1;
            assert_int_equal(take_in_as(&routine, &t), TAKEN_case);
        }
}

static void who_writes_self_has_no_case_until_it_is_written(void **state)
{
    struct routine routine = {.registration.on_spot = ON_SPOT_register};
    struct taking t = said("visit");
    t.write_self = STR("form");
    assert_int_equal(take_in_as(&routine, &t), TAKEN_case); /* it was told as well */
    t.submission.story = STR("");
    assert_int_equal(take_in_as(&routine, &t), TAKEN_writes_self);
    t.write_self = STR("link");
    assert_int_equal(take_in_as(&routine, &t), TAKEN_writes_self);
    t.write_self = STR("staff");
    assert_int_equal(take_in_as(&routine, &t), TAKEN_case);
}

static void every_end_has_a_name_of_its_own(void **state)
{
    for (enum taken_as as = TAKEN_case; as <= TAKEN_left_out; as++) {
        enum taken_as found;
        assert_true(taken_as_find(taken_as_name(as), &found));
        assert_int_equal(found, as);
    }
    enum taken_as found;
    assert_false(taken_as_find(STR("nothing"), &found));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(put_right_on_the_spot_becomes_what_the_routine_says),
        cmocka_unit_test(what_is_written_always_becomes_a_case),
        cmocka_unit_test(who_writes_self_has_no_case_until_it_is_written),
        cmocka_unit_test(every_end_has_a_name_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
