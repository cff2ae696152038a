/* What: GET /arende/{nr}/svar?visa=1 and its sending: the saved draft as the person will read it, what the routine
 * still asks for and what those asked said; then when it shall go, and who stands for it. Flow: the saved draft of the
 * version that was looked at goes, now or when the routine lets it (reply_plan.h), so nobody's words go out unseen and
 * two clicks send once. Not here: the editor (answer_page.c), the rules and gates (answer_send.h). Source: mock-up 05b;
 * S0.37. */
#include "answer_check_page_html.h"
#include "answer_check_view.h"
#include "answer_letter.h"
#include "answer_page.h"
#include "answer_review_page.h"
#include "answer_send.h"
#include "case_page.h"
#include "case_promise.h"
#include "consult_panel_page.h"
#include "consult_words_page.h"
#include "date_words.h"
#include "db.h"
#include "deliver.h"
#include "form.h"
#include "frame.h"
#include "page_parts.h"
#include "reply_plan.h"
#include "site.h"

#define ANSWER_SEND_FORM(F)                                                                                            \
    F(draft_version, NUMBER, INT32_MAX, OPTIONAL, MSG_answer_text)                                                     \
    F(secrecy, CHECK, 0, OPTIONAL, MSG_review_secrecy_tick)                                                            \
    F(when, CODE, 10, OPTIONAL, MSG_answer_when)                                                                       \
    F(gate_reason, LINES, 2000, OPTIONAL, MSG_answer_gate_reason)                                                      \
    F(sign_off, CHECK, 0, OPTIONAL, MSG_answer_sign_off)
FORM(answer_send, ANSWER_SEND_FORM)

/* ---- the page ---- */

/* What the page is filled from, each read once. */
struct checking {
    const struct open_case *c;
    const struct draft *draft;
    const struct answer_send_form *form; /* NULL: nothing was sent yet */
    struct facts facts;
    struct consult_wish wish;
    struct consult_state state;
    struct consult_list_row *asked;
    size_t n_asked;
    struct gate_state *gates;
    size_t n_gates;
};

static enum err read_all(struct ctx *ctx, struct checking *k)
{
    TRY(case_facts(ctx, k->c, &k->facts));
    k->wish = consult_wish(ctx, k->c->routine, &k->facts);
    TRY(consult_state_of(ctx, k->c, &k->wish, &k->state));
    TRY(consult_list(ctx, k->c->row.id, &k->asked, &k->n_asked));
    routine_gates(ctx, k->c->routine, GATE_reply, &k->facts, ctx_now(ctx), &k->gates, &k->n_gates);
    return OK;
}

static struct str gate_words(struct ctx *ctx, const struct gate_state *gate)
{
    if (!str_is_empty(gate->gate->name))
        return gate->gate->name;
    if (gate->gate->needs & EVENT_BIT(EVENT_consulted))
        return msg_text(ctx->lang, MSG_answer_needs_consulted);
    if (gate->gate->needs & EVENT_BIT(EVENT_draft_shared))
        return msg_text(ctx->lang, MSG_answer_needs_shared);
    for (enum event event = 0; event < EVENT_COUNT; event++)
        if (gate->gate->needs & EVENT_BIT(event))
            return with_capital(ctx, msg_of_code(ctx->lang, MSG_PREFIX("happened_"), event_code(event)));
    return gate->gate->id;
}

/* A name as a sentence of its own. */
static struct str sentence(struct ctx *ctx, struct str name)
{
    return str_ends(name, STR(".")) ? name : str_fmt(ctx->arena, "%.*s.", STR_ARG(name));
}

static bool is_about_asking(const struct gate *gate)
{
    return gate->needs & (EVENT_BIT(EVENT_consulted) | EVENT_BIT(EVENT_draft_shared));
}

/* What there is to do before a gate for consultation opens; "": nothing but waiting. */
static struct str missing_words(struct ctx *ctx, const struct checking *k, const struct gate *gate)
{
    if (!is_about_asking(gate))
        return STR("");
    if (k->state.n_asked == 0 || (int64_t)k->state.n_asked < k->wish.people)
        return WORDS(ctx, answer_missing_people, .n = k->wish.people - (int64_t)k->state.n_asked);
    if (gate != k->wish.consulted)
        return STR("");
    if (k->state.n_unconsidered)
        return WORDS(ctx, answer_missing_consider, .n = (int64_t)k->state.n_unconsidered);
    return msg_text(ctx->lang, MSG_answer_missing_heard);
}

