#include "close.h"

#include "case_copy.h"
#include "case_letter.h"
#include "case_promise.h"
#include "close_sql.h"
#include "db.h"
#include "deliver.h"
#include "document.h"
#include "measure.h"
#include "round.h"
#include "survey.h"

static const struct str outcomes[] = {
    STR_INIT("justified"),           STR_INIT("partly_justified"), STR_INIT("not_justified"),
    STR_INIT("misunderstanding"),    STR_INIT("not_solvable"),     STR_INIT("referred"),
    STR_INIT("no_measure_possible"), STR_INIT("praise_passed_on"), STR_INIT("answered")};

size_t case_outcomes(const struct str **ret)
{
    *ret = outcomes;
    return ARRAY_LEN(outcomes);
}

static bool is_outcome(struct str code)
{
    for (size_t i = 0; i < ARRAY_LEN(outcomes); i++)
        if (str_eq(code, outcomes[i]))
            return true;
    return false;
}

/* A reply is owed to everybody who can be reached and wants one. */
static bool reply_is_owed(const struct open_case *c, const struct facts *facts)
{
    return facts->contact_known && facts->reply_wanted &&
           utc_is_none(facts->at[c->row.reopened ? EVENT_replied_again : EVENT_replied]);
}

enum role close_role(struct ctx *ctx, const struct open_case *c)
{
    enum role role;
    const struct staff **people;
    bool is_named =
        !str_is_none(c->routine->closed_by) && role_find(c->routine->closed_by, &role) && role_is_place(role);
    if (!is_named || town_people(ctx, c->town, role, c->unit->id, &people) == 0)
        return ROLE_responsible_manager;
    return role;
}

bool close_is_for(struct ctx *ctx, const struct open_case *c)
{
    enum role role = close_role(ctx, c);
    return role == ROLE_responsible_manager ? right_held(RIGHT_CASE_CLOSE, c->roles) : roles_has(c->roles, role);
}

struct list {
    struct missing *v;
    size_t n;
};

static void add(struct list *list, const char *code, struct str who)
{
    list->v[list->n++] = (struct missing){.code = str_from(code), .who = who};
}

/* What must be there before the closing is filled in. */
static void missing_before(const struct open_case *c, const struct facts *facts, struct list *list)
{
    const struct registration *r = &c->routine->registration;
    struct str registers = str_is_none(r->by) ? r->who : r->by;
    if (reply_is_owed(c, facts))
        add(list, "reply", role_name(ROLE_responsible_manager));
    if (str_is_none(c->row.subject) || str_eq(c->row.type, STR("unknown")))
        add(list, "category", registers);
    if (str_is_none(c->row.diary_number) && r->where == REGISTER_diary)
        add(list, "diary_number", registers);
}

static void missing_measure(const struct open_case *c, const struct facts *facts, const struct closing *closing,
                            struct list *list)
{
    bool has_measure = !str_is_empty(str_trim(closing->measure)) || !utc_is_none(facts->at[EVENT_measures_logged]);
    bool needs_none = str_eq(closing->measure_kind, STR("none"));
    if (str_is_empty(closing->measure_kind) && str_is_none(c->row.measure_kind))
        add(list, "measure", STR_NONE);
    else if (!needs_none && !has_measure)
        add(list, "measure_text", STR_NONE);
}

static bool asks_prevention(const struct routine *routine)
{
    for (size_t i = 0; i < routine->n_gates; i++)
        if (routine->gates[i].step == GATE_close && routine->gates[i].needs & EVENT_BIT(EVENT_prevention_chosen))
            return true;
    return false;
}

bool close_asks_prevention(const struct open_case *c, const struct facts *facts)
{
    return asks_prevention(c->routine) && utc_is_none(facts->at[EVENT_prevention_chosen]);
}

/* What is filled in with the closing itself. */
static void missing_in_form(const struct open_case *c, const struct facts *facts, const struct closing *closing,
                            bool was_handed_in, struct list *list)
{
    bool has_words = was_handed_in && str_eq(closing->outcome, c->row.outcome); /* given when it was handed in */
    if (!is_outcome(closing->outcome))
        add(list, "outcome", STR_NONE);
    if (!has_words && str_eq(closing->outcome, STR("misunderstanding")) && str_is_empty(str_trim(closing->explanation)))
        add(list, "explanation", STR_NONE);
    if (!has_words && str_eq(closing->outcome, STR("not_solvable")) && str_is_empty(str_trim(closing->referral)))
        add(list, "referral", STR_NONE);
    missing_measure(c, facts, closing, list);
    struct str lacks = prevention_lacks(&closing->prevention);
    if (!str_is_empty(lacks) && (!str_is_empty(closing->prevention.kind) || close_asks_prevention(c, facts)))
        list->v[list->n++] = (struct missing){.code = lacks};
}

