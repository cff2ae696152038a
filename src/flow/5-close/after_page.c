/* After closing: GET and POST /arende/{nr}/uppfoljning (has it become better?), GET and POST /arende/{nr}/skrev-igen
 * (what the person wrote since: open again, or the letter that says why it is answered). Not here: the rules
 * (follow_up.h). Source: S1.31, S1.32. */
#include "after_page_html.h"
#include "after_view.h"
#include "case_letter.h"
#include "case_page.h"
#include "case_promise.h"
#include "close.h"
#include "deliver.h"
#include "document.h"
#include "follow_up.h"
#include "form.h"
#include "frame.h"
#include "page_parts.h"
#include "site.h"

#define FOLLOW_UP_FORM(F)                                                                                              \
    F(how, CODE, 10, OPTIONAL, MSG_follow_up_how)                                                                      \
    F(result, CODE, 20, OPTIONAL, MSG_follow_up_result)                                                                \
    F(reopen, CHECK, 0, OPTIONAL, MSG_follow_up_reopen)                                                                \
    F(text, LINES, FOLLOW_UP_MAX_CHARS, OPTIONAL, MSG_follow_up_said)                                                  \
    F(letter, LINES, FOLLOW_UP_MAX_CHARS, OPTIONAL, MSG_follow_up_letter)
FORM(follow_up, FOLLOW_UP_FORM)

#define HEARD_FORM(F)                                                                                                  \
    F(version, NUMBER, INT32_MAX, REQUIRED, MSG_case_about)                                                            \
    F(step, CODE, 10, OPTIONAL, MSG_heard_look)                                                                        \
    F(reason, LINES, 4000, OPTIONAL, MSG_heard_reason)
FORM(heard, HEARD_FORM)

/* ---- what both show ---- */

/* The latest answer the person had; "" when there is none. */
static enum err latest_reply(struct ctx *ctx, const struct open_case *c, const struct document_list_row *all, size_t n,
                             struct str *ret)
{
    *ret = STR("");
    for (size_t i = n; i > 0; i--)
        if (str_eq(all[i - 1].kind, STR("reply")))
            return document_body(ctx, c->row.id, all[i - 1].body, PURPOSE_handle_case, ret);
    return OK;
}

/* Until when the promise that this event keeps is to be kept; none: no date. */
static enum err due_of(struct ctx *ctx, const struct open_case *c, enum event event, struct when_text *ret)
{
    struct promise *promises;
    size_t n;
    struct date today = utc_to_date(ctx_now(ctx));
    *ret = (struct when_text){STR_NONE, STR_NONE};
    TRY(case_promises(ctx, c, &promises, &n));
    for (size_t i = 0; i < n; i++)
        if (promises[i].obligation->met_by & EVENT_BIT(event) && !utc_is_none(promises[i].due))
            *ret = when_day(ctx->arena, ctx->lang, utc_to_date(promises[i].due), today);
    return OK;
}

static struct str way_words(struct ctx *ctx, const struct open_case *c)
{
    return msg_of_code(ctx->lang, MSG_PREFIX("after_way_"), deliver_way(c));
}

static enum err letter_of(struct ctx *ctx, const struct request *req, const struct open_case *c, enum letter_kind kind,
                          struct str reason, struct str *ret)
{
    struct case_letter letter;
    TRY(case_letter(ctx, case_language(c), c, kind, &(struct letter_fill){.reason = reason},
                    follow_address(ctx, req->server, req->municipality), &letter));
    *ret = letter.body;
    return OK;
}

static enum err open_for(struct ctx *ctx, const struct request *req, enum step step, struct open_case *ret)
{
    TRY(case_read(ctx, req->params[0], ret));
    if (!case_may(ret, step))
        return fail(ctx, right_held(step_right(step), ret->roles) ? ERR_CLOSED : ERR_FORBIDDEN,
                    "the step \"%.*s\" is not this person's, or not now", STR_ARG(step_name(step)));
    return OK;
}

/* ---- has it become better? ---- */

static const struct option_view *result_options(struct ctx *ctx, struct str chosen, size_t *ret_n)
{
    const struct str *codes;
    size_t n = follow_up_results(&codes);
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, n);
    for (size_t i = 0; i < n; i++)
        options[i] = (struct option_view){codes[i], msg_of_code(ctx->lang, MSG_PREFIX("follow_up_result_"), codes[i]),
                                          str_eq(codes[i], chosen)};
    *ret_n = n;
    return options;
}

