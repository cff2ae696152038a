#include "handover.h"

#include "absence.h"
#include "case_promise.h"
#include "db.h"
#include "handover_notice.h"
#include "register_sql.h"
#include "staff_notice.h"
#include "vault.h"

/* ---- what has been ---- */

enum err handover_read(struct ctx *ctx, struct case_id id, struct handover_past *ret)
{
    const struct town *town;
    struct handover_past past = {0};
    TRY(town_get(ctx, &town));
    TRY(handover_list(ctx, id, &past.rows, &past.n));
    const struct unit *intake = town_intake_unit(town);
    for (size_t i = 0; i < past.n; i++) {
        const struct handover_list_row *h = &past.rows[i];
        past.last = h;
        if (str_is_none(h->answer))
            past.waiting = h;
        /* Sorting is no transfer, nobody had it before: the first move, and one of what came in without a unit. */
        bool is_sorting = str_eq(h->answer, STR("moved")) && (i == 0 || (intake && h->from_unit.v == intake->id.v));
        past.n_counted += !str_eq(h->answer, STR("taken_back")) && !is_sorting;
    }
    *ret = past;
    return OK;
}

static enum err expect(struct ctx *ctx, const struct handover_past *past, int64_t seen)
{
    if (seen >= 0 && (size_t)seen != past->n)
        return fail(ctx, ERR_CONFLICT, "somebody else handed the case over first");
    return OK;
}

bool handover_warns(const struct routine *routine, const struct handover_past *past)
{
    return routine->warn_handovers > 0 && past->n_counted + 1 >= routine->warn_handovers;
}

bool handover_returns(const struct handover_past *past, struct unit_id at, struct unit_id to)
{
    for (size_t i = 0; i < past->n; i++) {
        const struct handover_list_row *h = &past->rows[i];
        bool went = str_eq(h->answer, STR("accepted")) || str_eq(h->answer, STR("moved"));
        if (went && h->from_unit.v == to.v && h->to_unit.v != to.v && to.v != at.v)
            return true;
    }
    return false;
}

static struct unit_id board_of(const struct town *town, struct unit_id unit)
{
    for (const struct unit *at = town_unit(town, unit); at; at = town_unit(town, at->parent))
        if (str_eq(at->level, STR("board")))
            return at->id;
    return (struct unit_id){0};
}

bool handover_crosses(const struct town *town, struct unit_id from, struct unit_id to)
{
    struct unit_id a = board_of(town, from), b = board_of(town, to);
    return a.v && b.v && a.v != b.v;
}

bool handover_is_asked(const struct ctx *ctx, const struct town *town, const struct handover_list_row *waiting)
{
    if (waiting == NULL)
        return false;
    const struct staff *me = town_staff(town, ctx->who);
    for (size_t i = 0; me && i < me->n_absent; i++)
        if (me->absent[i].v == waiting->to.v)
            return true;
    return waiting->to.v == ctx->who.v;
}

bool handover_owes_notice(const struct open_case *c)
{
    return c->routine->handover_notice && !str_eq(c->row.reply_preference, STR("none"));
}

/* ---- who answers for it ---- */

static enum err holder_of(struct ctx *ctx, const struct open_case *c, struct responsible *ret)
{
    static const enum role usual[] = {ROLE_complaints_officer, ROLE_registrar, ROLE_quality_unit,
                                      ROLE_responsible_manager};
    enum role by;
    bool has_by = role_find(c->routine->registration.by, &by) && role_is_place(by);
    *ret = (struct responsible){.why = RESPONSIBLE_role, .role = has_by ? by : usual[0]};
    const struct staff **people;
    if (has_by && town_people(ctx, c->town, by, c->row.unit, &people) > 0)
        ret->user = people[0]->id;
    for (size_t i = 0; ret->user.v == 0 && i < ARRAY_LEN(usual); i++)
        if (town_people(ctx, c->town, usual[i], c->row.unit, &people) > 0) {
            ret->user = people[0]->id;
            ret->role = usual[i];
        }
    return OK;
}

enum err handover_responsible(struct ctx *ctx, const struct open_case *c, struct responsible *ret)
{
    struct responsible found = {.why = RESPONSIBLE_owner, .user = c->row.owner};
    if (found.user.v == 0) {
        struct case_receiver_row row;
        TRY(case_receiver(ctx, c->row.id, &row));
        found = (struct responsible){.why = RESPONSIBLE_receiver, .user = row.receiver};
    }
    if (found.user.v == 0)
        TRY(holder_of(ctx, c, &found));
    if (found.user.v) {
        struct away away;
        TRY(absence_look(ctx, found.user, ctx_now(ctx), &away));
        found.stand_in = away.stand_in;
    }
    *ret = found;
    return OK;
}

