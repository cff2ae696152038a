#include "testing.h"

#include "diary_rules.h"

static const struct clock clock_stands = {.standing = {1}};
static struct random chance;

static struct utc_us at(const char *text)
{
    struct utc_us t;
    assert_true(utc_parse(str_from(text), &t));
    return t;
}

/* A routine with a promise met by each of these events. */
static struct routine routine_of(enum register_kind where, const struct obligation *obligations, size_t n)
{
    return (struct routine){
        .registration = {.who = STR("registrar"), .where = where}, .obligations = obligations, .n_obligations = n};
}

static void a_case_waits_for_the_diary_from_its_arrival(void **state)
{
    struct routine routine = routine_of(REGISTER_diary, NULL, 0);
    struct facts facts = facts_begin();
    struct diary_facts f = {.is_case = true,
                            .received = {1000},
                            .registered = UTC_NONE,
                            .closed = UTC_NONE,
                            .diary_closed = UTC_NONE,
                            .facts = &facts};
    struct diary_waiting w = diary_waiting_of(&routine, &f);
    assert_int_equal(w.wait, DIARY_WAIT_register);
    assert_int_equal(w.since.v, 1000);
    assert_true(str_eq(w.by, STR("registrar")) && str_eq(w.see_to, STR("registrar")));
    f.in_diary = true;
    assert_int_equal(diary_waiting_of(&routine, &f).wait, DIARY_WAIT_none);
    f.in_diary = f.is_case = false;
    assert_int_equal(diary_waiting_of(&routine, &f).wait, DIARY_WAIT_none);
}

static void whom_the_routine_names_next_is_waited_for_until_it_is_sorted(void **state)
{
    struct routine routine = routine_of(REGISTER_diary, NULL, 0);
    routine.registration.then = STR("quality_unit");
    struct facts facts = facts_begin();
    struct diary_facts f = {.in_diary = true,
                            .is_case = true,
                            .received = {1000},
                            .registered = {2000},
                            .closed = UTC_NONE,
                            .diary_closed = UTC_NONE,
                            .facts = &facts};
    struct diary_waiting w = diary_waiting_of(&routine, &f);
    assert_int_equal(w.wait, DIARY_WAIT_file);
    assert_int_equal(w.since.v, 2000);
    assert_true(str_eq(w.by, STR("quality_unit")));
    facts.at[EVENT_categorised] = (struct utc_us){3000};
    assert_int_equal(diary_waiting_of(&routine, &f).wait, DIARY_WAIT_none);
}

static void what_is_no_case_is_entered_where_its_exit_says_so(void **state)
{
    struct routine routine = routine_of(REGISTER_diary, NULL, 0);
    struct facts facts = facts_begin();
    struct diary_facts f = {
        .received = {1000}, .registered = UTC_NONE, .closed = UTC_NONE, .diary_closed = UTC_NONE, .facts = &facts};
    facts.exit_registered = true;
    assert_int_equal(diary_waiting_of(&routine, &f).wait, DIARY_WAIT_register);
    f.in_diary = true;
    assert_int_equal(diary_waiting_of(&routine, &f).wait, DIARY_WAIT_none);
    f.in_diary = facts.exit_registered = false;
    assert_int_equal(diary_waiting_of(&routine, &f).wait, DIARY_WAIT_none);
}

static void a_reply_is_waited_for_only_where_the_routine_wants_it_in_the_diary(void **state)
{
    const struct obligation copy = {.met_by = EVENT_BIT(EVENT_copy_registered)};
    struct routine asks = routine_of(REGISTER_diary, &copy, 1), does_not = routine_of(REGISTER_diary, NULL, 0);
    struct facts facts = facts_begin();
    facts.at[EVENT_replied] = (struct utc_us){5000};
    struct diary_facts f = {.in_diary = true,
                            .is_case = true,
                            .received = {1000},
                            .registered = {2000},
                            .closed = UTC_NONE,
                            .diary_closed = UTC_NONE,
                            .facts = &facts};
    assert_int_equal(diary_waiting_of(&asks, &f).wait, DIARY_WAIT_reply);
    assert_int_equal(diary_waiting_of(&asks, &f).since.v, 5000);
    assert_int_equal(diary_waiting_of(&does_not, &f).wait, DIARY_WAIT_none);
    assert_false(diary_may_close(&f));
    facts.at[EVENT_copy_registered] = (struct utc_us){6000};
    assert_int_equal(diary_waiting_of(&asks, &f).wait, DIARY_WAIT_none);
    assert_true(diary_may_close(&f));
}

static void the_diary_is_closed_after_the_case_and_opened_after_it(void **state)
{
    struct routine routine = routine_of(REGISTER_diary, NULL, 0),
                   elsewhere = routine_of(REGISTER_deidentified, NULL, 0);
    struct facts facts = facts_begin();
    struct diary_facts f = {.in_diary = true,
                            .is_case = true,
                            .is_closed = true,
                            .received = {1000},
                            .registered = {2000},
                            .closed = {7000},
                            .diary_closed = UTC_NONE,
                            .facts = &facts};
    assert_int_equal(diary_waiting_of(&routine, &f).wait, DIARY_WAIT_close);
    assert_int_equal(diary_waiting_of(&elsewhere, &f).wait, DIARY_WAIT_none);
    assert_true(diary_may_close(&f));
    f.diary_closed = (struct utc_us){8000};
    assert_int_equal(diary_waiting_of(&routine, &f).wait, DIARY_WAIT_none);
    assert_false(diary_may_close(&f));
    f.is_closed = false;
    f.closed = UTC_NONE;
    facts.at[EVENT_reopened] = (struct utc_us){9000};
    assert_int_equal(diary_waiting_of(&routine, &f).wait, DIARY_WAIT_open);
    assert_int_equal(diary_waiting_of(&routine, &f).since.v, 9000);
}

