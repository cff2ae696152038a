/* What: a submitter's own page: GET and POST /folj (number and code), GET and POST /folj/arende (read and write),
 * POST /folj/lamna (lock), GET /folj/handling/{n} (own files and answers).
 * Flow: follow_find -> a session of kind follow for this one case -> these pages. Not here: the rules (follow.h,
 * hear.h). Source: ux 02b, 02c; S1.10, S4.5; JO on Nordanstig (domain.md 3). */
#include "attach.h"
#include "case_promise.h"
#include "closed_told_page.h"
#include "db.h"
#include "delay_panel_page.h"
#include "document.h"
#include "exit_panel_page.h"
#include "follow.h"
#include "follow_page_html.h"
#include "follow_view.h"
#include "form.h"
#include "frame.h"
#include "handover_words.h"
#include "hear.h"
#include "page_parts.h"
#include "rate.h"
#include "session.h"
#include "upload.h"

#define FOLLOW_LOGIN_FORM(F)                                                                                           \
    F(number, LINE, 40, OPTIONAL, MSG_receipt_number)                                                                  \
    F(code, LINE, 60, OPTIONAL, MSG_receipt_code)
FORM(follow_login, FOLLOW_LOGIN_FORM)

#define FOLLOW_FORM(F)                                                                                                 \
    F(message, LINES, MESSAGE_MAX_CHARS, OPTIONAL, MSG_follow_write)                                                   \
    F(files, FILES, ATTACH_MAX_FILES, OPTIONAL, MSG_form_files)                                                        \
    F(kept, MANY, ATTACH_MAX_FILES, OPTIONAL, MSG_form_kept)                                                           \
    F(form_token, CODE, 100, OPTIONAL, MSG_follow_write)
FORM(follow, FOLLOW_FORM)

/* ---- number and code ---- */

static enum err show_login(struct ctx *ctx, struct request *req, struct response *res, struct str number,
                           const struct faults_list *faults)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct follow_login_view view = {.csrf = req->csrf,
                                     .faults = faults_view(ctx, faults),
                                     .number = number,
                                     .has_left = str_eq(request_query(req, STR("klart")), STR("last")),
                                     .call = town->phone,
                                     .call_url = phone_url(ctx, town->phone)};
    frame_fill(ctx, req, town, NAV_NONE, msg_text(ctx->lang, MSG_follow_title), faults->n > 0, &view.frame);
    html_follow_login(&res->body, ctx->lang, &view);
    if (faults->n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

enum err follow_login_page(struct ctx *ctx, struct request *req, struct response *res)
{
    return show_login(ctx, req, res, STR(""), &(struct faults_list){0});
}

enum err follow_login_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct follow_login_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, follow_login, &form, &n_faults));
    struct case_id id;
    enum err err = rate_take(ctx, req, RATE_FOLLOW, STR_NONE);
    if (err == OK)
        err = follow_find(ctx, form.number.text, form.code.text, &id);
    if (err == ERR_NOT_FOUND || err == ERR_TOO_MANY) {
        struct faults_list faults = {0};
        struct str words = msg_text(ctx->lang, err == ERR_TOO_MANY ? MSG_follow_too_many : MSG_follow_wrong);
        fault_add(&faults, STR("number"), words, words);
        TRY(show_login(ctx, req, res, form.number.text, &faults));
        res->status = err_http_status(err == ERR_TOO_MANY ? ERR_TOO_MANY : ERR_INVALID);
        return OK;
    }
    TRY(err);
    TRY(session_start(ctx, req, res, SESSION_FOLLOW, (struct user_id){0}, id));
    response_redirect(ctx, req, res, URL("/folj/arende"));
    return OK;
}

enum err follow_leave(struct ctx *ctx, struct request *req, struct response *res)
{
    TRY(session_end(ctx, req, res, SESSION_FOLLOW));
    response_redirect(ctx, req, res, URL("/folj?klart=last"));
    return OK;
}

/* ---- the case ---- */

static bool may_see(const struct request *req)
{
    return req->follow && req->follow->kind == SESSION_FOLLOW;
}

/* Papers the person has written or been sent; not what goes to and comes from others about it. */
static bool is_for_person(struct str kind, struct str direction)
{
    return !str_eq(direction, STR("internal")) && !str_eq(kind, STR("handed_on")) && !str_eq(kind, STR("copy_in"));
}

static struct url paper_url(struct ctx *ctx, int64_t number)
{
    return URL_PATH(ctx->arena, "/folj/handling/%", str_fmt(ctx->arena, "%lld", (long long)number));
}

