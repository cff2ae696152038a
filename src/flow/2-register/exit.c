#include "exit.h"

#include "db.h"
#include "deliver.h"
#include "document.h"
#include "external_body.h"
#include "handover_sql.h"
#include "register.h"
#include "staff_notice.h"

/* ---- taking one ---- */

static enum err seal(struct ctx *ctx, const struct open_case *c, struct str text, struct sealed_id *ret)
{
    *ret = (struct sealed_id){0};
    if (str_is_empty(str_trim(text)))
        return OK;
    return vault_seal(ctx, c->row.id, STR("reason"), str_trim(text), ret);
}

static enum err add_words(struct ctx *ctx, const struct open_case *c, const char *kind, const char *direction,
                          struct str text, struct document_id *ret)
{
    return document_add(
        ctx, c->row.id, /* number= */ 0,
        &(struct new_document){.kind = kind, .direction = direction, .body = str_trim(text), .user = ctx->who}, ret);
}

/* The person is told, or it is kept in mind why not. */
static enum err tell(struct ctx *ctx, struct open_case *c, const struct exit_choice *choice, struct str *ret_told,
                     struct document_id *ret)
{
    *ret = (struct document_id){0};
    bool says = !str_is_empty(str_trim(choice->text));
    if (choice->is_counted || choice->is_silent || !says) {
        *ret_told = choice->is_counted ? STR("said") : STR("unsaid");
        return OK;
    }
    TRY(add_words(ctx, c, "message_out", "out", choice->text, ret));
    TRY(search_pending_add(ctx, c->row.id));
    return deliver_notice(ctx, c, *ret, ret_told);
}

/* Who sees the case from now on. */
static enum err restrict_to(struct ctx *ctx, struct open_case *c, struct exit_id exit, const struct exit_plan *plan)
{
    TRY(exit_team_keep(ctx, exit, c->row.id));
    bool handed = plan->n_people > 0;
    struct user_id owner = handed ? plan->people[0]->id : c->row.owner;
    if (plan->exit->restricted) {
        TRY(exit_team_clear(ctx, c->row.id));
        for (size_t i = 0; i < plan->n_team; i++)
            TRY(case_team_put(ctx, c->row.id, plan->team[i]->id,
                              plan->team[i]->id.v == owner.v ? STR("owner") : STR("participant")));
    }
    if (!handed && !plan->exit->restricted)
        return OK;
    TRY(exit_set_seen(ctx, c->row.id, plan->exit->restricted, owner, handed ? UTC_NONE : c->row.accepted));
    c->row.owner = owner;
    return OK;
}

/* In our diary, or, what is a matter of another kind, in that one. */
static bool must_be_entered(const struct open_case *c, const struct routine_exit *exit)
{
    if (!exit->registered || exit->action == EXIT_ACTION_move)
        return false;
    return exit->action == EXIT_ACTION_own_matter || c->routine->registration.where == REGISTER_diary;
}

static enum err add_exit(struct ctx *ctx, struct open_case *c, const struct exit_choice *choice,
                         const struct exit_plan *plan, struct str told, struct document_id told_document,
                         struct exit_id *ret)
{
    const struct routine_exit *exit = plan->exit;
    struct body_get_row body = {{0}};
    if (!str_is_empty(choice->body))
        TRY(external_body_find(ctx, choice->body, &body));
    struct sealed_id reason, reference;
    TRY(seal(ctx, c, choice->reason, &reason));
    TRY(seal(ctx, c, choice->reference, &reference));
    struct exit_add_row row;
    TRY(exit_add(ctx,
                 &(struct exit_add_in){
                     .case_id = c->row.id,
                     .code = exit->id,
                     .action = exit_action_code(exit->action),
                     .at = ctx_now(ctx),
                     .who = ctx->who,
                     .unit = c->row.unit,
                     .from_status = c->row.status,
                     .sole = exit->sole,
                     .owner_before = c->row.owner,
                     .accepted_before = c->row.accepted,
                     .to_user = plan->n_people ? plan->people[0]->id : (struct user_id){0},
                     .n_told = exit->sole ? 1 : (int64_t)plan->n_people,
                     .body = body.id,
                     .grounds = choice->grounds,
                     .told = told,
                     .told_document = told_document,
                     .reason = reason,
                     .reference = reference,
                     .needs_taken = plan->n_people > 0,
                     .needs_entry = must_be_entered(c, exit),
                 },
                 &row));
    *ret = row.id;
    return OK;
}

