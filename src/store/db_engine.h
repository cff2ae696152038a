/* What: what db.c asks of an engine (db_sqlite.c, db_pg.c). Inside store/ and its tests only.
 * Flow: db.c checks what is the same on both (who may write when, text that is text) and calls one of these. */
#ifndef GAVA_DB_ENGINE_H
#define GAVA_DB_ENGINE_H

#include "sql.h"

struct sqlite3;
struct pg_conn;

/* Rows being collected. */
struct rows {
    struct ctx *ctx;
    const struct sql_stmt *stmt;
    char *p; /* n rows of stmt->row_size bytes, room for `room` */
    size_t n, room;
    int64_t changed;
};
/* One more row, zeroed. More than the statement allows is a BUG. */
void *rows_add(struct rows *rows);
/* Put a value into its place in a row. text is copied. */
void row_put_int(void *row, const struct sql_field *field, int64_t value);
void row_put_str(struct rows *rows, void *row, const struct sql_field *field, const void *p, size_t n);
MUST_USE enum err row_put_null(struct rows *rows, void *row, const struct sql_field *field);
/* Does this value stand for NULL? */
bool value_is_null(const struct sql_field *field, const union sql_value *value);

struct db_ops {
    enum db_engine engine;
    enum err (*run)(struct db *db, const struct sql_stmt *stmt, const union sql_value *values, struct rows *rows);
    enum err (*begin)(struct ctx *ctx, struct db *db, bool writes);
    enum err (*commit)(struct ctx *ctx, struct db *db);
    void (*rollback)(struct db *db);
    /* Several statements of our own, for migrations. vault: what they create lies in the vault. Inside a transaction.
     */
    enum err (*script)(struct ctx *ctx, struct db *db, bool vault, const char *sql);
    /* Let go of the snapshot that reads while read_only is set share. */
    void (*snapshot_end)(struct db *db);
    enum err (*relax)(struct ctx *ctx, struct db *db);
    void (*close)(struct db *db);
};

enum tx_state { TX_NONE, TX_READ, TX_WRITE };

/* The common beginning of both engines' struct. */
struct db {
    const struct db_ops *ops;
    struct arena *arena; /* holds this struct; ends with the connection */
    enum tx_state tx;
    bool doomed; /* inv 3 of db.h */
    bool read_only;
};

/* Prepared statements by their declaration. */
enum { PREPARED_MAX = 2048 }; /* a power of two, at least twice the number of statements */
struct prepared {
    const struct sql_stmt *stmt; /* NULL: free */
    void *handle;
};
/* The place for stmt: taken already, or free. */
struct prepared *prepared_find(struct prepared *table, const struct sql_stmt *stmt);

/* The library's own handle, for the suites that explain statements. */
struct sqlite3 *db_sqlite_handle(struct db *db);
struct pg_conn *db_pg_handle(struct db *db);

#endif
