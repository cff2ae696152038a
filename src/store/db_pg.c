/* What: PostgreSQL behind db.h, by libpq: one connection, values and rows in binary, statements prepared at first use.
 * A lost connection fails the statement (ERR_BUSY) or, when nothing can have happened yet (a read outside a
 * transaction, BEGIN), is made anew once and the statement repeated. Source: PostgreSQL 15 manual, chapter 34 (libpq),
 * appendix A (error codes), 55.2.3 (extended query). */
#include "db_engine.h"

#include <endian.h>
#include <libpq-fe.h>

struct db_pg {
    struct db db; /* first */
    PGconn *conn;
    struct str slug;
    bool broken; /* must be connected anew before the next use */
    struct prepared prepared[PREPARED_MAX];
};

enum {
    OID_BOOL = 16,
    OID_BYTEA = 17,
    OID_INT8 = 20,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OLDEST_VERSION = 150000,
    PARAMS_MAX = 64
};

/* Waiting is bounded everywhere: for locks as long as on SQLite, for a statement and an idle transaction longer. */
static const char session_setup[] =
    "SET synchronous_commit = on; SET lock_timeout = '5s'; SET statement_timeout = '30s';"
    "SET idle_in_transaction_session_timeout = '60s'; SET client_min_messages = error;";

static struct db_pg *self(struct db *db)
{
    return (struct db_pg *)db;
}

struct pg_conn *db_pg_handle(struct db *db)
{
    return self(db)->conn;
}

static void result_end(PGresult **result)
{
    PQclear(*result);
}
#define RESULT_SCOPE __attribute__((cleanup(result_end)))

static enum err code_of(struct db_pg *db, const char *state)
{
    static const struct {
        const char *state; /* beginning of an SQLSTATE */
        enum err code;
    } codes[] = {
        {"23505", ERR_CONFLICT}, /* unique_violation */
        {"40", ERR_BUSY},        /* serialization failure, deadlock */
        {"55P03", ERR_BUSY},     /* lock_not_available */
        {"57014", ERR_TIMEOUT},  /* query_canceled: statement_timeout */
        {"57", ERR_BUSY},        /* operator intervention: shutdown */
        {"53", ERR_FULL},        /* insufficient resources */
        {"08", ERR_BUSY},        /* connection */
        {"22", ERR_INVALID},     /* data exception */
        {"54", ERR_TOO_LARGE},   /* program limit exceeded */
        {"XX", ERR_CORRUPT},
    };
    if (PQstatus(db->conn) != CONNECTION_OK) {
        db->broken = true;
        return ERR_BUSY;
    }
    /* "cached plan must not change result type": the schema has moved on; a new connection prepares anew */
    if (state && strcmp(state, "0A000") == 0) {
        db->broken = true;
        return ERR_BUSY;
    }
    for (size_t i = 0; state && i < ARRAY_LEN(codes); i++)
        if (strncmp(state, codes[i].state, strlen(codes[i].state)) == 0)
            return codes[i].code;
    return ERR_STORE;
}

static enum err fail_pg(struct ctx *ctx, struct db_pg *db, const char *what, const PGresult *result)
{
    enum err code = code_of(db, result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL);
    (void)!fail(ctx, code, "%s: %.*s", what, STR_ARG(err_text(code)));
    const char *words = result ? PQresultErrorMessage(result) : PQerrorMessage(db->conn);
    struct str detail = str_trim(str_from(words));
    return fail_detail(ctx, "%.*s", STR_ARG(detail));
}

