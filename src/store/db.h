/* What: one municipality's store: its register and its vault, as two SQLite files or two PostgreSQL schemas, behind one
 * set of typed statements (x_sql.h, made by tools/sqlc from x.sql). Flow: store.h opens it once per process; every
 * request, job and command borrows it as ctx->db. Owns: the connection and its prepared statements, made at first use
 * and kept. Invariants: (1) one statement runs at a time and is finished when its function returns; (2) while read_only
 * is set, no statement writes (a BUG); (3) a statement that fails inside a transaction ends it: what follows in it is a
 * BUG, the only way on is to leave the scope of the tx. Errors, for every statement: ERR_BUSY (others hold the store,
 * deadlock, connection lost: try again), ERR_CONFLICT (a unique key is taken), ERR_INVALID (the database refuses a
 * value), ERR_STORE (anything else, with the engine's words in detail), ERR_NOT_FOUND (:one without a row; does not end
 * a transaction), ERR_CORRUPT (NULL where the header says never). Memory: rows, with the text and blobs in them, live
 * as long as ctx. Parameters are only read during the call. Not here: where a municipality lies and its migrations
 * (store.h), what a statement is (sql.h). Source: design.md 3.1; style.md rules 26, 32-35. */
#ifndef GAVA_DB_H
#define GAVA_DB_H

#include "ctx.h"

struct sql_stmt; /* sql.h */
struct db;

enum db_engine { DB_SQLITE, DB_PG };

/* Open DIR/vault.db and DIR/register.db, which are made when missing (empty: store.h runs the migrations). ret lives
 * until db_close. ERR_IO when the directory cannot be used, ERR_CORRUPT when a file is no database. */
MUST_USE enum err db_open_sqlite(struct ctx *ctx, struct str dir, struct db **ret);
/* Connect to PostgreSQL and use the schemas SLUG and SLUG_vault, which need not exist yet. url as libpq reads
 * it: "postgresql://user@host/database?..." or "host=... dbname=...". ERR_PEER when it cannot connect or is older
 * than 15. */
MUST_USE enum err db_open_pg(struct ctx *ctx, struct str url, struct str slug, struct db **ret);
/* Ends the connection; db may be NULL. Not inside a transaction. */
void db_close(struct db *db);

enum db_engine db_engine(const struct db *db);
/* Forbid (or allow) statements that write; gives what it was before, to be put back. GET pages are served with true: on
 * SQLite all reads until it is false again then see one snapshot and lock each file once only, so put it back soon. */
bool db_read_only(struct ctx *ctx, bool read_only);
/* From now on a commit is not waited for until it is on disk: a crash of the machine (not of the program) may lose what
 * was acknowledged. Only for a store that can be made anew: demo data, tests. Not inside a transaction. */
MUST_USE enum err db_relax(struct ctx *ctx);
/* Is a transaction open? */
bool db_in_tx(const struct ctx *ctx);

/* ---- transactions ---- */

/* TX_SCOPE struct tx tx; TRY(tx_begin(ctx, &tx)); ... return tx_commit(&tx);
 * Everything or nothing; rolled back at the end of the block unless committed. Inside another transaction the inner one
 * joins: its commit waits for the outer one's, its roll-back dooms the outer one (whose commit is then ERR_STORE). */
struct tx {
    struct ctx *ctx; /* NULL: ended */
    bool joined;
};
/* A transaction that will write. SQLite: takes the write lock of both files at once (the vault's first), so that what
 * is read in it stays true; waits up to 5 s, then ERR_BUSY. PostgreSQL: read committed; lock what you decide by (a "--
 * pg:" variant with FOR UPDATE, or an UPDATE first). A BUG while read_only is set. */
MUST_USE enum err tx_begin(struct ctx *ctx, struct tx *ret);
/* Several reads that belong together. SQLite: one snapshot of each file, and fewer locks. PostgreSQL: nothing is sent;
 * each statement sees its own moment. Writing inside is a BUG. End it by tx_commit or by leaving the block. */
MUST_USE enum err tx_begin_read(struct ctx *ctx, struct tx *ret);
/* Durable when OK: the bytes are on disk. ERR_BUSY: nothing happened. ERR_STORE: the connection was lost meanwhile;
 * whether it happened is not known (so what must not happen twice carries a token with a unique key). */
MUST_USE enum err tx_commit(struct tx *tx);
void tx_scope_end(struct tx *tx);
#define TX_SCOPE __attribute__((cleanup(tx_scope_end)))

/* ---- for generated code (x_sql.c) ---- */

/* One parameter; which member counts is told by the statement's declaration. */
union sql_value {
    int64_t i; /* int, bool, ids, time, date (days) */
    struct str s;
};
MUST_USE enum err db_exec(struct ctx *ctx, const struct sql_stmt *stmt, const union sql_value *values);
MUST_USE enum err db_changed(struct ctx *ctx, const struct sql_stmt *stmt, const union sql_value *values,
                             int64_t *ret_changed);
MUST_USE enum err db_one(struct ctx *ctx, const struct sql_stmt *stmt, const union sql_value *values, void *ret_row);
MUST_USE enum err db_many(struct ctx *ctx, const struct sql_stmt *stmt, const union sql_value *values, void **ret_rows,
                          size_t *ret_n);

#endif
