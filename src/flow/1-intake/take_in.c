#include "take_in.h"

#include "answer_sql.h"
#include "assess.h"
#include "attach_sql.h"
#include "db.h"
#include "document.h"
#include "intake_sql.h"
#include "measure.h"
#include "take_in_draft_sql.h"
#include "take_in_sql.h"

static const char *const names[] = {
    [TAKEN_case] = "case",         [TAKEN_declined] = "declined",
    [TAKEN_on_spot] = "on_spot",   [TAKEN_writes_self] = "writes_self",
    [TAKEN_left_out] = "left_out",
};

struct str taken_as_name(enum taken_as as)
{
    return str_from(names[as]);
}

bool taken_as_find(struct str name, enum taken_as *ret)
{
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq(name, str_from(names[i]))) {
            *ret = (enum taken_as)i;
            return true;
        }
    return false;
}

/* Nothing came that is a document: then the routine may leave it out. */
static bool is_only_said(const struct submission *s)
{
    enum channel channel;
    return s->n_files == 0 && channel_find(s->channel, &channel) && channel_is_oral(channel);
}

enum taken_as take_in_as(const struct routine *routine, const struct taking *t)
{
    if (!is_only_said(&t->submission))
        return TAKEN_case;
    if (str_eq(t->formalised, STR("no")))
        return TAKEN_declined;
    if (t->is_tried && t->is_satisfied)
        switch (routine->registration.on_spot) {
        case ON_SPOT_register:
            return TAKEN_case;
        case ON_SPOT_count:
            return TAKEN_on_spot;
        case ON_SPOT_leave_out:
            return TAKEN_left_out;
        case ON_SPOT_RULE_COUNT:
            BUG("no such rule");
        }
    bool writes_self = str_eq(t->write_self, STR("form")) || str_eq(t->write_self, STR("link"));
    return writes_self && str_is_empty(t->submission.story) ? TAKEN_writes_self : TAKEN_case;
}

enum err take_in_routine(struct ctx *ctx, struct unit_id unit_id, struct utc_us said, const struct unit **ret_unit,
                         struct routine_id *ret_id, const struct routine **ret)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    const struct unit *unit = unit_id.v ? town_unit(town, unit_id) : town_intake_unit(town);
    if (unit == NULL)
        return fail(ctx, ERR_SETTING, "no unit takes in what has no unit");
    TRY(town_routine_at(ctx, town, unit->id, utc_to_date(said.v ? said : ctx_now(ctx)), ret_id));
    TRY(town_routine(ctx, *ret_id, ret));
    *ret_unit = unit;
    return OK;
}

/* ---- what only staff can tell ---- */

static enum err add_note(struct ctx *ctx, const struct open_case *c, const char *kind, struct str words,
                         struct document_id *ret)
{
    return document_add(ctx, c->row.id, /* number= */ 0,
                        &(struct new_document){.kind = kind, .direction = "internal", .body = words, .user = ctx->who},
                        ret);
}

/* What was done there and then. When the person is satisfied, the promises of a reply are kept by it. */
static enum err add_done(struct ctx *ctx, struct open_case *c, const struct taking *t)
{
    struct document_id document;
    struct utc_us at = t->submission.received.v ? t->submission.received : ctx_now(ctx);
    if (!t->is_satisfied) {
        TRY(add_note(ctx, c, "measure", t->done, &document));
        return case_step(ctx, c, STEP_attempt, &(struct step_note){.document = document, .fact_at = at});
    }
    TRY(case_set_measure(ctx, c->row.id, STR("done")));
    TRY(fact_set(ctx, c->row.id, event_code(EVENT_measures_logged), at));
    TRY(measure_add(ctx, c,
                    &(struct new_measure){.text = t->done, .done = utc_to_date(at), .due = DATE_NONE, .who = ctx->who},
                    &document));
    return case_step(ctx, c, STEP_resolve, &(struct step_note){.document = document, .fact_at = at});
}

static enum err add_promise(struct ctx *ctx, struct open_case *c, const struct taking *t)
{
    struct document_id document;
    TRY(add_note(ctx, c, "promise", t->promise, &document));
    struct utc_us due = date_is_none(t->promise_by) ? UTC_NONE : date_end(t->promise_by);
    TRY(promise_task_add(ctx, c->row.id, document, t->promise_is_mine ? ctx->who : (struct user_id){0}, ctx_now(ctx),
                         due));
    return case_step(ctx, c, STEP_promise, &(struct step_note){.document = document});
}

