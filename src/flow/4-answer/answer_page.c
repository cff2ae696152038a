/* What: GET and POST /arende/{nr}/svar: write the reply, save it, look at it (?visa=1), send it. Flow: the editor
 * always saves a draft first; sending takes the saved draft of the version that was looked at, so nobody's words go out
 * unseen and two clicks send once. When somebody else saved meanwhile, both texts are shown and nothing is lost. Not
 * here: the rules and gates (answer.h). Source: mock-up 05b; ux/README 6 "Edit conflict". */
#include "answer.h"
#include "answer_page_html.h"
#include "answer_view.h"
#include "case_page.h"
#include "case_promise.h"
#include "date_words.h"
#include "db.h"
#include "deliver.h"
#include "form.h"
#include "frame.h"
#include "page_parts.h"

enum { MEASURE_MAX_CHARS = 2000 };

#define ANSWER_FORM(F)                                                                                                 \
    F(step, CODE, 10, OPTIONAL, MSG_answer_save)                                                                       \
    F(draft_version, NUMBER, INT32_MAX, OPTIONAL, MSG_answer_text)                                                     \
    F(text, LINES, ANSWER_MAX_CHARS, OPTIONAL, MSG_answer_text)                                                        \
    F(measure_kind, CODE, 10, OPTIONAL, MSG_answer_measure)                                                            \
    F(measure_done, LINE, MEASURE_MAX_CHARS, OPTIONAL, MSG_answer_measure_done)                                        \
    F(measure_later, LINE, MEASURE_MAX_CHARS, OPTIONAL, MSG_answer_measure_later)                                      \
    F(gate_reason, LINES, 2000, OPTIONAL, MSG_answer_gate_reason)
FORM(answer, ANSWER_FORM)

static bool is_kind(struct str kind, const char *code)
{
    return str_eq(kind, str_from(code));
}

/* What was written, or what is saved. */
static struct answer_form form_of_draft(const struct draft *draft)
{
    struct answer_form form;
    FORM_EMPTY(&form, answer);
    form.text.text = draft->text;
    form.draft_version.number = draft->version;
    form.measure_kind.text = draft->measure_kind;
    if (is_kind(draft->measure_kind, "done"))
        form.measure_done.text = draft->measure;
    if (is_kind(draft->measure_kind, "later"))
        form.measure_later.text = draft->measure;
    return form;
}

static struct answer answer_of_form(const struct answer_form *form)
{
    struct str measure = STR("");
    if (is_kind(form->measure_kind.text, "done"))
        measure = form->measure_done.text;
    if (is_kind(form->measure_kind.text, "later"))
        measure = form->measure_later.text;
    return (struct answer){
        .text = form->text.text,
        .draft_version = form->draft_version.number,
        .measure_kind = str_is_empty(form->measure_kind.text) ? STR_NONE : form->measure_kind.text,
        .measure = measure,
        .gate_reason = form->gate_reason.text,
    };
}

/* ---- both pages ---- */

static struct str way_words(struct ctx *ctx, const struct open_case *c)
{
    if (c->row.secret && is_kind(c->row.reply_preference, "email"))
        return msg_text(ctx->lang, MSG_answer_way_secret);
    return msg_of_code(ctx->lang, MSG_PREFIX("answer_way_"), c->row.reply_preference);
}

static enum err fill_due(struct ctx *ctx, const struct open_case *c, struct answer_view *view)
{
    struct promise *promises;
    size_t n;
    TRY(case_promises(ctx, c, &promises, &n));
    struct date today = utc_to_date(ctx_now(ctx));
    for (size_t i = 0; i < n; i++) {
        uint64_t replies = EVENT_BIT(EVENT_replied) | EVENT_BIT(EVENT_replied_again);
        bool is_open = promises[i].state == PROMISE_running || promises[i].state == PROMISE_missed;
        if (!is_open || utc_is_none(promises[i].due) || !(promises[i].obligation->met_by & replies))
            continue;
        view->due = when_day(ctx->arena, ctx->lang, utc_to_date(promises[i].due), today);
        view->is_late = promises[i].state == PROMISE_missed;
        view->days_left = days_left(c->routine, &town_days(c->town, c->row.unit)->local, today, promises[i].due);
        return OK;
    }
    return OK;
}