/* ---- asking ---- */

struct asking {
    struct open_case c;
    const struct handover_ask *ask;
    const struct staff *to;
    struct unit_id unit;
    bool crosses, is_own; /* to oneself */
    struct str part_before;
    struct handover_past past;
    struct responsible from;
};

static enum err find_ground(struct ctx *ctx, struct str code)
{
    struct legal_ground_list_row *rows;
    size_t n;
    TRY(legal_ground_list(ctx, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].active && str_eq(rows[i].code, code))
            return OK;
    return fail(ctx, ERR_INVALID, "\"%.*s\" is no legal ground", STR_ARG(code));
}

static enum err check_asking(struct ctx *ctx, struct asking *a)
{
    const struct handover_ask *ask = a->ask;
    a->unit = ask->unit.v ? ask->unit : a->c.row.unit;
    a->to = town_staff(a->c.town, ask->to);
    if (town_unit(a->c.town, a->unit) == NULL)
        return fail(ctx, ERR_INVALID, "there is no such unit");
    if (a->to == NULL || !a->to->active ||
        !roles_has(town_roles_at(a->c.town, ask->to, a->unit), ROLE_responsible_manager))
        return fail(ctx, ERR_INVALID, "the person is no responsible manager of the unit or above");
    if (ask->to.v == a->c.row.owner.v && a->unit.v == a->c.row.unit.v)
        return fail(ctx, ERR_INVALID, "the person owns the case already");
    if (handover_owes_notice(&a->c) && ask->tell == TELL_LATER && str_is_empty(str_trim(ask->silence)))
        return fail(ctx, ERR_INVALID, "not telling the person needs a reason");
    a->crosses = handover_crosses(a->c.town, a->c.row.unit, a->unit);
    a->is_own = ask->to.v == ctx->who.v;
    if (a->crosses && !str_is_none(ask->ground))
        TRY(find_ground(ctx, ask->ground));
    return OK;
}

/* Answer what waits; the one asked has no longer that part in the case. */
static enum err settle(struct ctx *ctx, const struct handover_list_row *h, const char *answer, struct sealed_id reason)
{
    int64_t n;
    TRY(handover_answer(ctx, h->id, str_from(answer), ctx_now(ctx), ctx->who, reason, &n));
    if (n != 1)
        return fail(ctx, ERR_CONFLICT, "somebody else has answered first");
    if (str_is_none(h->part_before))
        return case_team_drop(ctx, h->case_id, h->to);
    return case_team_put(ctx, h->case_id, h->to, h->part_before);
}

/* The one asked can see the case; not across boards without a ground. */
static enum err let_in(struct ctx *ctx, struct asking *a)
{
    struct case_team_list_row *team;
    size_t n;
    a->part_before = STR_NONE;
    TRY(case_team_list(ctx, a->c.row.id, &team, &n));
    for (size_t i = 0; i < n; i++)
        if (team[i].user.v == a->to->id.v)
            a->part_before = team[i].part;
    if (a->crosses && str_is_none(a->ask->ground))
        return OK;
    return case_team_put(ctx, a->c.row.id, a->to->id, STR("asked"));
}

static enum err due_of(struct ctx *ctx, const struct open_case *c, struct utc_us *ret)
{
    *ret = UTC_NONE;
    if (c->routine->handover_answer_days == 0)
        return OK;
    struct day_rule rule = *town_days(c->town, c->row.unit);
    rule.eves_are_worked = c->routine->eves_are_worked;
    struct date last;
    TRY(workdays_add(ctx, &rule, utc_to_date(ctx_now(ctx)), c->routine->handover_answer_days, &last));
    *ret = date_end(last);
    return OK;
}

static enum err seal_reason(struct ctx *ctx, struct case_id id, struct str reason, struct sealed_id *ret)
{
    *ret = (struct sealed_id){0};
    struct str text = str_trim(reason);
    if (str_is_empty(text))
        return OK;
    if (str_utf8_len(text) > HANDOVER_REASON_MAX)
        return fail(ctx, ERR_INVALID, "the reason is longer than %d characters", HANDOVER_REASON_MAX);
    return vault_seal(ctx, id, STR("reason"), text, ret);
}

