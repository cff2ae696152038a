/* POST /arende/{nr}/bedom: ask whether it is a case, or judge it; and the panel of the case page. */
#include "assess_page.h"

#include "assess.h"
#include "form.h"

#define ASSESS_FORM(F)                                                                                                 \
    F(version, NUMBER, INT64_MAX, OPTIONAL, MSG_assess_title)                                                          \
    F(decision, CODE, 20, REQUIRED, MSG_assess_title)                                                                  \
    F(text, LINES, ASSESS_TEXT_MAX, OPTIONAL, MSG_assess_reason)
FORM(assess, ASSESS_FORM)

enum err assess_fill(struct ctx *ctx, const struct open_case *c, const struct case_again *again, struct str csrf,
                     struct assess_view *ret)
{
    struct str state;
    TRY(assess_state(ctx, c->row.id, &state));
    bool came_back = str_eq(again->form, STR("assess"));
    bool is_early = step_may_start(STEP_doubt, c->status), is_needed = is_early && str_eq(state, STR("needed"));
    *ret = (struct assess_view){
        .csrf = csrf,
        .version = c->row.version,
        .url = URL_PATH(ctx->arena, "/arende/%/bedom", c->row.number),
        .is_needed = is_needed,
        .may_judge = is_needed && case_may(c, STEP_judge_case),
        .may_ask = !is_needed && case_may(c, STEP_doubt),
        .is_open = came_back,
        .text = field_view(&again->faults, STR("text-assess"), came_back ? again->text : STR("")),
    };
    return OK;
}

enum err assess_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct str number = req->params[0];
    struct assess_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, assess, &form, &n_faults));
    bool asks = str_eq(form.decision.text, STR("ask")), is_case = str_eq(form.decision.text, STR("is_case"));
    if (!asks && !is_case && !str_eq(form.decision.text, STR("not_case")))
        return fail(ctx, ERR_BAD_REQUEST, "\"%.*s\" is no judgement", STR_ARG(form.decision.text));
    struct case_again again = {.form = STR("assess"), .text = form.text.text};
    int64_t version = form.version.fault || str_is_empty(form.version.text) ? -1 : form.version.number;
    enum err err = asks ? assess_ask(ctx, number, version, form.text.text)
                        : assess_decide(ctx, number, version, is_case, form.text.text);
    if (err == ERR_INVALID) {
        fault_add(&again.faults, STR("text-assess"), msg_text(ctx->lang, MSG_assess_reason_missing),
                  msg_text(ctx->lang, MSG_assess_reason_missing));
        return case_show(ctx, req, res, number, &again);
    }
    if (err != OK)
        return case_refused(ctx, req, res, number, err, &again);
    case_done(ctx, req, res, number, asks ? STR("fragat") : is_case ? STR("ar_arende") : STR("inget_arende"));
    return OK;
}
