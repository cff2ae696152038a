/* The panel of the case page: who answers for it now, who is asked, what has been, and what one may do about it. */
#include "handover_panel.h"

#include "handover_words.h"
#include "page_parts.h"

static struct url part(struct ctx *ctx, const struct open_case *c, const char *name)
{
    return URL_PATH(ctx->arena, "/arende/%/%", c->row.number, str_from(name));
}

/* The question that waits. */
static enum err fill_waiting(struct ctx *ctx, const struct open_case *c, const struct handover_list_row *waiting,
                             struct handover_panel_view *view)
{
    struct date today = utc_to_date(ctx_now(ctx));
    const struct staff *to = town_staff(c->town, waiting->to);
    const struct unit *unit = town_unit(c->town, waiting->to_unit);
    struct when_text when = when_date(ctx->arena, ctx->lang, utc_to_date(waiting->asked), today);
    view->is_waiting = true;
    bool elsewhere = waiting->to_unit.v != c->row.unit.v && unit;
    view->asked = elsewhere
                      ? WORDS(ctx, handover_asked_at, .name = staff_words(ctx, to), .unit = unit->name, .when = when)
                      : WORDS(ctx, handover_asked, .name = staff_words(ctx, to), .when = when);
    if (!utc_is_none(waiting->due)) {
        view->answer_by = when_day(ctx->arena, ctx->lang, utc_to_date(waiting->due), today);
        view->is_late = utc_cmp(waiting->due, ctx_now(ctx)) < 0;
    }
    view->needs_ground = waiting->crosses && str_is_none(waiting->ground);
    view->is_willing = !utc_is_none(waiting->willing);
    view->may_answer = handover_is_asked(ctx, c->town, waiting) && case_may(c, STEP_decline);
    view->may_take_back = case_may(c, STEP_take_back);
    return ground_options(ctx, STR(""), &view->grounds, &view->n_grounds);
}

/* The latest no, while nothing else has come of it. */
static enum err fill_no(struct ctx *ctx, const struct open_case *c, const struct handover_list_row *last,
                        struct handover_panel_view *view)
{
    if (last == NULL || !str_eq(last->answer, STR("declined")))
        return OK;
    const struct staff *who = town_staff(c->town, last->answered_by);
    struct date today = utc_to_date(ctx_now(ctx));
    view->last_answer = WORDS(ctx, handover_said_no, .name = staff_words(ctx, who),
                              .when = when_date(ctx->arena, ctx->lang, utc_to_date(last->answered), today));
    return vault_unseal(ctx, c->row.id, last->reason, PURPOSE_handle_case, &view->last_reason);
}

static enum err fill_notice(struct ctx *ctx, const struct open_case *c, const struct handover_list_row *last,
                            struct handover_panel_view *view)
{
    bool is_over = last == NULL || str_eq(last->answer, STR("taken_back")) || str_eq(last->answer, STR("declined"));
    view->owes_notice = !is_over && str_eq(last->notice, STR("owed")) && c->status != CASE_closed;
    if (view->owes_notice && last->silence.v)
        return vault_unseal(ctx, c->row.id, last->silence, PURPOSE_handle_case, &view->silence);
    return OK;
}

enum err handover_panel_fill(struct ctx *ctx, const struct open_case *c, const struct case_again *again,
                             struct handover_panel_view *ret)
{
    struct handover_past past;
    struct responsible_words now;
    TRY(handover_read(ctx, c->row.id, &past));
    TRY(responsible_words(ctx, c, &now));
    bool came_back = str_eq(again->form, STR("decline"));
    struct handover_panel_view view = {
        .version = (int64_t)past.n,
        .name = now.name,
        .title = now.title,
        .why = now.why,
        .stand_in = now.stand_in,
        .has_owner = c->row.owner.v != 0,
        .may_hand_over = case_may(c, STEP_assign) || case_may(c, STEP_hand_over),
        .accept_url = part(ctx, c, "ta-over"),
        .decline_url = part(ctx, c, "tacka-nej"),
        .take_back_url = part(ctx, c, "ta-tillbaka"),
        .ground_url = part(ctx, c, "grund"),
        .tell_url = part(ctx, c, "beratta"),
        .hand_over_url = part(ctx, c, "tilldela"),
        .reason = field_view(&again->faults, STR("text-decline"), came_back ? again->text : STR("")),
        .decline_open = came_back,
    };
    if (past.waiting)
        TRY(fill_waiting(ctx, c, past.waiting, &view));
    TRY(fill_no(ctx, c, past.last, &view));
    TRY(fill_notice(ctx, c, past.last, &view));
    if (past.n_counted > 1)
        view.count = WORDS(ctx, handover_count, .n = past.n_counted);
    view.count_warns = c->routine->warn_handovers > 0 && past.n_counted >= c->routine->warn_handovers;
    *ret = view;
    return OK;
}

