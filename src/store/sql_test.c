/* Every statement of the program, against both engines: it can be prepared, gives the columns its header says, with
 * their types and their NULLs; and those marked "-- plan: indexed" scan no table and sort nothing. */
#include "testing.h"

#include <libpq-fe.h>
#include <sqlite3.h>

#include "db_engine.h"
#include "store_testing.h"

/* Statements with a fault; told all at once. */
struct faults {
    size_t n;
};

PRINTF_LIKE(3, 4) static void fault(struct faults *faults, const struct sql_stmt *stmt, const char *format, ...)
{
    char text[2000];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    print_error("%s: %s: %s\n", stmt->place, stmt->name, text);
    faults->n++;
}

/* ---- SQLite ---- */

static const char *sqlite_type(enum sql_kind kind)
{
    return kind == SQL_TEXT ? "TEXT" : kind == SQL_BLOB ? "BLOB" : "INTEGER";
}

/* A column taken straight from a table that may hold NULL must be declared so, unless the statement excludes it. */
static void check_null(sqlite3 *db, sqlite3_stmt *handle, int at, const struct sql_stmt *stmt, struct faults *faults)
{
    const char *file = sqlite3_column_database_name(handle, at), *table = sqlite3_column_table_name(handle, at);
    const char *column = sqlite3_column_origin_name(handle, at);
    int not_null = 0, is_key = 0;
    char excluded[200];
    if (column == NULL || stmt->cols[at].maybe)
        return;
    sqlite3_table_column_metadata(db, file, table, column, NULL, NULL, &not_null, &is_key, NULL);
    snprintf(excluded, sizeof excluded, "%s IS NOT NULL", column);
    if (!not_null && !is_key && strstr(stmt->sqlite, excluded) == NULL)
        fault(faults, stmt, "column \"%s\" may be NULL (%s.%s)", stmt->cols[at].name, table, column);
}

static void check_sqlite(sqlite3 *db, const struct sql_stmt *stmt, struct faults *faults)
{
    sqlite3_stmt *handle;
    if (sqlite3_prepare_v2(db, stmt->sqlite, -1, &handle, NULL) != SQLITE_OK) {
        fault(faults, stmt, "SQLite: %s", sqlite3_errmsg(db));
        return;
    }
    int n = sqlite3_column_count(handle);
    if (stmt->n_cols && n != (int)stmt->n_cols)
        fault(faults, stmt, "SQLite: %d columns, declared are %zu", n, stmt->n_cols);
    if (sqlite3_bind_parameter_count(handle) > (int)stmt->n_params)
        fault(faults, stmt, "SQLite: more parameters than declared");
    if (sqlite3_stmt_readonly(handle) == 0 && !stmt->writes)
        fault(faults, stmt, "SQLite: it writes, which its text does not show");
    for (int i = 0; i < n && i < (int)stmt->n_cols; i++) {
        const char *type = sqlite3_column_decltype(handle, i), *declared = sqlite_type(stmt->cols[i].kind);
        if (type && strcmp(type, declared) != 0)
            fault(faults, stmt, "SQLite: column \"%s\" is %s, declared as %s", stmt->cols[i].name, type, declared);
        check_null(db, handle, i, stmt, faults);
    }
    sqlite3_finalize(handle);
}

/* ---- PostgreSQL ---- */

enum { OID_BOOL = 16, OID_BYTEA = 17, OID_INT8 = 20, OID_INT4 = 23, OID_TEXT = 25, OID_VARCHAR = 1043 };

static Oid pg_type(enum sql_kind kind)
{
    return kind == SQL_TEXT ? OID_TEXT : kind == SQL_BLOB ? OID_BYTEA : kind == SQL_BOOL ? OID_BOOL : OID_INT8;
}

static bool same_type(Oid found, enum sql_kind kind)
{
    return found == pg_type(kind) || (found == OID_INT4 && pg_type(kind) == OID_INT8);
}

