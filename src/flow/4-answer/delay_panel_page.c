#include "delay_panel_page.h"

#include "date_words.h"
#include "page_parts.h"

static struct when_text day_of(struct ctx *ctx, struct utc_us at)
{
    return when_day(ctx->arena, ctx->lang, utc_to_date(at), utc_to_date(ctx_now(ctx)));
}

/* "Svaret blev 3 arbetsdagar sent. Personen fick veta det i förväg." */
static struct str over_words(struct ctx *ctx, const struct open_case *c, const struct delay_look *look)
{
    const struct promise *p = look->promise;
    if (p->state == PROMISE_met)
        return msg_text(ctx->lang, MSG_delay_in_time_after_all);
    struct day_rule rule = *town_days(c->town, c->row.unit);
    rule.eves_are_worked = c->routine->eves_are_worked;
    int64_t days = workdays_between(&rule, utc_to_date(p->due), utc_to_date(p->met_at));
    struct str late = days > 0 ? WORDS(ctx, delay_was_late, .n = days) : msg_text(ctx->lang, MSG_delay_was_late_free);
    enum msg told = utc_is_none(p->told_at)               ? MSG_delay_was_untold
                    : utc_cmp(p->told_at, p->due) <= 0    ? MSG_delay_was_told
                    : utc_cmp(p->told_at, p->met_at) <= 0 ? MSG_delay_was_told_late
                                                          : MSG_delay_was_untold;
    return str_fmt(ctx->arena, "%.*s %.*s", STR_ARG(late), STR_ARG(msg_text(ctx->lang, told)));
}

static struct str state_words(struct ctx *ctx, const struct open_case *c, const struct delay_look *look)
{
    const struct promise *p = look->promise;
    struct str what = promise_name(ctx, p->obligation);
    switch (look->state) {
    case DELAY_none:
        return STR_NONE;
    case DELAY_near:
        return WORDS(ctx, delay_near_words, .what = what, .when = day_of(ctx, p->due));
    case DELAY_untold:
        return WORDS(ctx, delay_untold_words, .what = what, .when = day_of(ctx, p->due));
    case DELAY_on_way:
        return msg_text(ctx->lang, MSG_delay_on_way_words);
    case DELAY_told:
        return WORDS(ctx, delay_told_words, .when = day_of(ctx, p->new_due));
    case DELAY_passed:
        return WORDS(ctx, delay_passed_words, .when = day_of(ctx, p->new_due));
    case DELAY_over:
        return over_words(ctx, c, look);
    case DELAY_STATE_COUNT:
        break;
    }
    BUG("delay state %d", (int)look->state);
}

/* "14 december: nytt datum 12 januari" and "med brev, Amir Haddad". */
static struct facts_view told_views(struct ctx *ctx, const struct open_case *c, const struct delay_look *look)
{
    struct fact_view *facts = ARENA_ARRAY(ctx->arena, struct fact_view, look->n_told);
    struct date today = utc_to_date(ctx_now(ctx));
    for (size_t i = 0; i < look->n_told; i++) {
        const struct delay_list_row *d = &look->told[i];
        const struct staff *staff = town_staff(c->town, d->user);
        struct str way = msg_of_code(ctx->lang, MSG_PREFIX("way_"), d->way), name = staff ? staff->name : STR("");
        struct when_text new_date = when_date(ctx->arena, ctx->lang, utc_to_date(d->new_due), today);
        facts[i].name = WORDS(ctx, delay_fact, .n = d->position, .when = new_date);
        if (utc_is_none(d->told))
            facts[i].value = WORDS(ctx, delay_fact_waits, .way = way, .name = name);
        else
            facts[i].value = WORDS(ctx, delay_fact_told, .way = way, .name = name,
                                   .when = when_date(ctx->arena, ctx->lang, utc_to_date(d->told), today));
    }
    return (struct facts_view){facts, look->n_told};
}

enum err delay_panel_fill(struct ctx *ctx, const struct open_case *c, struct delay_panel_view *ret)
{
    struct delay_look look;
    struct delay_panel_view view = {.link = {STR_NONE}};
    *ret = view;
    TRY(delay_look(ctx, c, &look));
    bool may_tell = look.state != DELAY_over && look.promise && look.can_be_told && case_may(c, STEP_delay);
    view.is_shown = look.promise && (look.state != DELAY_none || look.n_told || may_tell);
    if (!view.is_shown)
        return OK;
    view.words = state_words(ctx, c, &look);
    view.warns = look.state == DELAY_near || look.state == DELAY_untold || look.state == DELAY_passed;
    view.told = told_views(ctx, c, &look);
    if (may_tell && look.state != DELAY_on_way) {
        view.link = URL_PATH(ctx->arena, "/arende/%/forsening", c->row.number);
        view.link_text = msg_text(ctx->lang, look.n_told ? MSG_delay_link_again : MSG_delay_link);
    }
    *ret = view;
    return OK;
}

void delay_told_fill(struct ctx *ctx, const struct promise *promises, size_t n, struct delay_told_view *ret)
{
    *ret = (struct delay_told_view){.words = STR_NONE};
    for (size_t i = 0; i < n; i++) {
        const struct promise *p = &promises[i];
        bool is_open = p->state == PROMISE_running || p->state == PROMISE_missed;
        if (is_open && !utc_is_none(p->new_due))
            ret->words = WORDS(ctx, delay_person, .when = day_of(ctx, p->due), .when_new = day_of(ctx, p->new_due));
    }
}
