#include "testing.h"

#include "case_next.h"

/* Somebody with every right. */
static struct next_facts all_rights(enum case_status status)
{
    struct next_facts f = {.status = status, .wants_diary = true, .is_reply_owed = true};
    for (enum step step = 0; step < STEP_COUNT; step++)
        f.may[step] = step_is_staff(step) && step_may_start(step, status);
    return f;
}

static void a_new_case_is_first_entered_in_the_diary(void **state)
{
    struct next_facts f = all_rights(CASE_received);
    assert_int_equal(case_next(&f), NEXT_register);
}

static void where_no_diary_is_wanted_sorting_comes_first(void **state)
{
    struct next_facts f = all_rights(CASE_received);
    f.wants_diary = false;
    assert_int_equal(case_next(&f), NEXT_sort);
}

static void a_registered_case_is_sorted_and_then_handed_over(void **state)
{
    struct next_facts f = all_rights(CASE_registered);
    f.in_diary = true;
    assert_int_equal(case_next(&f), NEXT_sort);
    f.is_sorted = true;
    assert_int_equal(case_next(&f), NEXT_assign);
}

static void who_was_asked_takes_the_case_on_and_others_wait(void **state)
{
    struct next_facts f = all_rights(CASE_assigned);
    f.in_diary = f.is_sorted = f.is_waiting = f.is_asked = true;
    assert_int_equal(case_next(&f), NEXT_accept);
    f.is_asked = false;
    assert_int_equal(case_next(&f), NEXT_wait_accept);
    f.is_waiting = false; /* the answer was no: somebody else is asked */
    assert_int_equal(case_next(&f), NEXT_assign);
    f = all_rights(CASE_investigating);
    f.is_waiting = f.is_asked = f.has_owner = true;
    assert_int_equal(case_next(&f), NEXT_accept);
}

static void the_person_hears_from_us_before_the_reply_is_written(void **state)
{
    struct next_facts f = all_rights(CASE_investigating);
    f.in_diary = f.is_sorted = f.has_owner = f.is_owner = f.is_accepted = f.is_response_owed = true;
    assert_int_equal(case_next(&f), NEXT_respond);
    f.is_response_owed = false;
    assert_int_equal(case_next(&f), NEXT_answer);
    f.has_draft = true;
    assert_int_equal(case_next(&f), NEXT_finish_answer);
}

static void what_did_not_reach_the_person_comes_before_everything(void **state)
{
    for (enum case_status status = CASE_received; status <= CASE_closed; status++) {
        struct next_facts f = all_rights(status);
        f.has_failed = f.has_letter = true;
        assert_int_equal(case_next(&f), NEXT_another_way);
        f.has_failed = false;
        assert_int_equal(case_next(&f), NEXT_post_letter);
        f.has_letter = false;
        f.has_call = true;
        assert_int_equal(case_next(&f), NEXT_make_call);
        f.has_call = false;
        f.has_sms = f.has_meeting = true;
        assert_int_equal(case_next(&f), NEXT_send_sms);
        f.has_sms = false;
        assert_int_equal(case_next(&f), NEXT_meet);
    }
}

static void what_was_put_right_on_the_spot_is_entered_sorted_and_closed(void **state)
{
    struct next_facts f = all_rights(CASE_received);
    f.is_resolved = true;
    f.is_reply_owed = false;
    f.may[STEP_close] = false; /* not before it is registered */
    assert_int_equal(case_next(&f), NEXT_register);
    f.status = CASE_registered;
    f.in_diary = true;
    assert_int_equal(case_next(&f), NEXT_sort);
    f.is_sorted = f.may[STEP_close] = f.closes_self = true;
    assert_int_equal(case_next(&f), NEXT_close);
    f.has_owner = true;
    f.is_resolved = false; /* opened again, and somebody has it */
    assert_int_equal(case_next(&f), NEXT_assign);
}

static void an_answered_case_is_sorted_if_it_is_not_and_closed(void **state)
{
    struct next_facts f = all_rights(CASE_replied);
    f.in_diary = f.has_owner = f.is_owner = f.is_accepted = true;
    f.is_reply_owed = false;
    assert_int_equal(case_next(&f), NEXT_sort);
    f.is_sorted = f.closes_self = true;
    assert_int_equal(case_next(&f), NEXT_close);
    f.closes_self = false; /* by the routine somebody else closes it */
    assert_int_equal(case_next(&f), NEXT_hand_in);
    f.was_handed_in = true;
    assert_int_equal(case_next(&f), NEXT_wait_close);
}

static void after_closing_a_promise_may_be_left(void **state)
{
    struct next_facts f = all_rights(CASE_closed);
    f.is_reply_owed = false;
    assert_int_equal(case_next(&f), NEXT_closed);
    f.has_open_promise = true;
    assert_int_equal(case_next(&f), NEXT_after_closing);
    f.is_follow_up_owed = true;
    assert_int_equal(case_next(&f), NEXT_follow_up);
    f.is_heard = true; /* the person waits for us: first of all */
    assert_int_equal(case_next(&f), NEXT_heard);
}

static void without_rights_one_only_waits(void **state)
{
    for (enum case_status status = CASE_received; status < CASE_STATUS_COUNT; status++) {
        struct next_facts f = {.status = status,
                               .wants_diary = true,
                               .is_reply_owed = true,
                               .has_failed = true,
                               .has_letter = true,
                               .has_open_promise = true};
        enum next_step step = case_next(&f);
        assert_true(step == NEXT_wait_other || step == NEXT_wait_accept || step == NEXT_closed || step == NEXT_exited);
    }
}

