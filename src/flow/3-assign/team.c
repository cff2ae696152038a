#include "team.h"

#include "db.h"
#include "document.h"
#include "fold.h"
#include "handover.h"
#include "note.h"
#include "staff_notice.h"

static struct str login_of(const struct open_case *c, struct user_id user)
{
    const struct staff *staff = town_staff(c->town, user);
    return staff ? staff->login : STR_NONE;
}

static enum err check(struct ctx *ctx, const struct open_case *c, const struct new_participant *p)
{
    const struct staff *staff = town_staff(c->town, p->user);
    if (staff == NULL || !staff->active)
        return fail(ctx, ERR_INVALID, "nobody who works here");
    if (p->user.v == c->row.owner.v)
        return fail(ctx, ERR_INVALID, "the one who answers for the case takes part already");
    if (str_utf8_len(p->task) > TEAM_TASK_MAX_CHARS)
        return fail(ctx, ERR_INVALID, "the task is longer than %d characters", TEAM_TASK_MAX_CHARS);
    struct unit_id unit = town_unit_of(c->town, p->user);
    if (unit.v && handover_crosses(c->town, c->row.unit, unit))
        return fail(ctx, ERR_INVALID, "across boards a case is handed over, on a legal ground");
    if (!utc_is_none(p->due) && utc_cmp(p->due, ctx_now(ctx)) < 0)
        return fail(ctx, ERR_INVALID, "the time for the task has passed");
    return OK;
}

enum err team_add(struct ctx *ctx, struct str number, const struct new_participant *p)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    TRY(check(ctx, &c, p));
    bool has_task = !str_is_empty(str_trim(p->task));
    int64_t n_added;
    TRY(team_put(ctx, c.row.id, p->user, &n_added));
    if (n_added == 0 && !has_task)
        return fail(ctx, ERR_CONFLICT, "the person takes part already");
    if (has_task) {
        struct sealed_id what;
        TRY(vault_seal(ctx, c.row.id, STR("task"), str_trim(p->task), &what));
        TRY(case_task_add(ctx, c.row.id, p->user, ctx->who, what, ctx_now(ctx), p->due));
    }
    TRY(staff_notice(ctx, p->user, NOTICE_takes_part, c.row.id));
    TRY(case_step(ctx, &c, STEP_add_participant,
                  &(struct step_note){.data = STEP_DATA(ctx, {"to", login_of(&c, p->user)},
                                                        {"task", has_task ? STR("yes") : STR("no")})}));
    return tx_commit(&tx);
}

enum err team_remove(struct ctx *ctx, struct str number, struct user_id user)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    int64_t n_dropped;
    TRY(team_drop(ctx, c.row.id, user, &n_dropped));
    if (n_dropped != 1)
        return fail(ctx, ERR_NOT_FOUND, "the person takes no part");
    TRY(case_task_drop(ctx, c.row.id, user));
    TRY(case_step(ctx, &c, STEP_remove_participant,
                  &(struct step_note){.data = STEP_DATA(ctx, {"to", login_of(&c, user)})}));
    return tx_commit(&tx);
}

bool team_may_finish(struct ctx *ctx, const struct open_case *c, struct user_id user)
{
    return case_may(c, STEP_finish_task) && (user.v == ctx->who.v || right_held(RIGHT_CASE_TEAM, c->roles));
}

enum err team_task_done(struct ctx *ctx, struct str number, struct case_task_id id, struct str note)
{
    bool has_note = !str_is_empty(str_trim(note));
    if (has_note)
        TRY(note_check_text(ctx, note));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    struct case_task_get_row task;
    TRY(case_task_get(ctx, id, c.row.id, &task));
    if (!team_may_finish(ctx, &c, task.user))
        return fail(ctx, ERR_FORBIDDEN, "the task is somebody else's");
    struct document_id document = {0};
    if (has_note) {
        TRY(document_add(
            ctx, c.row.id, /* number= */ 0,
            &(struct new_document){.kind = "note", .direction = "internal", .body = note, .user = ctx->who},
            &document));
        TRY(search_pending_add(ctx, c.row.id));
    }
    int64_t n_changed;
    TRY(case_task_finish(ctx, id, ctx_now(ctx), document, &n_changed));
    if (n_changed != 1)
        return fail(ctx, ERR_NOT_FOUND, "the task is done already");
    TRY(case_step(ctx, &c, STEP_finish_task,
                  &(struct step_note){.document = document, .data = STEP_DATA(ctx, {"to", login_of(&c, task.user)})}));
    if (c.row.owner.v && c.row.owner.v != task.user.v)
        TRY(staff_notice(ctx, c.row.owner, NOTICE_task_done, c.row.id));
    return tx_commit(&tx);
}

/* ---- who could take part ---- */

/* A role in the case's unit, above or below it. */
static bool works_near(const struct open_case *c, const struct staff *staff)
{
    for (size_t i = 0; i < staff->n_roles; i++)
        if (town_is_below(c->town, staff->roles[i].unit, c->row.unit))
            return true;
    return false;
}

static bool matches(struct ctx *ctx, const struct staff *staff, struct str words)
{
    struct str folded = fold_case(ctx, words);
    return str_find(fold_case(ctx, staff->name), folded) >= 0 || str_find(fold_case(ctx, staff->title), folded) >= 0 ||
           str_eq(staff->login, words);
}

size_t team_candidates(struct ctx *ctx, const struct open_case *c, struct str words, const struct staff ***ret)
{
    const struct staff **found = ARENA_ARRAY(ctx->arena, const struct staff *, TEAM_FOUND_MAX);
    size_t n = 0;
    for (int near = 1; near >= 0; near--)
        for (size_t i = 0; i < c->town->n_staff && n < TEAM_FOUND_MAX; i++) {
            const struct staff *staff = &c->town->staff[i];
            if (!staff->active || staff->id.v == c->row.owner.v || works_near(c, staff) != (near == 1))
                continue;
            if (str_is_empty(words) ? near == 1 : matches(ctx, staff, words))
                found[n++] = staff;
        }
    *ret = found;
    return n;
}
