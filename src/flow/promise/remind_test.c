#include "flow_testing.h"

#include "absence.h"
#include "db.h"
#include "handover.h"
#include "remind.h"
#include "remind_test_sql.h"

static struct user_id add_user(struct ctx *ctx, const char *login, enum role role, const char *unit)
{
    struct user_spec spec = {.login = str_from(login),
                             .name = str_from(login),
                             .title = STR(""),
                             .email = str_fmt(ctx->arena, "%s@ekhamn.example", login),
                             .phone = STR(""),
                             .language = STR("sv")};
    struct user_id user;
    assert_ok(ctx, town_add_user(ctx, &spec, &user));
    assert_ok(ctx, town_add_role(ctx, user, role, test_unit(ctx, unit)));
    return user;
}

static struct user_id amir(struct ctx *ctx)
{
    const struct town *town;
    assert_ok(ctx, town_get(ctx, &town));
    return town->staff[0].id;
}

/* A case of the streets whose reply karin owes. */
static struct receipt karins_case(struct ctx *ctx, struct user_id karin)
{
    struct receipt receipt = test_submit(ctx, "gator", "Gropen på Kvarngatan är djup.");
    ctx->who = amir(ctx);
    assert_ok(ctx, handover_ask(ctx, receipt.number, -1, &(struct handover_ask){.to = karin}));
    ctx->who = karin;
    assert_ok(ctx, handover_accept(ctx, receipt.number, -1));
    ctx->who = (struct user_id){0};
    return receipt;
}

/* The morning so many working days after the reply's date. */
static void morning_after(struct test_store *t, struct case_id id, int64_t days)
{
    struct ctx *ctx = &t->ctx;
    struct test_due_row reply;
    struct date day;
    bool more = true;
    assert_ok(ctx, test_due(ctx, id, STR("reply"), &reply));
    assert_ok(ctx, workdays_add(ctx, NULL, utc_to_date(reply.due), days, &day));
    struct out out = out_init(ctx->arena, /* max_bytes= */ 100);
    out_utc_local(&out, utc_from_local(day, 7, 5, 0, 0));
    test_clock(t, str_cz(ctx->arena, out_take(&out)));
    assert_ok(ctx, absence_refresh(ctx));
    for (struct remind_at at = {.code = STR_NONE}; more;)
        assert_ok(ctx, remind_some(ctx, day, &at, &more));
}

/* "0 karin responsible, 0 lena deputy": the reminders of the reply that are out. */
static struct str told(struct ctx *ctx, struct case_id id)
{
    const struct town *town;
    struct test_reminders_row *rows;
    size_t n;
    assert_ok(ctx, town_get(ctx, &town));
    assert_ok(ctx, test_reminders(ctx, id, STR("reply"), &rows, &n));
    struct out out = out_init(ctx->arena, /* max_bytes= */ 4096);
    for (size_t i = 0; i < n; i++)
        out_fmt(&out, "%s%lld %.*s %.*s", i ? ", " : "", (long long)rows[i].stage,
                STR_ARG(town_staff(town, rows[i].user)->login), STR_ARG(rows[i].part));
    return out_take(&out);
}

static void expect_told(struct ctx *ctx, struct case_id id, const char *expected)
{
    assert_string_equal(str_cz(ctx->arena, told(ctx, id)), expected);
}

static void the_owner_is_reminded_once_a_stage_and_from_the_third_day_the_level_above(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct user_id karin = add_user(ctx, "karin", ROLE_responsible_manager, "gator");
    add_user(ctx, "maria", ROLE_complaints_officer, "ekhamn");
    struct receipt receipt = karins_case(ctx, karin);
    morning_after(t, receipt.id, -3);
    expect_told(ctx, receipt.id, "");
    morning_after(t, receipt.id, 0);
    morning_after(t, receipt.id, 0);
    expect_told(ctx, receipt.id, "0 karin responsible");
    morning_after(t, receipt.id, 3);
    morning_after(t, receipt.id, 4);
    expect_told(ctx, receipt.id, "0 karin responsible, 3 amir above, 3 maria above, 3 karin responsible");
}

static void who_is_away_and_the_deputy_are_both_told(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct user_id karin = add_user(ctx, "karin", ROLE_responsible_manager, "gator");
    struct user_id lena = add_user(ctx, "lena", ROLE_employee, "gator");
    struct receipt receipt = karins_case(ctx, karin);
    ctx->who = karin;
    assert_ok(ctx, absence_add(ctx, &(struct absence_spec){karin, lena, utc_to_date(ctx_now(ctx)), DATE_NONE}));
    ctx->who = (struct user_id){0};
    morning_after(t, receipt.id, 0);
    expect_told(ctx, receipt.id, "0 lena deputy, 0 karin responsible");
}

static void an_owner_who_has_left_is_not_asked_the_nearest_manager_is(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct user_id karin = add_user(ctx, "karin", ROLE_responsible_manager, "gator");
    struct receipt receipt = karins_case(ctx, karin);
    TX_SCOPE struct tx tx;
    assert_ok(ctx, tx_begin(ctx, &tx));
    assert_ok(ctx, test_user_leaves(ctx, karin));
    assert_ok(ctx, town_touch(ctx));
    assert_ok(ctx, tx_commit(&tx));
    morning_after(t, receipt.id, 1);
    expect_told(ctx, receipt.id, "1 amir responsible");
}

static void what_waits_becomes_one_mail_each_without_a_word_of_the_case(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct user_id karin = add_user(ctx, "karin", ROLE_responsible_manager, "gator");
    struct receipt first = karins_case(ctx, karin), second = karins_case(ctx, karin);
    morning_after(t, first.id, 0);
    expect_told(ctx, second.id, "0 karin responsible");
    assert_ok(ctx, remind_digests(ctx));
    struct test_reminders_row *rows;
    size_t n;
    assert_ok(ctx, test_reminders(ctx, first.id, STR("reply"), &rows, &n));
    assert_int_equal(n, 1);
    assert_false(rows[0].waits);
    struct out out = out_init(ctx->arena, /* max_bytes= */ 10000);
    int64_t n_lines;
    assert_ok(ctx, remind_digest_text(ctx, ctx->lang, STR("https://ekhamn.example"), rows[0].notice, &out, &n_lines));
    struct str text = out_take(&out);
    assert_true(n_lines >= 2 && str_find(text, first.number) >= 0 && str_find(text, second.number) >= 0);
    assert_int_equal(str_find(text, STR("Gropen")), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FLOW_TEST(the_owner_is_reminded_once_a_stage_and_from_the_third_day_the_level_above),
        FLOW_TEST(who_is_away_and_the_deputy_are_both_told),
        FLOW_TEST(an_owner_who_has_left_is_not_asked_the_nearest_manager_is),
        FLOW_TEST(what_waits_becomes_one_mail_each_without_a_word_of_the_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
