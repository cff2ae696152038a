/* Where municipalities lie, how their schema comes about, and what many processes at once do to each other. */
#include "testing.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "db_test_sql.h"
#include "schema.h"
#include "schema_sql.h"
#include "series.h"
#include "store_testing.h"

enum { PROCESSES = 4, NUMBERS_EACH = 40 };

/* Run fn in PROCESSES children, each with its own connection, all at once; every one must leave with 0. */
static void in_processes(struct test_store *t, int (*fn)(struct test_store *t, int which))
{
    pid_t pids[PROCESSES];
    for (int i = 0; i < PROCESSES; i++) {
        pids[i] = fork();
        assert_true(pids[i] >= 0);
        if (pids[i] == 0)
            _exit(fn(t, i));
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status;
        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
}

/* ---- numbers ---- */

static enum err take(struct ctx *ctx, bool keep, int64_t *ret)
{
    TX_SCOPE struct tx tx;
    struct t_user_add_row row;
    TRY(tx_begin(ctx, &tx));
    TRY(series_next(ctx, STR("case"), 2026, ret));
    TRY(t_user_add(ctx, str_fmt(ctx->arena, "%d", (int)*ret), STR(""), STR_NONE, UTC_NONE, true, 0, &row));
    return keep ? tx_commit(&tx) : OK; /* a login that exists already would be a number given twice */
}

static int take_many(struct test_store *t, int which)
{
    struct ctx ctx = test_ctx_begin(t);
    for (int i = 0; i < NUMBERS_EACH; i++) {
        int64_t number;
        if (take(&ctx, /* keep= */ true, &number) != OK || take(&ctx, /* keep= */ false, &number) != OK)
            return 1;
    }
    return 0;
}

static void four_processes_take_numbers_without_gaps_or_doubles(void **state)
{
    TEST_STORE(t);
    int64_t next;
    struct t_count_row count;
    in_processes(t, take_many);
    assert_ok(&t->ctx, t_count(&t->ctx, &count));
    assert_int_equal(count.users, PROCESSES * NUMBERS_EACH);
    assert_ok(&t->ctx, take(&t->ctx, /* keep= */ true, &next));
    assert_int_equal(next, PROCESSES * NUMBERS_EACH + 1);
}

/* ---- migrations ---- */

/* A place without a schema, on the same engine. */
static struct db *empty_store(struct test_store *t, const char *name)
{
    struct ctx *ctx = &t->ctx;
    struct db *db = NULL;
    if (t->where.url.n) {
        struct str slug = str_fmt(ctx->arena, "%.*s-%s", STR_ARG(t->slug), name);
        struct schemas_name_row row;
        assert_ok(ctx, db_open_pg(ctx, t->where.url, slug, &db));
        struct db *before = ctx->db;
        ctx->db = db;
        assert_ok(ctx, schemas_name(ctx, slug, &row));
        assert_ok(ctx, schemas_make(ctx));
        ctx->db = before;
        return db;
    }
    struct str dir = str_fmt(ctx->arena, "%s/%s", t->dir, name);
    mkdir(dir.p, 0700);
    assert_ok(ctx, db_open_sqlite(ctx, dir, &db));
    return db;
}

static void every_earlier_schema_is_brought_to_the_newest(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct db *own = ctx->db;
    for (const struct migration *m = schema_migrations; m->number; m++) {
        struct t_count_row count;
        ctx->db = empty_store(t, str_fmt(ctx->arena, "from-%d", m->number).p);
        assert_ok(ctx, schema_migrate_to(ctx, schema_migrations, m->number));
        assert_ok(ctx, schema_migrate(ctx));
        assert_ok(ctx, schema_migrate(ctx));
        assert_ok(ctx, t_count(ctx, &count));
        db_close(ctx->db);
    }
    ctx->db = own;
}

static void a_changed_migration_and_a_newer_store_are_refused(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    size_t n = 0;
    while (schema_migrations[n].number)
        n++;
    struct migration *list = ARENA_ARRAY(ctx->arena, struct migration, n + 1); /* and the end, which has number 0 */
    memcpy(list, schema_migrations, n * sizeof *list);
    list[0].sha256 = "another";
    assert_int_equal(schema_migrate_to(ctx, list, 9999), ERR_SETTING);
    assert_true(str_find(ctx->error.message, STR("differs")) >= 0);
    list[0] = schema_migrations[0];
    list[n - 1].number = 0; /* an older program that lacks the last */
    assert_int_equal(schema_migrate_to(ctx, list, 9999), ERR_SETTING);
    assert_true(str_find(ctx->error.message, STR("does not know")) >= 0);
}

static void a_migration_that_fails_leaves_nothing(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct db *own = ctx->db;
    struct migration list[] = {
        schema_migrations[0],
        {2, "broken", true, "x", "CREATE TABLE half (a INTEGER) STRICT; NONSENSE;",
         "CREATE TABLE half (a BIGINT); NONSENSE;"},
        {0, NULL, false, NULL, NULL, NULL},
    };
    ctx->db = empty_store(t, "broken");
    assert_int_equal(schema_migrate_to(ctx, list, 9999), ERR_STORE);
    assert_ok(ctx, schema_migrate(ctx)); /* the real second one: "half" is not in its way, nor is its row */
    db_close(ctx->db);
    ctx->db = own;
}

static int create(struct test_store *t, int which)
{
    struct ctx ctx = ctx_begin(&t->clock, &t->random, 64 << 20);
    enum err err = OK;
    if (t->where.url.n)
        err = db_open_pg(&ctx, t->where.url, t->slug, &ctx.db);
    else
        err = db_open_sqlite(&ctx, str_from(t->dir), &ctx.db);
    struct schemas_name_row row;
    if (err == OK)
        err = schemas_name(&ctx, t->slug, &row);
    if (err == OK)
        err = schema_migrate(&ctx);
    if (err != OK)
        fprintf(stderr, "%.*s: %.*s\n", STR_ARG(ctx.error.message), STR_ARG(ctx.error.detail));
    return err != OK;
}

static void several_processes_may_start_on_an_empty_store(void **state)
{
    TEST_STORE(t);
    struct db *empty = empty_store(t, "start");
    db_close(empty);
    struct test_store other = *t;
    other.slug = str_fmt(t->ctx.arena, "%.*s-start", STR_ARG(t->slug));
    snprintf(other.dir, sizeof other.dir, "%.200s/start", t->dir);
    in_processes(&other, create);
}

/* ---- lists and names ---- */

static void municipalities_are_listed_by_name(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct str *slugs, other = str_fmt(ctx->arena, "a-%.*s", STR_ARG(t->slug));
    struct db *db;
    size_t n, at = 0;
    assert_ok(ctx, store_create(ctx, &t->where, other));
    assert_ok(ctx, store_list(ctx, &t->where, &slugs, &n));
    for (size_t i = 0; i < n; i++) { /* PostgreSQL's cluster holds other tests' too */
        assert_true(i == 0 || str_cmp(slugs[i - 1], slugs[i]) < 0);
        at += str_eq(slugs[i], other) || str_eq(slugs[i], t->slug);
    }
    assert_int_equal(at, 2);
    assert_int_equal(store_open(ctx, &t->where, STR("nowhere"), &db), ERR_NOT_FOUND);
    assert_int_equal(store_create(ctx, &t->where, STR("../x")), ERR_INVALID);
    struct where nowhere = {.dir = STR("/nonexistent/gava")}, both = {.dir = STR("a"), .url = STR("b")};
    assert_ok(ctx, store_list(ctx, &nowhere, &slugs, &n));
    assert_int_equal(n, 0);
    assert_int_equal(store_list(ctx, &both, &slugs, &n), ERR_INVALID);
}

static void short_names_are_what_addresses_and_schemas_can_hold(void **state)
{
    static const char *const good[] = {"ekhamn", "a1", "upplands-vasby"};
    static const char *const bad[] = {"",
                                      "a",
                                      "Ekhamn",
                                      "ekhamn_vault",
                                      "1a",
                                      "a b",
                                      "a\"b",
                                      "keys",
                                      "public",
                                      "åmål",
                                      "a23456789012345678901234567890123456789012"};
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        assert_true(slug_is_good(str_from(good[i])));
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(slug_is_good(str_from(bad[i])));
}

static void files_are_the_owners_only(void **state)
{
    TEST_STORE(t);
    static const char *const files[] = {"", "/vault.db", "/register.db", "/vault.db-wal", "/register.db-wal"};
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct stat st;
        assert_int_equal(stat(str_fmt(t->ctx.arena, "%s/%.*s%s", t->dir, STR_ARG(t->slug), files[i]).p, &st), 0);
        assert_int_equal(st.st_mode & (S_IRWXG | S_IRWXO), 0);
    }
}

