/* What: GET /arende/{nr}/svar?visa=1 and its sending: the saved draft as the person will read it, with what the routine
 * still asks for. Flow: the saved draft of the version that was looked at goes, so nobody's words go out unseen and two
 * clicks send once. Not here: the editor (answer_page.c), the rules and gates (answer_send.h). Source: mock-up 05b. */
#include "answer_check_page_html.h"
#include "answer_check_view.h"
#include "answer_letter.h"
#include "answer_page.h"
#include "answer_review_page.h"
#include "answer_send.h"
#include "case_page.h"
#include "case_promise.h"
#include "date_words.h"
#include "db.h"
#include "deliver.h"
#include "form.h"
#include "frame.h"
#include "page_parts.h"
#include "site.h"

#define ANSWER_SEND_FORM(F)                                                                                            \
    F(draft_version, NUMBER, INT32_MAX, OPTIONAL, MSG_answer_text)                                                     \
    F(secrecy, CHECK, 0, OPTIONAL, MSG_review_secrecy_tick)                                                            \
    F(gate_reason, LINES, 2000, OPTIONAL, MSG_answer_gate_reason)
FORM(answer_send, ANSWER_SEND_FORM)

static struct str gate_words(struct ctx *ctx, const struct gate_state *gate)
{
    if (!str_is_empty(gate->gate->name))
        return gate->gate->name;
    for (enum event event = 0; event < EVENT_COUNT; event++)
        if (gate->gate->needs & EVENT_BIT(event))
            return with_capital(ctx, msg_of_code(ctx->lang, MSG_PREFIX("happened_"), event_code(event)));
    return gate->gate->id;
}

static enum err fill_gates(struct ctx *ctx, const struct open_case *c, struct answer_check_view *view)
{
    struct facts facts;
    TRY(case_facts(ctx, c, &facts));
    struct gate_state *gates;
    size_t n;
    struct utc_us now = ctx_now(ctx);
    routine_gates(ctx, c->routine, GATE_reply, &facts, now, &gates, &n);
    struct gate_view *views = ARENA_ARRAY(ctx->arena, struct gate_view, n);
    view->may_send = true;
    for (size_t i = 0; i < n; i++) {
        if (gates[i].is_open)
            continue;
        struct gate_view *gate = &views[view->n_gates++];
        *gate = (struct gate_view){.text = gate_words(ctx, &gates[i]),
                                   .quote = gates[i].gate->quote,
                                   .clause = gates[i].gate->clause,
                                   .may_skip = gates[i].gate->may_skip};
        if (!utc_is_none(gates[i].opens_at))
            gate->opens = when_moment(ctx->arena, ctx->lang, gates[i].opens_at, utc_to_date(now));
        view->may_send &= gate->may_skip;
    }
    view->gates = views;
    return OK;
}

static struct str measure_words(struct ctx *ctx, const struct draft *draft)
{
    struct str kind = msg_of_code(ctx->lang, MSG_PREFIX("measure_"), draft->measure_kind);
    if (str_is_empty(draft->measure_kind) || str_is_empty(draft->measure))
        return str_is_empty(draft->measure_kind) ? STR_NONE : kind;
    return str_fmt(ctx->arena, "%.*s: %.*s", STR_ARG(kind), STR_ARG(draft->measure));
}

static enum err show_check(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                           const struct draft *draft, struct str gate_reason, const struct faults_list *faults)
{
    struct answer_check_view view = {
        .csrf = req->csrf,
        .draft_version = draft->version,
        .action = URL_PATH(ctx->arena, "/arende/%/svar", c->row.number),
        .edit = URL_PATH(ctx->arena, "/arende/%/svar", c->row.number),
        .back = URL_PATH(ctx->arena, "/arende/%", c->row.number),
        .measure_words = measure_words(ctx, draft),
        .way = answer_way_words(ctx, c),
        .gate_reason = field_view(faults, STR("gate_reason"), gate_reason),
    };
    TRY(answer_head_fill(ctx, c, faults, &view.head));
    view.head.h1 = msg_text(ctx->lang, MSG_answer_check_heading);
    view.head.heading = case_title(ctx, c);
    TRY(fill_gates(ctx, c, &view));
    struct case_letter letter;
    TRY(answer_letter(ctx, c, draft->text, follow_address(ctx, req->server, req->municipality), &letter));
    view.letter = letter.body;
    view.subject = letter.subject;
    TRY(answer_review_fill(ctx, c, draft->text, faults, &view.review));
    TRY(case_story(ctx, c, &view.story));
    struct str title = WORDS(ctx, answer_check_title, .number = c->row.number);
    frame_fill(ctx, req, c->town, NAV_TODO, title, faults->n > 0, &view.frame);
    html_answer_check(&res->body, ctx->lang, &view);
    if (faults->n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

enum err answer_show_check(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                           const struct draft *draft)
{
    return show_check(ctx, req, res, c, draft, STR(""), &(struct faults_list){.n = 0});
}

/* The draft, with nobody in the middle of changing it: SQLite commits the vault a moment before the register, and a
 * reader between the two would see a draft without its words. Nothing is written. */
static enum err draft_at_rest(struct ctx *ctx, struct case_id id, struct draft *ret)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    return answer_draft(ctx, id, ret);
}

/* The saved draft goes out, if it is still the one that was looked at. */
enum err answer_send_submit(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c)
{
    struct answer_send_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, answer_send, &form, &n_faults));
    struct draft draft, other = {.version = 0};
    TRY(draft_at_rest(ctx, c->row.id, &draft));
    if (draft.version != form.draft_version.number || str_is_empty(draft.text))
        return answer_show_editor(ctx, req, res, c, &draft, &draft);
    struct answer answer = {
        .text = draft.text,
        .draft_version = draft.version,
        .measure_kind = str_is_empty(draft.measure_kind) ? STR_NONE : draft.measure_kind,
        .measure = draft.measure,
        .corrected = draft.corrected,
        .apology = draft.apology,
        .secrecy_checked = form.secrecy.on,
        .follow = follow_address(ctx, req->server, req->municipality),
        .gate_reason = form.gate_reason.text,
    };
    struct faults_list missing = {.n = 0};
    TRY(answer_review_faults(ctx, c, form.secrecy.on, &missing));
    if (missing.n)
        return show_check(ctx, req, res, c, &draft, form.gate_reason.text, &missing);
    struct str gate;
    enum err err = form.gate_reason.fault ? ERR_INVALID : answer_send(ctx, c->row.number, &answer, &other, &gate);
    if (err == ERR_CONFLICT)
        return answer_show_editor(ctx, req, res, c, &draft, &other);
    if (err == ERR_INVALID) {
        struct faults_list faults = {.n = 0};
        fault_add_common(ctx, &faults, STR("gate_reason"), &form.gate_reason, MSG_case_reason_missing,
                         MSG_case_reason_missing);
        fault_add(&faults, STR("gate_reason"), msg_text(ctx->lang, MSG_case_reason_missing),
                  msg_text(ctx->lang, MSG_case_reason_missing));
        return show_check(ctx, req, res, c, &draft, form.gate_reason.text, &faults);
    }
    TRY(err);
    bool by_hand = deliver_is_by_hand(c->row.reply_preference);
    case_done(ctx, req, res, c->row.number, by_hand ? STR("skickathand") : STR("skickat"));
    return OK;
}
