#include "db_engine.h"

void *rows_add(struct rows *rows)
{
    const struct sql_stmt *stmt = rows->stmt;
    size_t most = stmt->result == SQL_MANY ? (size_t)stmt->limit : stmt->result == SQL_ONE ? 1 : 0;
    if (rows->n == most)
        BUG("%s (%s) gave more than %zu rows", stmt->name, stmt->place, most);
    if (rows->n == rows->room) {
        size_t room = rows->room ? rows->room * 2 : most < 16 ? most : 16;
        room = room > most ? most : room;
        rows->p = arena_grow(rows->ctx->arena, rows->p, rows->room * stmt->row_size, room * stmt->row_size);
        rows->room = room;
    }
    return rows->p + stmt->row_size * rows->n++;
}

void row_put_int(void *row, const struct sql_field *field, int64_t value)
{
    char *at = (char *)row + field->offset;
    switch (field->kind) {
    case SQL_BOOL:
        *(bool *)at = value != 0;
        return;
    case SQL_DATE:
        *(struct date *)at = (struct date){(int32_t)value};
        return;
    case SQL_INT:
    case SQL_TIME:
    case SQL_ID:
        *(int64_t *)at = value;
        return;
    case SQL_TEXT:
    case SQL_BLOB:
        break;
    }
    BUG("column %s is no number", field->name);
}

void row_put_str(struct rows *rows, void *row, const struct sql_field *field, const void *p, size_t n)
{
    char *copy = arena_alloc(rows->ctx->arena, n);
    if (n)
        memcpy(copy, p, n);
    *(struct str *)((char *)row + field->offset) = (struct str){copy, n};
}

enum err row_put_null(struct rows *rows, void *row, const struct sql_field *field)
{
    if (!field->maybe)
        return fail(rows->ctx, ERR_CORRUPT, "column \"%s\" of %s is NULL", field->name, rows->stmt->name);
    switch (field->kind) {
    case SQL_TEXT:
    case SQL_BLOB:
        return OK; /* STR_NONE is all zeroes, as the row is */
    case SQL_TIME:
        row_put_int(row, field, UTC_NONE.v);
        return OK;
    case SQL_DATE:
        row_put_int(row, field, DATE_NONE.days);
        return OK;
    case SQL_INT:
    case SQL_BOOL:
    case SQL_ID:
        return OK;
    }
    return OK;
}

bool value_is_null(const struct sql_field *field, const union sql_value *value)
{
    switch (field->kind) {
    case SQL_TEXT:
    case SQL_BLOB:
        return field->maybe && str_is_none(value->s);
    case SQL_ID:
        return field->maybe && value->i == 0;
    case SQL_TIME: /* where NULL is not allowed, "never" is stored as the latest time there is, and sorts so */
        return field->maybe && value->i == UTC_NONE.v;
    case SQL_DATE:
        return field->maybe && value->i == DATE_NONE.days;
    case SQL_INT:
    case SQL_BOOL:
        return false;
    }
    return false;
}

struct prepared *prepared_find(struct prepared *table, const struct sql_stmt *stmt)
{
    size_t at = ((uintptr_t)stmt >> 4) * 0x9E3779B97F4A7C15u >> 32;
    for (size_t i = 0; i < PREPARED_MAX; i++) {
        struct prepared *place = &table[(at + i) % PREPARED_MAX];
        if (place->stmt == stmt || place->stmt == NULL)
            return place;
    }
    BUG("more than %d statements", PREPARED_MAX);
}

enum db_engine db_engine(const struct db *db)
{
    return db->ops->engine;
}

void db_close(struct db *db)
{
    if (db == NULL)
        return;
    assert(db->tx == TX_NONE);
    db->ops->close(db);
}

bool db_read_only(struct ctx *ctx, bool read_only)
{
    struct db *db = ctx->db;
    bool was = db->read_only;
    if (was && !read_only && db->tx == TX_NONE)
        db->ops->snapshot_end(db);
    db->read_only = read_only;
    return was;
}

enum err db_relax(struct ctx *ctx)
{
    assert(ctx->db->tx == TX_NONE);
    return ctx->db->ops->relax(ctx, ctx->db);
}

bool db_in_tx(const struct ctx *ctx)
{
    return ctx->db->tx != TX_NONE;
}

/* ---- statements ---- */

