#include "series.h"

#include "series_sql.h"

enum err series_next(struct ctx *ctx, struct str code, int year, int64_t *ret)
{
    assert(db_in_tx(ctx)); /* inv 1 */
    struct series_take_row row;
    TRY(series_take(ctx, code, year, &row));
    *ret = row.last;
    return OK;
}
