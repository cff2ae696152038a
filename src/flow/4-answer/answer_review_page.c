/* The look before a reply goes: questions left, the secrecy check with what was found by its shape, and the advice. */
#include "answer_review_page.h"

#include "answer_advice_page.h"
#include "disclosure.h"
#include "msg.h"

static enum err fill_left(struct ctx *ctx, const struct open_case *c, struct review_view *ret)
{
    struct asked *all;
    size_t n;
    TRY(asked_list(ctx, c->row.id, &all, &n));
    struct str *left = ARENA_ARRAY(ctx->arena, struct str, n);
    for (size_t i = 0; i < n; i++)
        if (!all[i].is_answered)
            left[ret->n_left++] = all[i].words;
    ret->left = left;
    ret->stops = answer_waits_for_asked(c);
    return OK;
}

static void fill_found(struct ctx *ctx, struct str text, struct review_view *ret)
{
    static const enum msg kinds[] = {[DISCLOSURE_identity] = MSG_review_identity,
                                     [DISCLOSURE_phone] = MSG_review_phone,
                                     [DISCLOSURE_email] = MSG_review_email};
    struct disclosure *found;
    disclosures_find(ctx->arena, text, &found, &ret->n_found);
    struct disclosure_view *views = ARENA_ARRAY(ctx->arena, struct disclosure_view, ret->n_found);
    for (size_t i = 0; i < ret->n_found; i++)
        views[i] = (struct disclosure_view){msg_text(ctx->lang, kinds[found[i].kind]), found[i].text};
    ret->found = views;
}

enum err answer_review_fill(struct ctx *ctx, const struct open_case *c, struct str text,
                            const struct faults_list *faults, struct review_view *ret)
{
    *ret = (struct review_view){
        .needs_check = answer_needs_secrecy_check(c),
        .secrecy = field_view(faults, STR("secrecy"), STR("")),
        .asked_fault = fault_text(faults, STR("asked")),
        .advice = answer_advice(ctx, c, text),
    };
    fill_found(ctx, text, ret);
    return fill_left(ctx, c, ret);
}

enum err answer_review_faults(struct ctx *ctx, const struct open_case *c, bool checked, struct faults_list *faults)
{
    enum answer_gap gap;
    TRY(answer_gap(ctx, c, checked, &gap));
    if (gap == ANSWER_GAP_secrecy)
        fault_add(faults, STR("secrecy"), msg_text(ctx->lang, MSG_review_secrecy_missing),
                  msg_text(ctx->lang, MSG_review_secrecy_missing));
    if (gap == ANSWER_GAP_asked)
        fault_add(faults, STR("asked"), msg_text(ctx->lang, MSG_review_asked_missing),
                  msg_text(ctx->lang, MSG_review_asked_missing));
    return OK;
}
