#include "letter_panel_page.h"

#include "deliver.h"
#include "letter_paper.h"
#include "page_parts.h"
#include "posting.h"

static struct str name_of(const struct open_case *c, struct user_id user)
{
    const struct staff *staff = user.v ? town_staff(c->town, user) : NULL;
    return staff ? staff->name : STR("");
}

static struct str state_words(struct ctx *ctx, const struct open_case *c, const struct posting_of_case_row *row)
{
    struct date today = utc_to_date(ctx_now(ctx));
    if (!date_is_none(row->posted))
        return WORDS(ctx, posting_posted, .when = when_date(ctx->arena, ctx->lang, row->posted, today),
                     .when_ticked = when_date(ctx->arena, ctx->lang, utc_to_date(row->ticked), today),
                     .who = name_of(c, row->ticked_by));
    if (!utc_is_none(row->printed))
        return WORDS(ctx, posting_printed, .when = when_date(ctx->arena, ctx->lang, utc_to_date(row->printed), today),
                     .who = name_of(c, row->printed_by));
    return WORDS(ctx, letter_waits, .when = when_date(ctx->arena, ctx->lang, utc_to_date(row->created), today));
}

static struct letter_panel_row_view row_view(struct ctx *ctx, const struct open_case *c,
                                             const struct posting_of_case_row *row)
{
    const struct url none = {STR_NONE};
    struct str id = str_fmt(ctx->arena, "%lld", (long long)row->id.v);
    struct str n = str_fmt(ctx->arena, "%lld", (long long)row->document_number);
    bool waits = utc_is_none(row->ticked);
    bool may_undo = !date_is_none(row->posted) && deliver_may_undo(row->ticked, ctx_now(ctx));
    return (struct letter_panel_row_view){
        .id = id,
        .kind = posting_kind_words(ctx, row->document_kind, row->purpose),
        .state = state_words(ctx, c, row),
        .look = row->document_number && letter_may_print(c) ? URL_PATH(ctx->arena, "/arende/%/brev/%", c->row.number, n)
                                                            : none,
        .mark = waits && case_may(c, STEP_tick) ? URL_PATH(ctx->arena, "/arende/%/uppgift/%", c->row.number, id) : none,
        .undo = may_undo && case_may(c, STEP_untick)
                    ? URL_PATH(ctx->arena, "/arende/%/uppgift/%/angra", c->row.number, id)
                    : none,
    };
}

enum err letter_panel_fill(struct ctx *ctx, const struct open_case *c, struct str csrf, struct letter_panel_view *ret)
{
    struct posting_of_case_row *rows;
    size_t n;
    TRY(posting_of_case(ctx, c->row.id, &rows, &n));
    struct letter_panel_row_view *views = ARENA_ARRAY(ctx->arena, struct letter_panel_row_view, n);
    for (size_t i = 0; i < n; i++)
        views[i] = row_view(ctx, c, &rows[i]);
    struct out today = out_init(ctx->arena, /* max_bytes= */ 20);
    out_date(&today, utc_to_date(ctx_now(ctx)));
    *ret = (struct letter_panel_view){.csrf = csrf, .today = out_take(&today), .rows = views, .n_rows = n};
    return OK;
}