static enum err show_follow_up(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                               const struct follow_up_form *form, const struct faults_list *faults)
{
    struct document_list_row *all;
    size_t n;
    TRY(document_list(ctx, c->row.id, &all, &n));
    struct follow_up_view view = {
        .csrf = req->csrf,
        .faults = faults_view(ctx, faults),
        .action = URL_PATH(ctx->arena, "/arende/%/uppfoljning", c->row.number),
        .back = URL_PATH(ctx->arena, "/arende/%", c->row.number),
        .heading = case_title(ctx, c),
        .is_call = str_eq(form->how.text, STR("call")),
        .is_written = str_eq(form->how.text, STR("write")),
        .how = field_view(faults, STR("how"), form->how.text),
        .result = field_view(faults, STR("result"), form->result.text),
        .text = field_view(faults, STR("text"), form->text.text),
        .letter = field_view(faults, STR("letter"), form->letter.text),
        .reopen = form->reopen.on,
        .way = way_words(ctx, c),
        .reached = msg_of_code(ctx->lang, MSG_PREFIX("follow_up_reach_"), deliver_way(c)),
    };
    TRY(due_of(ctx, c, EVENT_followed_up, &view.due));
    TRY(case_story(ctx, c, &view.story));
    TRY(latest_reply(ctx, c, all, n, &view.reply));
    view.results = result_options(ctx, form->result.text, &view.n_results);
    view.crumbs = case_crumbs(ctx, c->row.number, msg_text(ctx->lang, MSG_follow_up_title), view.action);
    frame_fill(
        ctx, req, c->town, NAV_TODO,
        str_fmt(ctx->arena, "%.*s %.*s", STR_ARG(msg_text(ctx->lang, MSG_follow_up_title)), STR_ARG(c->row.number)),
        faults->n > 0, &view.frame);
    html_follow_up(&res->body, ctx->lang, &view);
    if (faults->n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

enum err follow_up_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct follow_up_form form;
    TRY(open_for(ctx, req, STEP_follow_up, &c));
    FORM_EMPTY(&form, follow_up);
    TRY(letter_of(ctx, req, &c, LETTER_follow_up, STR_NONE, &form.letter.text));
    return show_follow_up(ctx, req, res, &c, &form, &(struct faults_list){.n = 0});
}

static void check_follow_up(struct ctx *ctx, const struct follow_up_form *form, struct faults_list *faults)
{
    bool is_call = str_eq(form->how.text, STR("call")), is_written = str_eq(form->how.text, STR("write"));
    fault_add_common(ctx, faults, STR("text"), &form->text, MSG_follow_up_said_missing, MSG_follow_up_said_missing);
    fault_add_common(ctx, faults, STR("letter"), &form->letter, MSG_follow_up_letter_missing,
                     MSG_follow_up_letter_missing);
    if (!is_call && !is_written)
        fault_add(faults, STR("how"), msg_text(ctx->lang, MSG_follow_up_how_missing),
                  msg_text(ctx->lang, MSG_follow_up_how_missing));
    if (is_call && str_is_empty(form->result.text))
        fault_add(faults, STR("result"), msg_text(ctx->lang, MSG_follow_up_result_missing),
                  msg_text(ctx->lang, MSG_follow_up_result_missing));
    if (is_call && str_eq(form->result.text, STR("not_better")) && str_is_empty(form->text.text))
        fault_add(faults, STR("text"), msg_text(ctx->lang, MSG_follow_up_said_missing),
                  msg_text(ctx->lang, MSG_follow_up_said_missing));
    if (is_written && str_is_empty(form->letter.text))
        fault_add(faults, STR("letter"), msg_text(ctx->lang, MSG_follow_up_letter_missing),
                  msg_text(ctx->lang, MSG_follow_up_letter_missing));
}

enum err follow_up_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct follow_up_form form;
    size_t n_faults;
    TRY(open_for(ctx, req, STEP_follow_up, &c));
    TRY(FORM_READ(ctx, req, follow_up, &form, &n_faults));
    struct faults_list faults = {.n = 0};
    check_follow_up(ctx, &form, &faults);
    if (faults.n)
        return show_follow_up(ctx, req, res, &c, &form, &faults);
    bool is_call = str_eq(form.how.text, STR("call"));
    struct case_again again = {.form = STR_NONE};
    enum err err = is_call ? follow_up_call(ctx, c.row.number, form.result.text, form.text.text, form.reopen.on)
                           : follow_up_write(ctx, c.row.number, form.letter.text);
    if (err != OK)
        return case_refused(ctx, req, res, c.row.number, err, &again);
    bool is_reopened = is_call && form.reopen.on && !str_eq(form.result.text, STR("not_reached"));
    case_done(ctx, req, res, c.row.number, is_reopened ? STR("oppnat") : STR("uppfoljt"));
    return OK;
}

/* ---- what the person wrote after closing ---- */