static void check_pg(PGconn *conn, const struct sql_stmt *stmt, struct faults *faults)
{
    Oid types[64];
    for (size_t i = 0; i < stmt->n_params; i++)
        types[i] = pg_type(stmt->params[i].kind);
    PGresult *prepared = PQprepare(conn, stmt->name, stmt->pg, (int)stmt->n_params, types);
    PGresult *described = PQdescribePrepared(conn, stmt->name);
    if (PQresultStatus(prepared) != PGRES_COMMAND_OK) {
        fault(faults, stmt, "PostgreSQL: %s", PQresultErrorMessage(prepared));
    } else if (stmt->n_cols && PQnfields(described) != (int)stmt->n_cols) {
        fault(faults, stmt, "PostgreSQL: %d columns, declared are %zu", PQnfields(described), stmt->n_cols);
    } else {
        for (int i = 0; i < (int)stmt->n_cols; i++)
            if (!same_type(PQftype(described, i), stmt->cols[i].kind))
                fault(faults, stmt, "PostgreSQL: column \"%s\" has type %u, declared is %u", stmt->cols[i].name,
                      PQftype(described, i), pg_type(stmt->cols[i].kind));
    }
    PQclear(prepared);
    PQclear(described);
    /* What PostgreSQL itself would take the parameters for, where it can tell. */
    prepared = PQprepare(conn, "inferred", stmt->pg, 0, NULL);
    described = PQdescribePrepared(conn, "inferred");
    for (int i = 0; PQresultStatus(prepared) == PGRES_COMMAND_OK && i < PQnparams(described); i++)
        if (!same_type(PQparamtype(described, i), stmt->params[i].kind) && PQparamtype(described, i) != OID_TEXT &&
            PQparamtype(described, i) != OID_VARCHAR)
            fault(faults, stmt, "PostgreSQL: parameter \"%s\" is of type %u, declared is %u", stmt->params[i].name,
                  PQparamtype(described, i), pg_type(stmt->params[i].kind));
    PQclear(prepared);
    PQclear(described);
    PQclear(PQexec(conn, "DEALLOCATE inferred"));
}

/* ---- plans ---- */

/* Is this a scan of rows that were made by a part of the statement itself (and so are as few as its LIMIT says)? */
static bool scans_own_rows(const char *step, const char *own)
{
    char name[100], listed[102];
    if (sscanf(step, "SCAN %90s", name) != 1)
        return false;
    snprintf(listed, sizeof listed, "%s|", name);
    return strcmp(name, "CONSTANT") == 0 || strstr(own, listed);
}

static void check_plan_sqlite(sqlite3 *db, const struct sql_stmt *stmt, struct faults *faults)
{
    char *text = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", stmt->sqlite);
    char own[1000] = "", name[100]; /* "owned|loose|": parts of the statement */
    sqlite3_stmt *handle;
    if (sqlite3_prepare_v2(db, text, -1, &handle, NULL) == SQLITE_OK) {
        while (sqlite3_step(handle) == SQLITE_ROW) {
            const char *step = (const char *)sqlite3_column_text(handle, 3);
            if (sscanf(step, "CO-ROUTINE %90s", name) == 1 || sscanf(step, "MATERIALIZE %90s", name) == 1)
                snprintf(own + strlen(own), sizeof own - strlen(own), "%s|", name);
            bool scans = strncmp(step, "SCAN ", 5) == 0 && !scans_own_rows(step, own) &&
                         strstr(step, " USING INDEX ") == NULL && strstr(step, " USING COVERING INDEX ") == NULL;
            bool sorts = strstr(step, "TEMP B-TREE") && own[0] == 0;
            if (scans || sorts || strstr(step, "AUTOMATIC"))
                fault(faults, stmt, "SQLite's plan: %s", step);
        }
        sqlite3_finalize(handle);
    }
    sqlite3_free(text);
}

/* Some step from row `from` on is bounded. */
static bool has_limit(PGresult *plan, int from)
{
    for (int i = from; i < PQntuples(plan); i++)
        if (strstr(PQgetvalue(plan, i, 0), "Limit"))
            return true;
    return false;
}

/* The tables are empty: PostgreSQL takes an index only when it may not do otherwise. */
static void only_indexes(PGconn *conn)
{
    PQclear(PQexec(conn, "DEALLOCATE ALL; SET plan_cache_mode = force_generic_plan;"
                         "SET enable_seqscan = off; SET enable_sort = off"));
}

