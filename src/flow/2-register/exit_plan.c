/* What an exit would do, before it is done: who gets to know, who sees the case, which promises end, what is said. */
#include "exit.h"

#include "absence.h"
#include "case_letter.h"
#include "case_promise.h"
#include "date_words.h"
#include "deliver.h"
#include "document.h"
#include "external_body.h"
#include "msg.h"

enum { LETTER_MAX_BYTES = 64 * 1024 };

struct str exit_problem_name(enum exit_problem problem)
{
    static const char *const names[] = {
#define P(name, field) [EXIT_PROBLEM_##name] = #name,
        EXIT_PROBLEMS(P)
#undef P
    };
    return str_from(names[problem]);
}

struct str exit_problem_field(enum exit_problem problem)
{
    static const char *const fields[] = {
#define P(name, field) [EXIT_PROBLEM_##name] = #field,
        EXIT_PROBLEMS(P)
#undef P
    };
    return str_from(fields[problem]);
}

static enum step step_of(const struct routine_exit *exit)
{
    if (exit->action == EXIT_ACTION_move)
        return STEP_exit_move;
    if (exit->copy_back)
        return STEP_exit_forward;
    return exit->urgent ? STEP_exit_alarm : STEP_exit;
}

bool exit_may(const struct open_case *c, const struct routine_exit *exit)
{
    return case_may(c, step_of(exit)) && (exit->action != EXIT_ACTION_move || case_may(c, STEP_move));
}

/* ---- words ---- */

static const struct lang *lang_of(const struct open_case *c)
{
    const struct lang *lang = lang_find(c->row.language);
    return lang ? lang : lang_find(STR("sv"));
}

static void out_part(struct out *out, struct str text, const char *between)
{
    if (str_is_empty(text))
        return;
    if (out->n)
        out_str(out, str_from(between));
    out_str(out, text);
}

static void out_line(struct out *out, struct str label, struct str value)
{
    if (str_is_empty(value))
        return;
    out_fmt(out, "\n%.*s: ", STR_ARG(label));
    out_str(out, value);
}

/* Who it is, what they do and how they are reached. */
static void out_body(struct out *out, const struct lang *lang, const struct body_get_row *body)
{
    out_part(out, str_eq(lang->code, STR("sv")) ? body->letter_sv : body->letter_en, "\n\n");
    out_part(out, body->name, "\n\n");
    out_line(out, msg_text(lang, MSG_exit_body_phone), body->phone);
    out_line(out, msg_text(lang, MSG_exit_body_email), body->email);
    out_line(out, msg_text(lang, MSG_exit_body_web), body->web);
    out_line(out, msg_text(lang, MSG_exit_body_address), body->address);
}

/* The routine's words are Swedish: whoever reads another language gets the catalogue's, by what the exit does. */
static struct str tell_words(const struct lang *lang, const struct routine_exit *exit)
{
    if (str_is_none(exit->tell) || str_eq(lang->code, STR("sv")))
        return exit->tell;
    return msg_of_code(lang, MSG_PREFIX("exit_tell_"), exit_action_code(exit->action));
}

enum err exit_default_text(struct ctx *ctx, const struct open_case *c, const struct routine_exit *exit,
                           struct str body_code, struct str *ret)
{
    const struct lang *lang = lang_of(c);
    struct out out = out_init(ctx->arena, LETTER_MAX_BYTES);
    out_part(&out, str_trim(tell_words(lang, exit)), "");
    if (exit->action == EXIT_ACTION_refer && !str_is_empty(body_code)) {
        struct body_get_row body;
        TRY(external_body_find(ctx, body_code, &body));
        out_body(&out, lang, &body);
    }
    *ret = out_take(&out);
    return OK;
}

/* ---- the letter to a body ---- */

/* Last day of the promise that is met by the copy. */
static struct when_text copy_date(struct ctx *ctx, const struct lang *lang, const struct exit_plan *plan)
{
    for (size_t i = 0; i < plan->n_begins; i++)
        if (plan->begins[i].obligation->met_by & EVENT_BIT(EVENT_copy_received) && !utc_is_none(plan->begins[i].due))
            return when_date(ctx->arena, lang, utc_to_date(plan->begins[i].due), utc_to_date(ctx_now(ctx)));
    return (struct when_text){STR_NONE, STR_NONE};
}

static enum err story_of(struct ctx *ctx, const struct open_case *c, struct str *ret)
{
    struct document_list_row *all;
    size_t n;
    TRY(document_list(ctx, c->row.id, &all, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].kind, STR("submission")))
            return document_body(ctx, c->row.id, all[i].body, PURPOSE_handle_case, ret);
    *ret = STR("");
    return OK;
}

/* The letter that asks for a copy, or a line that hands it over; what the person wrote only when somebody has decided
 * so.
 */
