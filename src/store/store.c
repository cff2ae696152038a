#include "store.h"

#include "schema.h"
#include "schema_sql.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SLUGS_MAX = 1000 };

bool where_option(struct where *where, struct str option, struct str value)
{
    if (str_eq(option, STR("--data")))
        where->dir = value;
    else if (str_eq(option, STR("--postgres")))
        where->url = value;
    else
        return false;
    return true;
}

enum err where_check(struct ctx *ctx, const struct where *where)
{
    if (str_is_empty(where->dir) != str_is_empty(where->url))
        return OK;
    (void)!fail(ctx, ERR_INVALID, "it must be said where the data is");
    return fail_hint(ctx, "Give either --data DIR or --postgres URL.");
}

bool slug_is_good(struct str slug)
{
    static const struct str taken[] = {STR_INIT("keys"), STR_INIT("public"), STR_INIT("admin"), STR_INIT("api")};
    if (slug.n < 2 || slug.n > 40 || slug.p[0] < 'a' || slug.p[0] > 'z')
        return false;
    for (size_t i = 0; i < slug.n; i++)
        if (!(slug.p[i] >= 'a' && slug.p[i] <= 'z') && !(slug.p[i] >= '0' && slug.p[i] <= '9') && slug.p[i] != '-')
            return false;
    for (size_t i = 0; i < ARRAY_LEN(taken); i++)
        if (str_eq(slug, taken[i]))
            return false;
    return true;
}

static struct str dir_of(struct ctx *ctx, const struct where *where, struct str slug)
{
    return str_fmt(ctx->arena, "%.*s/%.*s", STR_ARG(where->dir), STR_ARG(slug));
}

static bool exists_sqlite(struct ctx *ctx, const struct where *where, struct str slug)
{
    struct str file = str_fmt(ctx->arena, "%.*s/%.*s/register.db", STR_ARG(where->dir), STR_ARG(slug));
    return access(file.p, F_OK) == 0;
}

