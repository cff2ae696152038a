#include "testing.h"

#include "db_test_sql.h"
#include "schema.h"
#include "store_testing.h"

static struct user_id add_user(struct ctx *ctx, const char *login)
{
    struct t_user_add_row row;
    assert_ok(ctx, t_user_add(ctx, str_from(login), STR("Åsa"), STR_NONE, UTC_NONE, true, 0, &row));
    return row.id;
}

static void every_type_comes_back_as_it_was_given(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct t_user_add_row added;
    struct t_user_get_row got;
    struct utc_us at = {INT64_C(1780000000123456)};
    assert_ok(ctx, t_user_add(ctx, STR("asa"), STR("Åsa Öberg 😀 'x' \"y\""), STR(""), at, true, -7, &added));
    assert_ok(ctx, t_user_get(ctx, STR("asa"), &got));
    assert_int_equal(got.id.v, added.id.v);
    assert_true(str_eq(got.name, STR("Åsa Öberg 😀 'x' \"y\"")));
    assert_false(str_is_none(got.password)); /* empty is not none */
    assert_int_equal(got.password.n, 0);
    assert_int_equal(got.blocked.v, at.v);
    assert_true(got.active);
    assert_int_equal(got.failures, -7);
    const char bytes[] = {0, 1, (char)0xff, '\n', '\\', 0};
    struct t_routine_get_row routine;
    assert_ok(ctx, t_routine_add(ctx, STR("r"), (struct date){20000}, (struct str){bytes, sizeof bytes}));
    assert_ok(ctx, t_routine_get(ctx, STR("r"), &routine));
    assert_int_equal(routine.until.days, 20000);
    assert_int_equal(routine.body.n, sizeof bytes);
    assert_memory_equal(routine.body.p, bytes, sizeof bytes);
}

static void none_goes_in_and_comes_out_as_null(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct t_user_get_row got;
    struct t_routine_get_row routine;
    struct t_day_list_row *days;
    size_t n;
    add_user(ctx, "asa");
    assert_ok(ctx, t_user_get(ctx, STR("asa"), &got));
    assert_true(str_is_none(got.password));
    assert_true(utc_is_none(got.blocked));
    assert_ok(ctx, t_routine_add(ctx, STR("r"), DATE_NONE, STR("")));
    assert_ok(ctx, t_routine_get(ctx, STR("r"), &routine));
    assert_true(date_is_none(routine.until));
    assert_ok(ctx, t_day_add(ctx, (struct date){-1}, (struct unit_id){0}));
    assert_ok(ctx, t_day_list(ctx, &days, &n));
    assert_int_equal(n, 1);
    assert_int_equal(days[0].day.days, -1);
    assert_int_equal(days[0].unit.v, 0);
}

static void lists_keep_their_order_and_changes_are_counted(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct t_user_list_row *rows;
    size_t n;
    int64_t changed;
    assert_ok(ctx, t_user_list(ctx, 3, &rows, &n));
    assert_int_equal(n, 0);
    add_user(ctx, "b");
    add_user(ctx, "a");
    add_user(ctx, "c");
    assert_ok(ctx, t_user_list(ctx, 3, &rows, &n));
    assert_int_equal(n, 3);
    assert_true(str_eq(rows[0].login, STR("a")) && str_eq(rows[2].login, STR("c")));
    assert_ok(ctx, t_user_block(ctx, STR("b"), &changed));
    assert_int_equal(changed, 1);
    assert_ok(ctx, t_user_block(ctx, STR("b"), &changed));
    assert_int_equal(changed, 0);
}

static void failures_have_the_same_code_on_both_engines(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct t_user_add_row added;
    struct t_user_get_row got = {.failures = 42};
    struct t_user_by_role_row null;
    add_user(ctx, "asa");
    assert_int_equal(t_user_add(ctx, STR("asa"), STR("x"), STR_NONE, UTC_NONE, true, 0, &added), ERR_CONFLICT);
    assert_int_equal(t_user_get(ctx, STR("nobody"), &got), ERR_NOT_FOUND);
    assert_int_equal(got.failures, 42); /* untouched */
    assert_int_equal(t_user_by_role(ctx, &null), ERR_CORRUPT);
    assert_int_equal(t_user_get(ctx, STR("a\xff"), &got), ERR_INVALID);
    assert_int_equal(t_user_get(ctx, (struct str){"a\0b", 3}, &got), ERR_INVALID);
    assert_int_equal(t_day_add(ctx, (struct date){1}, (struct unit_id){999}), ERR_STORE); /* no such unit */
    assert_int_equal(t_user_add(ctx, STR("b"), STR("x"), STR_NONE, (struct utc_us){0}, true, 0, &added), ERR_STORE);
}

