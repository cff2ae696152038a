/* What: where municipalities lie, which there are, making and opening one.
 * SQLite: DIR/SLUG/register.db and vault.db (and DIR/keys/master.key, vault.h). PostgreSQL: the schemas SLUG and
 * SLUG_vault of one database. Flow: every command reads --data DIR or --postgres URL into a struct where; serve opens
 * each municipality once per process. Not here: the municipality's row and first unit (flow/, gava init), the vault's
 * keys (vault.h). */
#ifndef GAVA_STORE_H
#define GAVA_STORE_H

#include "db.h"

struct where {
    struct str dir; /* of --data; STR_NONE with PostgreSQL */
    struct str url; /* of --postgres */
};
/* Take a command-line option: true when it is "--data" or "--postgres". */
bool where_option(struct where *where, struct str option, struct str value);
/* ERR_INVALID unless exactly one was given. */
MUST_USE enum err where_check(struct ctx *ctx, const struct where *where);

/* a-z first, then a-z 0-9 -, 2-40 bytes; not keys, public, admin or what Gåva's own paths begin with. */
bool slug_is_good(struct str slug);

/* The municipalities there are, by slug; an empty or missing DIR has none. At most 1,000. */
MUST_USE enum err store_list(struct ctx *ctx, const struct where *where, struct str **ret_slugs, size_t *ret_n);
/* A new, empty store with the newest schema, closed again. ERR_CONFLICT when there is one, ERR_INVALID for a bad slug.
 */
MUST_USE enum err store_create(struct ctx *ctx, const struct where *where, struct str slug);
/* Take away what store_create made, for the command that made it and could not finish; never for a store that was there
 * before. Gives why (the failure it is undone for), with its text kept in ctx->error; when the rest cannot be
 * removed either, the hint says so. */
MUST_USE enum err store_undo(struct ctx *ctx, const struct where *where, struct str slug, enum err why);
/* Open an existing store; runs the migrations it lacks. ret lives until db_close. ERR_NOT_FOUND when there is none. */
MUST_USE enum err store_open(struct ctx *ctx, const struct where *where, struct str slug, struct db **ret);

#endif
