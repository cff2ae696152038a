/* What: what the editor and the look before it goes have in common. Not here: either page (answer_page.h). Source:
 * mock-up 05b. */
#include "answer_page.h"
#include "case_page.h"
#include "case_promise.h"
#include "page_parts.h"

struct str answer_way_words(struct ctx *ctx, const struct open_case *c)
{
    if (c->row.secret && str_eq(c->row.reply_preference, STR("email")))
        return msg_text(ctx->lang, MSG_answer_way_secret);
    return msg_of_code(ctx->lang, MSG_PREFIX("answer_way_"), c->row.reply_preference);
}

static enum err fill_due(struct ctx *ctx, const struct open_case *c, struct answer_head_view *view)
{
    struct promise *promises;
    size_t n;
    TRY(case_promises(ctx, c, &promises, &n));
    struct date today = utc_to_date(ctx_now(ctx));
    for (size_t i = 0; i < n; i++) {
        uint64_t replies = EVENT_BIT(EVENT_replied) | EVENT_BIT(EVENT_replied_again);
        bool is_open = promises[i].state == PROMISE_running || promises[i].state == PROMISE_missed;
        if (!is_open || utc_is_none(promises[i].due) || !(promises[i].obligation->met_by & replies))
            continue;
        view->due = when_day(ctx->arena, ctx->lang, utc_to_date(promises[i].due), today);
        view->is_late = promises[i].state == PROMISE_missed;
        view->days_left = days_left(c->routine, &town_days(c->town, c->row.unit)->local, today, promises[i].due);
        return OK;
    }
    return OK;
}

enum err answer_head_fill(struct ctx *ctx, const struct open_case *c, const struct faults_list *faults,
                          struct answer_head_view *ret)
{
    struct url here = URL_PATH(ctx->arena, "/arende/%/svar", c->row.number);
    *ret = (struct answer_head_view){
        .crumbs = case_crumbs(ctx, c->row.number, msg_text(ctx->lang, MSG_answer_crumb), here),
        .faults = faults_view(ctx, faults),
    };
    return fill_due(ctx, c, ret);
}

enum err answer_open(struct ctx *ctx, const struct request *req, struct open_case *ret)
{
    TRY(case_read(ctx, req->params[0], ret));
    if (!case_may(ret, STEP_reply))
        return fail(ctx, right_held(RIGHT_CASE_ANSWER, ret->roles) ? ERR_CLOSED : ERR_FORBIDDEN,
                    "the case cannot be answered by this person now");
    return OK;
}