/* What promises count from, besides what the step itself stands for. */
static enum err set_facts(struct ctx *ctx, const struct open_case *c, const struct exit_choice *choice,
                          const struct routine_exit *exit)
{
    if (exit->copy_back)
        TRY(fact_set(ctx, c->row.id, event_code(EVENT_copy_requested), ctx_now(ctx)));
    if (exit->registered && !str_is_empty(str_trim(choice->reference)))
        TRY(fact_set(ctx, c->row.id, event_code(EVENT_registered), ctx_now(ctx)));
    return OK;
}

static enum err hand_letter(struct ctx *ctx, struct open_case *c, const struct exit_plan *plan)
{
    if (str_is_none(plan->letter))
        return OK;
    struct document_id letter;
    TRY(add_words(ctx, c, "handed_on", "out", plan->letter, &letter));
    return deliver_outside(ctx, c, letter, plan->letter_by_mail);
}

/* Whoever must know gets a mail at once, of which not a word is about the case. */
static enum err call_up(struct ctx *ctx, const struct open_case *c, const struct exit_plan *plan)
{
    for (size_t i = 0; i < (plan->exit->sole && plan->n_people ? 1 : plan->n_people); i++)
        TRY(staff_notice(ctx, plan->people[i]->id, NOTICE_urgent_exit, c->row.id));
    return OK;
}

static enum err go(struct ctx *ctx, struct open_case *c, const struct exit_choice *choice, const struct exit_plan *plan)
{
    TRY(hand_letter(ctx, c, plan));
    struct str told;
    struct document_id told_document;
    TRY(tell(ctx, c, choice, &told, &told_document));
    struct exit_id exit;
    TRY(add_exit(ctx, c, choice, plan, told, told_document, &exit));
    struct step_note note = {.data = STEP_DATA(ctx, {"exit", plan->exit->id}, {"told", told}),
                             .document = told_document};
    if (plan->exit->action == EXIT_ACTION_move) {
        TRY(case_step(ctx, c, plan->step, &note));
        return case_move(ctx, c, town_unit_by_code(c->town, choice->unit)->id);
    }
    TRY(set_facts(ctx, c, choice, plan->exit));
    TRY(exit_withdraw_question(ctx, c->row.id, ctx->who, ctx_now(ctx)));
    TRY(restrict_to(ctx, c, exit, plan));
    TRY(call_up(ctx, c, plan));
    return case_step(ctx, c, plan->step, &note);
}

enum err exit_take(struct ctx *ctx, struct str number, int64_t version, const struct exit_choice *choice)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    TRY(case_expect_version(ctx, &c, version));
    struct exit_plan plan;
    TRY(exit_plan(ctx, &c, choice, &plan));
    if (!right_held(step_right(plan.step), c.roles)) /* before anything is said about what is missing */
        return fail(ctx, ERR_FORBIDDEN, "taking this exit needs another role");
    if (!step_may_start(plan.step, c.status))
        return fail(ctx, ERR_CLOSED, "no exit can be taken in the state \"%.*s\"", STR_ARG(c.row.status));
    if (plan.has_problem)
        return fail(ctx, ERR_INVALID, "something is missing before the exit \"%.*s\" can be taken",
                    STR_ARG(choice->code));
    TRY(go(ctx, &c, choice, &plan));
    return tx_commit(&tx);
}

/* ---- afterwards ---- */