/* What closing itself makes true, so that the routine's gates are asked as they will stand. */
static void assume_closing(struct facts *facts, struct utc_us now)
{
    static const enum event made[] = {EVENT_outcome_chosen, EVENT_measures_logged, EVENT_handling_reported,
                                      EVENT_prevention_chosen};
    for (size_t i = 0; i < ARRAY_LEN(made); i++)
        if (utc_is_none(facts->at[made[i]]))
            facts->at[made[i]] = now;
}

/* Who does it: as the gate says, else whoever has promised it, else the responsible manager. */
static struct str who_does(const struct routine *routine, const struct gate *gate)
{
    if (!str_is_none(gate->who))
        return gate->who;
    for (size_t i = 0; i < routine->n_obligations; i++)
        if (routine->obligations[i].met_by & gate->needs)
            return routine->obligations[i].who;
    return role_name(ROLE_responsible_manager);
}

static struct missing missing_gate(const struct open_case *c, const struct gate *gate)
{
    struct missing one = {.code = gate->id, .gate = gate, .who = who_does(c->routine, gate), .event = EVENT_COUNT};
    for (enum event event = 0; event < EVENT_COUNT && !one.is_ticked; event++) {
        if (!(gate->needs & EVENT_BIT(event)))
            continue;
        one.is_ticked = case_event_is_ticked(c, event);
        if (one.is_ticked || one.event == EVENT_COUNT)
            one.event = event;
    }
    return one;
}

enum err close_missing(struct ctx *ctx, const struct open_case *c, const struct closing *closing, struct missing **ret,
                       size_t *ret_n)
{
    enum { OWN_MAX = 10 };
    struct facts facts;
    TRY(case_facts(ctx, c, &facts));
    struct list list = {ARENA_ARRAY(ctx->arena, struct missing, OWN_MAX + c->routine->n_gates), 0};
    missing_before(c, &facts, &list);
    struct case_to_close_row to_close;
    TRY(case_to_close(ctx, c->row.id, &to_close));
    if (closing)
        missing_in_form(c, &facts, closing, !str_is_empty(to_close.role), &list);
    assume_closing(&facts, ctx_now(ctx));
    struct gate_state *gates;
    size_t n_gates;
    routine_gates(ctx, c->routine, GATE_close, &facts, ctx_now(ctx), &gates, &n_gates);
    for (size_t i = 0; i < n_gates; i++)
        if (!gates[i].is_open && !(gates[i].gate->needs & EVENT_BIT(EVENT_replied)))
            list.v[list.n++] = missing_gate(c, gates[i].gate); /* the reply is asked for above */
    *ret = list.v;
    *ret_n = list.n;
    return OK;
}

static enum err add_words(struct ctx *ctx, struct open_case *c, const char *kind, struct str text,
                          struct document_id *ret)
{
    if (str_is_empty(str_trim(text)))
        return OK;
    return document_add(ctx, c->row.id, /* number= */ 0,
                        &(struct new_document){.kind = kind, .direction = "internal", .body = text, .user = ctx->who},
                        ret);
}

/* Where the person may turn, told by the person's own way (S4.8). */
static enum err tell_referral(struct ctx *ctx, struct open_case *c, struct str words)
{
    if (str_is_empty(str_trim(words)))
        return OK;
    struct case_letter filled;
    struct document_id letter;
    struct str way;
    TRY(case_letter(ctx, case_language(c), c, LETTER_referral, &(struct letter_fill){.text = words},
                    (struct url){STR_NONE}, &filled));
    TRY(document_add(
        ctx, c->row.id, /* number= */ 0,
        &(struct new_document){.kind = "referral", .direction = "out", .body = filled.body, .user = ctx->who},
        &letter));
    return deliver_notice(ctx, c, letter, &way);
}

