/* When something written counts as come, how long that was ago, whose mail it is; and that it stays as it was written.
 */
#include "flow_testing.h"

#include "arrival.h"
#include "register.h"

static struct utc_us at(const char *text)
{
    struct utc_us moment;
    assert_true(utc_parse(str_from(text), &moment));
    return moment;
}

static struct date day(int year, int month, int day)
{
    return date_from_civil((struct civil){year, month, day});
}

static void assert_moment(struct date arrived, int minute, const char *now, const char *wanted)
{
    struct utc_us got = {7};
    assert_int_equal(arrival_moment(arrived, minute, at(now), &got), wanted != NULL);
    assert_int_equal(got.v, wanted ? at(wanted).v : 7);
}

static void it_came_on_its_day_and_never_after_now(void **state)
{
    const char *now = "2026-12-14T09:12:00+01:00";
    assert_moment(day(2026, 12, 14), -1, now, now);
    assert_moment(day(2026, 12, 11), -1, now, "2026-12-11T12:00:00+01:00");
    assert_moment(day(2026, 12, 11), 0, now, "2026-12-11T00:00:00+01:00");
    assert_moment(day(2026, 12, 14), 9 * 60 + 12, now, now);
    assert_moment(day(2026, 12, 14), 9 * 60 + 13, now, NULL);
    assert_moment(day(2026, 12, 15), -1, now, NULL);
    /* a second after midnight there it is a new day, though not yet in UTC */
    assert_moment(day(2026, 12, 15), -1, "2026-12-14T23:00:01Z", "2026-12-14T23:00:01Z");
    assert_moment(day(2026, 12, 15), -1, "2026-12-14T22:59:59Z", NULL);
    /* summer and winter time */
    assert_moment(day(2026, 3, 29), -1, "2026-03-30T08:00:00+02:00", "2026-03-29T12:00:00+02:00");
    assert_moment(day(2026, 3, 28), -1, "2026-03-30T08:00:00+02:00", "2026-03-28T12:00:00+01:00");
    assert_moment(day(2026, 10, 25), -1, "2026-10-26T08:00:00+01:00", "2026-10-25T12:00:00+01:00");
}

static void a_lag_counts_midnights_there(void **state)
{
    assert_int_equal(arrival_lag_days(at("2026-12-14T00:00:00+01:00"), at("2026-12-14T23:59:59+01:00")), 0);
    assert_int_equal(arrival_lag_days(at("2026-12-14T23:59:59+01:00"), at("2026-12-15T00:00:00+01:00")), 1);
    assert_int_equal(arrival_lag_days(at("2026-03-28T12:00:00+01:00"), at("2026-03-30T00:30:00+02:00")), 2);
    assert_int_equal(arrival_lag_days(at("2026-10-24T12:00:00+02:00"), at("2026-10-26T00:30:00+01:00")), 2);
    assert_int_equal(arrival_lag_days(at("2026-12-31T23:00:00+01:00"), at("2027-01-01T01:00:00+01:00")), 1);
    assert_int_equal(arrival_lag_days(at("2026-12-15T00:00:00+01:00"), at("2026-12-14T00:00:00+01:00")), 0);
}

static void only_whole_links_are_taken(void **state)
{
    static const char *const good[] = {"https://www.example.se/p/1?x=y#c", "https://x.se",
                                       "https://xn--rksmrgs-5wao1o.se/å"};
    static const char *const bad[] = {"",
                                      "http://x.se/",
                                      "https://",
                                      "https:///x.se",
                                      "https://localhost",
                                      "javascript:alert(1)",
                                      "https://x.se/a b",
                                      "https://x.se/\"onload=",
                                      "https://x.se/\n",
                                      "https://.se"};
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        assert_true(arrival_link_good(str_from(good[i])));
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(arrival_link_good(str_from(bad[i])));
}

static void a_mail_file_tells_its_sender(void **state)
{
    static const struct clock wall;
    static struct random chance;
    struct ctx ctx = ctx_begin(&wall, &chance, 1 << 20);
    static const char *const mails[][2] = {
        {"Received: by x\r\nFrom: Anna Berg <anna@example.se>\r\nTo: b@x.se\r\n\r\nHej", "anna@example.se"},
        {"FROM: anna@example.se\n\nHej", "anna@example.se"},
        {"From: =?utf-8?q?=C3=85sa?=\r\n  <asa@example.se>\r\n\r\n", "asa@example.se"},
        {"To: b@x.se\r\n\r\nFrom: evil@example.se\r\n", ""},
        {"To: b@x.se\r\n\r\n From: evil@example.se\r\n", ""},
        {"From: nobody\r\n\r\n", ""},
        {"From: <a@b.se\r\n\r\n", ""},
        {"", ""},
    };
    for (size_t i = 0; i < ARRAY_LEN(mails); i++)
        assert_string_equal(str_cz(ctx.arena, arrival_sender(&ctx, str_from(mails[i][0]))), mails[i][1]);
    ctx_end(&ctx);
}

static void how_it_came_is_sealed_and_comes_back(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct receipt r = test_submit(ctx, "gator", "Se brevet.");
    struct arrival in = {.arrived = day(2026, 12, 10),
                         .paper_form = true,
                         .link = STR("https://x.se/1"),
                         .organisation = STR("Vårdbolaget AB"),
                         .reference = STR("VB 7")};
    struct arrival out;
    assert_int_equal(arrival_of(ctx, r.id, &out), ERR_NOT_FOUND);
    {
        TX_SCOPE struct tx tx;
        assert_ok(ctx, tx_begin(ctx, &tx));
        assert_ok(ctx, arrival_add(ctx, r.id, &in));
        assert_ok(ctx, tx_commit(&tx));
    }
    assert_ok(ctx, arrival_of(ctx, r.id, &out));
    assert_int_equal(out.arrived.days, in.arrived.days);
    assert_true(out.paper_form && str_eq(out.organisation, in.organisation) && str_eq(out.reference, in.reference) &&
                str_eq(out.link, in.link) && str_is_empty(out.aside));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_came_on_its_day_and_never_after_now),
        cmocka_unit_test(a_lag_counts_midnights_there),
        cmocka_unit_test(only_whole_links_are_taken),
        cmocka_unit_test(a_mail_file_tells_its_sender),
        FLOW_TEST(how_it_came_is_sealed_and_comes_back),
    };
    return cmocka_run_group_tests_name("arrival", tests, NULL, NULL);
}
