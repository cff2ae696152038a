#include "change.h"

#include "case_promise.h"
#include "journal.h"
#include "json_out.h"

/* Who may take a step, beside staff with a right: named so that they cannot be rights. */
enum { RIGHT_SUBMITTER = RIGHT_COUNT, RIGHT_CONSULTED, RIGHT_PROGRAM };

enum {
#define STATE(code) FROM_##code = 1u << CASE_##code,
#include "flow.def"
#undef STATE
    FROM_nothing = 1u << CASE_STATUS_COUNT,
    FROM_ours =
        FROM_received | FROM_registered | FROM_assigned | FROM_investigating | FROM_awaiting_submitter | FROM_replied,
    FROM_open = FROM_ours | FROM_awaiting_copy,
};

enum { CASE_SAME = CASE_STATUS_COUNT, CASE_BACK };

static const struct {
    const char *name;
    unsigned from;
    int to; /* enum case_status, CASE_SAME or CASE_BACK */
    int right;
    const char *fact;
} steps[] = {
#define STEP(code, from_states, to_state, who, fact_code, text)                                                        \
    [STEP_##code] = {#code, from_states, CASE_##to_state, RIGHT_##who, #fact_code},
#include "flow.def"
#undef STEP
};

static const char *const status_names[] = {
#define STATE(code) [CASE_##code] = #code,
#include "flow.def"
#undef STATE
};

struct str case_status_name(enum case_status status)
{
    return str_from(status_names[status]);
}

bool case_status_find(struct str name, enum case_status *ret)
{
    for (enum case_status status = 0; status < CASE_STATUS_COUNT; status++)
        if (str_eq(name, case_status_name(status))) {
            *ret = status;
            return true;
        }
    return false;
}

struct str step_name(enum step step)
{
    return str_from(steps[step].name);
}

bool step_may_start(enum step step, enum case_status from)
{
    return steps[step].from & 1u << from;
}

bool step_is_staff(enum step step)
{
    return steps[step].right < RIGHT_COUNT;
}

enum right step_right(enum step step)
{
    assert(step_is_staff(step));
    return (enum right)steps[step].right;
}

/* The case around its row. */
static enum err open_row(struct ctx *ctx, struct case_lock_row *row, struct open_case *ret)
{
    struct open_case c = {.row = *row};
    if (!case_status_find(row->status, &c.status))
        return fail(ctx, ERR_CORRUPT, "case %lld has the unknown state \"%.*s\"", (long long)row->id.v,
                    STR_ARG(row->status));
    TRY(town_get(ctx, &c.town));
    c.unit = town_unit(c.town, row->unit);
    if (c.unit == NULL)
        return fail(ctx, ERR_CORRUPT, "case %lld is at unit %lld, which does not exist", (long long)row->id.v,
                    (long long)row->unit.v);
    TRY(town_routine(ctx, row->routine, &c.routine));
    *ret = c;
    return OK;
}

static enum err find_roles(struct ctx *ctx, struct open_case *c)
{
    struct case_roles_row *held;
    size_t n_held;
    TRY(case_roles(ctx, c->row.id, ctx->who, &held, &n_held));
    for (size_t i = 0; i < n_held; i++) {
        enum role role;
        if (role_find(held[i].role, &role))
            c->own = roles_with(c->own, role);
    }
    c->roles = c->own;
    TRY(case_roles_for(ctx, c->row.id, ctx->who, &c->lent, &c->n_lent));
    for (size_t i = 0; i < c->n_lent; i++) {
        enum role role;
        if (role_find(c->lent[i].role, &role))
            c->roles = roles_with(c->roles, role);
    }
    return OK;
}

struct user_id case_acts_for(const struct open_case *c, enum step step)
{
    if (!step_is_staff(step) || right_held(step_right(step), c->own))
        return (struct user_id){0};
    for (size_t i = 0; i < c->n_lent; i++) {
        enum role role;
        if (role_find(c->lent[i].role, &role) && right_held(step_right(step), roles_with((struct roles){0}, role)))
            return c->lent[i].user;
    }
    return (struct user_id){0};
}

enum err case_open(struct ctx *ctx, struct str number, struct open_case *ret)
{
    struct case_find_row seen;
    TRY(case_find(ctx, number, ctx->who, &seen));
    struct case_lock_row row;
    TRY(case_lock(ctx, seen.id, &row));
    struct open_case c;
    TRY(open_row(ctx, &row, &c));
    TRY(find_roles(ctx, &c));
    *ret = c;
    return OK;
}

enum err case_read(struct ctx *ctx, struct str number, struct open_case *ret)
{
    struct case_find_row f;
    TRY(case_find(ctx, number, ctx->who, &f));
    /* The two statements give the same columns, but each has a type of its own. */
    struct case_lock_row row = {
        .id = f.id,
        .number = f.number,
        .unit = f.unit,
        .routine = f.routine,
        .type = f.type,
        .subject = f.subject,
        .title = f.title,
        .status = f.status,
        .channel = f.channel,
        .language = f.language,
        .contact_known = f.contact_known,
        .reply_preference = f.reply_preference,
        .secret = f.secret,
        .secrecy_provision = f.secrecy_provision,
        .secret_since = f.secret_since,
        .secret_by = f.secret_by,
        .received = f.received,
        .registered = f.registered,
        .diary_number = f.diary_number,
        .owner = f.owner,
        .accepted = f.accepted,
        .next_promise = f.next_promise,
        .next_due = f.next_due,
        .outcome = f.outcome,
        .measure_kind = f.measure_kind,
        .closed = f.closed,
        .reopened = f.reopened,
        .version = f.version,
    };
    struct open_case c;
    TRY(open_row(ctx, &row, &c));
    TRY(find_roles(ctx, &c));
    *ret = c;
    return OK;
}

enum err case_open_by_id(struct ctx *ctx, struct case_id id, struct open_case *ret)
{
    struct case_lock_row row;
    TRY(case_lock(ctx, id, &row));
    TRY(open_row(ctx, &row, ret));
    ret->is_program = true;
    return OK;
}

static bool is_program_step(struct str name)
{
    for (enum step step = 0; step < STEP_COUNT; step++)
        if (str_eq(name, step_name(step)))
            return steps[step].right == RIGHT_PROGRAM || steps[step].right == RIGHT_CONSULTED;
    return false;
}

/* Each step is one version and one event: the newest events are those since then. */
static enum err only_program_since(struct ctx *ctx, const struct open_case *c, int64_t version, bool *ret)
{
    enum { LOOKED_AT = 20 };
    int64_t n_since = c->row.version - version;
    *ret = false;
    if (n_since < 0 || n_since > LOOKED_AT)
        return OK;
    struct case_latest_events_row *events;
    size_t n;
    TRY(case_latest_events(ctx, c->row.id, n_since, &events, &n));
    for (size_t i = 0; i < n; i++)
        if (!is_program_step(events[i].kind))
            return OK;
    *ret = (int64_t)n == n_since;
    return OK;
}

enum err case_expect_version(struct ctx *ctx, const struct open_case *c, int64_t version)
{
    bool is_same = true;
    if (version >= 0 && version != c->row.version)
        TRY(only_program_since(ctx, c, version, &is_same));
    return is_same ? OK : fail(ctx, ERR_CONFLICT, "somebody else changed the case first");
}

static bool has_right(const struct open_case *c, enum step step)
{
    if (c->is_program)
        return !step_is_staff(step);
    return step_is_staff(step) && right_held(step_right(step), c->roles);
}

bool case_may(const struct open_case *c, enum step step)
{
    return has_right(c, step) && step_may_start(step, c->status);
}

static struct str fact_of(enum step step, const struct step_note *note)
{
    if (note->no_fact)
        return STR_NONE;
    if (!str_is_empty(note->fact))
        return note->fact;
    struct str own = str_from(steps[step].fact);
    return str_eq(own, STR("NO_FACT")) || str_eq(own, STR("BY_PROMISE")) ? STR_NONE : own;
}

/* What a step leaves in the journal; of a deputy also for whom. */
static struct str data_of(struct ctx *ctx, const struct open_case *c, enum step step, const struct step_note *note)
{
    struct str data = str_is_none(note->data) ? STR("{}") : note->data;
    struct user_id absent = case_acts_for(c, step);
    const struct staff *staff = absent.v ? town_staff(c->town, absent) : NULL;
    if (staff == NULL)
        return data;
    struct str rest = str_skip(data, 1);
    struct out out = out_init(ctx->arena, JOURNAL_DATA_MAX);
    out_lit(&out, "{\"for\":");
    out_json_str(&out, staff->login);
    if (!str_eq(rest, STR("}")))
        out_char(&out, ',');
    out_str(&out, rest);
    return out_take(&out);
}

/* The arrival stands in the hash chain too: whoever changes it behind the program's back is noticed
 * (invariant_arrival). */
static struct str with_arrival(struct ctx *ctx, struct str data, struct utc_us received)
{
    assert(data.n >= 2 && data.p[data.n - 1] == '}');
    return str_fmt(ctx->arena, "%.*s%s\"received_us\":\"%lld\"}", STR_ARG(str_head(data, data.n - 1)),
                   data.n > 2 ? "," : "", (long long)received.v);
}

static enum case_status state_after(const struct open_case *c, enum step step, const struct step_note *note)
{
    if (steps[step].to == CASE_SAME)
        return c->status;
    return steps[step].to == CASE_BACK ? note->back : (enum case_status)steps[step].to;
}

enum err case_step(struct ctx *ctx, struct open_case *c, enum step step, const struct step_note *note)
{
    if (!has_right(c, step))
        return fail(ctx, ERR_FORBIDDEN, "the step \"%s\" needs another role", steps[step].name);
    if (!step_may_start(step, c->status) && !(step == STEP_receive && c->status == CASE_received))
        return fail(ctx, ERR_CLOSED, "the step \"%s\" cannot be taken in the state \"%s\"", steps[step].name,
                    status_names[c->status]);
    enum case_status to = state_after(c, step, note);
    int64_t n_changed;
    TRY(case_set_status(ctx, c->row.id, c->row.version, case_status_name(to), &n_changed));
    if (n_changed != 1)
        return fail(ctx, ERR_CONFLICT, "somebody else changed the case first");
    c->row.version++;
    c->status = to;
    c->row.status = case_status_name(to);

    struct utc_us happened = note->fact_at.v ? note->fact_at : ctx_now(ctx);
    struct str fact = fact_of(step, note);
    if (!str_is_empty(fact)) {
        if (str_eq(fact, STR("reopened")) || str_eq(fact, STR("replied_again")))
            TRY(fact_move(ctx, c->row.id, fact, happened));
        else
            TRY(fact_set(ctx, c->row.id, fact, happened));
    }
    TRY(case_promises_refresh(ctx, c));
    struct str data = data_of(ctx, c, step, note);
    if (step == STEP_receive)
        data = with_arrival(ctx, data, c->row.received);
    if (c->status == CASE_not_a_case)
        TRY(case_settle_exit(ctx, c->row.id, ctx_now(ctx)));
    struct event_id event; /* last: from here on PostgreSQL lets others wait */
    return journal_append(ctx, c->row.id, step_name(step), data, note->document, &event);
}

struct str step_data(struct ctx *ctx, size_t n, const struct step_pair *pairs)
{
    struct out out = out_init(ctx->arena, /* max_bytes= */ 16 * 1024);
    out_char(&out, '{');
    for (size_t i = 0; i < n; i++) {
        if (i)
            out_char(&out, ',');
        out_json_str(&out, str_from(pairs[i].key));
        out_char(&out, ':');
        out_json_str(&out, pairs[i].value);
    }
    out_char(&out, '}');
    return out_take(&out);
}