static void check_plan_pg(PGconn *conn, const struct sql_stmt *stmt, struct faults *faults)
{
    char text[1000];
    size_t n = (size_t)snprintf(text, sizeof text, "EXPLAIN (COSTS OFF) EXECUTE %s", stmt->name);
    for (size_t i = 0; i < stmt->n_params; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "%sNULL%s", i ? "," : "(", i + 1 == stmt->n_params ? ")" : "");
    PGresult *plan = PQexec(conn, text);
    for (int i = 0; i < PQntuples(plan); i++) {
        const char *step = PQgetvalue(plan, i, 0);
        const char *word = step + strspn(step, " ->");
        bool sorts =
            (strncmp(word, "Sort", 4) == 0 && strncmp(word, "Sort Key", 8) != 0) || strstr(step, "Incremental Sort");
        if (strstr(step, "Seq Scan") || (sorts && !has_limit(plan, i + 1)))
            fault(faults, stmt, "PostgreSQL's plan: %s", step);
    }
    if (PQresultStatus(plan) != PGRES_TUPLES_OK)
        fault(faults, stmt, "PostgreSQL cannot explain it: %s", PQresultErrorMessage(plan));
    PQclear(plan);
}

/* ---- suites ---- */

static void every_statement_is_what_its_header_says(void **state)
{
    TEST_STORE(t);
    struct faults faults = {0};
    size_t n = 0;
    if (db_engine(t->ctx.db) == DB_PG)
        PQclear(PQexec(db_pg_handle(t->ctx.db), "DEALLOCATE ALL"));
    for (const struct sql_stmt *const *stmt = sql_all; *stmt; stmt++, n++)
        if (db_engine(t->ctx.db) == DB_SQLITE)
            check_sqlite(db_sqlite_handle(t->ctx.db), *stmt, &faults);
        else
            check_pg(db_pg_handle(t->ctx.db), *stmt, &faults);
    assert_true(n > 0);
    assert_int_equal(faults.n, 0);
}

static void statements_marked_indexed_neither_scan_nor_sort(void **state)
{
    TEST_STORE(t);
    struct faults faults = {0};
    size_t n = 0;
    PGconn *conn = db_engine(t->ctx.db) == DB_PG ? db_pg_handle(t->ctx.db) : NULL;
    if (conn)
        only_indexes(conn);
    for (const struct sql_stmt *const *stmt = sql_all; *stmt; stmt++) {
        if (!(*stmt)->indexed)
            continue;
        n++;
        if (conn == NULL) {
            check_plan_sqlite(db_sqlite_handle(t->ctx.db), *stmt, &faults);
        } else {
            check_pg(conn, *stmt, &faults);
            check_plan_pg(conn, *stmt, &faults);
        }
    }
    assert_true(n > 0);
    assert_int_equal(faults.n, 0);
}

/* Tables that grow with the cases. */
static const char *const growing[] = {"cases",  "case_team", "fact",    "promise", "waiver",      "document",
                                      "draft",  "event",     "outbox",  "task",    "search_term", "session",
                                      "sealed", "case_key",  "contact", "reading", "form_file"};

/* The plan names a table by its alias: does the statement call a growing table so? */
static const char *growing_table(const char *sql, const char *alias)
{
    char called[200];
    for (size_t i = 0; i < ARRAY_LEN(growing); i++) {
        snprintf(called, sizeof called, " %s %s", growing[i], alias);
        const char *at = strstr(sql, called);
        if (strcmp(alias, growing[i]) == 0 || (at && !strchr("_abcdefghijklmnopqrstuvwxyz", at[strlen(called)])))
            return growing[i];
    }
    return NULL;
}

