#include "assess.h"

#include "assess_sql.h"
#include "db.h"
#include "document.h"
#include "exit_sql.h"
#include "routine.h"
#include "vault.h"

static const struct str needed = STR_INIT("needed"), is_a_case = STR_INIT("is_case"), no_case = STR_INIT("not_case");

enum err assess_state(struct ctx *ctx, struct case_id id, struct str *ret)
{
    struct assess_get_row row;
    TRY(assess_get(ctx, id, &row));
    *ret = row.assessment;
    return OK;
}

static enum err add_reason(struct ctx *ctx, const struct open_case *c, struct str reason, struct document_id *ret)
{
    *ret = (struct document_id){0};
    if (str_is_empty(str_trim(reason)))
        return OK;
    return document_add(ctx, c->row.id, /* number= */ 0,
                        &(struct new_document){
                            .kind = "assessment", .direction = "internal", .body = str_trim(reason), .user = ctx->who},
                        ret);
}

enum err assess_mark(struct ctx *ctx, struct open_case *c, struct str reason)
{
    struct document_id note;
    TRY(add_reason(ctx, c, reason, &note));
    TRY(assess_set(ctx, c->row.id, needed));
    return case_step(ctx, c, STEP_doubt, &(struct step_note){.document = note});
}

static enum err check_reason(struct ctx *ctx, struct str reason)
{
    if (str_is_empty(str_trim(reason)))
        return fail(ctx, ERR_INVALID, "the reason is missing");
    if (str_utf8_len(reason) > ASSESS_TEXT_MAX)
        return fail(ctx, ERR_INVALID, "the reason is longer than %d characters", ASSESS_TEXT_MAX);
    return OK;
}

enum err assess_ask(struct ctx *ctx, struct str number, int64_t version, struct str reason)
{
    TRY(check_reason(ctx, reason));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    TRY(case_expect_version(ctx, &c, version));
    TRY(assess_mark(ctx, &c, reason));
    return tx_commit(&tx);
}

/* It leaves by an exit of its own, told to nobody: there is no matter to answer. */
static enum err add_exit(struct ctx *ctx, const struct open_case *c, struct str reason)
{
    struct sealed_id sealed;
    TRY(vault_seal(ctx, c->row.id, STR("reason"), str_trim(reason), &sealed));
    struct exit_add_row row;
    return exit_add(ctx,
                    &(struct exit_add_in){
                        .case_id = c->row.id,
                        .code = ASSESS_EXIT,
                        .action = exit_action_code(EXIT_ACTION_discard),
                        .at = ctx_now(ctx),
                        .who = ctx->who,
                        .unit = c->row.unit,
                        .from_status = case_status_name(c->status),
                        .sole = false,
                        .owner_before = c->row.owner,
                        .accepted_before = c->row.accepted,
                        .to_user = (struct user_id){0},
                        .n_told = 0,
                        .body = (struct body_id){0},
                        .grounds = STR(""),
                        .told = STR("unsaid"),
                        .told_document = (struct document_id){0},
                        .reason = sealed,
                        .reference = (struct sealed_id){0},
                        .needs_taken = false,
                        .needs_entry = false,
                    },
                    &row);
}

enum err assess_decide(struct ctx *ctx, struct str number, int64_t version, bool is_case, struct str reason)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    enum step step = is_case ? STEP_judge_case : STEP_judge_no_case;
    if (!right_held(step_right(step), c.roles)) /* before anything is said about what is missing */
        return fail(ctx, ERR_FORBIDDEN, "judging whether it is a case needs another role");
    TRY(check_reason(ctx, reason));
    TRY(case_expect_version(ctx, &c, version));
    struct str state;
    TRY(assess_state(ctx, c.row.id, &state));
    if (!str_eq(state, needed))
        return fail(ctx, ERR_CLOSED, "nobody waits for a judgement of this case");
    struct document_id note;
    TRY(add_reason(ctx, &c, reason, &note));
    TRY(assess_set(ctx, c.row.id, is_case ? is_a_case : no_case));
    if (!is_case)
        TRY(add_exit(ctx, &c, reason));
    TRY(case_step(ctx, &c, step, &(struct step_note){.document = note}));
    return tx_commit(&tx);
}