/* ---- above the work-list ---- */

enum { HANDED_MAX = 50 };

static enum err row_view(struct ctx *ctx, const struct town *town, const struct handover_waiting_for_row *row,
                         bool is_mine, struct handed_row_view *ret)
{
    struct date today = utc_to_date(ctx_now(ctx));
    const struct routine *routine;
    TRY(town_routine(ctx, row->routine, &routine));
    const struct staff *by = town_staff(town, row->by), *to = town_staff(town, row->to);
    const struct unit *unit = town_unit(town, is_mine ? row->to_unit : row->unit);
    struct when_text asked = when_date(ctx->arena, ctx->lang, utc_to_date(row->asked), today);
    *ret = (struct handed_row_view){
        .url =
            row->seen ? URL_PATH(ctx->arena, "/arende/%", row->number) : URL_PATH(ctx->arena, "/lamnat/%", row->number),
        .number = row->number,
        .title = str_is_empty(row->title) ? WORDS(ctx, case_no_title, .type = type_word(ctx, routine, row->type))
                                          : row->title,
        .unit = unit ? unit->name : STR(""),
    };
    if (!is_mine)
        ret->who = WORDS(ctx, worklist_waits_for, .name = to ? to->name : STR(""));
    else if (to && to->id.v != ctx->who.v)
        ret->who = WORDS(ctx, handed_for, .name = by ? by->name : STR(""), .absent = to->name, .when = asked);
    else
        ret->who = WORDS(ctx, handed_by, .name = by ? by->name : STR(""), .when = asked);
    if (!utc_is_none(row->due)) {
        ret->answer_by = when_date(ctx->arena, ctx->lang, utc_to_date(row->due), today);
        ret->is_late = utc_cmp(row->due, ctx_now(ctx)) < 0;
    }
    if (row->seen && !utc_is_none(row->next_due)) {
        ret->promise = promise_name_of_code(ctx, routine, row->next_promise);
        ret->due = when_date(ctx->arena, ctx->lang, utc_to_date(row->next_due), today);
    }
    return OK;
}

static enum err add_group(struct ctx *ctx, const struct town *town, const struct handover_waiting_for_row *rows,
                          size_t n, bool is_mine, struct handed_view *view, struct handed_group_view *groups)
{
    if (n == 0)
        return OK;
    struct handed_row_view *views = ARENA_ARRAY(ctx->arena, struct handed_row_view, n);
    for (size_t i = 0; i < n; i++)
        TRY(row_view(ctx, town, &rows[i], is_mine, &views[i]));
    groups[view->n_groups++] = (struct handed_group_view){
        .id = is_mine ? STR("lamnat") : STR("vantar"),
        .title = msg_text(ctx->lang, is_mine ? MSG_handed_to_you : MSG_handed_waiting),
        .text = msg_text(ctx->lang, is_mine ? MSG_handed_to_you_text : MSG_handed_waiting_text),
        .n = (int64_t)n,
        .rows = views,
        .n_rows = n,
    };
    return OK;
}

/* One row of the groups that show cases by themselves. */
static enum err case_row(struct ctx *ctx, const struct town *town, const struct work_of_absent_row *row,
                         struct handed_row_view *ret)
{
    const struct routine *routine;
    TRY(town_routine(ctx, row->routine, &routine));
    const struct unit *unit = town_unit(town, row->unit);
    *ret = (struct handed_row_view){
        .url = URL_PATH(ctx->arena, "/arende/%", row->number),
        .number = row->number,
        .title = str_is_empty(row->title) ? WORDS(ctx, case_no_title, .type = type_word(ctx, routine, row->type))
                                          : row->title,
        .unit = unit ? unit->name : STR(""),
    };
    if (!utc_is_none(row->next_due)) {
        ret->promise = promise_name_of_code(ctx, routine, row->next_promise);
        ret->due = when_date(ctx->arena, ctx->lang, utc_to_date(row->next_due), utc_to_date(ctx_now(ctx)));
    }
    return OK;
}