static enum err add_row(struct ctx *ctx, struct asking *a)
{
    bool owes = handover_owes_notice(&a->c), is_told = owes && a->ask->tell == TELL_NOW;
    struct sealed_id silence = {0};
    if (owes && !is_told)
        TRY(seal_reason(ctx, a->c.row.id, a->ask->silence, &silence));
    struct utc_us due;
    TRY(due_of(ctx, &a->c, &due));
    struct handover_add_row row;
    return handover_add(ctx,
                        &(struct handover_add_in){.case_id = a->c.row.id,
                                                  .position = (int64_t)a->past.n + 1,
                                                  .by = ctx->who,
                                                  .from = a->from.user,
                                                  .from_unit = a->c.row.unit,
                                                  .to = a->to->id,
                                                  .to_unit = a->unit,
                                                  .part_before = a->part_before,
                                                  .asked = ctx_now(ctx),
                                                  .due = due,
                                                  .answered = UTC_NONE,
                                                  .answer = STR_NONE,
                                                  .crosses = a->crosses,
                                                  .ground = a->crosses ? a->ask->ground : STR_NONE,
                                                  .notice = is_told ? STR("told")
                                                            : owes  ? STR("owed")
                                                                    : STR("none"),
                                                  .silence = silence},
                        &row);
}

/* A case that comes back to where it has been: those who look after that nobody is sent around are told. */
static enum err alarm_if_it_returns(struct ctx *ctx, const struct asking *a)
{
    static const enum role order[] = {ROLE_complaints_officer, ROLE_quality_unit};
    if (!handover_returns(&a->past, a->c.row.unit, a->unit))
        return OK;
    for (size_t i = 0; i < ARRAY_LEN(order); i++) {
        const struct staff **people;
        if (town_people(ctx, a->c.town, order[i], a->c.row.unit, &people) > 0)
            TRY(staff_notice(ctx, people[0]->id, NOTICE_bounce_alarm, a->c.row.id));
    }
    return OK;
}

/* A mail to the one asked, and to who stands in when that one is away. */
static enum err tell_staff(struct ctx *ctx, struct user_id to, enum notice_kind kind, struct case_id about)
{
    if (to.v == 0)
        return OK;
    TRY(staff_notice(ctx, to, kind, about));
    struct user_id stand_in;
    TRY(absence_stand_in(ctx, to, ctx_now(ctx), &stand_in));
    return stand_in.v == to.v ? OK : staff_notice(ctx, stand_in, kind, about);
}

static enum err take(struct ctx *ctx, struct open_case *c, const struct handover_list_row *h);

enum err handover_ask(struct ctx *ctx, struct str number, int64_t seen, const struct handover_ask *ask)
{
    struct asking a = {.ask = ask};
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(case_open(ctx, number, &a.c));
    TRY(handover_read(ctx, a.c.row.id, &a.past));
    TRY(expect(ctx, &a.past, seen));
    TRY(check_asking(ctx, &a));
    TRY(handover_responsible(ctx, &a.c, &a.from));
    if (a.past.waiting)
        TRY(settle(ctx, a.past.waiting, "sent_on", (struct sealed_id){0}));
    TRY(let_in(ctx, &a));
    TRY(add_row(ctx, &a));
    bool is_first = a.c.status == CASE_received || a.c.status == CASE_registered;
    const struct unit *unit = town_unit(a.c.town, a.unit);
    TRY(case_step(ctx, &a.c, is_first ? STEP_assign : STEP_hand_over,
                  &(struct step_note){.data = STEP_DATA(ctx, {"to", a.to->login}, {"unit", unit->code},
                                                        {"ground", a.crosses ? ask->ground : STR_NONE})}));
    if (handover_owes_notice(&a.c) && ask->tell == TELL_NOW)
        TRY(handover_notice_send(ctx, &a.c, a.to));
    TRY(alarm_if_it_returns(ctx, &a));
    TRY(handover_read(ctx, a.c.row.id, &a.past));
    if (a.is_own) {
        a.c.own = a.c.roles = roles_with(a.c.roles, ROLE_asked);
        TRY(take(ctx, &a.c, a.past.waiting));
    } else {
        TRY(tell_staff(ctx, a.to->id, NOTICE_handed_over, a.c.row.id));
    }
    return tx_commit(&tx);
}

/* ---- answering ---- */