static enum err add_rest(struct ctx *ctx, struct case_id id, const struct taking *t)
{
    TRY(taken_in_add(ctx, id, str_is_empty(t->formalised) ? STR("not_asked") : t->formalised, t->asked_complaint,
                     t->informed, t->write_self, t->read_back, t->on_behalf, t->spoken));
    if (t->has_arrival)
        TRY(arrival_add(ctx, id, &t->arrival));
    struct open_case c;
    TRY(case_open_by_id(ctx, id, &c));
    if (t->is_tried)
        TRY(add_done(ctx, &c, t));
    return str_is_empty(t->promise) ? OK : add_promise(ctx, &c, t);
}

/* ---- taking in ---- */

static enum err count(struct ctx *ctx, const struct taking *t, enum taken_as as, const struct unit *unit,
                      struct routine_id routine, struct str token_hash)
{
    const struct submission *s = &t->submission;
    struct utc_us said = s->received.v ? s->received : ctx_now(ctx);
    return tally_add(ctx, utc_to_date(said), unit->id, routine, taken_as_name(as), s->type,
                     str_is_empty(s->subject) ? STR_NONE : s->subject, s->channel, token_hash);
}

static enum err check(struct ctx *ctx, const struct taking *t, enum taken_as as)
{
    if (t->submission.received.v > ctx_now(ctx).v)
        return fail(ctx, ERR_INVALID, "it cannot have been said after now");
    if (as == TAKEN_case && t->is_tried && str_is_empty(t->done))
        return fail(ctx, ERR_INVALID, "what was done on the spot is missing");
    return OK;
}

/* What this very form became before; a case stays a case whatever the form says now. */
static enum err find_before(struct ctx *ctx, struct str token_hash, struct taken *taken, bool *ret_is_again)
{
    struct tally_by_token_row line;
    struct case_by_form_token_row made;
    enum err found = tally_by_token(ctx, token_hash, &line);
    *ret_is_again = found == OK;
    if (found == OK && !taken_as_find(line.kind, &taken->as))
        return fail(ctx, ERR_CORRUPT, "a counted line has the unknown kind \"%.*s\"", STR_ARG(line.kind));
    if (found != ERR_NOT_FOUND)
        return found;
    found = case_by_form_token(ctx, token_hash, &made);
    *ret_is_again = found == OK;
    if (found == OK)
        taken->as = TAKEN_case;
    return found == ERR_NOT_FOUND ? OK : found;
}

/* Whoever took it in asks, as any of the staff may who sees the case. */
static enum err leave_to_judge(struct ctx *ctx, struct str number)
{
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    return assess_mark(ctx, &c, STR(""));
}

enum err take_in(struct ctx *ctx, const struct taking *t, struct taken *ret)
{
    const struct unit *unit;
    struct routine_id routine_id;
    const struct routine *routine;
    TRY(take_in_routine(ctx, t->submission.unit, t->submission.received, &unit, &routine_id, &routine));
    struct taken taken = {.as = take_in_as(routine, t)};
    TRY(check(ctx, t, taken.as));
    struct str token_hash;
    TRY(vault_mac(ctx, VAULT_MAC_FORM_TOKEN, t->submission.form_token, &token_hash));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    bool is_again;
    TRY(find_before(ctx, token_hash, &taken, &is_again));
    if (is_again && taken.as != TAKEN_case) {
        *ret = taken;
        return OK;
    }
    if (taken.as == TAKEN_case) {
        struct submission submission = t->submission;
        submission.receiver = ctx->who;
        TRY(intake_submit(ctx, &submission, &taken.receipt));
        if (!taken.receipt.was_there_already)
            TRY(add_rest(ctx, taken.receipt.id, t));
        if (!taken.receipt.was_there_already && t->is_doubtful)
            TRY(leave_to_judge(ctx, taken.receipt.number));
    } else if (taken.as != TAKEN_left_out) {
        TRY(count(ctx, t, taken.as, unit, routine_id, token_hash));
    }
    TRY(intake_draft_remove(ctx, token_hash));
    TRY(form_file_forget(ctx, token_hash));
    TRY(tx_commit(&tx));
    *ret = taken;
    return OK;
}
