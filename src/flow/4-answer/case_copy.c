#include "case_copy.h"

#include "close.h"
#include "db.h"
#include "document.h"
#include "dossier.h"
#include "msg.h"
#include "promise_count_sql.h"
#include "staff_notice.h"

static const struct {
    struct str code;
    enum role role;
    enum event event; /* what keeps the promise */
} kinds[COPY_KIND_COUNT] = {
    [COPY_report] = {STR_INIT("handling_report"), ROLE_complaints_officer, EVENT_handling_reported},
    [COPY_quality_unit] = {STR_INIT("quality_unit"), ROLE_quality_unit, EVENT_copy_sent},
    [COPY_registrar] = {STR_INIT("registrar"), ROLE_registrar, EVENT_copy_registered},
};

enum role copy_role(enum copy_kind kind)
{
    return kinds[kind].role;
}

struct str copy_kind_code(enum copy_kind kind)
{
    return kinds[kind].code;
}

bool copy_kind_find(struct str code, enum copy_kind *ret)
{
    for (enum copy_kind kind = 0; kind < COPY_KIND_COUNT; kind++)
        if (str_eq(code, kinds[kind].code)) {
            *ret = kind;
            return true;
        }
    return false;
}

/* ---- what is owed ---- */

static bool asks_for(const struct routine *routine, enum event event)
{
    for (size_t i = 0; i < routine->n_obligations; i++)
        if (routine->obligations[i].met_by & EVENT_BIT(event))
            return true;
    for (size_t i = 0; i < routine->n_gates; i++)
        if (routine->gates[i].needs & EVENT_BIT(event))
            return true;
    return false;
}

static const struct promise *promise_met_by(const struct promise *promises, size_t n, enum event event)
{
    for (size_t i = 0; i < n; i++)
        if (promises[i].obligation->met_by & EVENT_BIT(event) && promises[i].state != PROMISE_waived)
            return &promises[i];
    return NULL;
}

/* Those who would get it: hold the role here and may see the case. */
static enum err readers(struct ctx *ctx, const struct open_case *c, enum copy_kind kind, const struct staff ***ret,
                        size_t *ret_n)
{
    const struct staff **people;
    size_t n = town_people(ctx, c->town, kinds[kind].role, c->row.unit, &people), n_left = 0;
    struct promise_case_restricted_row about;
    TRY(promise_case_restricted(ctx, c->row.id, &about));
    for (size_t i = 0; i < n && !about.restricted; i++)
        people[n_left++] = people[i];
    *ret = people;
    *ret_n = n_left;
    return OK;
}

static enum err add_duty(struct ctx *ctx, const struct open_case *c, const struct facts *facts, enum copy_kind kind,
                         const struct promise *promise, struct copy_duties *ret)
{
    struct copy_duty duty = {.kind = kind, .promise = promise, .last = DATE_NONE};
    struct case_copy_list_row *sent;
    const struct staff **people;
    size_t n_sent, n_people;
    TRY(case_copy_list(ctx, c->row.id, &sent, &n_sent));
    for (size_t i = 0; i < n_sent; i++)
        if (str_eq(sent[i].role, role_name(kinds[kind].role)))
            duty.sent = &sent[i];
    TRY(readers(ctx, c, kind, &people, &n_people));
    duty.is_kept = !utc_is_none(facts->at[kinds[kind].event]);
    duty.is_nobody = n_people == 0;
    duty.can_be_sent = n_people && (kind == COPY_report || !utc_is_none(facts->at[EVENT_replied]));
    if (promise && !utc_is_none(promise->due))
        duty.last = utc_to_date(promise->due);
    ret->v[ret->n++] = duty;
    return OK;
}

enum err copy_duties(struct ctx *ctx, const struct open_case *c, struct copy_duties *ret)
{
    struct facts facts;
    struct promise *promises;
    size_t n;
    *ret = (struct copy_duties){.n = 0};
    TRY(case_facts(ctx, c, &facts));
    TRY(case_promises(ctx, c, &promises, &n));
    for (enum copy_kind kind = 0; kind < COPY_KIND_COUNT; kind++) {
        const struct promise *promise = promise_met_by(promises, n, kinds[kind].event);
        /* A reply nobody gets is copied to nobody; a report is owed of every case. */
        if (promise || (kind == COPY_report && asks_for(c->routine, kinds[kind].event)))
            TRY(add_duty(ctx, c, &facts, kind, promise, ret));
    }
    bool asks = asks_for(c->routine, EVENT_event_numbered) && !utc_is_none(facts.at[EVENT_replied]);
    ret->has_number = asks && !utc_is_none(facts.at[EVENT_event_numbered]);
    ret->wants_number = asks && !ret->has_number;
    return OK;
}

/* ---- sending ---- */

static enum err tell(struct ctx *ctx, const struct open_case *c, enum copy_kind kind)
{
    const struct staff **people;
    size_t n;
    TRY(readers(ctx, c, kind, &people, &n));
    for (size_t i = 0; i < n; i++)
        TRY(staff_notice(ctx, people[i]->id, kind == COPY_report ? NOTICE_report_sent : NOTICE_copy_sent, c->row.id));
    return OK;
}

static enum err add_row(struct ctx *ctx, const struct open_case *c, enum copy_kind kind, struct document_id document)
{
    TRY(case_copy_add(ctx, c->row.id, kind == COPY_report ? STR("handling_report") : STR("reply"),
                      role_name(kinds[kind].role), document, ctx_now(ctx), ctx->who));
    return tell(ctx, c, kind);
}