static struct gate_view gate_view(struct ctx *ctx, const struct checking *k, const struct gate_state *state)
{
    struct gate_view view = {
        .text = sentence(ctx, gate_words(ctx, state)),
        .missing = missing_words(ctx, k, state->gate),
        .quote = state->gate->quote,
        .clause = state->gate->clause,
    };
    if (!utc_is_none(state->opens_at))
        view.opens = when_moment(ctx->arena, ctx->lang, state->opens_at, utc_to_date(ctx_now(ctx)));
    return view;
}

static void fill_gates(struct ctx *ctx, const struct checking *k, struct answer_check_view *view)
{
    struct gate_view *views = ARENA_ARRAY(ctx->arena, struct gate_view, k->n_gates);
    struct utc_us opens = gates_open_at(k->gates, k->n_gates);
    view->may_send = true;
    for (size_t i = 0; i < k->n_gates; i++) {
        const struct gate_state *state = &k->gates[i];
        if (state->is_open)
            continue;
        view->n_shut++;
        view->may_send &= state->gate->may_skip;
        if (is_about_asking(state->gate) && k->n_asked == 0) { /* said once, above all else */
            view->asks_first = true;
            continue;
        }
        struct gate_view gate = gate_view(ctx, k, state);
        for (size_t said = 0; said < view->n_gates; said++)
            if (str_eq(views[said].missing, gate.missing))
                gate.missing = STR("");
        views[view->n_gates++] = gate;
    }
    view->may_wait = view->n_shut > 0 && !utc_is_none(opens);
    if (view->may_wait) { /* the moment stands at the choice of when */
        view->opens = when_moment(ctx->arena, ctx->lang, opens, utc_to_date(ctx_now(ctx)));
        for (size_t i = 0; i < view->n_gates; i++)
            views[i].opens.words = STR("");
    }
    view->gates = views;
    view->wish = consult_wish_words(ctx, &k->wish);
    view->consult = URL_PATH(ctx->arena, "/arende/%/samrad", k->c->row.number);
}

/* The reason that is likely: those asked have had their say already. */
static struct str usual_reason(struct ctx *ctx, const struct checking *k)
{
    bool all_heard = k->n_asked > 0;
    for (size_t i = 0; i < k->n_asked; i++)
        all_heard &= !utc_is_none(k->asked[i].heard);
    return all_heard && !utc_is_none(k->state.consulted) ? msg_text(ctx->lang, MSG_answer_reason_all_heard) : STR("");
}

static void fill_sending(struct ctx *ctx, const struct checking *k, const struct faults_list *faults,
                         struct answer_check_view *view)
{
    struct str names = consult_waiting_names(ctx, k->c, k->asked, k->n_asked);
    bool is_open = !utc_is_none(k->state.consulted) && utc_cmp(k->state.consulted, ctx_now(ctx)) <= 0;
    view->waits = view->may_wait && !(k->form && str_eq(k->form->when.text, STR("now")));
    view->waits_for = str_is_empty(names) ? STR("") : WORDS(ctx, answer_waits_for, .names = names);
    view->gate_reason =
        field_view(faults, STR("gate_reason"), k->form ? k->form->gate_reason.text : usual_reason(ctx, k));
    view->asks_sign_off = k->wish.consulted != NULL;
    view->is_signed = k->form && k->form->sign_off.on;
    view->sign_off = field_view(faults, STR("sign_off"), STR(""));
    view->sign_off_text = msg_text(ctx->lang, is_open ? MSG_answer_sign_off : MSG_answer_sign_off_alone);
}

