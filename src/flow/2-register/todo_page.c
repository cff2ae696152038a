/* "Uppgifter åt dig": the section of /att-gora. */
#include "todo_page.h"

#include "page_parts.h"

enum { TODO_FIRST = 5 };

struct tag_view todo_tag(struct ctx *ctx, const struct town *town, const struct routine *routine, struct utc_us due)
{
    if (utc_is_none(due))
        return (struct tag_view){.text = STR_NONE};
    struct utc_us now = ctx_now(ctx);
    struct unit_id unit = town_unit_of(town, ctx->who);
    const struct local_days *local = unit.v ? &town_days(town, unit)->local : NULL;
    return days_tag(ctx, days_left(routine, local, utc_to_date(now), due), utc_cmp(due, now) < 0);
}

static enum err row_view(struct ctx *ctx, const struct town *town, const struct todo_item *item,
                         struct todo_row_view *ret)
{
    const struct routine *routine;
    TRY(town_routine(ctx, item->routine, &routine));
    *ret = (struct todo_row_view){
        .url = item->link,
        .what = msg_of_code(ctx->lang, MSG_PREFIX("todo_what_"), item->what),
        .tag = todo_tag(ctx, town, routine, item->due),
    };
    if (!str_is_none(item->number)) {
        ret->number = item->number;
        ret->title = str_is_empty(item->title) ? WORDS(ctx, case_no_title, .type = type_word(ctx, routine, item->type))
                                               : item->title;
    }
    if (!utc_is_none(item->due))
        ret->due = when_date(ctx->arena, ctx->lang, utc_to_date(item->due), utc_to_date(ctx_now(ctx)));
    return OK;
}

enum err todo_fill(struct ctx *ctx, const struct town *town, struct todo_view *ret)
{
    struct todo_item *items;
    size_t n;
    TRY(todo_read(ctx, &items, &n));
    struct todo_row_view *rows = ARENA_ARRAY(ctx->arena, struct todo_row_view, n);
    for (size_t i = 0; i < n; i++)
        TRY(row_view(ctx, town, &items[i], &rows[i]));
    /* One more is no reason to fold. */
    size_t n_first = n > TODO_FIRST + 1 ? TODO_FIRST : n;
    *ret = (struct todo_view){.rows = rows, .n_rows = n_first, .more = rows + n_first, .n_more = n - n_first};
    return OK;
}
