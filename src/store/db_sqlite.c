/* What: SQLite behind db.h. The vault is the connection's main file and the register is attached: SQLite commits the
 * files of one transaction in that order, each written and synced to its log before the next is begun (vdbeCommit()
 * calls sqlite3BtreeCommitPhaseOne() for database 0, 1, 2 ...; with write-ahead logs there is no super-journal over
 * them). A crash in between leaves an unused secret, never a case without its words. Source:
 * sqlite.org/lang_attach.html, /wal.html, /security.html, /c3ref/busy_handler.html. */
#include "db_engine.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <unistd.h>

/* Statements without parameters that every transaction uses. */
enum control { CONTROL_BEGIN, CONTROL_BEGIN_WRITE, CONTROL_COMMIT, CONTROL_ROLLBACK, CONTROL_COUNT };
static const char *const controls[CONTROL_COUNT] = {
    [CONTROL_BEGIN] = "BEGIN",
    [CONTROL_BEGIN_WRITE] = "BEGIN IMMEDIATE",
    [CONTROL_COMMIT] = "COMMIT",
    [CONTROL_ROLLBACK] = "ROLLBACK",
};

struct db_sqlite {
    struct db db; /* first */
    struct sqlite3 *handle;
    sqlite3_stmt *control[CONTROL_COUNT];
    int64_t waited_us; /* by the busy handler, for this statement */
    time_t look_s;     /* when the statement at work was first looked at; 0: not yet */
    struct prepared prepared[PREPARED_MAX];
};

enum { BUSY_MAX_US = 5 * 1000 * 1000, SLEEP_MAX_US = 2000, MMAP_MAX_MIB = 4096 };
enum { STATEMENT_MAX_S = 30, STEPS_BETWEEN_LOOKS = 100 * 1000 }; /* as PostgreSQL's statement_timeout */

static struct db_sqlite *self(struct db *db)
{
    return (struct db_sqlite *)db;
}

struct sqlite3 *db_sqlite_handle(struct db *db)
{
    return self(db)->handle;
}

/* Many processes write: short sleeps that differ between them, so that nobody waits long and nobody always loses. */
static int busy(void *p, int n_before)
{
    struct db_sqlite *db = p;
    if (n_before == 0)
        db->waited_us = 0;
    if (db->waited_us > BUSY_MAX_US)
        return 0;
    int64_t most = 100 + 50 * (int64_t)n_before;
    most = most > SLEEP_MAX_US ? SLEEP_MAX_US : most;
    uint32_t noise;
    sqlite3_randomness(sizeof noise, &noise);
    int64_t sleep_us = most / 2 + noise % (uint64_t)most;
    struct timespec time = {0, sleep_us * 1000};
    nanosleep(&time, NULL);
    db->waited_us += sleep_us;
    return 1;
}

/* A statement that goes on for ever would block everybody on this process: it is ended. Looked at now and then only, so
 * that quick statements pay nothing. */
static int progress(void *p)
{
    struct db_sqlite *db = p;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    if (db->look_s == 0)
        db->look_s = now.tv_sec;
    return now.tv_sec - db->look_s > STATEMENT_MAX_S;
}

static enum err code_of(int rc)
{
    switch (rc) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return ERR_CONFLICT;
    }
    switch (rc & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_BUSY;
    case SQLITE_INTERRUPT:
        return ERR_TIMEOUT;
    case SQLITE_FULL:
        return ERR_FULL;
    case SQLITE_TOOBIG:
        return ERR_TOO_LARGE;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ERR_CORRUPT;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
        return ERR_IO;
    }
    return ERR_STORE;
}

static enum err fail_sqlite(struct ctx *ctx, struct db_sqlite *db, const char *what)
{
    enum err code = code_of(sqlite3_extended_errcode(db->handle));
    (void)!fail(ctx, code, "%s: %.*s", what, STR_ARG(err_text(code)));
    return fail_detail(ctx, "%s", sqlite3_errmsg(db->handle));
}