/* One or several statements without parameters. */
static enum err plain(struct ctx *ctx, struct db_pg *db, const char *what, const char *sql)
{
    RESULT_SCOPE PGresult *result = PQexec(db->conn, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return fail_pg(ctx, db, what, result);
    return OK;
}

/* ---- connecting ---- */

/* "SLUG", "SLUG_vault": quoted for SQL. The slug was checked (store.h): a-z 0-9 and - only. */
static struct str search_path(struct ctx *ctx, struct db_pg *db, bool vault_first)
{
    struct str s = db->slug;
    return vault_first ? str_fmt(ctx->arena, "SET search_path = \"%.*s_vault\", \"%.*s\"", STR_ARG(s), STR_ARG(s))
                       : str_fmt(ctx->arena, "SET search_path = \"%.*s\", \"%.*s_vault\"", STR_ARG(s), STR_ARG(s));
}

static enum err set_up(struct ctx *ctx, struct db_pg *db)
{
    for (size_t i = 0; i < PREPARED_MAX; i++)
        db->prepared[i] = (struct prepared){0};
    if (PQstatus(db->conn) != CONNECTION_OK) {
        (void)!fail(ctx, ERR_PEER, "could not connect to PostgreSQL");
        struct str detail = str_trim(str_from(PQerrorMessage(db->conn)));
        return fail_detail(ctx, "%.*s", STR_ARG(detail));
    }
    if (PQserverVersion(db->conn) < OLDEST_VERSION)
        return fail(ctx, ERR_PEER, "PostgreSQL %d is too old: 15 or later is needed",
                    PQserverVersion(db->conn) / 10000);
    TRY(plain(ctx, db, "session", session_setup));
    TRY(plain(ctx, db, "search path", search_path(ctx, db, /* vault_first= */ false).p));
    db->broken = false;
    return OK;
}

/* Ready for use: connects anew when the connection was lost. Not inside a transaction. */
static enum err connected(struct ctx *ctx, struct db_pg *db)
{
    if (!db->broken && PQstatus(db->conn) == CONNECTION_OK)
        return OK;
    PQreset(db->conn);
    enum err err = set_up(ctx, db);
    db->broken = err != OK;
    return err;
}

/* ---- statements ---- */

static Oid oid_of(enum sql_kind kind)
{
    switch (kind) {
    case SQL_BOOL:
        return OID_BOOL;
    case SQL_TEXT:
        return OID_TEXT;
    case SQL_BLOB:
        return OID_BYTEA;
    case SQL_INT:
    case SQL_TIME:
    case SQL_DATE:
    case SQL_ID:
        return OID_INT8;
    }
    return 0;
}

static enum err prepare(struct ctx *ctx, struct db_pg *db, const struct sql_stmt *stmt)
{
    struct prepared *place = prepared_find(db->prepared, stmt);
    if (place->stmt)
        return OK;
    assert(stmt->n_params <= PARAMS_MAX);
    Oid types[PARAMS_MAX];
    for (size_t i = 0; i < stmt->n_params; i++)
        types[i] = oid_of(stmt->params[i].kind);
    RESULT_SCOPE PGresult *result = PQprepare(db->conn, stmt->name, stmt->pg, (int)stmt->n_params, types);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        return fail_pg(ctx, db, stmt->name, result);
    *place = (struct prepared){.stmt = stmt};
    return OK;
}

static PGresult *execute(struct db_pg *db, const struct sql_stmt *stmt, const union sql_value *values)
{
    uint64_t numbers[PARAMS_MAX]; /* in network order, or one byte for a bool */
    const char *at[PARAMS_MAX];
    int lengths[PARAMS_MAX], formats[PARAMS_MAX];
    for (size_t i = 0; i < stmt->n_params; i++) {
        const struct sql_field *field = &stmt->params[i];
        formats[i] = 1;
        if (value_is_null(field, &values[i])) {
            at[i] = NULL;
            lengths[i] = 0;
        } else if (field->kind == SQL_TEXT || field->kind == SQL_BLOB) {
            at[i] = values[i].s.p ? values[i].s.p : "";
            lengths[i] = (int)values[i].s.n;
        } else {
            numbers[i] = field->kind == SQL_BOOL ? (uint64_t)(values[i].i != 0) : htobe64((uint64_t)values[i].i);
            lengths[i] = field->kind == SQL_BOOL ? 1 : 8;
            if (field->kind == SQL_BOOL)
                *(char *)&numbers[i] = values[i].i != 0;
            at[i] = (const char *)&numbers[i];
        }
    }
    return PQexecPrepared(db->conn, stmt->name, (int)stmt->n_params, at, lengths, formats, /* binary= */ 1);
}

static enum err number_read(struct rows *rows, void *row, const struct sql_field *field, const void *p, int n)
{
    uint64_t eight;
    uint32_t four;
    switch (n) {
    case 8:
        memcpy(&eight, p, sizeof eight);
        row_put_int(row, field, (int64_t)be64toh(eight));
        return OK;
    case 4:
        memcpy(&four, p, sizeof four);
        row_put_int(row, field, (int32_t)be32toh(four));
        return OK;
    case 1:
        row_put_int(row, field, *(const char *)p);
        return OK;
    }
    return fail(rows->ctx, ERR_CORRUPT, "column \"%s\" of %s is no number", field->name, rows->stmt->name);
}

static enum err rows_read(const PGresult *result, struct rows *rows)
{
    const struct sql_stmt *stmt = rows->stmt;
    if (PQnfields(result) != (int)stmt->n_cols)
        BUG("%s (%s) gives %d columns, not %zu", stmt->name, stmt->place, PQnfields(result), stmt->n_cols);
    for (int r = 0; r < PQntuples(result); r++) {
        void *row = rows_add(rows);
        for (int c = 0; c < (int)stmt->n_cols; c++) {
            const struct sql_field *field = &stmt->cols[c];
            const char *p = PQgetvalue(result, r, c);
            int n = PQgetlength(result, r, c);
            if (PQgetisnull(result, r, c))
                TRY(row_put_null(rows, row, field));
            else if (field->kind == SQL_TEXT || field->kind == SQL_BLOB)
                row_put_str(rows, row, field, p, (size_t)n);
            else
                TRY(number_read(rows, row, field, p, n));
        }
    }
    return OK;
}

static enum err run_once(struct db_pg *db, const struct sql_stmt *stmt, const union sql_value *values,
                         struct rows *rows)
{
    TRY(prepare(rows->ctx, db, stmt));
    RESULT_SCOPE PGresult *result = execute(db, stmt, values);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return fail_pg(rows->ctx, db, stmt->name, result);
    if (!str_to_i64(str_from(PQcmdTuples(result)), &rows->changed))
        rows->changed = 0;
    return stmt->n_cols ? rows_read(result, rows) : OK;
}

static enum err run(struct db *base, const struct sql_stmt *stmt, const union sql_value *values, struct rows *rows)
{
    struct db_pg *db = self(base);
    if (base->tx == TX_WRITE) {
        if (db->broken)
            return fail(rows->ctx, ERR_BUSY, "the connection was lost");
        return run_once(db, stmt, values, rows);
    }
    TRY(connected(rows->ctx, db));
    enum err err = run_once(db, stmt, values, rows);
    if (err != OK && db->broken && !stmt->writes) {
        TRY(connected(rows->ctx, db));
        err = run_once(db, stmt, values, rows);
    }
    return err;
}

/* ---- transactions ---- */

static enum err begin(struct ctx *ctx, struct db *base, bool writes)
{
    struct db_pg *db = self(base);
    if (!writes)
        return OK;
    TRY(connected(ctx, db));
    enum err err = plain(ctx, db, "begin", "BEGIN");
    if (err != OK && db->broken) {
        TRY(connected(ctx, db));
        err = plain(ctx, db, "begin", "BEGIN");
    }
    return err;
}

static enum err commit(struct ctx *ctx, struct db *base)
{
    struct db_pg *db = self(base);
    if (base->tx != TX_WRITE)
        return OK;
    RESULT_SCOPE PGresult *result = PQexec(db->conn, "COMMIT");
    if (PQresultStatus(result) == PGRES_COMMAND_OK && strcmp(PQcmdStatus(result), "COMMIT") == 0)
        return OK;
    enum err err = fail_pg(ctx, db, "commit", result);
    if (db->broken) {
        (void)!fail(ctx, ERR_STORE, "the connection was lost while committing");
        return fail_hint(ctx, "Look whether it was done before doing it again.");
    }
    return err;
}

static void rollback(struct db *base)
{
    struct db_pg *db = self(base);
    if (base->tx != TX_WRITE || PQtransactionStatus(db->conn) == PQTRANS_IDLE)
        return;
    RESULT_SCOPE PGresult *result = PQexec(db->conn, "ROLLBACK");
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        db->broken = true;
}

static enum err script(struct ctx *ctx, struct db *base, bool vault, const char *sql)
{
    struct db_pg *db = self(base);
    TRY(plain(ctx, db, "search path", search_path(ctx, db, vault).p));
    TRY(plain(ctx, db, "script", sql));
    return plain(ctx, db, "search path", search_path(ctx, db, /* vault_first= */ false).p);
}

/* ---- open and close ---- */

static void close_pg(struct db *base)
{
    PQfinish(self(base)->conn);
    arena_free(base->arena);
}

static void snapshot_end(struct db *db)
{
    /* each statement sees its own moment: there is none */
}

static enum err relax(struct ctx *ctx, struct db *db)
{
    return plain(ctx, self(db), "session", "SET synchronous_commit = off");
}

static const struct db_ops ops = {
    .engine = DB_PG,
    .run = run,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .script = script,
    .snapshot_end = snapshot_end,
    .relax = relax,
    .close = close_pg,
};

enum err db_open_pg(struct ctx *ctx, struct str url, struct str slug, struct db **ret)
{
    struct arena *arena = arena_new(sizeof(struct db_pg) + 4096);
    struct db_pg *db = ARENA_NEW(arena, struct db_pg);
    db->db = (struct db){.ops = &ops, .arena = arena};
    db->slug = str_copy(arena, slug);
    const char *const keys[] = {"dbname", "client_encoding", "application_name", "connect_timeout", NULL};
    const char *const values[] = {str_cz(ctx->arena, url), "UTF8", "gava", "5", NULL};
    db->conn = PQconnectdbParams(keys, values, /* expand_dbname= */ 1);
    enum err err = set_up(ctx, db);
    if (err != OK) {
        close_pg(&db->db);
        return err;
    }
    *ret = &db->db;
    return OK;
}
