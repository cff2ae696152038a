/* What: the migrations that make the schema, embedded in the program (store/schema/NNNN_name.sql, made into C by
 * tools/schemac). Forward only; a migration that has run anywhere is never changed, a new one is added. */
#ifndef GAVA_SCHEMA_H
#define GAVA_SCHEMA_H

#include "db.h"

struct migration {
    int number; /* ascending; 0 ends the list */
    const char *name;
    bool vault;         /* changes the vault, else the register */
    const char *sha256; /* of the file, in hexadecimal */
    const char *sqlite, *pg;
};
extern const struct migration schema_migrations[];

/* Bring ctx->db to the newest migration; nothing to do is quick. Each runs in one transaction with its row in the table
 * migration (vault_migration in the vault), under a lock, so that several processes may start at once.
 * ERR_SETTING when the store is newer than this program, or was made by a migration whose text differs. */
MUST_USE enum err schema_migrate(struct ctx *ctx);
/* The same from another list, up to and with number last (for tests). */
MUST_USE enum err schema_migrate_to(struct ctx *ctx, const struct migration *list, int last);

#endif