/* The case with the exit that stands. ERR_NOT_FOUND: none does. */
static enum err open_exit(struct ctx *ctx, struct str number, struct open_case *c, struct exit_latest_row *ret)
{
    TRY(case_open(ctx, number, c));
    TRY(exit_latest(ctx, c->row.id, ret));
    if (!utc_is_none(ret->undone))
        return fail(ctx, ERR_NOT_FOUND, "no exit of the case stands");
    return OK;
}

/* Does ctx->who speak for the one it was handed to? */
static bool is_receiver(const struct ctx *ctx, const struct open_case *c, const struct exit_latest_row *exit)
{
    enum role role;
    const struct routine_exit *rule = routine_exit(c->routine, exit->code);
    if (exit->to_user.v == ctx->who.v || roles_has(c->roles, ROLE_owner))
        return true;
    return rule && role_find(rule->notify, &role) && !exit->sole && roles_has(c->roles, role);
}

enum err exit_taken(struct ctx *ctx, struct str number, struct str reference)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    struct exit_latest_row exit;
    TRY(open_exit(ctx, number, &c, &exit));
    bool has_reference = !str_is_empty(str_trim(reference)), takes = exit.needs_taken && is_receiver(ctx, &c, &exit);
    if (!has_reference && !takes)
        return fail(ctx, ERR_INVALID, "the number of the other matter is missing");
    if (takes)
        TRY(exit_set_taken(ctx, exit.id, ctx->who, ctx_now(ctx)));
    if (has_reference) {
        struct sealed_id sealed;
        TRY(seal(ctx, &c, reference, &sealed));
        TRY(exit_set_reference(ctx, exit.id, sealed));
        if (exit.needs_entry)
            TRY(fact_set(ctx, c.row.id, event_code(EVENT_registered), ctx_now(ctx)));
    }
    TRY(case_step(ctx, &c, STEP_exit_taken,
                  &(struct step_note){.data = STEP_DATA(ctx, {"exit", exit.code}), .no_fact = !takes}));
    return tx_commit(&tx);
}

static enum err add_copy(struct ctx *ctx, const struct open_case *c, struct str text, size_t n_files,
                         const struct attached *files, struct document_id *ret)
{
    TRY(add_words(ctx, c, "copy_in", "in", text, ret));
    for (size_t i = 0; i < n_files; i++) {
        struct document_id file;
        TRY(document_add(ctx, c->row.id, /* number= */ 0,
                         &(struct new_document){.kind = "copy_in",
                                                .direction = "in",
                                                .body = files[i].body,
                                                .media_type = files[i].media_type,
                                                .file_name = files[i].name,
                                                .parent = *ret,
                                                .user = ctx->who},
                         &file));
    }
    return OK;
}

enum err exit_copy(struct ctx *ctx, struct str number, struct str text, size_t n_files, const struct attached *files)
{
    if (str_is_empty(str_trim(text)) && n_files == 0)
        return fail(ctx, ERR_INVALID, "the copy of the answer is missing");
    if (str_utf8_len(text) > EXIT_TEXT_MAX)
        return fail(ctx, ERR_INVALID, "the text is longer than %d characters", EXIT_TEXT_MAX);
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    struct exit_latest_row exit;
    TRY(open_exit(ctx, number, &c, &exit));
    struct document_id copy;
    TRY(add_copy(ctx, &c, text, n_files, files, &copy));
    TRY(exit_set_copy(ctx, exit.id, copy));
    TRY(search_pending_add(ctx, c.row.id));
    TRY(case_step(ctx, &c, STEP_exit_copy,
                  &(struct step_note){.data = STEP_DATA(ctx, {"exit", exit.code}), .document = copy}));
    return tx_commit(&tx);
}

