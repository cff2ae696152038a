/* What: everything that is stored, table by table, so that two moments can be compared. Flow: store_reader_begin(),
 * then store_snapshot() before an operation and after it has failed, through a connection of its own, which sees only
 * what was committed. Memory: a reader lives until store_reader_end(), a snapshot in the arena it is taken with. */
#ifndef GAVA_FAULT_STORE_H
#define GAVA_FAULT_STORE_H

#include "db.h"

enum { SNAPSHOT_TABLES_MAX = 160 };

struct table_state {
    struct str name;
    bool in_vault;
    int64_t n;       /* rows */
    struct str hash; /* of all their columns */
};

struct snapshot {
    size_t n;
    struct table_state tables[SNAPSHOT_TABLES_MAX];
};

struct store_reader;
/* ctx: has a connection of its own. Each of these fails the test when it cannot read. */
struct store_reader *store_reader_begin(struct ctx *ctx);
void store_reader_end(struct store_reader *reader);
const struct snapshot *store_snapshot(struct store_reader *reader, struct arena *arena);

/* "outbox: 2 rows, were 1; ..." or "" when nothing differs. spare_secrets: what lies in the vault alone may differ.
 * What was opened (reading) may have become more. */
struct str snapshot_difference(struct arena *arena, const struct snapshot *before, const struct snapshot *now,
                               bool spare_secrets);
/* Rows of a table; fails the test when there is none of that name. */
int64_t snapshot_rows(const struct snapshot *s, const char *table);

#endif