/* What was kept or late stays so; from now on the unit's own routine counts, in the version of the day of arrival. */
static enum err place_case(struct ctx *ctx, struct open_case *c, struct unit_id unit)
{
    const struct unit *to = town_unit(c->town, unit);
    if (to == NULL)
        return fail(ctx, ERR_INVALID, "there is no such unit");
    struct routine_id routine;
    TRY(town_routine_at(ctx, c->town, unit, utc_to_date(c->row.received), &routine));
    if (routine.v != c->row.routine.v)
        TRY(promise_before_keep(ctx, c->row.id, c->row.routine, ctx_now(ctx)));
    TRY(case_set_place(ctx, c->row.id, unit, routine));
    if (!str_is_none(to->secrecy_provision) && !c->row.secret) {
        TRY(case_set_secrecy(ctx, c->row.id, true, to->secrecy_provision, ctx_now(ctx), ctx->who));
        c->row.secret = true;
        c->row.secrecy_provision = to->secrecy_provision;
    }
    c->row.unit = unit;
    c->row.routine = routine;
    c->unit = to;
    return town_routine(ctx, routine, &c->routine);
}

static enum err take(struct ctx *ctx, struct open_case *c, const struct handover_list_row *h)
{
    int64_t n;
    TRY(handover_answer(ctx, h->id, STR("accepted"), ctx_now(ctx), ctx->who, (struct sealed_id){0}, &n));
    if (n != 1)
        return fail(ctx, ERR_CONFLICT, "somebody else has answered first");
    TRY(case_team_owner_to_participant(ctx, c->row.id));
    TRY(case_team_put(ctx, c->row.id, h->to, STR("owner")));
    TRY(case_set_owner(ctx, c->row.id, h->to, ctx_now(ctx)));
    c->row.owner = h->to;
    c->row.accepted = ctx_now(ctx);
    struct str from = c->unit->code;
    if (h->to_unit.v != c->row.unit.v)
        TRY(place_case(ctx, c, h->to_unit));
    bool moved = !str_eq(from, c->unit->code);
    return case_step(
        ctx, c, c->status == CASE_assigned ? STEP_accept : STEP_take_over,
        &(struct step_note){.data = moved ? STEP_DATA(ctx, {"from", from}, {"unit", c->unit->code}) : STR_NONE});
}

/* Inside a transaction: the case and its question. */
static enum err open_waiting(struct ctx *ctx, struct str number, int64_t seen, struct open_case *c,
                             struct handover_past *past)
{
    TRY(case_open(ctx, number, c));
    TRY(handover_read(ctx, c->row.id, past));
    TRY(expect(ctx, past, seen));
    return past->waiting ? OK : fail(ctx, ERR_CLOSED, "nobody is asked to take the case over any more");
}

enum err handover_accept(struct ctx *ctx, struct str number, int64_t seen)
{
    struct open_case c;
    struct handover_past past;
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(open_waiting(ctx, number, seen, &c, &past));
    if (!handover_is_asked(ctx, c.town, past.waiting))
        return fail(ctx, ERR_FORBIDDEN, "somebody else was asked");
    if (past.waiting->crosses && str_is_none(past.waiting->ground))
        return fail(ctx, ERR_FORBIDDEN, "across boards a legal ground comes first");
    TRY(take(ctx, &c, past.waiting));
    return tx_commit(&tx);
}

/* The case of a question of which ctx->who may see the title only: open for the answer and nothing else. */
static enum err open_blind(struct ctx *ctx, struct str number, struct open_case *c)
{
    struct handover_blind_row row;
    TRY(handover_blind(ctx, number, ctx->who, &row));
    TRY(case_open_by_id(ctx, row.case_id, c));
    c->is_program = false;
    c->own = c->roles = roles_with((struct roles){0}, ROLE_asked);
    return OK;
}

enum err handover_decline(struct ctx *ctx, struct str number, int64_t seen, struct str reason)
{
    if (str_is_empty(str_trim(reason)))
        return fail(ctx, ERR_INVALID, "a no needs a reason");
    struct open_case c;
    struct handover_past past;
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    enum err err = open_blind(ctx, number, &c);
    if (err != OK && err != ERR_NOT_FOUND)
        return err;
    if (err == OK)
        TRY(handover_read(ctx, c.row.id, &past));
    else
        TRY(open_waiting(ctx, number, seen, &c, &past));
    if (!handover_is_asked(ctx, c.town, past.waiting))
        return fail(ctx, ERR_FORBIDDEN, "somebody else was asked");
    struct sealed_id sealed;
    TRY(seal_reason(ctx, c.row.id, reason, &sealed));
    TRY(settle(ctx, past.waiting, "declined", sealed));
    struct responsible responsible;
    TRY(handover_responsible(ctx, &c, &responsible));
    TRY(tell_staff(ctx, past.waiting->by, NOTICE_declined, c.row.id));
    if (responsible.user.v != past.waiting->by.v)
        TRY(tell_staff(ctx, responsible.user, NOTICE_declined, c.row.id));
    TRY(case_step(ctx, &c, STEP_decline, &(struct step_note){0}));
    return tx_commit(&tx);
}