static enum err add_cases(struct ctx *ctx, const struct town *town, const struct work_of_absent_row *rows, size_t n,
                          const struct handed_group_view *heading, struct handed_view *view,
                          struct handed_group_view *groups)
{
    if (n == 0)
        return OK;
    struct handed_row_view *views = ARENA_ARRAY(ctx->arena, struct handed_row_view, n);
    for (size_t i = 0; i < n; i++)
        TRY(case_row(ctx, town, &rows[i], &views[i]));
    struct handed_group_view *group = &groups[view->n_groups++];
    *group = *heading;
    group->n = (int64_t)n;
    group->rows = views;
    group->n_rows = n;
    return OK;
}

/* Open cases of somebody one stands in for. */
static enum err add_absent(struct ctx *ctx, const struct town *town, struct user_id absent, struct handed_view *view,
                           struct handed_group_view *groups)
{
    struct work_of_absent_row *rows;
    size_t n;
    const struct staff *staff = town_staff(town, absent);
    if (staff == NULL)
        return OK;
    TRY(work_of_absent(ctx, ctx->who, absent, HANDED_MAX, &rows, &n));
    struct handed_group_view heading = {.id = str_fmt(ctx->arena, "for-%lld", (long long)absent.v),
                                        .title = WORDS(ctx, handed_absent, .name = staff->name)};
    TRY(away_words(ctx, town, absent, &heading.text));
    return add_cases(ctx, town, rows, n, &heading, view, groups);
}

/* What one took in oneself and nobody has taken over. */
static enum err add_received(struct ctx *ctx, const struct town *town, struct handed_view *view,
                             struct handed_group_view *groups)
{
    struct work_of_receiver_row *rows;
    size_t n;
    TRY(work_of_receiver(ctx, ctx->who, HANDED_MAX, &rows, &n));
    struct work_of_absent_row *copies = ARENA_ARRAY(ctx->arena, struct work_of_absent_row, n);
    for (size_t i = 0; i < n; i++) /* the same columns under another name */
        copies[i] = (struct work_of_absent_row){rows[i].number,  rows[i].title,        rows[i].type,    rows[i].unit,
                                                rows[i].routine, rows[i].next_promise, rows[i].next_due};
    struct handed_group_view heading = {.id = STR("tagit-emot"),
                                        .title = msg_text(ctx->lang, MSG_handed_received),
                                        .text = msg_text(ctx->lang, MSG_handed_received_text)};
    return add_cases(ctx, town, copies, n, &heading, view, groups);
}

enum err handed_fill(struct ctx *ctx, const struct town *town, struct handed_view *ret)
{
    struct handover_waiting_for_row *mine, *copies;
    struct handover_waiting_by_row *waits;
    size_t n_mine, n_waits;
    TRY(handover_waiting_for(ctx, ctx->who, HANDED_MAX, &mine, &n_mine));
    TRY(handover_waiting_by(ctx, ctx->who, HANDED_MAX, &waits, &n_waits));
    /* The two statements give the same columns, but each has a type of its own. */
    copies = ARENA_ARRAY(ctx->arena, struct handover_waiting_for_row, n_waits);
    for (size_t i = 0; i < n_waits; i++)
        copies[i] = (struct handover_waiting_for_row){.number = waits[i].number,
                                                      .title = waits[i].title,
                                                      .type = waits[i].type,
                                                      .unit = waits[i].unit,
                                                      .routine = waits[i].routine,
                                                      .by = waits[i].by,
                                                      .to = waits[i].to,
                                                      .to_unit = waits[i].to_unit,
                                                      .asked = waits[i].asked,
                                                      .due = waits[i].due,
                                                      .seen = true,
                                                      .next_promise = waits[i].next_promise,
                                                      .next_due = waits[i].next_due};
    const struct staff *me = town_staff(town, ctx->who);
    size_t n_absent = me ? me->n_absent : 0;
    struct handed_group_view *groups = ARENA_ARRAY(ctx->arena, struct handed_group_view, n_absent + 3);
    *ret = (struct handed_view){.groups = groups};
    TRY(add_group(ctx, town, mine, n_mine, /* is_mine= */ true, ret, groups));
    TRY(add_group(ctx, town, copies, n_waits, /* is_mine= */ false, ret, groups));
    if (!right_held(RIGHT_CASE_REGISTER, town_roles(town, ctx->who))) /* they have all unowned ones in their list */
        TRY(add_received(ctx, town, ret, groups));
    for (size_t i = 0; i < n_absent; i++)
        TRY(add_absent(ctx, town, me->absent[i], ret, groups));
    return OK;
}
