/* How a case came in, for the case page. */
#include "arrival_page.h"

#include "date_words.h"
#include "page_parts.h"

enum { FACTS_MAX = 6 };

struct fact_list {
    struct fact_view *v;
    size_t n;
};

static void add(struct ctx *ctx, struct fact_list *facts, enum msg name, struct str value)
{
    assert(facts->n < FACTS_MAX);
    if (!str_is_empty(value))
        facts->v[facts->n++] = (struct fact_view){msg_text(ctx->lang, name), value};
}

static struct str lag_words(struct ctx *ctx, struct utc_us from, struct utc_us to)
{
    int64_t days = arrival_lag_days(from, to);
    return days == 0 ? msg_text(ctx->lang, MSG_arrival_same_day) : WORDS(ctx, arrival_days_after, .n = days);
}

enum err arrival_fill(struct ctx *ctx, const struct open_case *c, struct arrival_view *ret)
{
    struct fact_list facts = {ARENA_ARRAY(ctx->arena, struct fact_view, FACTS_MAX), 0};
    struct arrival_view view = {.link = {STR_NONE}};
    struct arrival_entered_row entry;
    TRY(arrival_entered(ctx, c->row.id, &entry));
    struct date today = utc_to_date(ctx_now(ctx));
    struct arrival arrival = {.arrived = DATE_NONE};
    enum err found = arrival_of(ctx, c->row.id, &arrival);
    if (found != ERR_NOT_FOUND)
        TRY(found);
    if (!date_is_none(arrival.arrived) && str_eq(c->row.channel, STR("letter")))
        add(ctx, &facts, arrival.paper_form ? MSG_arrival_stamp_form : MSG_arrival_stamp,
            when_date(ctx->arena, ctx->lang, arrival.arrived, today).words);
    if (!utc_is_none(entry.entered))
        add(ctx, &facts, MSG_arrival_entered, lag_words(ctx, c->row.received, entry.entered));
    add(ctx, &facts, MSG_arrival_organisation, arrival.organisation);
    add(ctx, &facts, MSG_arrival_reference, arrival.reference);
    if (!str_is_empty(arrival.link))
        view.link = url_foreign(arrival.link);
    view.aside = arrival.aside;
    view.facts = (struct facts_view){facts.v, facts.n};
    *ret = view;
    return OK;
}
