/* What tools/sqlc and tools/schemac take, and what they must refuse. argv: the two programs. */
#include "testing.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base.h"

extern char **environ;

struct programs {
    const char *sqlc, *schemac;
    char dir[200];
};

static void file_write(const struct programs *p, const char *name, const char *text)
{
    char path[300];
    snprintf(path, sizeof path, "%s/%s", p->dir, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

/* The file's text; static, until the next call. */
static const char *file_text(const struct programs *p, const char *name)
{
    static char text[64 * 1024];
    char path[300];
    snprintf(path, sizeof path, "%s/%s", p->dir, name);
    FILE *f = fopen(path, "r");
    size_t n = f ? fread(text, 1, sizeof text - 1, f) : 0;
    text[n] = 0;
    if (f)
        fclose(f);
    return text;
}

/* Exit status; what it said lies in the file "said". */
static int run(const struct programs *p, char *const argv[])
{
    char said[300];
    int status;
    pid_t pid;
    posix_spawn_file_actions_t actions;
    snprintf(said, sizeof said, "%s/said", p->dir);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 2, said, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_int_equal(posix_spawn(&pid, argv[0], &actions, NULL, argv, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static int run_sqlc(const struct programs *p, const char *text)
{
    char file[300];
    snprintf(file, sizeof file, "%s/x.sql", p->dir);
    file_write(p, "x.sql", text);
    return run(p, (char *const[]){(char *)(uintptr_t)p->sqlc, (char *)(uintptr_t) "--all", (char *)(uintptr_t) "all",
                                  (char *)(uintptr_t)p->dir, file, NULL});
}

static int run_schemac(const struct programs *p, const char *text)
{
    char file[300], out[300];
    snprintf(file, sizeof file, "%s/0001_x.sql", p->dir);
    snprintf(out, sizeof out, "%s/out.c", p->dir);
    file_write(p, "0001_x.sql", text);
    return run(p, (char *const[]){(char *)(uintptr_t)p->schemac, out, file, NULL});
}

struct refusal {
    const char *text, *says;
};

static void refuses(const struct programs *p, int (*tool)(const struct programs *, const char *), size_t n,
                    const struct refusal *cases)
{
    for (size_t i = 0; i < n; i++) {
        int status = tool(p, cases[i].text);
        if (status != 1 || strstr(file_text(p, "said"), cases[i].says) == NULL)
            fail_msg("case %zu: status %d, expected \"%s\", it said: %s", i, status, cases[i].says,
                     file_text(p, "said"));
    }
}

static void sqlc_refuses_what_cannot_be_meant(void **state)
{
    static const struct refusal cases[] = {
        {"-- name: a(x integer) :exec\n-- S.\nDELETE FROM t WHERE x = :x;\n",
         "x.sql:1: \"integer\" is not a type word"},
        {"-- name: a(x int) :exec\n-- S.\nDELETE FROM t WHERE x = :y;\n", "parameter :y is not declared"},
        {"-- name: a(x int, y int) :exec\n-- S.\nDELETE FROM t WHERE x = :x;\n", "parameter \"y\" is not used"},
        {"-- name: a(x int, x int) :exec\n-- S.\nDELETE FROM t WHERE x = :x;\n", "\"x\" stands there twice"},
        {"-- name: a(x int?) :exec\n-- S.\nDELETE FROM t WHERE x = :x;\n", "cannot be NULL"},
        {"-- name: a() :one (b bool?)\n-- S.\nSELECT b FROM t;\n", "cannot be NULL"},
        {"-- name: a() :exec\n-- S.\nDELETE FROM t;\n-- name: a() :exec\n-- S.\nDELETE FROM u;\n",
         "x.sql:4: \"a\" stands in"},
        {"-- name: a() :many (b int)\n-- S.\nSELECT b FROM t LIMIT 5;\n", "is not :exec, :changed, :one or :many(N)"},
        {"-- name: a() :many(0) (b int)\n-- S.\nSELECT b FROM t LIMIT 5;\n", "is not :exec"},
        {"-- name: a() :many(5) (b int)\n-- S.\nSELECT b FROM t;\n", ":many needs a LIMIT"},
        {"-- name: a() :one\n-- S.\nSELECT b FROM t;\n", "before \"\""},
        {"-- name: a() :exec (b int)\n-- S.\nDELETE FROM t;\n", "gives no columns"},
        {"-- name: a() :each\n-- S.\nDELETE FROM t;\n", "\":each\" is not"},
        {"-- name: a(x int) :exec\n-- S.\nDELETE FROM t WHERE @mine(x) AND :x;\n", "there is no fragment @mine"},
        {"-- fragment: mine(c)\nc.x = :x\n-- name: a(x int) :exec\n-- S.\nDELETE FROM t WHERE @mine(t, u);\n",
         "@mine takes (c)"},
        {"-- fragment: mine(c)\nc.x = :who\n-- name: a(x int) :exec\n-- S.\nDELETE FROM t WHERE @mine(t) AND :x;\n",
         "parameter :who is not declared"},
        {"-- fragment: f(c)\n@f(c)\n-- name: a() :exec\n-- S.\nDELETE FROM t WHERE @f(t);\n", "fragments deeper than"},
        {"-- name: a() :exec\nDELETE FROM t;\n", "a sentence that says what it does is missing"},
        {"-- name: a() :exec\n-- S.\nDELETE FROM t\n", "does not end with \";\""},
        {"-- name: a() :exec\n-- S.\nDELETE FROM t; DROP TABLE t;\n", "text after the end"},
        {"-- name: Big() :exec\n-- S.\nDELETE FROM t;\n", "cannot read"},
        {"-- nmae: a() :exec\nDELETE FROM t;\n", "is no directive here"},
        {"DELETE FROM t;\n", "text before the first"},
    };
    refuses(*state, run_sqlc, ARRAY_LEN(cases), cases);
}

static void has(const struct programs *p, const char *file, const char *text)
{
    if (strstr(file_text(p, file), text) == NULL)
        fail_msg("%s does not hold: %s\n%s", file, text, file_text(p, file));
}

static void sqlc_numbers_parameters_for_each_engine(void **state)
{
    const struct programs *p = *state;
    assert_int_equal(run_sqlc(p, "-- name: a(x int, who user_id?) :changed\n-- S.\n"
                                 "UPDATE t SET y = ':x', z = x::text -- :no\n WHERE x = :x AND w = :who AND v = :x;\n"),
                     0);
    has(p, "x_sql.c", ".sqlite = \"UPDATE t SET y = ':x', z = x::text WHERE x = ?1 AND w = ?2 AND v = ?1\"");
    has(p, "x_sql.c", ".pg = \"UPDATE t SET y = ':x', z = x::text WHERE x = $1 AND w = $2 AND v = $1\"");
    has(p, "x_sql.c", "{\"who\", SQL_ID, true, 0}");
    has(p, "x_sql.c", ".writes = true");
    has(p, "x_sql.h", "enum err a(struct ctx *ctx, int64_t x, struct user_id who, int64_t *ret_changed);");
    has(p, "all.c", "&sql_a,");
}

static void sqlc_puts_fragments_and_variants_in(void **state)
{
    const struct programs *p = *state;
    assert_int_equal(
        run_sqlc(p,
                 "-- fragment: seen(c)  who may see it\nEXISTS (SELECT 1 FROM r WHERE r.u = :viewer AND r.c = c.unit)\n"
                 "-- name: a(viewer user_id) :one (id case_id, at time_us?)\n-- S.\n-- plan: indexed\n"
                 "SELECT k.id, k.at FROM cases k WHERE @seen(k);\n"
                 "-- pg:\nSELECT k.id, k.at FROM cases k WHERE @seen(k) FOR UPDATE;\n"),
        0);
    has(p, "x_sql.c",
        ".sqlite = \"SELECT k.id, k.at FROM cases k WHERE EXISTS (SELECT 1 FROM r WHERE r.u = ?1 AND r.c = k.unit)\"");
    has(p, "x_sql.c", "r.u = $1 AND r.c = k.unit) FOR UPDATE\"");
    has(p, "x_sql.c", ".writes = false, .indexed = true");
    has(p, "x_sql.h", "struct a_row {\n    struct case_id id;\n    struct utc_us at;\n};");
}

static void sqlc_makes_a_struct_of_many_parameters(void **state)
{
    const struct programs *p = *state;
    assert_int_equal(
        run_sqlc(p, "-- name: a(b int, c int, d int, e int, f int,\n--     g int, h int, i int, j text) :exec\n"
                    "-- S.\nINSERT INTO t VALUES (:b, :c, :d, :e, :f, :g, :h, :i, :j);\n"),
        0);
    has(p, "x_sql.h", "enum err a(struct ctx *ctx, const struct a_in *in);");
    has(p, "x_sql.c", "{.s = in->j}");
}

static void sqlc_writes_only_what_changed(void **state)
{
    const struct programs *p = *state;
    char path[300];
    struct stat before, after;
    const char *text = "-- name: a() :exec\n-- S.\nDELETE FROM t;\n";
    snprintf(path, sizeof path, "%s/x_sql.c", p->dir);
    assert_int_equal(run_sqlc(p, text), 0);
    assert_int_equal(stat(path, &before), 0);
    assert_int_equal(run_sqlc(p, text), 0);
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
}

static void schemac_refuses_what_cannot_be_meant(void **state)
{
    static const struct refusal cases[] = {
        {"CREATE TABLE t (\n    id key\n);\n", "must come first"},
        {"-- in: cellar\n", "says register or vault"},
        {"-- in: vault\nCREATE TABLE t (\n    a integer -- x\n);\n", "0001_x.sql:3: \"integer\" is not a type word"},
        {"-- in: vault\nCREATE TABLE t (\n    a int\n);\n", "column t.a has no comment"},
        {"-- in: vault\nCREATE TABLE t (\n    a int -- x\n", "does not end"},
        {"-- in: vault\nCREATE TABLE t (a int);\n", "one column a line"},
        {"-- in: vault\nCREATE TABLE t (\n    EXCLUDE USING x\n);\n", "is no column and no constraint"},
        {"-- in: vault\nALTER TABLE t DROP COLUMN a;\n", "ADD COLUMN name type"},
        {"-- in: vault\nALTER TABLE t ADD COLUMN a int\n", "ADD COLUMN name type"},
        {"-- in: vault\nALTER TABLE t ADD COLUMN a integer; -- x\n", "\"integer\" is not a type word"},
        {"-- in: vault\nALTER TABLE t ADD COLUMN a int;\n", "column t.a has no comment"},
    };
    refuses(*state, run_schemac, ARRAY_LEN(cases), cases);
}

static void schemac_writes_one_schema_for_two_engines(void **state)
{
    const struct programs *p = *state;
    assert_int_equal(
        run_schemac(
            p, "-- in: register\n-- Things.\nCREATE TABLE t (\n    id key,\n    flag bool NOT NULL, -- it's on\n"
               "    at_us time_us -- when\n);\nCREATE UNIQUE INDEX t_at ON t (at_us);\n-- append-only: t\n"
               "CREATE TABLE u (\n    a int NOT NULL, -- x\n    b blob NOT NULL, -- y\n    PRIMARY KEY (a, b)\n);\n"),
        0);
    has(p, "out.c", "CREATE TABLE register.t (\\n");
    has(p, "out.c", "flag INTEGER NOT NULL CHECK (flag IN (0, 1)), -- it's on\\n");
    has(p, "out.c", "id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,\\n");
    has(p, "out.c", "at_us BIGINT CHECK (at_us > 0)\\n");
    has(p, "out.c", "COMMENT ON TABLE t IS 'Things.';");
    has(p, "out.c", "COMMENT ON COLUMN t.flag IS 'it''s on';");
    has(p, "out.c", "CREATE UNIQUE INDEX register.t_at ON t (at_us);");
    has(p, "out.c", "CREATE TRIGGER register.t_no_update BEFORE UPDATE ON t");
    has(p, "out.c", "BEFORE UPDATE OR DELETE OR TRUNCATE ON t");
    has(p, "out.c", ") STRICT, WITHOUT ROWID;");
}

static void schemac_adds_a_column(void **state)
{
    const struct programs *p = *state;
    assert_int_equal(
        run_schemac(p, "-- in: register\nALTER TABLE t ADD COLUMN on_spot bool NOT NULL DEFAULT false; -- at once\n"
                       "ALTER TABLE t ADD COLUMN at_us time_us; -- when\n"),
        0);
    has(p, "out.c",
        "ALTER TABLE register.t ADD COLUMN on_spot INTEGER NOT NULL DEFAULT false CHECK (on_spot IN (0, 1));");
    has(p, "out.c", "ALTER TABLE t ADD COLUMN on_spot BOOLEAN NOT NULL DEFAULT false;");
    has(p, "out.c", "ALTER TABLE t ADD COLUMN at_us BIGINT CHECK (at_us > 0);");
    has(p, "out.c", "COMMENT ON COLUMN t.at_us IS 'when';");
}

int main(int argc, char **argv)
{
    static struct programs p;
    if (argc < 3)
        BUG("usage: sqlc_test SQLC SCHEMAC");
    p = (struct programs){.sqlc = argv[1], .schemac = argv[2]};
    const char *tmp = getenv("TMPDIR");
    snprintf(p.dir, sizeof p.dir, "%s/gava-sqlc-XXXXXX", tmp ? tmp : "/tmp");
    if (mkdtemp(p.dir) == NULL)
        BUG("no directory");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(sqlc_refuses_what_cannot_be_meant, &p),
        cmocka_unit_test_prestate(sqlc_numbers_parameters_for_each_engine, &p),
        cmocka_unit_test_prestate(sqlc_puts_fragments_and_variants_in, &p),
        cmocka_unit_test_prestate(sqlc_makes_a_struct_of_many_parameters, &p),
        cmocka_unit_test_prestate(sqlc_writes_only_what_changed, &p),
        cmocka_unit_test_prestate(schemac_refuses_what_cannot_be_meant, &p),
        cmocka_unit_test_prestate(schemac_writes_one_schema_for_two_engines, &p),
        cmocka_unit_test_prestate(schemac_adds_a_column, &p),
    };
    int failed = cmocka_run_group_tests_name("sqlc", tests, NULL, NULL);
    static const char *const files[] = {"x.sql", "0001_x.sql", "said", "x_sql.c", "x_sql.h", "all.c", "out.c"};
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        char path[300];
        snprintf(path, sizeof path, "%s/%s", p.dir, files[i]);
        unlink(path);
    }
    rmdir(p.dir);
    return failed;
}