static enum err fill_common(struct ctx *ctx, struct request *req, const struct open_case *c,
                            const struct answer_form *form, const struct faults_list *faults, struct answer_view *view)
{
    *view = (struct answer_view){
        .csrf = req->csrf,
        .draft_version = form->draft_version.number,
        .action = URL_PATH(ctx->arena, "/arende/%/svar", c->row.number),
        .back = URL_PATH(ctx->arena, "/arende/%", c->row.number),
        .edit = URL_PATH(ctx->arena, "/arende/%/svar", c->row.number),
        .faults = faults_view(ctx, faults),
        .text = field_view(faults, STR("text"), form->text.text),
        .measure_kind = field_view(faults, STR("measure_kind"), form->measure_kind.text),
        .measure_done = field_view(faults, STR("measure_done"), form->measure_done.text),
        .measure_later = field_view(faults, STR("measure_later"), form->measure_later.text),
        .gate_reason = field_view(faults, STR("gate_reason"), form->gate_reason.text),
        .is_done = is_kind(form->measure_kind.text, "done"),
        .is_later = is_kind(form->measure_kind.text, "later"),
        .is_none = is_kind(form->measure_kind.text, "none"),
        .way = way_words(ctx, c),
        .guidance = guidance_words(ctx, c->routine, PLACE_draft),
    };
    TRY(fill_due(ctx, c, view));
    return case_story(ctx, c, &view->story);
}

/* Who may answer this case now, or why not. */
static enum err open_for_answering(struct ctx *ctx, const struct request *req, struct open_case *ret)
{
    TRY(case_read(ctx, req->params[0], ret));
    if (!case_may(ret, STEP_reply))
        return fail(ctx, right_held(RIGHT_CASE_ANSWER, ret->roles) ? ERR_CLOSED : ERR_FORBIDDEN,
                    "the case cannot be answered by this person now");
    return OK;
}

/* ---- writing ---- */

/* other: what somebody else saved meanwhile; NULL when nobody did. */
static enum err show_editor(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                            const struct answer_form *form, const struct faults_list *faults, const struct draft *other)
{
    struct answer_view view;
    TRY(fill_common(ctx, req, c, form, faults, &view));
    if (other) {
        view.notice = refused_notice(ctx, ERR_CONFLICT);
        view.notice.text =
            msg_text(ctx->lang, other->version ? MSG_answer_conflict_text : MSG_answer_conflict_sent_text);
        view.draft_version = other->version; /* saving once more is meant then */
    }
    if (other && other->version) {
        const struct staff *staff = town_staff(c->town, other->user);
        view.has_other = true;
        view.other = other->text;
        view.other_by = staff ? staff->name : STR_NONE;
        view.other_at = when_moment(ctx->arena, ctx->lang, other->saved, utc_to_date(ctx_now(ctx)));
    }
    if (view.notice.tone == TONE_NEUTRAL)
        view.notice = done_notice(ctx, request_query(req, STR("klart")));
    view.crumbs = case_crumbs(ctx, c->row.number, msg_text(ctx->lang, MSG_answer_crumb), view.action);
    struct str title = WORDS(ctx, answer_title, .number = c->row.number);
    view.h1 = WORDS(ctx, answer_heading, .title = case_title(ctx, c));
    frame_fill(ctx, req, c->town, NAV_TODO, title, faults->n > 0, &view.frame);
    html_answer(&res->body, ctx->lang, &view);
    if (faults->n || other)
        res->status = err_http_status(faults->n ? ERR_INVALID : ERR_CONFLICT);
    return OK;
}

/* ---- looking at it before it goes ---- */

static struct str gate_words(struct ctx *ctx, const struct gate_state *gate)
{
    if (!str_is_empty(gate->gate->name))
        return gate->gate->name;
    for (enum event event = 0; event < EVENT_COUNT; event++)
        if (gate->gate->needs & EVENT_BIT(event))
            return with_capital(ctx, msg_of_code(ctx->lang, MSG_PREFIX("happened_"), event_code(event)));
    return gate->gate->id;
}