/* ---- bugs ---- */

/* Does fn end the process as a BUG does? */
static bool is_bug(struct test_store *t, void (*fn)(struct ctx *ctx))
{
    pid_t pid = fork();
    if (pid == 0) {
        struct ctx ctx = test_ctx_begin(t);
        if (freopen("/dev/null", "w", stderr) == NULL)
            _exit(1);
        signal(SIGABRT, SIG_DFL);
        fn(&ctx);
        _exit(0);
    }
    int status;
    waitpid(pid, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void ignore(enum err err) {}

static void write_something(struct ctx *ctx)
{
    int64_t changed;
    ignore(t_user_block(ctx, STR("x"), &changed));
}

static void write_read_only(struct ctx *ctx)
{
    db_read_only(ctx, true);
    write_something(ctx);
}

static void begin_read_only(struct ctx *ctx)
{
    struct tx tx;
    db_read_only(ctx, true);
    ignore(tx_begin(ctx, &tx));
}

static void write_while_reading(struct ctx *ctx)
{
    struct tx tx;
    ignore(tx_begin_read(ctx, &tx));
    write_something(ctx);
}

static void go_on_after_failure(struct ctx *ctx)
{
    struct tx tx;
    struct t_user_add_row row;
    ignore(tx_begin(ctx, &tx));
    ignore(t_user_add(ctx, STR("a"), STR(""), STR_NONE, (struct utc_us){0}, true, 0, &row)); /* 1970: refused */
    write_something(ctx);
}

static void read_too_much(struct ctx *ctx)
{
    struct t_user_add_row row;
    struct t_user_list_row *rows;
    size_t n;
    for (int i = 0; i < 4; i++)
        ignore(t_user_add(ctx, str_fmt(ctx->arena, "u%d", i), STR(""), STR_NONE, UTC_NONE, true, 0, &row));
    ignore(t_user_list(ctx, 4, &rows, &n)); /* declared :many(3) */
}

static void what_a_program_must_not_do_ends_it(void **state)
{
    TEST_STORE(t);
    assert_false(is_bug(t, write_something));
    assert_true(is_bug(t, write_read_only));
    assert_true(is_bug(t, begin_read_only));
    assert_true(is_bug(t, write_while_reading));
    assert_true(is_bug(t, go_on_after_failure));
    assert_true(is_bug(t, read_too_much));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(four_processes_take_numbers_without_gaps_or_doubles),
        ON_BOTH_ENGINES(every_earlier_schema_is_brought_to_the_newest),
        ON_BOTH_ENGINES(a_changed_migration_and_a_newer_store_are_refused),
        ON_BOTH_ENGINES(a_migration_that_fails_leaves_nothing),
        ON_BOTH_ENGINES(several_processes_may_start_on_an_empty_store),
        ON_BOTH_ENGINES(municipalities_are_listed_by_name),
        ON_BOTH_ENGINES(what_a_program_must_not_do_ends_it),
        TEST_ON(files_are_the_owners_only, test_on_sqlite, "SQLite"),
        cmocka_unit_test(short_names_are_what_addresses_and_schemas_can_hold),
    };
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
