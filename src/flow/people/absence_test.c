#include "absence.h"

#include "absence_sql.h"
#include "change.h"
#include "db.h"
#include "flow_testing.h"
#include "note.h"

static struct user_id add_user(struct ctx *ctx, const char *login, enum role role, const char *unit)
{
    struct user_spec spec = {.login = str_from(login),
                             .name = str_from(login),
                             .title = STR(""),
                             .email = STR(""),
                             .phone = STR(""),
                             .language = STR("sv")};
    struct user_id user;
    assert_ok(ctx, town_add_user(ctx, &spec, &user));
    assert_ok(ctx, town_add_role(ctx, user, role, test_unit(ctx, unit)));
    return user;
}

static struct date day(int month, int number)
{
    return date_from_civil((struct civil){2026, month, number});
}

static int64_t stand_in_at(struct ctx *ctx, struct user_id who, int month, int number)
{
    struct user_id found;
    assert_ok(ctx, absence_stand_in(ctx, who, utc_from_local(day(month, number), 12, 0, 0, 0), &found));
    return found.v;
}

static void away(struct ctx *ctx, struct user_id user, struct user_id deputy, struct date first, struct date last)
{
    ctx->who = user;
    assert_ok(ctx, absence_add(ctx, &(struct absence_spec){user, deputy, first, last}));
}

static void a_deputy_acts_from_the_first_day_to_the_last(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct user_id karin = add_user(ctx, "karin", ROLE_handler, "gator");
    struct user_id lena = add_user(ctx, "lena", ROLE_employee, "gator");
    away(ctx, karin, lena, day(12, 21), day(12, 23));
    assert_int_equal(stand_in_at(ctx, karin, 12, 20), karin.v);
    assert_int_equal(stand_in_at(ctx, karin, 12, 21), lena.v);
    assert_int_equal(stand_in_at(ctx, karin, 12, 23), lena.v);
    assert_int_equal(stand_in_at(ctx, karin, 12, 24), karin.v);
    assert_int_equal(stand_in_at(ctx, lena, 12, 22), lena.v);
    struct away look;
    assert_ok(ctx, absence_look(ctx, karin, utc_from_local(day(12, 22), 0, 0, 0, 0), &look));
    assert_true(look.is_away && !look.has_left && look.until.days == day(12, 23).days && look.stand_in.v == lena.v);
}

static void a_deputy_who_is_away_passes_it_on_and_a_ring_ends_at_the_level_above(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    const struct town *town;
    assert_ok(ctx, town_get(ctx, &town));
    struct user_id amir = town->staff[0].id; /* manager of the unit above */
    struct user_id karin = add_user(ctx, "karin", ROLE_handler, "gator");
    struct user_id lena = add_user(ctx, "lena", ROLE_handler, "gator");
    struct user_id nora = add_user(ctx, "nora", ROLE_handler, "gator");
    away(ctx, karin, lena, day(12, 1), day(12, 31));
    away(ctx, lena, nora, day(12, 1), day(12, 31));
    assert_int_equal(stand_in_at(ctx, karin, 12, 22), nora.v);
    away(ctx, nora, karin, day(12, 10), DATE_NONE);
    assert_int_equal(stand_in_at(ctx, karin, 12, 9), nora.v);
    assert_int_equal(stand_in_at(ctx, karin, 12, 22), amir.v);
    assert_int_equal(stand_in_at(ctx, lena, 12, 22), amir.v);
}

static void a_standing_deputy_is_taken_when_none_is_named_and_for_who_has_left(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct user_id karin = add_user(ctx, "karin", ROLE_registrar, "ekhamn");
    struct user_id lena = add_user(ctx, "lena", ROLE_registrar, "ekhamn");
    struct user_id nora = add_user(ctx, "nora", ROLE_registrar, "ekhamn");
    ctx->who = karin;
    assert_ok(ctx, absence_set_standing(ctx, karin, lena));
    away(ctx, karin, (struct user_id){0}, day(12, 1), day(12, 2));
    away(ctx, karin, nora, day(12, 3), day(12, 4));
    assert_int_equal(stand_in_at(ctx, karin, 12, 1), lena.v);
    assert_int_equal(stand_in_at(ctx, karin, 12, 3), nora.v);
    assert_int_equal(stand_in_at(ctx, karin, 12, 5), karin.v);
}

static void who_may_enter_what(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct user_id karin = add_user(ctx, "karin", ROLE_handler, "gator");
    struct user_id lena = add_user(ctx, "lena", ROLE_handler, "gator");
    ctx->who = lena;
    struct absence_spec spec = {karin, lena, day(12, 1), day(12, 2)};
    assert_int_equal(absence_add(ctx, &spec), ERR_FORBIDDEN);
    const struct town *town;
    assert_ok(ctx, town_get(ctx, &town));
    ctx->who = town->staff[0].id; /* Amir, manager above */
    assert_ok(ctx, absence_add(ctx, &spec));
    spec.deputy = karin;
    assert_int_equal(absence_add(ctx, &spec), ERR_INVALID);
    spec = (struct absence_spec){karin, lena, day(12, 2), day(12, 1)};
    assert_int_equal(absence_add(ctx, &spec), ERR_INVALID);
}

static bool sees(struct ctx *ctx, struct user_id who, struct str number, struct open_case *ret)
{
    ctx->who = who;
    enum err err = case_read(ctx, number, ret);
    assert_true(err == OK || err == ERR_NOT_FOUND);
    return err == OK;
}

static void a_deputy_sees_and_may_what_the_absent_may_that_day_and_the_journal_tells(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct receipt r = test_submit(ctx, "gator", "Lampan är trasig.");
    struct user_id karin = add_user(ctx, "karin", ROLE_handler, "gator");
    struct user_id lena = add_user(ctx, "lena", ROLE_employee, "hemtjanst");
    struct open_case c;
    assert_true(sees(ctx, karin, r.number, &c));
    assert_false(sees(ctx, lena, r.number, &c));
    away(ctx, karin, lena, day(12, 14), day(12, 14));
    assert_true(sees(ctx, lena, r.number, &c));
    assert_true(case_may(&c, STEP_note) && case_acts_for(&c, STEP_note).v == karin.v);
    assert_false(case_may(&c, STEP_assign));
    assert_ok(ctx, note_add(ctx, r.number, STR("Jag ringer i dag.")));
    test_clock(t, "2026-12-15T07:00:00+01:00");
    TX_SCOPE struct tx tx;
    assert_ok(ctx, tx_begin(ctx, &tx));
    assert_ok(ctx, absence_refresh(ctx));
    assert_ok(ctx, tx_commit(&tx));
    assert_false(sees(ctx, lena, r.number, &c));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FLOW_TEST(a_deputy_acts_from_the_first_day_to_the_last),
        FLOW_TEST(a_deputy_who_is_away_passes_it_on_and_a_ring_ends_at_the_level_above),
        FLOW_TEST(a_standing_deputy_is_taken_when_none_is_named_and_for_who_has_left),
        FLOW_TEST(who_may_enter_what),
        FLOW_TEST(a_deputy_sees_and_may_what_the_absent_may_that_day_and_the_journal_tells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