static enum err write_letter(struct ctx *ctx, const struct open_case *c, const struct exit_choice *choice,
                             struct exit_plan *plan)
{
    const struct lang *lang = lang_find(STR("sv"));
    const struct staff *sender = town_staff(c->town, ctx->who);
    struct out out = out_init(ctx->arena, LETTER_MAX_BYTES);
    if (plan->exit->copy_back) {
        struct case_letter letter;
        TRY(case_letter(ctx, lang, c, LETTER_copy_back_request,
                        &(struct letter_fill){.new_date = copy_date(ctx, lang, plan)}, (struct url){STR_NONE},
                        &letter));
        out_str(&out, letter.body);
    } else {
        text_msg_exit_letter(&out, lang,
                             (struct msg_exit_letter){.number = c->row.number,
                                                      .name = sender ? sender->name : c->unit->name,
                                                      .unit = c->unit->name,
                                                      .municipality = c->town->name});
    }
    if (choice->with_story) {
        struct str story;
        TRY(story_of(ctx, c, &story));
        out_part(&out, msg_text(lang, MSG_exit_letter_story), "\n\n");
        out_part(&out, story, "\n\n");
    }
    plan->letter = out_take(&out);
    return OK;
}

/* ---- people ---- */

static bool has(const struct staff **people, size_t n, struct user_id id)
{
    for (size_t i = 0; i < n; i++)
        if (people[i]->id.v == id.v)
            return true;
    return false;
}

/* Who is there comes before who is away; else the order stays. */
static enum err present_first(struct ctx *ctx, struct exit_plan *plan)
{
    const struct staff **ordered = ARENA_ARRAY(ctx->arena, const struct staff *, plan->n_people);
    size_t n = 0;
    for (int away_ones = 0; away_ones <= 1; away_ones++)
        for (size_t i = 0; i < plan->n_people; i++) {
            struct away away;
            TRY(absence_look(ctx, plan->people[i]->id, ctx_now(ctx), &away));
            if (away.is_away == (away_ones == 1))
                ordered[n++] = plan->people[i];
        }
    plan->people = ordered;
    return OK;
}

static enum err find_people(struct ctx *ctx, const struct open_case *c, const struct exit_choice *choice,
                            struct exit_plan *plan)
{
    enum role role;
    const struct routine_exit *exit = plan->exit;
    if (str_is_none(exit->notify) || !role_find(exit->notify, &role))
        return OK;
    struct unit_id at = c->row.unit;
    if (exit->notify_at == EXIT_PLACE_above) {
        const struct unit *about = str_is_empty(choice->unit) ? c->unit : town_unit_by_code(c->town, choice->unit);
        at = about ? about->parent : (struct unit_id){0};
    }
    if (at.v == 0)
        return OK;
    plan->n_people = town_people(ctx, c->town, role, at, &plan->people);
    if (plan->n_people == 0 && !exit->sole) {
        plan->is_stand_in = true;
        plan->n_people = town_people(ctx, c->town, ROLE_responsible_manager, at, &plan->people);
    }
    if (plan->n_people > EXIT_PEOPLE_MAX)
        plan->n_people = EXIT_PEOPLE_MAX;
    TRY(present_first(ctx, plan));
    /* The one who was chosen comes first: the others do not get to know. */
    for (size_t i = 0; exit->sole && i < plan->n_people; i++)
        if (str_eq(plan->people[i]->login, choice->receiver)) {
            const struct staff *chosen = plan->people[i];
            memmove(&plan->people[1], &plan->people[0], i * sizeof(plan->people[0]));
            plan->people[0] = chosen;
        }
    return OK;
}

static enum err find_team(struct ctx *ctx, const struct open_case *c, struct exit_plan *plan)
{
    if (!plan->exit->restricted)
        return OK;
    struct case_team_row *now;
    size_t n_now, n = 0;
    TRY(case_team(ctx, c->row.id, &now, &n_now));
    const struct staff **team = ARENA_ARRAY(ctx->arena, const struct staff *, n_now + plan->n_people + 1);
    for (size_t i = 0; i < (plan->exit->sole && plan->n_people ? 1 : plan->n_people); i++)
        team[n++] = plan->people[i];
    const struct staff *self = town_staff(c->town, ctx->who);
    if (!plan->exit->sole && self && !has(team, n, self->id))
        team[n++] = self;
    for (size_t i = 0; i < n_now && !plan->exit->sole; i++) {
        const struct staff *one = town_staff(c->town, now[i].user);
        if (one && one->active && !has(team, n, one->id))
            team[n++] = one;
    }
    plan->team = team;
    plan->n_team = n;
    return OK;
}

/* ---- promises ---- */

static bool is_alive(const struct promise *p)
{
    return p->state == PROMISE_running || p->state == PROMISE_missed || p->state == PROMISE_not_started;
}