static void the_last_day_of_registering_is_the_routines_or_the_usual_one(void **state)
{
    struct ctx ctx = ctx_begin(&clock_stands, &chance, 1 << 20);
    struct utc_us friday = at("2026-12-18T23:50:00+01:00"), due;
    struct routine none = routine_of(REGISTER_diary, NULL, 0);
    assert_int_equal(diary_register_due(&ctx, &none, NULL, friday, 1, &due), OK);
    assert_int_equal(due.v, at("2026-12-21T23:59:59+01:00").v); /* the Monday, not the Saturday */
    struct obligation two = {.met_by = EVENT_BIT(EVENT_registered), .within = {{.line = 1}, 2, LIMIT_working_day}};
    struct routine own = routine_of(REGISTER_diary, &two, 1);
    assert_int_equal(diary_register_due(&ctx, &own, NULL, friday, 1, &due), OK);
    assert_int_equal(due.v, at("2026-12-22T23:59:59+01:00").v);
    two.within.unit = LIMIT_hour;
    assert_int_equal(diary_register_due(&ctx, &own, NULL, friday, 1, &due), OK);
    assert_int_equal(due.v, at("2026-12-19T01:50:00+01:00").v);
    two.within.unit = LIMIT_calendar_day;
    assert_int_equal(diary_register_due(&ctx, &own, NULL, friday, 1, &due), OK);
    assert_int_equal(due.v, at("2026-12-20T23:59:59+01:00").v);
    ctx_end(&ctx);
}

static void a_number_of_another_diary_fits_its_pattern_or_is_refused(void **state)
{
    const struct str pattern = STR("SN ####/#*");
    static const char *const good[] = {"SN 2026/1", "SN 2026/00190"};
    static const char *const bad[] = {"",           "SN 2026/",  "SN 2026",  "sn 2026/1", "SN 2026/1a",
                                      "SN 2026/1 ", "KS 2026/1", "SN 202/1", "SN 20266/1"};
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        assert_true(diary_number_fits(pattern, str_from(good[i])));
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(diary_number_fits(pattern, str_from(bad[i])));
    assert_true(diary_number_fits(STR("@@-#"), STR("ÄN-7")));
    assert_false(diary_number_fits(STR("@@-#"), STR("1N-7")));
    assert_true(diary_number_fits(STR(""), STR("Dnr 12/34:5")));
    assert_false(diary_number_fits(STR(""), STR(" x")));
    assert_false(diary_number_fits(STR(""), STR("x\ny")));
    assert_false(diary_number_fits(STR(""), STR("\xff")));
    assert_false(diary_number_fits(STR(""), STR("12345678901234567890123456789012345678901")));
}

static void a_register_row_that_points_somebody_out_is_noticed(void **state)
{
    static const char *const bad[] = {"Klagomål från 19121212-1212", "Ring 070-174 06 35",
                                      "asa@hem.example vill ha svar", "121212+1212", "Tel 0980 319 200"};
    static const char *const good[] = {"Kall mat på Solgläntan", "Besök 2026-12-14",      "Väg 45, km 12",
                                       "SN-2026-0042",           "Avdelning 3 B, rum 12", "Buss 4 @ torget"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_true(brief_points_out(str_from(bad[i])));
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        assert_false(brief_points_out(str_from(good[i])));
}

static void the_public_diary_shows_what_is_neither_hidden_nor_secret(void **state)
{
    struct public_row_rule open = public_row(STR("in"), false, false, false);
    assert_true(open.shown && open.party && open.brief);
    struct public_row_rule hidden = public_row(STR("out"), false, true, false);
    assert_true(hidden.shown && !hidden.party && hidden.brief);
    struct public_row_rule brief = public_row(STR("out"), false, false, true);
    assert_true(brief.shown && brief.party && !brief.brief);
    struct public_row_rule secret = public_row(STR("in"), true, false, false);
    assert_true(secret.shown && !secret.party && !secret.brief);
    assert_false(public_row(STR("internal"), false, false, false).shown);
}

static void parties_and_waits_have_their_words(void **state)
{
    const struct str *codes;
    size_t n = party_codes(&codes);
    assert_int_equal(n, 8);
    for (size_t i = 0; i < n; i++)
        assert_true(party_known(codes[i]));
    assert_false(party_known(STR("king")));
    assert_false(party_known(STR("")));
    enum diary_wait wait;
    assert_true(diary_wait_find_code(STR("close"), &wait) && wait == DIARY_WAIT_close);
    assert_false(diary_wait_find_code(STR(""), &wait));
    assert_false(diary_wait_find_code(STR("x"), &wait));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_case_waits_for_the_diary_from_its_arrival),
        cmocka_unit_test(whom_the_routine_names_next_is_waited_for_until_it_is_sorted),
        cmocka_unit_test(what_is_no_case_is_entered_where_its_exit_says_so),
        cmocka_unit_test(a_reply_is_waited_for_only_where_the_routine_wants_it_in_the_diary),
        cmocka_unit_test(the_diary_is_closed_after_the_case_and_opened_after_it),
        cmocka_unit_test(the_last_day_of_registering_is_the_routines_or_the_usual_one),
        cmocka_unit_test(a_number_of_another_diary_fits_its_pattern_or_is_refused),
        cmocka_unit_test(a_register_row_that_points_somebody_out_is_noticed),
        cmocka_unit_test(the_public_diary_shows_what_is_neither_hidden_nor_secret),
        cmocka_unit_test(parties_and_waits_have_their_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