static void a_draft_is_shown_before_it_is_finished_and_a_planned_reply_is_left_alone(void **state)
{
    struct next_facts f = {.status = CASE_investigating,
                           .has_owner = true,
                           .is_reply_owed = true,
                           .wants_consult = true,
                           .may = {[STEP_reply] = true, [STEP_consult] = true}};
    assert_int_equal(case_next(&f), NEXT_answer); /* there is nothing to show yet */
    f.has_draft = true;
    assert_int_equal(case_next(&f), NEXT_share_draft);
    f.wants_consult = false;
    assert_int_equal(case_next(&f), NEXT_finish_answer);
    f.is_planned = true;
    assert_int_equal(case_next(&f), NEXT_reply_waits);
}

static void what_is_proposed_may_always_be_taken(void **state)
{
    /* Every right alone, in every state, under every combination of the other facts. */
    static const enum step taken_by[NEXT_STEP_COUNT] = {
        [NEXT_another_way] = STEP_redirect,  [NEXT_post_letter] = STEP_tick,     [NEXT_make_call] = STEP_tick,
        [NEXT_register] = STEP_register,     [NEXT_sort] = STEP_categorise,      [NEXT_assign] = STEP_assign,
        [NEXT_accept] = STEP_accept,         [NEXT_respond] = STEP_call,         [NEXT_answer] = STEP_reply,
        [NEXT_finish_answer] = STEP_reply,   [NEXT_close] = STEP_close,          [NEXT_after_closing] = STEP_keep,
        [NEXT_attach_copy] = STEP_exit_copy, [NEXT_exit_heard] = STEP_exit_look, [NEXT_exit_take] = STEP_exit_taken,
        [NEXT_exit_enter] = STEP_exit_taken, [NEXT_send_sms] = STEP_tick,        [NEXT_meet] = STEP_tick,
        [NEXT_keep_promise] = STEP_tick,     [NEXT_wait_person] = STEP_go_on,    [NEXT_share_draft] = STEP_consult,
        [NEXT_reply_waits] = STEP_reply,     [NEXT_hand_in] = STEP_close,        [NEXT_heard] = STEP_no_further,
        [NEXT_follow_up] = STEP_follow_up};
    for (enum case_status status = 0; status < CASE_STATUS_COUNT; status++)
        for (unsigned bits = 0; bits < 1u << 16; bits++)
            for (enum step only = 0; only < STEP_COUNT; only++) {
                struct next_facts f = {.status = status,
                                       .has_owner = bits & 1,
                                       .is_owner = bits & 2,
                                       .in_diary = bits & 4,
                                       .wants_diary = bits & 8,
                                       .is_sorted = bits & 16,
                                       .has_failed = bits & 32,
                                       .has_letter = (bits & 192) == 64,
                                       .has_call = (bits & 192) == 128,
                                       .has_sms = (bits & 192) == 192,
                                       .is_reply_owed = bits & 256,
                                       .is_response_owed = bits & 512,
                                       .has_draft = bits & 1024,
                                       .exit_heard = bits & 2048,
                                       .exit_untaken = bits & 4096,
                                       .exit_waits = bits & 8192,
                                       .exit_unentered = bits & 16384,
                                       .is_resolved = bits & 32768,
                                       .is_waiting = bits & 1,
                                       .wants_consult = bits & 4,
                                       .is_planned = bits & 8,
                                       .is_asked = bits & 2,
                                       .has_promised = bits & 64,
                                       .closes_self = bits & 512,
                                       .was_handed_in = bits & 1024,
                                       .is_heard = bits & 4,
                                       .is_follow_up_owed = bits & 8,
                                       .has_open_promise = bits & 16};
                f.may[only] = step_is_staff(only) && step_may_start(only, status);
                enum next_step next = case_next(&f);
                bool waits = next == NEXT_wait_other || next == NEXT_wait_accept || next == NEXT_closed ||
                             next == NEXT_exited || next == NEXT_exit_wait || next == NEXT_wait_close;
                bool later = (next == NEXT_register && f.may[STEP_register_later]) ||
                             (next == NEXT_assign && f.may[STEP_hand_over]) ||
                             (next == NEXT_accept && f.may[STEP_take_over]) ||
                             (next == NEXT_heard && f.may[STEP_reopen]);
                if (!waits && !later && !f.may[taken_by[next]])
                    fail_msg("in state %d the step %d is proposed, but may not be taken", (int)status, (int)next);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_case_is_first_entered_in_the_diary),
        cmocka_unit_test(where_no_diary_is_wanted_sorting_comes_first),
        cmocka_unit_test(a_registered_case_is_sorted_and_then_handed_over),
        cmocka_unit_test(who_was_asked_takes_the_case_on_and_others_wait),
        cmocka_unit_test(the_person_hears_from_us_before_the_reply_is_written),
        cmocka_unit_test(what_did_not_reach_the_person_comes_before_everything),
        cmocka_unit_test(what_was_put_right_on_the_spot_is_entered_sorted_and_closed),
        cmocka_unit_test(an_answered_case_is_sorted_if_it_is_not_and_closed),
        cmocka_unit_test(after_closing_a_promise_may_be_left),
        cmocka_unit_test(without_rights_one_only_waits),
        cmocka_unit_test(a_draft_is_shown_before_it_is_finished_and_a_planned_reply_is_left_alone),
        cmocka_unit_test(what_is_proposed_may_always_be_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