static enum err fill_gates(struct ctx *ctx, const struct open_case *c, struct answer_view *view)
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
    view->needs_reason = view->n_gates > 0;
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
    struct answer_view view;
    struct answer_form form = form_of_draft(draft);
    form.gate_reason.text = gate_reason;
    TRY(fill_common(ctx, req, c, &form, faults, &view));
    TRY(fill_gates(ctx, c, &view));
    view.letter = draft->text;
    view.measure_words = measure_words(ctx, draft);
    view.crumbs = case_crumbs(ctx, c->row.number, msg_text(ctx->lang, MSG_answer_crumb), view.action);
    struct str title = WORDS(ctx, answer_check_title, .number = c->row.number);
    view.h1 = msg_text(ctx->lang, MSG_answer_check_heading);
    view.heading = case_title(ctx, c);
    frame_fill(ctx, req, c->town, NAV_TODO, title, faults->n > 0, &view.frame);
    html_answer_check(&res->body, ctx->lang, &view);
    if (faults->n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

enum err answer_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct draft draft;
    TRY(open_for_answering(ctx, req, &c));
    TRY(answer_draft(ctx, c.row.id, &draft));
    struct faults_list faults = {.n = 0};
    if (str_eq(request_query(req, STR("visa")), STR("1")) && !str_is_empty(draft.text))
        return show_check(ctx, req, res, &c, &draft, STR(""), &faults);
    struct answer_form form = form_of_draft(&draft);
    return show_editor(ctx, req, res, &c, &form, &faults, NULL);
}

/* ---- saving and sending ---- */

static void check_form(struct ctx *ctx, const struct answer_form *form, struct faults_list *faults)
{
    const struct {
        struct str field;
        const struct form_value *value;
    } all[] = {{STR_INIT("text"), &form->text},
               {STR_INIT("measure_done"), &form->measure_done},
               {STR_INIT("measure_later"), &form->measure_later}};
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        fault_add_common(ctx, faults, all[i].field, all[i].value, MSG_answer_missing, MSG_answer_missing);
    struct str kind = form->measure_kind.text;
    if (!str_is_empty(kind) && !is_kind(kind, "done") && !is_kind(kind, "later") && !is_kind(kind, "none"))
        fault_add(faults, STR("measure_kind"), msg_text(ctx->lang, MSG_answer_measure_unknown),
                  msg_text(ctx->lang, MSG_answer_measure_unknown));
}

static enum err save(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                     const struct answer_form *form, bool then_check)
{
    struct faults_list faults = {.n = 0};
    check_form(ctx, form, &faults);
    if (then_check && str_is_empty(form->text.text))
        fault_add(&faults, STR("text"), msg_text(ctx->lang, MSG_answer_missing),
                  msg_text(ctx->lang, MSG_answer_missing));
    if (faults.n)
        return show_editor(ctx, req, res, c, form, &faults, NULL);
    struct answer answer = answer_of_form(form);
    struct draft other = {.version = 0};
    enum err err = answer_save(ctx, c->row.number, &answer, &other);
    if (err == ERR_CONFLICT)
        return show_editor(ctx, req, res, c, form, &faults, &other);
    TRY(err);
    response_redirect(ctx, req, res,
                      then_check ? URL_PATH(ctx->arena, "/arende/%/svar?visa=1", c->row.number)
                                 : URL_PATH(ctx->arena, "/arende/%/svar?klart=utkast", c->row.number));
    return OK;
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
static enum err send(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                     const struct answer_form *form)
{
    struct draft draft, other = {.version = 0};
    TRY(draft_at_rest(ctx, c->row.id, &draft));
    struct answer_form seen = form_of_draft(&draft);
    struct faults_list faults = {.n = 0};
    if (draft.version != form->draft_version.number || str_is_empty(draft.text))
        return show_editor(ctx, req, res, c, &seen, &faults, &draft);
    struct answer answer = answer_of_form(&seen);
    answer.gate_reason = form->gate_reason.text;
    struct str gate;
    enum err err = form->gate_reason.fault ? ERR_INVALID : answer_send(ctx, c->row.number, &answer, &other, &gate);
    if (err == ERR_CONFLICT)
        return show_editor(ctx, req, res, c, &seen, &faults, &other);
    if (err == ERR_INVALID) {
        fault_add_common(ctx, &faults, STR("gate_reason"), &form->gate_reason, MSG_case_reason_missing,
                         MSG_case_reason_missing);
        fault_add(&faults, STR("gate_reason"), msg_text(ctx->lang, MSG_case_reason_missing),
                  msg_text(ctx->lang, MSG_case_reason_missing));
        return show_check(ctx, req, res, c, &draft, form->gate_reason.text, &faults);
    }
    TRY(err);
    bool by_hand = deliver_is_by_hand(c->row.reply_preference);
    case_done(ctx, req, res, c->row.number, by_hand ? STR("skickathand") : STR("skickat"));
    return OK;
}

enum err answer_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    TRY(open_for_answering(ctx, req, &c));
    struct answer_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, answer, &form, &n_faults));
    if (is_kind(form.step.text, "send"))
        return send(ctx, req, res, &c, &form);
    return save(ctx, req, res, &c, &form, /* then_check= */ is_kind(form.step.text, "check"));
}