static enum err add_two(struct ctx *ctx, bool commit)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct t_user_add_row user;
    struct t_sealed_add_row sealed;
    TRY(t_user_add(ctx, STR("in-tx"), STR("x"), STR_NONE, UTC_NONE, true, 0, &user));
    TRY(t_sealed_add(ctx, (struct case_id){1}, STR("body"), &sealed));
    assert_true(db_in_tx(ctx));
    return commit ? tx_commit(&tx) : OK;
}

static void a_transaction_is_all_or_nothing_in_both_places(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct t_count_row count;
    assert_ok(ctx, add_two(ctx, /* commit= */ false));
    assert_false(db_in_tx(ctx));
    assert_ok(ctx, t_count(ctx, &count));
    assert_int_equal(count.users + count.sealed, 0);
    assert_ok(ctx, add_two(ctx, /* commit= */ true));
    assert_ok(ctx, t_count(ctx, &count));
    assert_int_equal(count.users, 1);
    assert_int_equal(count.sealed, 1);
}

static enum err outer(struct ctx *ctx, bool inner_commits)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(add_two(ctx, inner_commits));
    return tx_commit(&tx);
}

static void an_inner_transaction_joins_the_outer_one(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct t_count_row count;
    assert_int_equal(outer(ctx, /* inner_commits= */ false), ERR_STORE);
    assert_ok(ctx, t_count(ctx, &count));
    assert_int_equal(count.users, 0);
    assert_ok(ctx, outer(ctx, /* inner_commits= */ true));
    assert_ok(ctx, t_count(ctx, &count));
    assert_int_equal(count.users, 1);
}

static enum err swallow_conflict(struct ctx *ctx)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct t_user_add_row row;
    enum err err = t_user_add(ctx, STR("asa"), STR("x"), STR_NONE, UTC_NONE, true, 0, &row);
    assert_int_equal(err, ERR_CONFLICT);
    return tx_commit(&tx);
}

static void a_failed_statement_ends_its_transaction(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    add_user(ctx, "asa");
    assert_int_equal(swallow_conflict(ctx), ERR_STORE);
    assert_false(db_in_tx(ctx));
    add_user(ctx, "later");
}

static enum err read_twice(struct ctx *ctx, struct ctx *other, int64_t *ret_first, int64_t *ret_second)
{
    struct t_count_row count;
    TX_SCOPE struct tx tx;
    TRY(tx_begin_read(ctx, &tx));
    TRY(t_count(ctx, &count));
    *ret_first = count.users;
    add_user(other, "meanwhile");
    TRY(t_count(ctx, &count));
    *ret_second = count.users;
    return tx_commit(&tx);
}

static void a_read_transaction_hinders_no_writer(void **state)
{
    TEST_STORE(t);
    struct ctx other = test_ctx_begin(t);
    int64_t first, second;
    assert_ok(&t->ctx, read_twice(&t->ctx, &other, &first, &second));
    assert_int_equal(first, 0);
    assert_int_equal(second, db_engine(t->ctx.db) == DB_SQLITE ? 0 : 1); /* a snapshot only on SQLite */
    test_ctx_end(&other);
}

static void a_read_only_stretch_sees_one_moment(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct ctx other = test_ctx_begin(t);
    struct t_count_row first, second, third;
    TX_SCOPE struct tx tx;
    db_read_only(ctx, true);
    assert_ok(ctx, t_count(ctx, &first));
    add_user(&other, "meanwhile");
    assert_ok(ctx, t_count(ctx, &second));
    assert_true(db_read_only(ctx, false));
    add_user(ctx, "own"); /* the stretch has ended: writing is not hindered by an old snapshot */
    db_read_only(ctx, true);
    assert_ok(ctx, t_count(ctx, &third));
    assert_ok(ctx, tx_begin_read(ctx, &tx));
    assert_ok(ctx, t_count(ctx, &third));
    assert_ok(ctx, tx_commit(&tx));
    db_read_only(ctx, false);
    assert_int_equal(first.users, 0);
    assert_int_equal(second.users, db_engine(ctx->db) == DB_SQLITE ? 0 : 1);
    assert_int_equal(third.users, 2);
    test_ctx_end(&other);
}

