/* flow_matrix: takes every step of flow.def, from every state, as everybody, in one case under each routine there is,
 * and says what happened. What should have happened is worked out by tests/flow/20-matrix.test.mjs from the text of the
 * maps; this program asks none of the machine's own questions (case_may, step_may_start, right_held), it only tries.
 * Synopsis: flow_matrix --data DIR | --postgres URL
 * Input:    a municipality with a unit m-ROUTINE for each routine to be tried (a routine of that code bound to it), and
 * a unit "elsewhere". Output:   a line a trial, tab-separated: routine, open|restricted, state, step, actor, result (ok
 * or the error's name), the state afterwards, how much the case's version grew, how many rows the journal grew.
 * Everything tried is undone; the last line counts the trials. Status 1 when the store itself failed. */
#include "change.h"
#include "flow_matrix_sql.h"
#include "handover_sql.h"
#include "intake.h"
#include "msg.h"
#include "place.h"

/* Somebody who tries: a role's holder, or one of those who hold none. */
struct actor {
    struct str name;
    struct user_id user;
    bool is_program;
};
enum { ACTORS_MAX = 64 };

struct trial {
    struct str routine, number;
    struct case_id id;
    bool is_restricted;
    struct actor actors[ACTORS_MAX];
    size_t n_actors;
    size_t n_trials;
};

static enum err add_user(struct ctx *ctx, struct trial *trial, const char *name, struct user_id *ret)
{
    struct user_spec spec = {
        .login = str_fmt(ctx->arena, "%s.%.*s", name, STR_ARG(trial->routine)),
        .name = str_from(name),
        .title = STR(""),
        .email = STR(""),
        .phone = STR(""),
    };
    TRY(town_add_user(ctx, &spec, ret));
    trial->actors[trial->n_actors++] = (struct actor){.name = str_from(name), .user = *ret};
    return OK;
}

/* One holder of each place role at the unit; one of all of them at once, elsewhere; those whose part lies in the case.
 */
static enum err add_people(struct ctx *ctx, struct trial *trial, struct unit_id unit, struct unit_id elsewhere)
{
    struct user_id user;
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    for (enum role role = 0; role < ROLE_COUNT; role++) {
        TRY(add_user(ctx, trial, str_cz(ctx->arena, role_name(role)), &user));
        if (role_is_place(role))
            TRY(town_add_role(ctx, user, role, unit));
    }
    TRY(add_user(ctx, trial, "outside", &user));
    for (enum role role = 0; role < ROLE_COUNT; role++)
        if (role_is_place(role))
            TRY(town_add_role(ctx, user, role, elsewhere));
    trial->actors[trial->n_actors++] = (struct actor){.name = STR("nobody")};
    trial->actors[trial->n_actors++] = (struct actor){.name = STR("program"), .is_program = true};
    return tx_commit(&tx);
}

static struct user_id actor(const struct trial *trial, struct str name)
{
    for (size_t i = 0; i < trial->n_actors; i++)
        if (str_eq(trial->actors[i].name, name))
            return trial->actors[i].user;
    BUG("no actor %.*s", STR_ARG(name));
}

static enum err add_case(struct ctx *ctx, struct trial *trial, struct unit_id unit)
{
    struct submission s = {
        .type = STR("complaint"),
        .story = STR("Ett ärende att pröva allt på."),
        .unit = unit,
        .reply_preference = STR("email"),
        .contact = {.name = STR("Åsa Öberg"), .email = STR("asa@hem.example")},
        .channel = STR("phone"),
        .language = STR("sv"),
        .receiver = actor(trial, STR("receiver")),
    };
    struct receipt receipt;
    TRY(intake_submit(ctx, &s, &receipt));
    trial->id = receipt.id;
    trial->number = receipt.number;
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(case_set_owner(ctx, receipt.id, actor(trial, STR("owner")), ctx_now(ctx)));
    TRY(case_team_put(ctx, receipt.id, actor(trial, STR("owner")), STR("owner")));
    TRY(case_team_put(ctx, receipt.id, actor(trial, STR("participant")), STR("participant")));
    TRY(case_team_put(ctx, receipt.id, actor(trial, STR("asked")), STR("asked")));
    return tx_commit(&tx);
}

/* ---- trying ---- */

static enum err take(struct ctx *ctx, const struct trial *trial, const struct actor *who, enum step step)
{
    struct open_case c;
    ctx->who = who->user;
    TRY(who->is_program ? case_open_by_id(ctx, trial->id, &c) : case_open(ctx, trial->number, &c));
    return case_step(ctx, &c, step, &(struct step_note){.back = CASE_registered});
}

/* Steps and actors still to be tried from one state. */
struct rest {
    struct trial *trial;
    enum case_status from;
    size_t step, actor;
};

