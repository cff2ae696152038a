#include "answer_review.h"

bool answer_needs_secrecy_check(const struct open_case *c)
{
    switch (c->routine->reply.secrecy_check) {
    case SECRECY_CHECK_marked:
        return c->row.secret;
    case SECRECY_CHECK_always:
        return true;
    case SECRECY_CHECK_never:
    case SECRECY_CHECK_COUNT:
        return false;
    }
    BUG("no such rule %d", (int)c->routine->reply.secrecy_check);
}

bool answer_waits_for_asked(const struct open_case *c)
{
    return c->routine->reply.questions == ASKED_answer;
}

enum err answer_gap(struct ctx *ctx, const struct open_case *c, bool checked, enum answer_gap *ret)
{
    *ret = answer_needs_secrecy_check(c) && !checked ? ANSWER_GAP_secrecy : ANSWER_GAP_none;
    if (*ret != ANSWER_GAP_none || !answer_waits_for_asked(c))
        return OK;
    struct asked_of_row *rows;
    size_t n;
    TRY(asked_of(ctx, c->row.id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (utc_is_none(rows[i].answered))
            *ret = ANSWER_GAP_asked;
    return OK;
}

enum err answer_review_pass(struct ctx *ctx, struct open_case *c, const struct answer *a)
{
    enum answer_gap gap;
    TRY(answer_gap(ctx, c, a->secrecy_checked, &gap));
    if (gap != ANSWER_GAP_none)
        return fail(ctx, ERR_INVALID, "before the reply goes: %s",
                    gap == ANSWER_GAP_secrecy ? "somebody must say that it discloses nobody"
                                              : "what the person asked for must be ticked as answered");
    if (!answer_needs_secrecy_check(c))
        return OK;
    return case_step(ctx, c, STEP_check_secrecy, &(struct step_note){0});
}