static enum err messages_since(struct ctx *ctx, const struct open_case *c, struct utc_us closed,
                               const struct document_list_row *all, size_t n, struct messages_view *ret)
{
    struct message_view *views = ARENA_ARRAY(ctx->arena, struct message_view, n);
    struct date today = utc_to_date(ctx_now(ctx));
    size_t n_views = 0;
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(all[i].kind, STR("message_in")) || utc_cmp(all[i].at, closed) < 0)
            continue;
        struct message_view *view = &views[n_views++];
        *view = (struct message_view){.who = msg_text(ctx->lang, MSG_case_person),
                                      .at = when_moment(ctx->arena, ctx->lang, all[i].at, today)};
        TRY(document_body(ctx, c->row.id, all[i].body, PURPOSE_handle_case, &view->text));
    }
    *ret = (struct messages_view){views, n_views};
    return OK;
}

static enum err show_heard(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                           const struct heard_form *form, const struct faults_list *faults, bool is_looked_at,
                           enum err refused)
{
    struct document_list_row *all;
    size_t n;
    struct facts facts;
    TRY(case_facts(ctx, c, &facts));
    TRY(document_list(ctx, c->row.id, &all, &n));
    struct heard_view view = {
        .csrf = req->csrf,
        .version = c->row.version,
        .faults = faults_view(ctx, faults),
        .notice = refused_notice(ctx, refused),
        .action = URL_PATH(ctx->arena, "/arende/%/skrev-igen", c->row.number),
        .back = URL_PATH(ctx->arena, "/arende/%", c->row.number),
        .reopen_url = URL_PATH(ctx->arena, "/arende/%/oppna", c->row.number),
        .heading = case_title(ctx, c),
        .may_reopen = case_may(c, STEP_reopen),
        .may_answer = case_may(c, STEP_no_further),
        .reason = field_view(faults, STR("reason"), form->reason.text),
        .is_looked_at = is_looked_at,
        .way = way_words(ctx, c),
    };
    TRY(due_of(ctx, c, EVENT_considered, &view.due));
    TRY(messages_since(ctx, c, facts.at[EVENT_closed], all, n, &view.messages));
    TRY(latest_reply(ctx, c, all, n, &view.reply));
    if (is_looked_at)
        TRY(letter_of(ctx, req, c, LETTER_no_further_reply, form->reason.text, &view.letter));
    view.crumbs = case_crumbs(ctx, c->row.number, msg_text(ctx->lang, MSG_heard_title), view.action);
    frame_fill(ctx, req, c->town, NAV_TODO,
               str_fmt(ctx->arena, "%.*s %.*s", STR_ARG(msg_text(ctx->lang, MSG_heard_title)), STR_ARG(c->row.number)),
               faults->n > 0, &view.frame);
    html_heard(&res->body, ctx->lang, &view);
    if (faults->n || refused != OK)
        res->status = err_http_status(faults->n ? ERR_INVALID : refused);
    return OK;
}

static enum err open_heard(struct ctx *ctx, const struct request *req, struct open_case *ret)
{
    struct facts facts;
    TRY(open_for(ctx, req, STEP_note, ret));
    TRY(case_facts(ctx, ret, &facts));
    return follow_up_is_heard(&facts) ? OK : fail(ctx, ERR_CLOSED, "nothing was written after closing that waits");
}

enum err heard_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct heard_form form;
    TRY(open_heard(ctx, req, &c));
    FORM_EMPTY(&form, heard);
    return show_heard(ctx, req, res, &c, &form, &(struct faults_list){.n = 0}, false, OK);
}

enum err heard_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct heard_form form;
    size_t n_faults;
    TRY(open_heard(ctx, req, &c));
    TRY(FORM_READ(ctx, req, heard, &form, &n_faults));
    struct faults_list faults = {.n = 0};
    fault_add_common(ctx, &faults, STR("reason"), &form.reason, MSG_heard_reason_missing, MSG_heard_reason_missing);
    if (str_is_empty(form.reason.text))
        fault_add(&faults, STR("reason"), msg_text(ctx->lang, MSG_heard_reason_missing),
                  msg_text(ctx->lang, MSG_heard_reason_missing));
    if (faults.n || !str_eq(form.step.text, STR("send")))
        return show_heard(ctx, req, res, &c, &form, &faults, faults.n == 0, OK);
    struct str letter;
    TRY(letter_of(ctx, req, &c, LETTER_no_further_reply, form.reason.text, &letter));
    enum err err = follow_up_answered(ctx, c.row.number, form.version.fault ? -1 : form.version.number, letter);
    if (err == ERR_CONFLICT) {
        TRY(case_read(ctx, c.row.number, &c));
        return show_heard(ctx, req, res, &c, &form, &faults, true, err);
    }
    TRY(err);
    case_done(ctx, req, res, c.row.number, STR("besvarat"));
    return OK;
}