/* The files that came with one message. */
static enum err files_of(struct ctx *ctx, struct case_id id, const struct document_list_row *all, size_t n,
                         struct document_id parent, struct documents_view *ret)
{
    struct document_view *views = ARENA_ARRAY(ctx->arena, struct document_view, n);
    size_t n_views = 0;
    for (size_t i = 0; i < n; i++) {
        if (all[i].parent.v != parent.v || parent.v == 0)
            continue;
        struct str name = STR("fil");
        if (all[i].name.v)
            TRY(vault_unseal(ctx, id, all[i].name, PURPOSE_follow_up, &name));
        views[n_views++] = (struct document_view){
            .name = name, .more = size_words(ctx, all[i].size_bytes), .url = paper_url(ctx, all[i].number)};
    }
    *ret = (struct documents_view){views, n_views};
    return OK;
}

static enum err message_views(struct ctx *ctx, const struct open_case *c, struct date today, struct messages_view *ret)
{
    struct document_list_row *all;
    size_t n, n_views = 0;
    TRY(document_list(ctx, c->row.id, &all, &n));
    struct message_view *views = ARENA_ARRAY(ctx->arena, struct message_view, n);
    for (size_t i = 0; i < n; i++) {
        if (!is_for_person(all[i].kind, all[i].direction) || all[i].parent.v)
            continue;
        struct message_view *view = &views[n_views++];
        const struct staff *staff = all[i].user.v ? town_staff(c->town, all[i].user) : NULL;
        bool is_mine = str_eq(all[i].direction, STR("in"));
        *view = (struct message_view){.is_mine = is_mine,
                                      .who = is_mine ? msg_text(ctx->lang, MSG_follow_you)
                                             : staff ? staff->name
                                                     : c->town->name,
                                      .title = staff && !is_mine ? staff->title : STR(""),
                                      .at = when_moment(ctx->arena, ctx->lang, all[i].at, today)};
        TRY(document_body(ctx, c->row.id, all[i].body, PURPOSE_follow_up, &view->text));
        TRY(files_of(ctx, c->row.id, all, n, all[i].id, &view->documents));
    }
    *ret = (struct messages_view){views, n_views};
    return OK;
}

/* Who answers for the case now. Before somebody owns it: the role at the unit, no name. */
static enum err fill_responsible(struct ctx *ctx, const struct open_case *c, struct follow_view *view)
{
    struct responsible found;
    TRY(handover_responsible(ctx, c, &found));
    const struct staff *staff = found.user.v ? town_staff(c->town, found.user) : NULL;
    if (found.why != RESPONSIBLE_role && staff)
        view->responsible = staff_words(ctx, staff);
    else
        view->responsible =
            WORDS(ctx, follow_responsible_role,
                  .role = with_capital(ctx, role_word(ctx, c->routine, role_name(found.role))), .unit = c->unit->name);
    return OK;
}

static enum err fill_promises(struct ctx *ctx, const struct open_case *c, struct date today, struct follow_view *view)
{
    struct promise *promises;
    size_t n;
    TRY(case_promises(ctx, c, &promises, &n));
    struct promise_reader reader = {.routine = c->routine,
                                    .local = &town_days(c->town, c->row.unit)->local,
                                    .today = today,
                                    .with_explanations = true};
    view->promises = promise_views(ctx, &reader, promises, n);
    delay_told_fill(ctx, promises, n, &view->delay);
    const struct promise *reply = promise_find(promises, n, STR("reply"));
    if (reply && reply->state == PROMISE_running && !utc_is_none(reply->due) && utc_is_none(reply->new_due))
        view->reply_by = when_day(ctx->arena, ctx->lang, utc_to_date(reply->due), today);
    return OK;
}