enum err exit_look(struct ctx *ctx, struct str number)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    struct exit_latest_row exit;
    TRY(open_exit(ctx, number, &c, &exit));
    TRY(exit_looked(ctx, exit.id));
    TRY(case_step(ctx, &c, STEP_exit_look, &(struct step_note){.data = STEP_DATA(ctx, {"exit", exit.code})}));
    return tx_commit(&tx);
}

/* ---- taking it back ---- */

/* What the exit made true is not so any more. A diary number stays: the case was registered. */
static enum err clear_facts(struct ctx *ctx, const struct open_case *c)
{
    static const enum event made[] = {EVENT_exited, EVENT_exit_taken, EVENT_copy_requested, EVENT_copy_received};
    const struct utc_us ever = {1};
    for (size_t i = 0; i < ARRAY_LEN(made); i++)
        TRY(fact_clear(ctx, c->row.id, event_code(made[i]), ever));
    return str_is_none(c->row.diary_number) ? fact_clear(ctx, c->row.id, event_code(EVENT_registered), ever) : OK;
}

static enum err put_back(struct ctx *ctx, struct open_case *c, const struct exit_latest_row *exit)
{
    const struct routine_exit *rule = routine_exit(c->routine, exit->code);
    if (exit->n_told > 0 || (rule && rule->restricted)) {
        TRY(exit_team_clear(ctx, c->row.id));
        TRY(exit_team_back(ctx, exit->id, c->row.id));
        TRY(exit_set_seen(ctx, c->row.id, exit->was_restricted, exit->owner_before, exit->accepted_before));
        c->row.owner = exit->owner_before;
    }
    TRY(exit_recall_mail(ctx, c->row.id));
    TRY(exit_recall_tasks(ctx, c->row.id));
    TRY(exit_open_again(ctx, c->row.id));
    return clear_facts(ctx, c);
}

/* A case that moved goes back to the unit it came from, by the same step. */
static enum err undo_move(struct ctx *ctx, struct open_case *c, const struct exit_latest_row *exit)
{
    if (c->row.unit.v == exit->unit.v)
        return OK;
    return case_move(ctx, c, exit->unit);
}

enum err exit_undo(struct ctx *ctx, struct str number, int64_t version, struct str reason, struct str text)
{
    if (str_is_empty(str_trim(reason)))
        return fail(ctx, ERR_INVALID, "a reason to take the exit back is missing");
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    struct exit_latest_row exit;
    TRY(open_exit(ctx, number, &c, &exit));
    TRY(case_expect_version(ctx, &c, version));
    bool is_move = str_eq(exit.action, exit_action_code(EXIT_ACTION_move));
    enum step step = is_move ? STEP_exit_move : STEP_exit_undo;
    if (!right_held(step_right(step), c.roles))
        return fail(ctx, ERR_FORBIDDEN, "taking an exit back needs another role");
    struct sealed_id sealed;
    TRY(seal(ctx, &c, reason, &sealed));
    struct str told;
    struct document_id document;
    TRY(tell(ctx, &c, &(struct exit_choice){.text = text}, &told, &document));
    int64_t n_changed;
    TRY(exit_set_undone(ctx, exit.id, ctx->who, ctx_now(ctx), sealed, &n_changed));
    struct step_note note = {.data = STEP_DATA(ctx, {"exit", exit.code}, {"told", told}, {"undone", STR("yes")}),
                             .document = document};
    if (is_move) {
        TRY(case_step(ctx, &c, step, &note));
        TRY(undo_move(ctx, &c, &exit));
        return tx_commit(&tx);
    }
    if (!case_status_find(exit.from_status, &note.back))
        return fail(ctx, ERR_CORRUPT, "the exit came from the unknown state \"%.*s\"", STR_ARG(exit.from_status));
    if (note.back == CASE_assigned) /* the question was withdrawn: somebody is asked anew */
        note.back = str_is_none(c.row.diary_number) ? CASE_received : CASE_registered;
    TRY(put_back(ctx, &c, &exit));
    TRY(case_step(ctx, &c, step, &note));
    return tx_commit(&tx);
}
