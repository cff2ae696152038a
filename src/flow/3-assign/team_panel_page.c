/* The panel of the case page: who takes part, and what each was asked to do. */
#include "team_panel_page.h"

#include "handover_sql.h"
#include "page_parts.h"
#include "team.h"
#include "todo_page.h"

static enum err task_view(struct ctx *ctx, const struct open_case *c, const struct case_again *again,
                          const struct case_tasks_row *row, struct team_task_view *ret)
{
    struct date today = utc_to_date(ctx_now(ctx));
    struct str id = str_fmt(ctx->arena, "%lld", (long long)row->id.v);
    bool is_done = !utc_is_none(row->done), back = str_eq(again->form, STR("task")) && str_eq(again->key, id);
    const struct staff *by = town_staff(c->town, row->by);
    *ret = (struct team_task_view){
        .by = by ? by->name : STR(""),
        .is_mine = row->user.v == ctx->who.v,
        .is_open = back,
        .note = field_view(&again->faults, str_fmt(ctx->arena, "task-%.*s", STR_ARG(id)), back ? again->text : STR("")),
    };
    if (!utc_is_none(row->due))
        ret->due = when_day(ctx->arena, ctx->lang, utc_to_date(row->due), today);
    if (is_done)
        ret->done = when_date(ctx->arena, ctx->lang, utc_to_date(row->done), today);
    else
        ret->tag = todo_tag(ctx, c->town, c->routine, row->due);
    if (!is_done && team_may_finish(ctx, c, row->user))
        ret->post = URL_PATH(ctx->arena, "/arende/%/deltagare/uppgift/%", c->row.number, id);
    return vault_unseal(ctx, c->row.id, row->what, PURPOSE_handle_case, &ret->what);
}

static enum err member_view(struct ctx *ctx, const struct open_case *c, const struct case_again *again,
                            const struct staff *staff, const struct case_tasks_row *rows, size_t n,
                            struct team_member_view *ret)
{
    struct team_task_view *tasks = ARENA_ARRAY(ctx->arena, struct team_task_view, n);
    *ret = (struct team_member_view){.name = staff->name, .title = staff->title, .tasks = tasks};
    for (size_t i = 0; i < n; i++)
        if (rows[i].user.v == staff->id.v)
            TRY(task_view(ctx, c, again, &rows[i], &tasks[ret->n_tasks++]));
    return OK;
}

enum err team_panel_fill(struct ctx *ctx, const struct open_case *c, const struct case_again *again, struct str csrf,
                         struct team_panel_view *ret)
{
    struct case_team_list_row *team;
    struct case_tasks_row *tasks;
    size_t n_team, n_tasks;
    TRY(case_team_list(ctx, c->row.id, &team, &n_team));
    TRY(case_tasks(ctx, c->row.id, &tasks, &n_tasks));
    struct team_member_view *members = ARENA_ARRAY(ctx->arena, struct team_member_view, n_team);
    *ret = (struct team_panel_view){.csrf = csrf, .members = members};
    for (size_t i = 0; i < n_team; i++) {
        const struct staff *staff = town_staff(c->town, team[i].user);
        if (staff == NULL || !str_eq(team[i].part, STR("participant")))
            continue;
        struct team_member_view *member = &members[ret->n_members++];
        TRY(member_view(ctx, c, again, staff, tasks, n_tasks, member));
        if (case_may(c, STEP_remove_participant))
            member->remove = URL_PATH(ctx->arena, "/arende/%/deltagare/%/bort", c->row.number, staff->login);
    }
    if (case_may(c, STEP_add_participant))
        ret->add = URL_PATH(ctx->arena, "/arende/%/deltagare", c->row.number);
    return OK;
}