static enum err check_values(struct ctx *ctx, const struct sql_stmt *stmt, const union sql_value *values)
{
    for (size_t i = 0; i < stmt->n_params; i++) {
        if (stmt->params[i].kind != SQL_TEXT)
            continue;
        struct str s = values[i].s;
        if (str_find_char(s, 0) >= 0 || !str_is_utf8(s))
            return fail(ctx, ERR_INVALID, "\"%s\" holds bytes that are no text", stmt->params[i].name);
    }
    return OK;
}

static enum err run(struct ctx *ctx, const struct sql_stmt *stmt, const union sql_value *values, struct rows *rows)
{
    struct db *db = ctx->db;
    if (stmt->writes && (db->read_only || db->tx == TX_READ)) /* inv 2 */
        BUG("%s (%s) writes where only reading is allowed", stmt->name, stmt->place);
    if (db->doomed) /* inv 3 */
        BUG("%s (%s) in a transaction that has failed", stmt->name, stmt->place);
    *rows = (struct rows){.ctx = ctx, .stmt = stmt};
    enum err err = check_values(ctx, stmt, values);
    if (err == OK)
        err = db->ops->run(db, stmt, values, rows);
    db->doomed = err != OK && db->tx == TX_WRITE;
    return err;
}

enum err db_exec(struct ctx *ctx, const struct sql_stmt *stmt, const union sql_value *values)
{
    struct rows rows;
    return run(ctx, stmt, values, &rows);
}

enum err db_changed(struct ctx *ctx, const struct sql_stmt *stmt, const union sql_value *values, int64_t *ret_changed)
{
    struct rows rows;
    TRY(run(ctx, stmt, values, &rows));
    *ret_changed = rows.changed;
    return OK;
}

enum err db_one(struct ctx *ctx, const struct sql_stmt *stmt, const union sql_value *values, void *ret_row)
{
    struct rows rows;
    TRY(run(ctx, stmt, values, &rows));
    if (rows.n == 0)
        return fail(ctx, ERR_NOT_FOUND, "%s found nothing", stmt->name);
    memcpy(ret_row, rows.p, stmt->row_size);
    return OK;
}

enum err db_many(struct ctx *ctx, const struct sql_stmt *stmt, const union sql_value *values, void **ret_rows,
                 size_t *ret_n)
{
    struct rows rows;
    TRY(run(ctx, stmt, values, &rows));
    *ret_rows = rows.p;
    *ret_n = rows.n;
    return OK;
}

/* ---- transactions ---- */

static enum err begin(struct ctx *ctx, enum tx_state state, struct tx *ret)
{
    struct db *db = ctx->db;
    if (state == TX_WRITE && (db->read_only || db->tx == TX_READ))
        BUG("a writing transaction where only reading is allowed");
    if (db->tx != TX_NONE) {
        *ret = (struct tx){.ctx = state == TX_WRITE ? ctx : NULL, .joined = true};
        return OK;
    }
    *ret = (struct tx){0};
    TRY(db->ops->begin(ctx, db, state == TX_WRITE));
    db->tx = state;
    db->doomed = false;
    ret->ctx = ctx;
    return OK;
}

enum err tx_begin(struct ctx *ctx, struct tx *ret)
{
    return begin(ctx, TX_WRITE, ret);
}

enum err tx_begin_read(struct ctx *ctx, struct tx *ret)
{
    return begin(ctx, TX_READ, ret);
}

static void roll_back(struct db *db)
{
    db->ops->rollback(db);
    db->tx = TX_NONE;
    db->doomed = false;
}

enum err tx_commit(struct tx *tx)
{
    struct ctx *ctx = tx->ctx;
    if (ctx == NULL) { /* a read that joined another transaction */
        assert(tx->joined);
        return OK;
    }
    tx->ctx = NULL;
    struct db *db = ctx->db;
    if (db->doomed) {
        struct str why = ctx->error.message;
        if (!tx->joined)
            roll_back(db);
        (void)!fail(ctx, ERR_STORE, "a part of the transaction failed, so nothing of it was done");
        return fail_detail(ctx, "%.*s", STR_ARG(why));
    }
    if (tx->joined)
        return OK;
    enum err err = db->ops->commit(ctx, db);
    if (err != OK)
        db->ops->rollback(db);
    db->tx = TX_NONE;
    return err;
}

void tx_scope_end(struct tx *tx)
{
    if (tx->ctx == NULL)
        return;
    if (tx->joined)
        tx->ctx->db->doomed = true;
    else
        roll_back(tx->ctx->db);
    tx->ctx = NULL;
}