enum err handover_be_willing(struct ctx *ctx, struct str number)
{
    struct open_case c;
    struct handover_past past;
    int64_t n;
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(open_blind(ctx, number, &c));
    TRY(handover_read(ctx, c.row.id, &past));
    TRY(handover_set_willing(ctx, past.waiting->id, ctx_now(ctx), &n));
    if (n != 1)
        return fail(ctx, ERR_CLOSED, "it was answered already");
    TRY(tell_staff(ctx, past.waiting->by, NOTICE_ground_asked, c.row.id));
    TRY(case_step(ctx, &c, STEP_want, &(struct step_note){0}));
    return tx_commit(&tx);
}

enum err handover_give_ground(struct ctx *ctx, struct str number, int64_t seen, struct str ground)
{
    struct open_case c;
    struct handover_past past;
    int64_t n;
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(open_waiting(ctx, number, seen, &c, &past));
    TRY(find_ground(ctx, ground));
    if (!past.waiting->crosses || !str_is_none(past.waiting->ground))
        return fail(ctx, ERR_CLOSED, "no ground is wanting");
    TRY(handover_set_ground(ctx, past.waiting->id, ground, &n));
    TRY(case_team_put(ctx, c.row.id, past.waiting->to, STR("asked")));
    TRY(tell_staff(ctx, past.waiting->to, NOTICE_handed_over, c.row.id));
    TRY(case_step(ctx, &c, STEP_give_ground, &(struct step_note){.data = STEP_DATA(ctx, {"ground", ground})}));
    return tx_commit(&tx);
}

enum err handover_take_back(struct ctx *ctx, struct str number, int64_t seen)
{
    struct open_case c;
    struct handover_past past;
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(open_waiting(ctx, number, seen, &c, &past));
    TRY(settle(ctx, past.waiting, "taken_back", (struct sealed_id){0}));
    /* If this was what made it forwarded, it was not. */
    TRY(fact_clear(ctx, c.row.id, event_code(EVENT_forwarded), past.waiting->asked));
    const struct staff *to = town_staff(c.town, past.waiting->to);
    TRY(case_step(ctx, &c, STEP_take_back,
                  &(struct step_note){.data = STEP_DATA(ctx, {"to", to ? to->login : STR_NONE})}));
    return tx_commit(&tx);
}

enum err handover_tell_now(struct ctx *ctx, struct str number, int64_t seen)
{
    struct open_case c;
    struct handover_past past;
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(case_open(ctx, number, &c));
    TRY(handover_read(ctx, c.row.id, &past));
    TRY(expect(ctx, &past, seen));
    const struct staff *to = past.last ? town_staff(c.town, past.last->to) : NULL;
    if (to == NULL || !str_eq(past.last->notice, STR("owed")))
        return fail(ctx, ERR_CLOSED, "the person has been told");
    TRY(handover_notice_send(ctx, &c, to));
    TRY(case_step(ctx, &c, STEP_tell, &(struct step_note){.data = STEP_DATA(ctx, {"to", to->login})}));
    return tx_commit(&tx);
}

enum err handover_move(struct ctx *ctx, struct open_case *c, struct unit_id unit)
{
    struct handover_past past;
    struct handover_add_row row;
    TRY(handover_read(ctx, c->row.id, &past));
    TRY(handover_add(ctx,
                     &(struct handover_add_in){.case_id = c->row.id,
                                               .position = (int64_t)past.n + 1,
                                               .by = ctx->who,
                                               .from = c->row.owner,
                                               .from_unit = c->row.unit,
                                               .to_unit = unit,
                                               .part_before = STR_NONE,
                                               .asked = ctx_now(ctx),
                                               .due = UTC_NONE,
                                               .answered = ctx_now(ctx),
                                               .answer = STR("moved"),
                                               .crosses = handover_crosses(c->town, c->row.unit, unit),
                                               .ground = STR_NONE,
                                               .notice = STR("none")},
                     &row));
    return place_case(ctx, c, unit);
}
