#include "invariants.h"

#include "invariants_sql.h"
#include "sql.h"

#include <inttypes.h>

/* All rules give rows of one shape; invariant_closed stands for them. */
static enum err rule_check(struct ctx *ctx, const struct sql_stmt *rule, struct findings *findings)
{
    struct str name = str_skip(str_from(rule->name), sizeof "invariant_" - 1);
    void *rows;
    size_t n;
    assert(rule->row_size == sizeof(struct invariant_closed_row) && rule->n_params == 0);
    TRY(db_many(ctx, rule, NULL, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const struct invariant_closed_row *row = (const struct invariant_closed_row *)rows + i;
        findings_add(findings, "rule %.*s: %" PRId64 " (%.*s)", STR_ARG(name), row->row, STR_ARG(row->what));
    }
    return OK;
}

enum err invariants_check(struct ctx *ctx, struct findings *findings)
{
    for (const struct sql_stmt *const *stmt = sql_all; *stmt; stmt++)
        if (str_starts(str_from((*stmt)->name), STR("invariant_")))
            TRY(rule_check(ctx, *stmt, findings));
    return OK;
}