static void tell(const struct rest *rest, enum err err, const struct matrix_mark_row *before,
                 const struct matrix_mark_row *after)
{
    const struct trial *trial = rest->trial;
    printf("%.*s\t%s\t%.*s\t%.*s\t%.*s\t%.*s\t%.*s\t%lld\t%lld\n", STR_ARG(trial->routine),
           trial->is_restricted ? "restricted" : "open", STR_ARG(case_status_name(rest->from)),
           STR_ARG(step_name((enum step)rest->step)), STR_ARG(trial->actors[rest->actor].name),
           STR_ARG(err == OK ? STR("ok") : err_name(err)), STR_ARG(after->status),
           (long long)(after->version - before->version), (long long)(after->n_events - before->n_events));
}

/* One transaction that is undone: trials until one leaves the state, so that each begins from it. */
static enum err try_some(struct ctx *ctx, void *p)
{
    enum { TRIALS_MAX = 200 }; /* what a transaction holds in memory */
    struct rest *rest = p;
    struct trial *trial = rest->trial;
    struct matrix_mark_row before, after;
    int64_t n;
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(matrix_mark(ctx, trial->id, &before));
    TRY(case_set_status(ctx, trial->id, before.version, case_status_name(rest->from), &n));
    if (trial->is_restricted)
        TRY(matrix_restrict(ctx, trial->id, /* restricted= */ true));
    TRY(matrix_mark(ctx, trial->id, &before));
    for (int i = 0; i < TRIALS_MAX && rest->step < STEP_COUNT; i++) {
        enum err err = take(ctx, trial, &trial->actors[rest->actor], (enum step)rest->step);
        TRY(matrix_mark(ctx, trial->id, &after));
        tell(rest, err, &before, &after);
        trial->n_trials++;
        if (++rest->actor == trial->n_actors) {
            rest->actor = 0;
            rest->step++;
        }
        if (!str_eq(before.status, after.status))
            return OK;
        before = after;
    }
    return OK;
}

static enum err try_all(struct ctx *ctx, struct trial *trial)
{
    enum { SOME_MAX_BYTES = 256 << 20 };
    for (enum case_status from = 0; from < CASE_STATUS_COUNT; from++) {
        struct rest rest = {.trial = trial, .from = from};
        while (rest.step < STEP_COUNT)
            TRY(ctx_in_scratch(ctx, SOME_MAX_BYTES, try_some, &rest));
    }
    return OK;
}

/* The first routine is also tried with a restricted case: whom it hides from does not depend on the routine. */
static enum err run(struct ctx *ctx, const struct place *place)
{
    TRY(place_open(ctx, place));
    TRY(db_relax(ctx));
    const struct town *town;
    TRY(town_get(ctx, &town));
    size_t n_units = town->n_units, n_trials = 0;
    struct unit_id *units = ARENA_ARRAY(ctx->arena, struct unit_id, n_units), elsewhere = {0};
    struct str *routines = ARENA_ARRAY(ctx->arena, struct str, n_units);
    for (size_t i = 0; i < n_units; i++) {
        struct str code = town->units[i].code;
        if (str_eq(code, STR("elsewhere")))
            elsewhere = town->units[i].id;
        units[i] = str_starts(code, STR("m-")) ? town->units[i].id : (struct unit_id){0};
        routines[i] = str_copy(ctx->arena, str_skip(code, STR("m-").n));
    }
    bool is_first = true;
    for (size_t i = 0; i < n_units; i++) {
        if (units[i].v == 0)
            continue;
        struct trial *trial = ARENA_NEW(ctx->arena, struct trial);
        trial->routine = routines[i];
        ctx->who = (struct user_id){0};
        TRY(add_people(ctx, trial, units[i], elsewhere));
        TRY(add_case(ctx, trial, units[i]));
        TRY(try_all(ctx, trial));
        trial->is_restricted = true;
        if (is_first)
            TRY(try_all(ctx, trial));
        is_first = false;
        n_trials += trial->n_trials;
    }
    printf("%zu trials\n", n_trials);
    return OK;
}

int main(int argc, char **argv)
{
    struct place place = {.municipality = STR_NONE};
    struct arg args[] = {PLACE_ARGS(&place)};
    const struct clock clock = {NULL};
    struct random random = {0};
    struct ctx ctx = ctx_begin(&clock, &random, 1 << 30);
    ctx.lang = lang_find(STR("sv"));
    int status;
    if (args_read(&ctx, argc, argv, ARRAY_LEN(args), args, &status)) {
        enum err err = run(&ctx, &place);
        if (err != OK)
            fprintf(stderr, "%.*s: %.*s (%.*s)\n", STR_ARG(err_name(err)), STR_ARG(ctx.error.message),
                    STR_ARG(ctx.error.detail));
        status = err == OK ? 0 : 1;
    }
    ctx_end(&ctx);
    return status;
}
