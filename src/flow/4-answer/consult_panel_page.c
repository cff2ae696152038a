#include "consult_panel_page.h"

#include "consult_words_page.h"
#include "page_parts.h"
#include "reply_plan.h"

enum err plan_notice(struct ctx *ctx, const struct open_case *c, struct notice_view *ret)
{
    struct reply_plan_waiting_row plan;
    *ret = (struct notice_view){.tone = TONE_NEUTRAL};
    TRY(reply_plan_of(ctx, c->row.id, &plan));
    if (plan.id.v == 0)
        return OK;
    const struct staff *by = town_staff(c->town, plan.by);
    struct date today = utc_to_date(ctx_now(ctx));
    *ret = (struct notice_view){
        .tone = TONE_INFO,
        .heading = WORDS(ctx, plan_heading, .when = when_moment(ctx->arena, ctx->lang, plan.send, today)),
        .text = WORDS(ctx, plan_text, .who = by ? by->name : STR("")),
    };
    return OK;
}

/* How much of the time has passed for the one who got the draft last. */
static void fill_bar(const struct ctx *ctx, const struct consult_wish *wish, const struct consult_state *state,
                     struct consult_panel_view *view)
{
    if (wish->hours == 0 || utc_is_none(state->shared) || state->n_silent == 0)
        return;
    int64_t gone = (ctx_now(ctx).v - state->shared.v) / HOUR_US;
    view->has_bar = gone < wish->hours;
    view->hours = wish->hours;
    view->hours_gone = gone;
}

enum err consult_panel_fill(struct ctx *ctx, const struct open_case *c, const struct facts *facts, struct str csrf,
                            bool has_draft, struct consult_panel_view *ret)
{
    struct consult_wish wish = consult_wish(ctx, c->routine, facts);
    struct consult_state state;
    TRY(consult_state_of(ctx, c, &wish, &state));
    bool is_before = case_may(c, STEP_consult) && (c->status != CASE_replied || state.n_asked > 0);
    *ret = (struct consult_panel_view){
        .csrf = csrf,
        .wish = consult_wish_words(ctx, &wish),
        .url = URL_PATH(ctx->arena, "/arende/%/samrad", c->row.number),
        .stop_url = URL_PATH(ctx->arena, "/arende/%/samrad", c->row.number),
        .may_share = is_before,
        .wants = wish.is_asked_for && is_before && state.n_asked == 0,
        .may_stop = case_may(c, STEP_plan_stop),
        .has_draft = has_draft,
    };
    TRY(plan_notice(ctx, c, &ret->plan));
    ret->is_shown = state.n_asked > 0 || ret->plan.tone != TONE_NEUTRAL ||
                    (wish.is_asked_for && is_before && (has_draft || c->row.owner.v));
    if (!ret->is_shown)
        return OK;
    if (is_before)
        TRY(consult_fits(ctx, c, &wish, &state, &ret->fits));
    fill_bar(ctx, &wish, &state, ret);
    return consult_people_fill(ctx, c, csrf, &ret->people);
}