static enum err compare_promises(struct ctx *ctx, const struct open_case *c, struct exit_plan *plan)
{
    if (plan->exit->action == EXIT_ACTION_move)
        return OK; /* the other unit's routine decides */
    struct facts facts;
    TRY(case_facts(ctx, c, &facts));
    const struct local_days *local = &town_days(c->town, c->row.unit)->local;
    struct promise *before, *after;
    size_t n, n_after;
    TRY(routine_promises(ctx, c->routine, local, &facts, ctx_now(ctx), &before, &n));
    facts.exit = plan->exit->id;
    facts.exit_registered = plan->exit->registered;
    facts.at[EVENT_exited] = ctx_now(ctx);
    if (plan->exit->copy_back)
        facts.at[EVENT_copy_requested] = ctx_now(ctx);
    TRY(routine_promises(ctx, c->routine, local, &facts, ctx_now(ctx), &after, &n_after));
    assert(n == n_after);
    plan->ends = ARENA_ARRAY(ctx->arena, struct promise, n);
    plan->begins = ARENA_ARRAY(ctx->arena, struct promise, n);
    for (size_t i = 0; i < n; i++) {
        bool was = before[i].state != PROMISE_not_applicable, is = after[i].state != PROMISE_not_applicable;
        if (was && !is && is_alive(&before[i]) && before[i].state != PROMISE_not_started)
            plan->ends[plan->n_ends++] = before[i];
        if (is && is_alive(&after[i]))
            plan->begins[plan->n_begins++] = after[i];
    }
    return OK;
}

/* ---- what stands in the way ---- */

static bool names_ground(struct str grounds, struct str id)
{
    struct str rest = grounds, word;
    while (str_split(&rest, ' ', &word))
        if (str_eq(word, id))
            return true;
    return false;
}

static void check_grounds(const struct routine_exit *exit, const struct exit_choice *choice, struct exit_plan *plan)
{
    bool any = false, enough = false;
    for (size_t i = 0; i < exit->n_grounds; i++) {
        bool chosen = names_ground(choice->grounds, exit->grounds[i].id);
        any |= chosen;
        enough |= chosen && !exit->grounds[i].not_alone;
    }
    if (exit->n_grounds == 0)
        return;
    plan->problems[EXIT_PROBLEM_ground] = !any;
    plan->problems[EXIT_PROBLEM_ground_alone] = any && !enough;
}

static void check(const struct open_case *c, const struct exit_choice *choice, const struct body_get_row *body,
                  struct exit_plan *plan)
{
    const struct routine_exit *exit = plan->exit;
    bool *problem = plan->problems;
    bool says = !str_is_empty(str_trim(choice->text));
    bool counted = choice->is_counted && exit->may_count;
    problem[EXIT_PROBLEM_silent] = choice->is_silent && !str_is_none(exit->tell);
    problem[EXIT_PROBLEM_text] = !says && !choice->is_silent && !counted;
    problem[EXIT_PROBLEM_body] = exit->needs & 1u << EXIT_NEED_body && body == NULL;
    problem[EXIT_PROBLEM_reference] =
        exit->needs & 1u << EXIT_NEED_reference && str_is_empty(str_trim(choice->reference));
    problem[EXIT_PROBLEM_reason] = exit->needs & 1u << EXIT_NEED_reason && str_is_empty(str_trim(choice->reason));
    check_grounds(exit, choice, plan);
    const struct unit *unit = town_unit_by_code(c->town, choice->unit);
    bool wants_unit = exit->action == EXIT_ACTION_move;
    problem[EXIT_PROBLEM_unit] =
        (wants_unit && (unit == NULL || unit->id.v == c->row.unit.v)) || (!str_is_empty(choice->unit) && unit == NULL);
    problem[EXIT_PROBLEM_receiver] =
        exit->sole &&
        (plan->n_people == 0 || (!str_is_empty(choice->receiver) && !str_eq(plan->people[0]->login, choice->receiver)));
    problem[EXIT_PROBLEM_story] = !str_is_none(plan->letter) && !choice->story_said;
    for (enum exit_problem i = 0; i < EXIT_PROBLEM_COUNT; i++)
        plan->has_problem |= problem[i];
}

enum err exit_plan(struct ctx *ctx, const struct open_case *c, const struct exit_choice *choice, struct exit_plan *ret)
{
    struct exit_plan plan = {.exit = routine_exit(c->routine, choice->code), .way = deliver_way(c)};
    if (plan.exit == NULL)
        return fail(ctx, ERR_INVALID, "the routine has no exit \"%.*s\"", STR_ARG(choice->code));
    plan.step = step_of(plan.exit);
    TRY(find_people(ctx, c, choice, &plan));
    TRY(find_team(ctx, c, &plan));
    TRY(compare_promises(ctx, c, &plan));
    struct body_get_row body = {{0}};
    bool has_body = !str_is_empty(choice->body);
    if (has_body) {
        enum err err = external_body_find(ctx, choice->body, &body);
        if (err != OK && err != ERR_NOT_FOUND)
            return err;
        has_body = err == OK;
    }
    if (has_body && plan.exit->action == EXIT_ACTION_forward) {
        plan.letter_by_mail = !str_is_empty(body.email);
        TRY(write_letter(ctx, c, choice, &plan));
    }
    check(c, choice, has_body ? &body : NULL, &plan);
    *ret = plan;
    return OK;
}
