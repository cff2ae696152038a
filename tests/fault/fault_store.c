#include "fault_store.h"

#include <inttypes.h>
#include <libpq-fe.h>
#include <sodium.h>
#include <sqlite3.h>

#include "db_engine.h"
#include "testing.h"

struct store_reader {
    struct ctx *ctx;
    size_t n;
    struct {
        struct str name;
        bool in_vault;
        sqlite3_stmt *rows;
    } tables[SNAPSHOT_TABLES_MAX];
};

/* ---- SQLite ---- */

static const char sqlite_tables[] =
    "SELECT name, 1 FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' UNION ALL "
    "SELECT name, 0 FROM register.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1";

static void sqlite_begin(struct store_reader *reader)
{
    struct sqlite3 *db = db_sqlite_handle(reader->ctx->db);
    sqlite3_stmt *list;
    sqlite3_progress_handler(db, 0, NULL, NULL); /* its clock is set by db.h's own statements only */
    assert_int_equal(sqlite3_prepare_v2(db, sqlite_tables, -1, &list, NULL), SQLITE_OK);
    while (sqlite3_step(list) == SQLITE_ROW) {
        assert_true(reader->n < SNAPSHOT_TABLES_MAX);
        const char *name = (const char *)sqlite3_column_text(list, 0);
        bool in_vault = sqlite3_column_int(list, 1) != 0;
        const char *sql =
            str_fmt(reader->ctx->arena, "SELECT * FROM %s.\"%s\"", in_vault ? "main" : "register", name).p;
        reader->tables[reader->n].name = str_copy(reader->ctx->arena, str_from(name));
        reader->tables[reader->n].in_vault = in_vault;
        assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &reader->tables[reader->n].rows, NULL), SQLITE_OK);
        reader->n++;
    }
    sqlite3_finalize(list);
}

static void hash_value(crypto_generichash_state *hash, sqlite3_stmt *rows, int column)
{
    int type = sqlite3_column_type(rows, column);
    int64_t number = type == SQLITE_INTEGER ? sqlite3_column_int64(rows, column) : 0;
    const void *bytes = type == SQLITE_INTEGER ? NULL : sqlite3_column_blob(rows, column);
    int64_t n = type == SQLITE_INTEGER ? 0 : sqlite3_column_bytes(rows, column);
    int64_t head[] = {type, number, n};
    crypto_generichash_update(hash, (const unsigned char *)head, sizeof head);
    if (n)
        crypto_generichash_update(hash, bytes, (unsigned long long)n);
}

static void sqlite_read(struct store_reader *reader, struct arena *arena, struct snapshot *ret)
{
    for (size_t i = 0; i < reader->n; i++) {
        sqlite3_stmt *rows = reader->tables[i].rows;
        struct table_state *table = &ret->tables[ret->n++];
        *table = (struct table_state){.name = reader->tables[i].name, .in_vault = reader->tables[i].in_vault};
        crypto_generichash_state hash;
        unsigned char *digest = arena_alloc(arena, crypto_generichash_BYTES);
        crypto_generichash_init(&hash, NULL, 0, crypto_generichash_BYTES);
        int rc;
        while ((rc = sqlite3_step(rows)) == SQLITE_ROW) {
            table->n++;
            for (int column = 0; column < sqlite3_column_count(rows); column++)
                hash_value(&hash, rows, column);
        }
        assert_int_equal(rc, SQLITE_DONE);
        sqlite3_reset(rows);
        crypto_generichash_final(&hash, digest, crypto_generichash_BYTES);
        table->hash = (struct str){(const char *)digest, crypto_generichash_BYTES};
    }
}

/* ---- PostgreSQL ---- */

/* One statement over all tables, which the server makes itself. */
static const char pg_statement[] =
    "SELECT string_agg(format('SELECT %L, %L, COUNT(*), COALESCE(md5(string_agg(t::text, chr(10) ORDER BY t::text)), "
    "'''')"
    " FROM %I.%I t', table_name, (table_schema LIKE '%\\_vault')::int, table_schema, table_name), ' UNION ALL ' "
    "ORDER BY table_name) || ' ORDER BY 1' FROM information_schema.tables WHERE table_schema = ANY "
    "(current_schemas(false))";

