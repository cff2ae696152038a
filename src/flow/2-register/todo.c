#include "todo.h"

#include <stdlib.h>

#include "case_copy_sql.h"
#include "close_sql.h"
#include "consult_sql.h"
#include "measure_sql.h"
#include "posting_sql.h"
#include "prevention_sql.h"
#include "todo_sql.h"

enum link_by { BY_NUMBER, BY_KEY };

/* A row of any of the statements: they give the same columns, but each has a type of its own. */
struct todo_row {
    int64_t key;
    struct str what, number, title, type;
    struct routine_id routine;
    bool seen;
    struct utc_us due;
};

static struct todo_item item_of(struct ctx *ctx, const struct todo_row *row, enum link_by by, const char *path)
{
    struct str key = by == BY_NUMBER ? row->number : str_fmt(ctx->arena, "%lld", (long long)row->key);
    return (struct todo_item){
        .what = row->what,
        .number = row->seen ? row->number : STR_NONE,
        .title = row->seen ? row->title : STR_NONE,
        .type = row->type,
        .routine = row->routine,
        .due = row->due,
        .is_late = !utc_is_none(row->due) && utc_cmp(row->due, ctx_now(ctx)) < 0,
        .link = url_path(ctx->arena, path, 1, &key),
    };
}

static int by_due(const void *a, const void *b)
{
    const struct todo_item *x = a, *y = b;
    if (utc_is_none(x->due) || utc_is_none(y->due))
        return utc_is_none(x->due) - utc_is_none(y->due);
    return utc_cmp(x->due, y->due);
}

enum {
#define WAITING(statement, by, path) TODO_##statement,
#include "todo.def"
#undef WAITING
    TODO_KIND_COUNT
};

enum err todo_read(struct ctx *ctx, struct todo_item **ret, size_t *ret_n)
{
    struct todo_item *items = ARENA_ARRAY(ctx->arena, struct todo_item, TODO_KIND_COUNT * TODO_MAX);
    size_t n = 0;
#define WAITING(statement, by, path)                                                                                   \
    {                                                                                                                  \
        struct statement##_row *rows;                                                                                  \
        size_t n_rows;                                                                                                 \
        TRY(statement(ctx, ctx->who, TODO_MAX, &rows, &n_rows));                                                       \
        for (size_t i = 0; i < n_rows; i++) {                                                                          \
            if ((by) == BY_NUMBER && !rows[i].seen)                                                                    \
                continue; /* the case was closed to him or her meanwhile: there is nothing to open */                  \
            const struct todo_row row = {rows[i].key,  rows[i].what,    rows[i].number, rows[i].title,                 \
                                         rows[i].type, rows[i].routine, rows[i].seen,   rows[i].due};                  \
            items[n++] = item_of(ctx, &row, by, path);                                                                 \
        }                                                                                                              \
    }
#include "todo.def"
#undef WAITING
    if (n)
        qsort(items, n, sizeof items[0], by_due);
    *ret = items;
    *ret_n = n;
    return OK;
}