static enum err find_duty(struct ctx *ctx, const struct open_case *c, enum copy_kind kind)
{
    struct copy_duties duties;
    TRY(copy_duties(ctx, c, &duties));
    for (size_t i = 0; i < duties.n; i++)
        if (duties.v[i].kind == kind)
            return duties.v[i].can_be_sent
                       ? OK
                       : fail(ctx, ERR_INVALID, "there is nothing to send yet, or nobody to get it");
    return fail(ctx, ERR_INVALID, "this routine does not ask for such a copy");
}

enum err case_copy_send(struct ctx *ctx, struct str number, int64_t version, enum copy_kind kind)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    struct dossier_row reply;
    TRY(case_open(ctx, number, &c));
    TRY(case_expect_version(ctx, &c, version));
    assert(kind != COPY_report);
    TRY(find_duty(ctx, &c, kind));
    TRY(dossier_reply(ctx, c.row.id, 0, &reply));
    TRY(add_row(ctx, &c, kind, reply.id));
    TRY(case_step(ctx, &c, STEP_send_copy,
                  &(struct step_note){.document = reply.id,
                                      .data = STEP_DATA(ctx, {"to", kinds[kind].code}),
                                      .fact = kind == COPY_registrar ? STR_NONE : event_code(kinds[kind].event)}));
    return tx_commit(&tx);
}

/* ---- the report ---- */

static bool known_measure(struct str kind)
{
    return str_is_empty(kind) || str_eq(kind, STR("done")) || str_eq(kind, STR("later")) || str_eq(kind, STR("none"));
}

static bool known_outcome(struct str code)
{
    const struct str *outcomes;
    size_t n = case_outcomes(&outcomes);
    for (size_t i = 0; i < n; i++)
        if (str_eq(code, outcomes[i]))
            return true;
    return str_is_empty(code);
}

/* In Swedish, as papers of the case are. */
static struct str report_words(struct ctx *ctx, const struct handling_report *r)
{
    const struct lang *lang = lang_find(STR("sv"));
    struct str outcome = str_is_empty(r->outcome) ? msg_text(lang, MSG_report_outcome_later)
                                                  : msg_of_code(lang, MSG_PREFIX("outcome_"), r->outcome);
    struct out out = out_init(ctx->arena, 2 * 4 * REPORT_MAX_CHARS + 4096);
    text_msg_report_words(&out, lang, (struct msg_report_words){.how = r->how, .outcome = outcome});
    if (!str_is_empty(r->measure_kind)) {
        out_lit(&out, "\n\n");
        out_str(&out, msg_of_code(lang, MSG_PREFIX("measure_"), r->measure_kind));
        if (!str_is_empty(r->measure)) {
            out_lit(&out, ": ");
            out_str(&out, r->measure);
        }
    }
    return out_take(&out);
}

enum err case_report(struct ctx *ctx, struct str number, int64_t version, const struct handling_report *r)
{
    if (str_is_empty(str_trim(r->how)) || str_utf8_len(r->how) > REPORT_MAX_CHARS ||
        str_utf8_len(r->measure) > REPORT_MAX_CHARS || !known_outcome(r->outcome) || !known_measure(r->measure_kind))
        return fail(ctx, ERR_INVALID, "the report is empty, too long, or has an unknown code");
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    struct document_id document;
    TRY(case_open(ctx, number, &c));
    TRY(case_expect_version(ctx, &c, version));
    TRY(find_duty(ctx, &c, COPY_report));
    TRY(document_add(
        ctx, c.row.id, /* number= */ 0,
        &(struct new_document){
            .kind = "handling_report", .direction = "internal", .body = report_words(ctx, r), .user = ctx->who},
        &document));
    TRY(add_row(ctx, &c, COPY_report, document));
    TRY(search_pending_add(ctx, c.row.id));
    TRY(case_step(ctx, &c, STEP_report,
                  &(struct step_note){.document = document, .data = STEP_DATA(ctx, {"outcome", r->outcome})}));
    return tx_commit(&tx);
}

enum err case_report_by_closing(struct ctx *ctx, struct open_case *c, struct document_id document)
{
    struct copy_duties duties;
    if (document.v == 0)
        return OK;
    TRY(copy_duties(ctx, c, &duties));
    for (size_t i = 0; i < duties.n; i++)
        if (duties.v[i].kind == COPY_report && duties.v[i].sent == NULL && duties.v[i].can_be_sent)
            return add_row(ctx, c, COPY_report, document);
    return OK;
}

enum err case_copy_arrived(struct ctx *ctx, struct str number, struct copy_id id)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    struct case_copy_role_of_row to;
    struct case_copy_take_row row;
    TRY(case_open(ctx, number, &c));
    TRY(case_copy_role_of(ctx, id, c.row.id, &to));
    enum role role;
    if (!role_find(to.role, &role) || !roles_has(c.roles, role))
        return fail(ctx, ERR_FORBIDDEN, "the copy went to \"%.*s\"", STR_ARG(to.role));
    TRY(case_copy_take(ctx, id, c.row.id, ctx_now(ctx), ctx->who, &row));
    bool keeps = role == ROLE_registrar && str_eq(row.kind, STR("reply"));
    TRY(case_step(ctx, &c, STEP_take_copy,
                  &(struct step_note){.document = row.document,
                                      .data = STEP_DATA(ctx, {"role", row.role}),
                                      .fact = keeps ? event_code(EVENT_copy_registered) : STR_NONE}));
    return tx_commit(&tx);
}
