#include "schema.h"

#include "db_engine.h"
#include "schema_sql.h"

#include <inttypes.h>

/* The row of a migration that has run, or NULL. */
static const struct migration_list_row *row_of(const struct migration *m, const struct migration_list_row *rows,
                                               size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (rows[i].number == m->number)
            return &rows[i];
    return NULL;
}

/* What has run must be what this program knows. */
static enum err check(struct ctx *ctx, const struct migration *list, const struct migration_list_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct migration *m = list;
        while (m->number && m->number != rows[i].number)
            m++;
        if (m->number == 0) {
            (void)!fail(ctx, ERR_SETTING,
                        "the store has migration %" PRId64 " \"%.*s\", which this program does not know",
                        rows[i].number, STR_ARG(rows[i].name));
            return fail_hint(ctx, "Use the newer program that made it.");
        }
        if (!str_eq(rows[i].sha256, str_from(m->sha256))) {
            (void)!fail(ctx, ERR_SETTING, "migration %d \"%s\" differs from the one this store was made with",
                        m->number, m->name);
            return fail_hint(ctx,
                             "A migration that has run is never changed: add a new one. A store with nothing of value "
                             "in it can be made anew.");
        }
    }
    return OK;
}

static enum err applied(struct ctx *ctx, struct migration_list_row **ret_rows, size_t *ret_n)
{
    struct migration_tables_row tables;
    *ret_rows = NULL;
    *ret_n = 0;
    TRY(migration_tables(ctx, &tables));
    return tables.n == 2 ? migration_list(ctx, ret_rows, ret_n) : OK;
}

/* One migration with its row, unless another process was first. */
static enum err migrate_one(struct ctx *ctx, const struct migration *m)
{
    struct db *db = ctx->db;
    bool pg = db_engine(db) == DB_PG;
    struct migration_lock_row lock;
    struct migration_list_row *rows;
    size_t n;
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(migration_lock(ctx, &lock));
    TRY(migration_table_make(ctx));
    TRY(vault_migration_table_make(ctx));
    TRY(migration_list(ctx, &rows, &n));
    if (row_of(m, rows, n))
        return tx_commit(&tx);
    TRY(db->ops->script(ctx, db, m->vault, pg ? m->pg : m->sqlite));
    struct str name = str_from(m->name), sha256 = str_from(m->sha256);
    TRY(m->vault ? vault_migration_add(ctx, m->number, name, sha256, ctx_now(ctx))
                 : migration_add(ctx, m->number, name, sha256, ctx_now(ctx)));
    return tx_commit(&tx);
}

enum err schema_migrate_to(struct ctx *ctx, const struct migration *list, int last)
{
    struct migration_list_row *rows;
    size_t n;
    TRY(applied(ctx, &rows, &n));
    TRY(check(ctx, list, rows, n));
    for (const struct migration *m = list; m->number && m->number <= last; m++)
        if (row_of(m, rows, n) == NULL)
            TRY(migrate_one(ctx, m));
    return OK;
}

enum err schema_migrate(struct ctx *ctx)
{
    return schema_migrate_to(ctx, schema_migrations, INT32_MAX);
}