static void check_growing(sqlite3 *db, const struct sql_stmt *stmt, struct faults *faults)
{
    char *text = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", stmt->sqlite);
    char alias[100];
    sqlite3_stmt *handle;
    if (sqlite3_prepare_v2(db, text, -1, &handle, NULL) == SQLITE_OK) {
        while (sqlite3_step(handle) == SQLITE_ROW) {
            const char *step = (const char *)sqlite3_column_text(handle, 3);
            if (sscanf(step, "SCAN %90s", alias) == 1 && strstr(step, "USING") == NULL &&
                growing_table(stmt->sqlite, alias))
                fault(faults, stmt, "SQLite reads all of \"%s\"", growing_table(stmt->sqlite, alias));
        }
        sqlite3_finalize(handle);
    }
    sqlite3_free(text);
}

/* Also what nobody marked. Left out: the rules that gava verify runs, which read everything, and INSERT, where the plan
 * shows the look-up of references that only a deletion needs. */
static void no_statement_reads_all_of_a_growing_table(void **state)
{
    TEST_STORE(t);
    struct faults faults = {0};
    for (const struct sql_stmt *const *stmt = sql_all; *stmt; stmt++)
        if (strncmp((*stmt)->name, "invariant_", 10) != 0 && strncmp((*stmt)->sqlite, "INSERT", 6) != 0)
            check_growing(db_sqlite_handle(t->ctx.db), *stmt, &faults);
    assert_int_equal(faults.n, 0);
}

/* The checks themselves find what they are for. */
static void a_wrong_header_and_a_scan_are_found(void **state)
{
    TEST_STORE(t);
    static const struct sql_field text = {"a", SQL_TEXT, false, 0}, number = {"a", SQL_INT, false, 0},
                                  two[] = {{"a", SQL_TEXT, false, 0}, {"b", SQL_TEXT, false, 0}};
    static const struct sql_stmt planted[] = {
        {.name = "p1", .place = "planted", .sqlite = "SELEKT", .pg = "SELEKT"},
        {.name = "p2",
         .place = "planted",
         .sqlite = "SELECT id FROM cases",
         .pg = "SELECT id FROM cases",
         .cols = &text,
         .n_cols = 1},
        {.name = "p3",
         .place = "planted",
         .sqlite = "SELECT number FROM cases",
         .pg = "SELECT number FROM cases",
         .cols = two,
         .n_cols = 2},
        {.name = "p4",
         .place = "planted",
         .sqlite = "SELECT number FROM cases",
         .pg = "SELECT number FROM cases",
         .cols = &number,
         .n_cols = 1},
    };
    static const struct sql_stmt scan = {.name = "p5",
                                         .place = "planted",
                                         .sqlite = "SELECT id FROM cases WHERE title = ?1",
                                         .pg = "SELECT id FROM cases WHERE title = $1",
                                         .cols = &number,
                                         .n_cols = 1,
                                         .params = &text,
                                         .n_params = 1};
    bool pg = db_engine(t->ctx.db) == DB_PG;
    print_message("(the faults told now are planted)\n");
    for (size_t i = 0; i < ARRAY_LEN(planted); i++) {
        struct faults faults = {0};
        if (pg)
            check_pg(db_pg_handle(t->ctx.db), &planted[i], &faults);
        else
            check_sqlite(db_sqlite_handle(t->ctx.db), &planted[i], &faults);
        assert_int_not_equal(faults.n, 0);
    }
    struct faults faults = {0};
    if (pg) {
        only_indexes(db_pg_handle(t->ctx.db));
        check_pg(db_pg_handle(t->ctx.db), &scan, &faults);
        assert_int_equal(faults.n, 0);
        check_plan_pg(db_pg_handle(t->ctx.db), &scan, &faults);
    } else {
        check_growing(db_sqlite_handle(t->ctx.db), &scan, &faults);
        assert_int_not_equal(faults.n, 0);
        faults.n = 0;
        check_plan_sqlite(db_sqlite_handle(t->ctx.db), &scan, &faults);
    }
    assert_int_not_equal(faults.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(every_statement_is_what_its_header_says),
        ON_BOTH_ENGINES(statements_marked_indexed_neither_scan_nor_sort),
        TEST_ON(no_statement_reads_all_of_a_growing_table, test_on_sqlite, "SQLite"),
        ON_BOTH_ENGINES(a_wrong_header_and_a_scan_are_found),
    };
    return cmocka_run_group_tests_name("sql", tests, NULL, NULL);
}
