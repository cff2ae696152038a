#include "close.h"

#include "case_copy.h"
#include "case_promise.h"
#include "close_sql.h"
#include "db.h"
#include "document.h"
#include "measure.h"

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

/* What the program itself wants of every case. */
static size_t missing_always(const struct open_case *c, const struct facts *facts, const struct closing *closing,
                             struct missing *ret)
{
    size_t n = 0;
    if (reply_is_owed(c, facts))
        ret[n++].code = STR("reply");
    if (str_is_none(c->row.subject) || str_eq(c->row.type, STR("unknown")))
        ret[n++].code = STR("category");
    if (str_is_none(c->row.diary_number) && c->routine->registration.where == REGISTER_diary)
        ret[n++].code = STR("diary_number");
    if (!is_outcome(closing->outcome))
        ret[n++].code = STR("outcome");
    bool has_measure = !str_is_empty(str_trim(closing->measure)) || !utc_is_none(facts->at[EVENT_measures_logged]);
    bool needs_none = str_eq(closing->measure_kind, STR("none"));
    if (str_is_empty(closing->measure_kind) && str_is_none(c->row.measure_kind))
        ret[n++].code = STR("measure");
    else if (!needs_none && !has_measure)
        ret[n++].code = STR("measure_text");
    if (str_eq(closing->outcome, STR("not_solvable")) && str_is_empty(str_trim(closing->note)))
        ret[n++].code = STR("referral");
    return n;
}

/* What closing itself makes true, so that the routine's gates are asked as they will stand. */
static void assume_closing(struct facts *facts, struct utc_us now)
{
    static const enum event made[] = {EVENT_outcome_chosen, EVENT_measures_logged, EVENT_handling_reported};
    for (size_t i = 0; i < ARRAY_LEN(made); i++)
        if (utc_is_none(facts->at[made[i]]))
            facts->at[made[i]] = now;
}

enum err close_missing(struct ctx *ctx, const struct open_case *c, const struct closing *closing, struct missing **ret,
                       size_t *ret_n)
{
    enum { ALWAYS_MAX = 8 };
    struct facts facts;
    TRY(case_facts(ctx, c, &facts));
    struct missing *missing = ARENA_ARRAY(ctx->arena, struct missing, ALWAYS_MAX + c->routine->n_gates);
    size_t n = missing_always(c, &facts, closing, missing);
    assume_closing(&facts, ctx_now(ctx));
    struct gate_state *gates;
    size_t n_gates;
    routine_gates(ctx, c->routine, GATE_close, &facts, ctx_now(ctx), &gates, &n_gates);
    for (size_t i = 0; i < n_gates; i++) {
        const struct gate *gate = gates[i].gate;
        if (gates[i].is_open || gate->needs & EVENT_BIT(EVENT_replied))
            continue; /* the reply is asked for above, in the same words under every routine */
        struct missing *one = &missing[n++];
        *one = (struct missing){.code = gate->id, .gate = gate};
        for (enum event event = 0; event < EVENT_COUNT && !one->is_ticked; event++)
            if (gate->needs & EVENT_BIT(event) && case_event_is_ticked(c, event)) {
                one->is_ticked = true;
                one->event = event;
            }
    }
    *ret = missing;
    *ret_n = n;
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

enum err close_case(struct ctx *ctx, struct str number, int64_t version, const struct closing *closing)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    TRY(case_expect_version(ctx, &c, version));
    struct missing *missing;
    size_t n_missing;
    TRY(close_missing(ctx, &c, closing, &missing, &n_missing));
    if (n_missing)
        return fail(ctx, ERR_INVALID, "%zu things are missing before closing, first \"%.*s\"", n_missing,
                    STR_ARG(missing[0].code));
    struct document_id measure = {0}, note = {0};
    if (!str_is_empty(str_trim(closing->measure)) && !str_eq(closing->measure_kind, STR("none")))
        TRY(measure_add(ctx, &c,
                        &(struct new_measure){
                            .text = closing->measure,
                            .done = str_eq(closing->measure_kind, STR("later")) ? DATE_NONE : utc_to_date(ctx_now(ctx)),
                            .due = DATE_NONE,
                            .who = ctx->who},
                        &measure));
    TRY(add_words(ctx, &c, "note", closing->note, &note));
    /* Where nobody reported before, closing is the report to the complaints officer (S0.38). */
    TRY(case_report_by_closing(ctx, &c, measure.v ? measure : note));
    TRY(fact_set(ctx, c.row.id, event_code(EVENT_handling_reported), ctx_now(ctx)));
    TRY(fact_set(ctx, c.row.id, event_code(EVENT_outcome_chosen), ctx_now(ctx)));
    TRY(fact_set(ctx, c.row.id, event_code(EVENT_measures_logged), ctx_now(ctx)));
    TRY(case_set_closed(ctx, c.row.id, closing->outcome,
                        str_is_empty(closing->measure_kind) ? STR_NONE : closing->measure_kind, ctx_now(ctx)));
    TRY(case_step(
        ctx, &c, STEP_close,
        &(struct step_note){.data = STEP_DATA(ctx, {"outcome", closing->outcome}, {"measure", closing->measure_kind}),
                            .document = measure.v ? measure : note}));
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
    TRY(case_set_reopened(ctx, c.row.id));
    TRY(case_step(ctx, &c, STEP_reopen, &(struct step_note){.document = note}));
    return tx_commit(&tx);
}