/* Everything that was filled in; ret: the words that belong to the step. */
static enum err keep_words(struct ctx *ctx, struct open_case *c, const struct closing *closing, struct document_id *ret)
{
    struct document_id measure = {0}, explanation = {0}, note = {0};
    if (!str_is_empty(closing->prevention.kind))
        TRY(prevention_add(ctx, c, &closing->prevention));
    if (!str_is_empty(str_trim(closing->measure)) && !str_eq(closing->measure_kind, STR("none")))
        TRY(measure_add(ctx, c,
                        &(struct new_measure){
                            .text = closing->measure,
                            .done = str_eq(closing->measure_kind, STR("later")) ? DATE_NONE : utc_to_date(ctx_now(ctx)),
                            .due = DATE_NONE,
                            .who = ctx->who},
                        &measure));
    if (str_eq(closing->outcome, STR("misunderstanding")))
        TRY(add_words(ctx, c, "note", closing->explanation, &explanation));
    TRY(add_words(ctx, c, "note", closing->note, &note));
    if (str_eq(closing->outcome, STR("not_solvable")))
        TRY(tell_referral(ctx, c, closing->referral));
    /* Where nobody reported before, closing is the report to the complaints officer (S0.38). */
    TRY(case_report_by_closing(ctx, c, measure.v ? measure : note));
    TRY(fact_set(ctx, c->row.id, event_code(EVENT_handling_reported), ctx_now(ctx)));
    TRY(fact_set(ctx, c->row.id, event_code(EVENT_outcome_chosen), ctx_now(ctx)));
    TRY(fact_set(ctx, c->row.id, event_code(EVENT_measures_logged), ctx_now(ctx)));
    *ret = measure.v ? measure : explanation.v ? explanation : note;
    return OK;
}

static enum err open_whole(struct ctx *ctx, struct str number, int64_t version, const struct closing *closing,
                           struct open_case *ret)
{
    TRY(case_open(ctx, number, ret));
    TRY(case_expect_version(ctx, ret, version));
    struct missing *missing;
    size_t n_missing;
    TRY(close_missing(ctx, ret, closing, &missing, &n_missing));
    if (n_missing)
        return fail(ctx, ERR_INVALID, "%zu things are missing before closing, first \"%.*s\"", n_missing,
                    STR_ARG(missing[0].code));
    return OK;
}

static struct str kind_or_none(const struct closing *closing)
{
    return str_is_empty(closing->measure_kind) ? STR_NONE : closing->measure_kind;
}

enum err close_case(struct ctx *ctx, struct str number, int64_t version, const struct closing *closing)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    struct document_id words;
    TRY(open_whole(ctx, number, version, closing, &c));
    if (!close_is_for(ctx, &c))
        return fail(ctx, ERR_FORBIDDEN, "by the routine somebody else closes the case");
    TRY(keep_words(ctx, &c, closing, &words));
    TRY(case_set_closed(ctx, c.row.id, closing->outcome, kind_or_none(closing), ctx_now(ctx)));
    TRY(case_step(
        ctx, &c, STEP_close,
        &(struct step_note){.data = STEP_DATA(ctx, {"outcome", closing->outcome}, {"measure", closing->measure_kind}),
                            .document = words}));
    TRY(survey_begin(ctx, &c));
    return tx_commit(&tx);
}

enum err close_hand_in(struct ctx *ctx, struct str number, int64_t version, const struct closing *closing)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    struct document_id words;
    TRY(open_whole(ctx, number, version, closing, &c));
    struct str role = role_name(close_role(ctx, &c));
    TRY(keep_words(ctx, &c, closing, &words));
    TRY(case_set_ready(ctx, c.row.id, closing->outcome, kind_or_none(closing), role));
    TRY(case_step(
        ctx, &c, STEP_ready,
        &(struct step_note){.data = STEP_DATA(ctx, {"role", role}, {"outcome", closing->outcome}), .document = words}));
    return tx_commit(&tx);
}

enum err reopen_case(struct ctx *ctx, struct str number, int64_t version, struct str reason)
{
    if (str_is_empty(str_trim(reason)))
        return fail(ctx, ERR_INVALID, "a reason to open the case again is missing");
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    TRY(case_expect_version(ctx, &c, version));
    struct document_id note = {0};
    TRY(add_words(ctx, &c, "note", reason, &note));
    TRY(round_end(ctx, &c));
    TRY(case_step(ctx, &c, STEP_reopen, &(struct step_note){.document = note}));
    return tx_commit(&tx);
}