static enum err script(struct ctx *ctx, struct db *db, bool vault, const char *sql)
{
    self(db)->look_s = 0;
    if (sqlite3_exec(self(db)->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
        return fail_sqlite(ctx, self(db), "script");
    return OK;
}

/* ---- statements ---- */

static enum err prepare(struct ctx *ctx, struct db_sqlite *db, const struct sql_stmt *stmt, sqlite3_stmt **ret)
{
    struct prepared *place = prepared_find(db->prepared, stmt);
    if (place->stmt == NULL) {
        sqlite3_stmt *handle;
        int rc = sqlite3_prepare_v3(db->handle, stmt->sqlite, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);
        if (rc != SQLITE_OK)
            return fail_sqlite(ctx, db, stmt->name);
        *place = (struct prepared){stmt, handle};
    }
    *ret = place->handle;
    return OK;
}

static int bind(sqlite3_stmt *handle, int number, const struct sql_field *field, const union sql_value *value)
{
    if (value_is_null(field, value))
        return sqlite3_bind_null(handle, number);
    switch (field->kind) {
    case SQL_TEXT:
        return sqlite3_bind_text64(handle, number, value->s.p ? value->s.p : "", value->s.n, SQLITE_STATIC,
                                   SQLITE_UTF8);
    case SQL_BLOB:
        return sqlite3_bind_blob64(handle, number, value->s.p ? value->s.p : "", value->s.n, SQLITE_STATIC);
    case SQL_INT:
    case SQL_BOOL:
    case SQL_TIME:
    case SQL_DATE:
    case SQL_ID:
        return sqlite3_bind_int64(handle, number, value->i);
    }
    return SQLITE_MISUSE;
}

static enum err row_read(sqlite3_stmt *handle, struct rows *rows)
{
    void *row = rows_add(rows);
    for (size_t i = 0; i < rows->stmt->n_cols; i++) {
        const struct sql_field *field = &rows->stmt->cols[i];
        int at = (int)i, type = sqlite3_column_type(handle, at);
        if (type == SQLITE_NULL) {
            TRY(row_put_null(rows, row, field));
        } else if (field->kind == SQL_TEXT || field->kind == SQL_BLOB) {
            const void *p = field->kind == SQL_TEXT ? sqlite3_column_text(handle, at) : sqlite3_column_blob(handle, at);
            row_put_str(rows, row, field, p, (size_t)sqlite3_column_bytes(handle, at));
        } else {
            if (type != SQLITE_INTEGER)
                return fail(rows->ctx, ERR_CORRUPT, "column \"%s\" of %s is no number", field->name, rows->stmt->name);
            row_put_int(row, field, sqlite3_column_int64(handle, at));
        }
    }
    return OK;
}

/* Read-only stretches share one snapshot: a lock and its release for each statement are a third of a quick look-up. */
static void snapshot_begin(struct db_sqlite *db)
{
    sqlite3_step(db->control[CONTROL_BEGIN]);
    sqlite3_reset(db->control[CONTROL_BEGIN]);
}

static void snapshot_end(struct db *base)
{
    struct db_sqlite *db = self(base);
    if (sqlite3_get_autocommit(db->handle))
        return;
    sqlite3_step(db->control[CONTROL_COMMIT]);
    sqlite3_reset(db->control[CONTROL_COMMIT]);
}

static enum err run(struct db *base, const struct sql_stmt *stmt, const union sql_value *values, struct rows *rows)
{
    struct db_sqlite *db = self(base);
    sqlite3_stmt *handle = NULL;
    TRY(prepare(rows->ctx, db, stmt, &handle));
    if (base->read_only && base->tx == TX_NONE && sqlite3_get_autocommit(db->handle))
        snapshot_begin(db);
    int rc = SQLITE_OK;
    db->look_s = 0;
    for (size_t i = 0; i < stmt->n_params && rc == SQLITE_OK; i++)
        rc = bind(handle, (int)i + 1, &stmt->params[i], &values[i]);
    enum err err = OK;
    while (rc == SQLITE_OK && err == OK) {
        rc = sqlite3_step(handle);
        if (rc == SQLITE_ROW) {
            rc = SQLITE_OK;
            err = row_read(handle, rows);
        }
    }
    if (rc != SQLITE_OK && rc != SQLITE_DONE)
        err = fail_sqlite(rows->ctx, db, stmt->name);
    else
        rows->changed = stmt->writes ? sqlite3_changes64(db->handle) : 0;
    sqlite3_reset(handle);
    return err;
}

/* ---- transactions ---- */

static enum err control(struct ctx *ctx, struct db *base, enum control what)
{
    struct db_sqlite *db = self(base);
    int rc = sqlite3_step(db->control[what]);
    enum err err = rc == SQLITE_DONE ? OK : fail_sqlite(ctx, db, controls[what]);
    sqlite3_reset(db->control[what]);
    return err;
}

static enum err begin(struct ctx *ctx, struct db *db, bool writes)
{
    snapshot_end(db);
    return control(ctx, db, writes ? CONTROL_BEGIN_WRITE : CONTROL_BEGIN);
}

static enum err commit(struct ctx *ctx, struct db *db)
{
    return control(ctx, db, CONTROL_COMMIT);
}

static void rollback(struct db *base)
{
    struct db_sqlite *db = self(base);
    if (sqlite3_get_autocommit(db->handle)) /* a full disk may have rolled it back already */
        return;
    sqlite3_step(db->control[CONTROL_ROLLBACK]);
    sqlite3_reset(db->control[CONTROL_ROLLBACK]);
}

/* ---- open and close ---- */

static void close_sqlite(struct db *base)
{
    struct db_sqlite *db = self(base);
    for (size_t i = 0; i < PREPARED_MAX; i++)
        sqlite3_finalize(db->prepared[i].handle);
    for (size_t i = 0; i < CONTROL_COUNT; i++)
        sqlite3_finalize(db->control[i]);
    sqlite3_close(db->handle);
    arena_free(base->arena);
}

static enum err relax(struct ctx *ctx, struct db *db)
{
    return script(ctx, db, /* vault= */ false, "PRAGMA main.synchronous = OFF; PRAGMA register.synchronous = OFF");
}

static const struct db_ops ops = {
    .engine = DB_SQLITE,
    .run = run,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .script = script,
    .snapshot_end = snapshot_end,
    .relax = relax,
    .close = close_sqlite,
};

/* Readable by the owner only, from its first byte; SQLite gives the log files the same mode. */
static enum err file_make(struct ctx *ctx, const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        (void)!fail(ctx, ERR_IO, "could not open \"%s\"", path);
        return fail_detail(ctx, "%s", strerror(errno));
    }
    close(fd);
    return OK;
}

static enum err set_up(struct ctx *ctx, struct db_sqlite *db, const char *register_path)
{
    sqlite3_busy_handler(db->handle, busy, db);
    sqlite3_progress_handler(db->handle, STEPS_BETWEEN_LOOKS, progress, db);
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_stmt *attach;
    if (sqlite3_prepare_v2(db->handle, "ATTACH ? AS register", -1, &attach, NULL) != SQLITE_OK)
        return fail_sqlite(ctx, db, "attach");
    sqlite3_bind_text(attach, 1, register_path, -1, SQLITE_STATIC);
    int rc = sqlite3_step(attach);
    sqlite3_finalize(attach);
    if (rc != SQLITE_DONE)
        return fail_sqlite(ctx, db, register_path);
    static const char *const files[] = {"main", "register"};
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct str pragmas =
            str_fmt(ctx->arena,
                    "PRAGMA %s.journal_mode = WAL; PRAGMA %s.synchronous = FULL; PRAGMA %s.secure_delete = ON;"
                    "PRAGMA %s.mmap_size = %" PRId64,
                    files[i], files[i], files[i], files[i], (int64_t)MMAP_MAX_MIB << 20);
        TRY(script(ctx, &db->db, /* vault= */ false, pragmas.p));
    }
    TRY(script(ctx, &db->db, /* vault= */ false, "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY"));
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    for (size_t i = 0; i < CONTROL_COUNT; i++)
        if (sqlite3_prepare_v3(db->handle, controls[i], -1, SQLITE_PREPARE_PERSISTENT, &db->control[i], NULL) !=
            SQLITE_OK)
            return fail_sqlite(ctx, db, controls[i]);
    return OK;
}

enum err db_open_sqlite(struct ctx *ctx, struct str dir, struct db **ret)
{
    /* Counting every allocation costs a lock each; refused, and harmless, once SQLite runs. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    const char *vault = str_fmt(ctx->arena, "%.*s/vault.db", STR_ARG(dir)).p;
    const char *register_path = str_fmt(ctx->arena, "%.*s/register.db", STR_ARG(dir)).p;
    TRY(file_make(ctx, vault));
    TRY(file_make(ctx, register_path));
    struct arena *arena = arena_new(sizeof(struct db_sqlite) + 4096);
    struct db_sqlite *db = ARENA_NEW(arena, struct db_sqlite);
    db->db = (struct db){.ops = &ops, .arena = arena};
    int rc = sqlite3_open_v2(vault, &db->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    enum err err = rc == SQLITE_OK ? set_up(ctx, db, register_path) : fail_sqlite(ctx, db, vault);
    if (err != OK) {
        close_sqlite(&db->db);
        return err;
    }
    *ret = &db->db;
    return OK;
}