static void the_journal_refuses_change_and_deletion(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    int64_t changed;
    assert_ok(ctx, t_event_add(ctx, (struct event_id){1}, (struct utc_us){1}));
    assert_int_equal(t_event_change(ctx, &changed), ERR_STORE);
    assert_true(str_find(ctx->error.detail, STR("append-only")) >= 0);
    assert_int_equal(t_event_delete(ctx, &changed), ERR_STORE);
}

static void ten_megabytes_go_in_and_out(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    size_t n = 10 << 20;
    char *bytes = arena_alloc(ctx->arena, n);
    for (size_t i = 0; i < n; i++)
        bytes[i] = (char)(i * 31 >> 3);
    struct t_sealed_add_row row;
    struct t_sealed_get_row got;
    assert_ok(ctx, t_sealed_add(ctx, (struct case_id){1}, (struct str){bytes, n}, &row));
    assert_ok(ctx, t_sealed_get(ctx, row.id, &got));
    assert_int_equal(got.body.n, n);
    assert_memory_equal(got.body.p, bytes, n);
}

static void a_lost_connection_is_made_anew(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct t_backend_end_row row;
    struct t_count_row count;
    TX_SCOPE struct tx tx;
    assert_ok(ctx, tx_begin(ctx, &tx));
    assert_int_equal(t_backend_end(ctx, &row), ERR_BUSY);
    tx_scope_end(&tx);
    add_user(ctx, "after");
    assert_ok(ctx, t_count(ctx, &count));
    assert_int_equal(count.users, 1);
}

/* Takes the 5 s that a writer is waited for. */
static void waiting_for_another_writer_ends_as_busy(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct ctx other = test_ctx_begin(t);
    TX_SCOPE struct tx tx, second;
    struct t_user_get_row got;
    int64_t changed;
    add_user(ctx, "asa");
    assert_ok(ctx, tx_begin(ctx, &tx));
    assert_ok(ctx, t_user_block(ctx, STR("asa"), &changed));
    if (db_engine(ctx->db) == DB_SQLITE) {
        second = (struct tx){0};
        assert_int_equal(tx_begin(&other, &second), ERR_BUSY);
    } else {
        assert_ok(&other, tx_begin(&other, &second));
        assert_int_equal(t_user_block(&other, STR("asa"), &changed), ERR_BUSY);
        tx_scope_end(&second);
    }
    assert_ok(&other, t_user_get(&other, STR("asa"), &got)); /* readers never wait */
    assert_true(got.active);
    assert_ok(ctx, tx_commit(&tx));
    assert_ok(&other, t_user_get(&other, STR("asa"), &got));
    assert_false(got.active);
    test_ctx_end(&other);
}

static void migrating_again_changes_nothing(void **state)
{
    TEST_STORE(t);
    assert_ok(&t->ctx, schema_migrate(&t->ctx));
    assert_int_equal(store_create(&t->ctx, &t->where, t->slug), ERR_CONFLICT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(every_type_comes_back_as_it_was_given),
        ON_BOTH_ENGINES(none_goes_in_and_comes_out_as_null),
        ON_BOTH_ENGINES(lists_keep_their_order_and_changes_are_counted),
        ON_BOTH_ENGINES(failures_have_the_same_code_on_both_engines),
        ON_BOTH_ENGINES(a_transaction_is_all_or_nothing_in_both_places),
        ON_BOTH_ENGINES(an_inner_transaction_joins_the_outer_one),
        ON_BOTH_ENGINES(a_failed_statement_ends_its_transaction),
        ON_BOTH_ENGINES(a_read_transaction_hinders_no_writer),
        ON_BOTH_ENGINES(a_read_only_stretch_sees_one_moment),
        ON_BOTH_ENGINES(the_journal_refuses_change_and_deletion),
        ON_BOTH_ENGINES(ten_megabytes_go_in_and_out),
        TEST_ON(a_lost_connection_is_made_anew, test_on_pg, "PostgreSQL"),
        ON_BOTH_ENGINES(waiting_for_another_writer_ends_as_busy),
        ON_BOTH_ENGINES(migrating_again_changes_nothing),
    };
    return cmocka_run_group_tests_name("db", tests, NULL, NULL);
}
