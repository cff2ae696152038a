#include "place.h"

#include "settings.h"
#include "vault.h"

static void close_db(void *db)
{
    db_close(db);
}

static void close_vault(void *vault)
{
    vault_close(vault);
}

static void close_town(void *town)
{
    town_cache_free(town);
}

/* The only municipality there is. */
static enum err only_one(struct ctx *ctx, const struct where *where, struct str *ret)
{
    struct str *slugs;
    size_t n;
    TRY(store_list(ctx, where, &slugs, &n));
    if (n == 0) {
        fail(ctx, ERR_NOT_FOUND, "there is no municipality here");
        return fail_hint(ctx, "make one: gava init, or gava demo");
    }
    if (n > 1) {
        fail(ctx, ERR_INVALID, "there are %zu municipalities here", n);
        return fail_hint(ctx, "say which: --municipality SLUG");
    }
    *ret = slugs[0];
    return OK;
}

enum err place_open(struct ctx *ctx, const struct place *place)
{
    TRY(where_check(ctx, &place->where));
    struct str slug = place->municipality;
    if (str_is_none(slug))
        TRY(only_one(ctx, &place->where, &slug));
    TRY(store_open(ctx, &place->where, slug, &ctx->db));
    ctx_defer(ctx, close_db, ctx->db);
    TRY(vault_open(ctx, &place->where, &ctx->vault));
    ctx_defer(ctx, close_vault, ctx->vault);
    ctx->town = town_cache_new();
    ctx_defer(ctx, close_town, ctx->town);
    return OK;
}

static enum err make_keys_and_settings(struct ctx *ctx, const struct where *where, struct str slug)
{
    if (!str_is_none(where->dir))
        TRY(settings_make(ctx, where->dir));
    struct db *db;
    TRY(store_open(ctx, where, slug, &db));
    ctx->db = db;
    enum err err = vault_create(ctx, where);
    ctx->db = NULL;
    db_close(db);
    return err;
}

enum err place_create(struct ctx *ctx, const struct where *where, struct str slug)
{
    TRY(where_check(ctx, where));
    TRY(store_create(ctx, where, slug));
    enum err err = make_keys_and_settings(ctx, where, slug);
    return err == OK ? OK : store_undo(ctx, where, slug, err);
}