static enum err show_case(struct ctx *ctx, struct request *req, struct response *res, const struct follow_form *form,
                          const struct faults_list *faults)
{
    struct open_case c;
    TRY(case_open_by_id(ctx, req->follow->subject, &c));
    struct date today = utc_to_date(ctx_now(ctx));
    struct str token = str_is_empty(form->form_token.text) ? upload_form_token(ctx) : form->form_token.text;
    struct follow_view view = {
        .csrf = req->csrf,
        .form_token = token,
        .faults = faults_view(ctx, faults),
        .number = c.row.number,
        .received = when_day(ctx->arena, ctx->lang, utc_to_date(c.row.received), today),
        .heading = msg_of_code(ctx->lang, MSG_PREFIX("follow_status_"), c.row.status),
        .is_closed = c.status == CASE_closed,
        .is_considered = c.status == CASE_closed && c.routine->closed_message == CLOSED_MESSAGE_consider,
        .message = field_view(faults, STR("message"), form->message.text),
        .files = field_view(faults, STR("files"), STR("")),
        .accept = attach_accept(),
        .reply_way = msg_of_code(ctx->lang, MSG_PREFIX("follow_way_"), c.row.reply_preference),
        .call = c.town->phone,
        .call_url = phone_url(ctx, c.town->phone),
    };
    if (str_eq(request_query(req, STR("klart")), STR("skickat")))
        view.notice = (struct notice_view){.tone = TONE_SUCCESS, .heading = msg_text(ctx->lang, MSG_follow_sent)};
    frame_fill(ctx, req, c.town, NAV_NONE, view.heading, faults->n > 0, &view.frame);
    TRY(fill_promises(ctx, &c, today, &view));
    TRY(exit_told_fill(ctx, &c, &view.exit));
    TRY(closed_told_fill(ctx, &c, &view.closed));
    TRY(fill_responsible(ctx, &c, &view));
    TRY(message_views(ctx, &c, today, &view.messages));
    TRY(upload_kept_views(ctx, token, &view.kept, &view.n_kept));
    html_follow(&res->body, ctx->lang, &view);
    if (faults->n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

enum err follow_page(struct ctx *ctx, struct request *req, struct response *res)
{
    if (!may_see(req)) {
        response_redirect(ctx, req, res, URL("/folj"));
        return OK;
    }
    struct follow_form form;
    FORM_EMPTY(&form, follow);
    return show_case(ctx, req, res, &form, &(struct faults_list){0});
}

/* The message, once for each form that was shown. */
static enum err take_message(struct ctx *ctx, struct case_id id, const struct follow_form *form, size_t n_files,
                             const struct attached *files)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open_by_id(ctx, id, &c));
    TRY(hear(ctx, &c,
             &(struct message){
                 .text = form->message.text, .form_token = form->form_token.text, .n_files = n_files, .files = files}));
    if (!str_is_empty(form->form_token.text))
        TRY(attach_forget(ctx, form->form_token.text));
    return tx_commit(&tx);
}

enum err follow_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    if (!may_see(req)) {
        response_redirect(ctx, req, res, URL("/folj"));
        return OK;
    }
    struct follow_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, follow, &form, &n_faults));
    struct faults_list faults = {0};
    struct attached *files;
    size_t n_files;
    TRY(upload_collect(ctx, form.form_token.text, &form.files, &form.kept, &faults, &files, &n_files));
    if (form.message.fault)
        fault_add_common(ctx, &faults, STR("message"), &form.message, MSG_follow_message_missing,
                         MSG_follow_message_missing);
    if (str_is_empty(form.message.text) && n_files == 0)
        fault_add(&faults, STR("message"), msg_text(ctx->lang, MSG_follow_message_missing),
                  msg_text(ctx->lang, MSG_follow_message_missing));
    if (faults.n) {
        if (str_is_empty(form.form_token.text))
            form.form_token.text = upload_form_token(ctx);
        TRY(attach_keep(ctx, form.form_token.text, n_files, files));
        return show_case(ctx, req, res, &form, &faults);
    }
    TRY(take_message(ctx, req->follow->subject, &form, n_files, files));
    response_redirect(ctx, req, res, URL("/folj/arende?klart=skickat"));
    return OK;
}

/* A file the person sent or was sent; never working material. */
enum err follow_paper(struct ctx *ctx, struct request *req, struct response *res)
{
    if (!may_see(req)) {
        response_redirect(ctx, req, res, URL("/folj"));
        return OK;
    }
    int64_t number;
    if (!str_to_i64(req->params[0], &number))
        return fail(ctx, ERR_NOT_FOUND, "no such paper");
    struct document_get_row d;
    TRY(document_get(ctx, req->follow->subject, number, &d));
    if (!is_for_person(d.kind, d.direction))
        return fail(ctx, ERR_NOT_FOUND, "no such paper");
    struct str name = str_fmt(ctx->arena, "%lld.txt", (long long)number), body;
    if (d.name.v)
        TRY(vault_unseal(ctx, req->follow->subject, d.name, PURPOSE_follow_up, &name));
    TRY(document_body(ctx, req->follow->subject, d.body, PURPOSE_follow_up, &body));
    response_download(ctx, res, name, d.media_type, body);
    return OK;
}