static void pg_begin(struct store_reader *reader)
{
    PGconn *conn = db_pg_handle(reader->ctx->db);
    /* A look at a hundred small tables is quick, unless it is planned anew, compiled, and given to other processes. */
    PQclear(PQexec(conn,
                   "SET plan_cache_mode = force_generic_plan; SET jit = off; SET max_parallel_workers_per_gather = 0"));
    PGresult *text = PQexec(conn, pg_statement);
    assert_int_equal(PQresultStatus(text), PGRES_TUPLES_OK);
    PGresult *prepared = PQprepare(conn, "snapshot", PQgetvalue(text, 0, 0), 0, NULL);
    if (PQresultStatus(prepared) != PGRES_COMMAND_OK)
        fail_msg("%s", PQresultErrorMessage(prepared));
    PQclear(prepared);
    PQclear(text);
}

static void pg_read(struct store_reader *reader, struct arena *arena, struct snapshot *ret)
{
    PGresult *rows = PQexecPrepared(db_pg_handle(reader->ctx->db), "snapshot", 0, NULL, NULL, NULL, 0);
    if (PQresultStatus(rows) != PGRES_TUPLES_OK)
        fail_msg("%s", PQresultErrorMessage(rows));
    assert_true(PQntuples(rows) <= SNAPSHOT_TABLES_MAX);
    for (int i = 0; i < PQntuples(rows); i++) {
        struct table_state *table = &ret->tables[ret->n++];
        table->name = str_copy(arena, str_from(PQgetvalue(rows, i, 0)));
        table->in_vault = PQgetvalue(rows, i, 1)[0] == '1';
        assert_true(str_to_i64(str_from(PQgetvalue(rows, i, 2)), &table->n));
        table->hash = str_copy(arena, str_from(PQgetvalue(rows, i, 3)));
    }
    PQclear(rows);
}

/* ---- both ---- */

struct store_reader *store_reader_begin(struct ctx *ctx)
{
    struct store_reader *reader = ARENA_NEW(ctx->arena, struct store_reader);
    reader->ctx = ctx;
    if (db_engine(ctx->db) == DB_SQLITE)
        sqlite_begin(reader);
    else
        pg_begin(reader);
    return reader;
}

void store_reader_end(struct store_reader *reader)
{
    for (size_t i = 0; i < reader->n; i++)
        sqlite3_finalize(reader->tables[i].rows);
}

const struct snapshot *store_snapshot(struct store_reader *reader, struct arena *arena)
{
    struct snapshot *s = ARENA_NEW(arena, struct snapshot);
    if (db_engine(reader->ctx->db) == DB_SQLITE)
        sqlite_read(reader, arena, s);
    else
        pg_read(reader, arena, s);
    assert_true(s->n > 20);
    return s;
}

struct str snapshot_difference(struct arena *arena, const struct snapshot *before, const struct snapshot *now,
                               bool spare_secrets)
{
    struct str words = STR("");
    assert_int_equal(before->n, now->n);
    for (size_t i = 0; i < now->n; i++) {
        const struct table_state *was = &before->tables[i], *is = &now->tables[i];
        /* That something was opened stays told whatever came of it: vault.h, inv 3. */
        bool was_read = str_eq(is->name, STR("reading")) && is->n >= was->n;
        if (str_eq(was->hash, is->hash) || was_read || (spare_secrets && is->in_vault))
            continue;
        words = str_fmt(arena, "%.*s%s%.*s: %" PRId64 " rows, were %" PRId64, STR_ARG(words), words.n ? "; " : "",
                        STR_ARG(is->name), is->n, was->n);
    }
    return words;
}

int64_t snapshot_rows(const struct snapshot *s, const char *table)
{
    for (size_t i = 0; i < s->n; i++)
        if (str_eq(s->tables[i].name, str_from(table)))
            return s->tables[i].n;
    fail_msg("there is no table \"%s\"", table);
    return 0;
}