static int slug_order(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static enum err list_sqlite(struct ctx *ctx, const struct where *where, struct str **ret_slugs, size_t *ret_n)
{
    struct str *slugs = ARENA_ARRAY(ctx->arena, struct str, SLUGS_MAX);
    size_t n = 0;
    DIR *dir = opendir(str_cz(ctx->arena, where->dir));
    if (dir == NULL && errno != ENOENT) {
        (void)!fail(ctx, ERR_IO, "could not read \"%.*s\"", STR_ARG(where->dir));
        return fail_detail(ctx, "%s", strerror(errno));
    }
    for (struct dirent *entry; dir && n < SLUGS_MAX && (entry = readdir(dir));) {
        struct str slug = str_from(entry->d_name);
        if (slug_is_good(slug) && exists_sqlite(ctx, where, slug))
            slugs[n++] = str_copy(ctx->arena, slug);
    }
    if (dir)
        closedir(dir);
    qsort(slugs, n, sizeof *slugs, slug_order);
    *ret_slugs = slugs;
    *ret_n = n;
    return OK;
}

static enum err list_pg(struct ctx *ctx, const struct where *where, struct str **ret_slugs, size_t *ret_n)
{
    struct db *before = ctx->db, *db;
    struct store_slugs_row *rows;
    size_t n;
    TRY(db_open_pg(ctx, where->url, STR("public"), &db));
    ctx->db = db;
    enum err err = store_slugs(ctx, &rows, &n);
    ctx->db = before;
    db_close(db);
    TRY(err);
    *ret_slugs = ARENA_ARRAY(ctx->arena, struct str, n);
    *ret_n = 0;
    for (size_t i = 0; i < n; i++)
        if (slug_is_good(rows[i].slug))
            (*ret_slugs)[(*ret_n)++] = rows[i].slug;
    return OK;
}

enum err store_list(struct ctx *ctx, const struct where *where, struct str **ret_slugs, size_t *ret_n)
{
    TRY(where_check(ctx, where));
    return where->url.n ? list_pg(ctx, where, ret_slugs, ret_n) : list_sqlite(ctx, where, ret_slugs, ret_n);
}

static enum err exists(struct ctx *ctx, const struct where *where, struct str slug, bool *ret)
{
    struct str *slugs;
    size_t n;
    if (!slug_is_good(slug))
        return fail(ctx, ERR_INVALID, "\"%.*s\" cannot be a municipality's short name", STR_ARG(slug));
    TRY(store_list(ctx, where, &slugs, &n));
    *ret = n && bsearch(&slug, slugs, n, sizeof *slugs, slug_order);
    return OK;
}

static enum err dir_make(struct ctx *ctx, struct str path)
{
    if (mkdir(str_cz(ctx->arena, path), 0700) == 0 || errno == EEXIST)
        return OK;
    (void)!fail(ctx, ERR_IO, "could not make the directory \"%.*s\"", STR_ARG(path));
    return fail_detail(ctx, "%s", strerror(errno));
}

static enum err open_migrated(struct ctx *ctx, const struct where *where, struct str slug, bool create, struct db **ret)
{
    struct db *before = ctx->db, *db;
    if (where->url.n)
        TRY(db_open_pg(ctx, where->url, slug, &db));
    else
        TRY(db_open_sqlite(ctx, dir_of(ctx, where, slug), &db));
    ctx->db = db;
    struct schemas_name_row name;
    enum err err = OK;
    if (create)
        err = schemas_name(ctx, slug, &name);
    if (create && err == OK)
        err = schemas_make(ctx);
    if (err == OK)
        err = schema_migrate(ctx);
    ctx->db = before;
    if (err != OK) {
        db_close(db);
        return err;
    }
    *ret = db;
    return OK;
}

static enum err remove_sqlite(struct ctx *ctx, const struct where *where, struct str slug)
{
    static const char *const files[] = {"register.db", "register.db-wal", "register.db-shm", "register.db-journal",
                                        "vault.db",    "vault.db-wal",    "vault.db-shm",    "vault.db-journal"};
    struct str dir = dir_of(ctx, where, slug);
    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        if (unlink(str_fmt(ctx->arena, "%.*s/%s", STR_ARG(dir), files[i]).p) != 0 && errno != ENOENT)
            return fail(ctx, ERR_IO, "could not remove \"%.*s/%s\"", STR_ARG(dir), files[i]);
    if (rmdir(str_cz(ctx->arena, dir)) != 0 && errno != ENOENT && errno != ENOTEMPTY)
        return fail(ctx, ERR_IO, "could not remove \"%.*s\"", STR_ARG(dir));
    return OK;
}

static enum err remove_pg(struct ctx *ctx, const struct where *where, struct str slug)
{
    struct db *before = ctx->db, *db;
    struct schemas_name_row name;
    TRY(db_open_pg(ctx, where->url, STR("public"), &db));
    ctx->db = db;
    enum err err = schemas_name(ctx, slug, &name);
    if (err == OK)
        err = schemas_drop(ctx);
    ctx->db = before;
    db_close(db);
    return err;
}

enum err store_undo(struct ctx *ctx, const struct where *where, struct str slug, enum err why)
{
    struct error first = ctx->error;
    enum err err = where->url.n ? remove_pg(ctx, where, slug) : remove_sqlite(ctx, where, slug);
    struct error second = ctx->error;
    ctx->error = first;
    if (err != OK)
        return fail_hint(ctx, "What was begun of \"%.*s\" is still there: %.*s.", STR_ARG(slug),
                         STR_ARG(second.message));
    return why;
}

enum err store_create(struct ctx *ctx, const struct where *where, struct str slug)
{
    bool there;
    struct db *db;
    TRY(exists(ctx, where, slug, &there));
    if (there)
        return fail(ctx, ERR_CONFLICT, "there is a municipality \"%.*s\" already", STR_ARG(slug));
    if (where->dir.n) {
        TRY(dir_make(ctx, where->dir));
        TRY(dir_make(ctx, dir_of(ctx, where, slug)));
    }
    enum err err = open_migrated(ctx, where, slug, /* create= */ true, &db);
    if (err != OK)
        return store_undo(ctx, where, slug, err);
    db_close(db);
    return OK;
}

enum err store_open(struct ctx *ctx, const struct where *where, struct str slug, struct db **ret)
{
    bool there;
    TRY(exists(ctx, where, slug, &there));
    if (!there)
        return fail(ctx, ERR_NOT_FOUND, "there is no municipality \"%.*s\"", STR_ARG(slug));
    return open_migrated(ctx, where, slug, /* create= */ false, ret);
}