/* The draft is not what those asked read: whoever signs knows. */
static enum err fill_change(struct ctx *ctx, const struct checking *k, struct answer_check_view *view)
{
    struct draft_share_last_row last;
    struct str shown;
    if (utc_is_none(k->state.shared))
        return OK;
    TRY(draft_share_last(ctx, k->c->row.id, &last));
    TRY(vault_unseal(ctx, k->c->row.id, last.original, PURPOSE_handle_case, &shown));
    if (!str_eq(shown, k->draft->text))
        view->draft_change = WORDS(ctx, answer_draft_changed,
                                   .when = when_moment(ctx->arena, ctx->lang, last.at, utc_to_date(ctx_now(ctx))));
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
                           const struct draft *draft, const struct answer_send_form *form,
                           const struct faults_list *faults, enum err refused)
{
    struct checking k = {.c = c, .draft = draft, .form = form};
    struct answer_check_view view = {
        .csrf = req->csrf,
        .draft_version = draft->version,
        .action = URL_PATH(ctx->arena, "/arende/%/svar", c->row.number),
        .edit = URL_PATH(ctx->arena, "/arende/%/svar", c->row.number),
        .back = URL_PATH(ctx->arena, "/arende/%", c->row.number),
        .measure_words = measure_words(ctx, draft),
        .way = answer_way_words(ctx, c),
    };
    TRY(answer_head_fill(ctx, c, faults, &view.head));
    view.head.h1 = msg_text(ctx->lang, MSG_answer_check_heading);
    view.head.heading = case_title(ctx, c);
    view.head.notice = refused_notice(ctx, refused);
    if (view.head.notice.tone == TONE_NEUTRAL)
        view.head.notice = done_notice(ctx, request_query(req, STR("klart")));
    TRY(read_all(ctx, &k));
    fill_gates(ctx, &k, &view);
    fill_sending(ctx, &k, faults, &view);
    TRY(fill_change(ctx, &k, &view));
    TRY(consult_people_fill(ctx, c, req->csrf, &view.people));
    view.people.is_at_check = true;
    TRY(plan_notice(ctx, c, &view.plan));
    struct case_letter letter;
    TRY(answer_letter(ctx, c, draft->text, follow_address(ctx, req->server, req->municipality), &letter));
    view.letter = letter.body;
    view.subject = letter.subject;
    TRY(answer_review_fill(ctx, c, draft->text, faults, &view.review));
    TRY(case_story(ctx, c, &view.story));
    struct str title = WORDS(ctx, answer_check_title, .number = c->row.number);
    frame_fill(ctx, req, c->town, NAV_TODO, title, faults->n > 0, &view.frame);
    html_answer_check(&res->body, ctx->lang, &view);
    if (faults->n || refused != OK)
        res->status = err_http_status(faults->n ? ERR_INVALID : refused);
    return OK;
}

enum err answer_show_check(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                           const struct draft *draft)
{
    return show_check(ctx, req, res, c, draft, NULL, &(struct faults_list){.n = 0}, OK);
}

/* ---- sending ---- */

/* The draft, with nobody in the middle of changing it: SQLite commits the vault a moment before the register, and a
 * reader between the two would see a draft without its words. Nothing is written. */
static enum err draft_at_rest(struct ctx *ctx, struct case_id id, struct draft *ret)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    return answer_draft(ctx, id, ret);
}

/* The saved draft goes out, if it is still the one that was looked at. */
/* What is missing, beside its field. */
static void find_faults(struct ctx *ctx, const struct answer_send_form *form, const struct send_stop *stop,
                        struct faults_list *faults)
{
    if (stop->needs_sign_off)
        fault_add(faults, STR("sign_off"), msg_text(ctx->lang, MSG_answer_sign_off_missing),
                  msg_text(ctx->lang, MSG_answer_sign_off_missing));
    fault_add_common(ctx, faults, STR("gate_reason"), &form->gate_reason, MSG_case_reason_missing,
                     MSG_case_reason_missing);
    if (!str_is_none(stop->gate) && str_is_empty(form->gate_reason.text))
        fault_add(faults, STR("gate_reason"), msg_text(ctx->lang, MSG_case_reason_missing),
                  msg_text(ctx->lang, MSG_case_reason_missing));
}

static void done(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c, bool waits)
{
    struct str code = waits                                         ? STR("planerat")
                      : deliver_is_by_hand(c->row.reply_preference) ? STR("skickathand")
                                                                    : STR("skickat");
    case_done(ctx, req, res, c->row.number, code);
}

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
    };
    struct sending how = {.gate_reason = form.gate_reason.text, .stands_for_it = form.sign_off.on};
    struct send_stop stop = {.gate = STR_NONE};
    struct faults_list faults = {.n = 0};
    TRY(answer_review_faults(ctx, c, form.secrecy.on, &faults));
    if (faults.n)
        return show_check(ctx, req, res, c, &draft, &form, &faults, OK);
    bool waits = str_eq(form.when.text, STR("wait"));
    enum err err = form.gate_reason.fault ? ERR_INVALID
                   : waits                ? reply_plan_make(ctx, c->row.number, &answer, &how, &other, &stop)
                                          : answer_send(ctx, c->row.number, &answer, &how, &other, &stop);
    if (err == ERR_CONFLICT)
        return answer_show_editor(ctx, req, res, c, &draft, &other);
    if (err == ERR_INVALID) /* a gate that only opens when something happens: the page says what */
        find_faults(ctx, &form, &stop, &faults);
    if (err == ERR_INVALID || (err == ERR_CLOSED && waits))
        return show_check(ctx, req, res, c, &draft, &form, &faults, faults.n ? OK : ERR_CONFLICT);
    TRY(err);
    done(ctx, req, res, c, waits);
    return OK;
}
