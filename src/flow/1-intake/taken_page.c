#include "taken_page.h"

#include "date_words.h"
#include "page_parts.h"
#include "take_in_sql.h"

/* The label of a code; STR_NONE for the empty one and for what says nothing. */
static struct str label(struct ctx *ctx, struct str prefix, struct str code, struct str nothing)
{
    if (str_is_empty(code) || str_eq(code, nothing))
        return STR_NONE;
    return with_capital(ctx, msg_of_code(ctx->lang, prefix, code));
}

static struct str receiver_words(struct ctx *ctx, const struct open_case *c, struct user_id id)
{
    const struct staff *staff = id.v ? town_staff(c->town, id) : NULL;
    if (staff == NULL)
        return STR_NONE;
    return str_is_empty(staff->title) ? staff->name
                                      : str_fmt(ctx->arena, "%.*s, %.*s", STR_ARG(staff->name), STR_ARG(staff->title));
}

/* When it was entered, where that was later than it was said: so that lateness shows. */
static struct str entered_words(struct ctx *ctx, const struct taken_in_get_row *row)
{
    if (utc_is_none(row->entered) || utc_cmp(row->entered, utc_add(row->received, HOUR_US)) < 0)
        return STR_NONE;
    return when_moment(ctx->arena, ctx->lang, row->entered, utc_to_date(ctx_now(ctx))).words;
}

enum err taken_fill(struct ctx *ctx, const struct open_case *c, struct taken_view *ret)
{
    struct taken_in_get_row row;
    enum err err = taken_in_get(ctx, c->row.id, &row);
    if (err == ERR_NOT_FOUND)
        return OK;
    TRY(err);
    struct str yes = msg_text(ctx->lang, MSG_taken_yes);
    const struct {
        enum msg name;
        struct str value;
    } all[] = {
        {MSG_taken_by, receiver_words(ctx, c, row.receiver)},
        {MSG_taken_entered, entered_words(ctx, &row)},
        {MSG_taken_channel, label(ctx, MSG_PREFIX("channel_"), row.channel, STR_NONE)},
        {MSG_taken_role, label(ctx, MSG_PREFIX("submitter_role_"), row.submitter_role, STR("unknown"))},
        {MSG_taken_behalf, label(ctx, MSG_PREFIX("behalf_"), row.on_behalf, STR_NONE)},
        {MSG_taken_language, label(ctx, MSG_PREFIX("spoken_"), row.spoken, STR("sv"))},
        {MSG_taken_formalised, label(ctx, MSG_PREFIX("take_formalised_"), row.formalised, STR_NONE)},
        {MSG_taken_asked, label(ctx, MSG_PREFIX("take_asked_"), row.asked_complaint, STR_NONE)},
        {MSG_taken_write_self, label(ctx, MSG_PREFIX("take_write_self_"), row.write_self, STR_NONE)},
        {MSG_taken_informed, row.informed ? yes : STR_NONE},
        {MSG_taken_read_back, row.read_back ? yes : STR_NONE},
    };
    struct fact_view *facts = ARENA_ARRAY(ctx->arena, struct fact_view, ARRAY_LEN(all));
    size_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        if (!str_is_empty(all[i].value))
            facts[n++] = (struct fact_view){msg_text(ctx->lang, all[i].name), all[i].value};
    ret->facts = (struct facts_view){facts, n};
    return OK;
}
