/* What: staff log in and out: GET and POST /logga-in, POST /logga-ut; and "/", which leads on.
 * Flow: login_check (web/login.h) -> a session of kind staff -> the page that was asked for, or the work-list.
 * Not here: slowing down guesses (login.h), cookies (session.h). Source: design.md contract; ux/README 6. */
#include "faults.h"
#include "form.h"
#include "frame.h"
#include "login.h"
#include "login_page_html.h"
#include "login_view.h"
#include "session.h"

#define LOGIN_FORM(F)                                                                                                  \
    F(user, LINE, 100, OPTIONAL, MSG_login_user)                                                                       \
    F(password, SECRET, 1024, OPTIONAL, MSG_login_password)                                                            \
    F(next, LINE, 1000, OPTIONAL, MSG_login_user)
FORM(login, LOGIN_FORM)

/* A page of our own to go on to: a path, never another site's address ("//host", "/\host"). */
static bool is_own_path(struct str path)
{
    return path.n > 1 && path.p[0] == '/' && path.p[1] != '/' && path.p[1] != '\\' && !str_has_control(path) &&
           str_find_char(path, '\\') < 0 && str_find_char(path, '\n') < 0;
}

static enum err show(struct ctx *ctx, struct request *req, struct response *res, struct str user, struct str next,
                     const struct faults_list *faults)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct login_view view = {.csrf = req->csrf, .faults = faults_view(ctx, faults), .user = user, .next = next};
    if (str_eq(request_query(req, STR("klart")), STR("losenord")))
        view.notice = (struct notice_view){.tone = TONE_SUCCESS, .heading = msg_text(ctx->lang, MSG_password_done)};
    else if (str_eq(request_query(req, STR("klart")), STR("ut")))
        view.notice = (struct notice_view){.tone = TONE_SUCCESS, .heading = msg_text(ctx->lang, MSG_login_out)};
    else if (!str_is_empty(next))
        view.notice = (struct notice_view){.tone = TONE_INFO, .heading = msg_text(ctx->lang, MSG_login_first)};
    frame_fill(ctx, req, town, NAV_NONE, msg_text(ctx->lang, MSG_login_title), faults->n > 0, &view.frame);
    html_login(&res->body, ctx->lang, &view);
    return OK;
}

enum err login_page(struct ctx *ctx, struct request *req, struct response *res)
{
    if (ctx->who.v) {
        response_redirect(ctx, req, res, URL("/att-gora"));
        return OK;
    }
    struct str next = request_query(req, STR("till"));
    return show(ctx, req, res, STR(""), is_own_path(next) ? next : STR(""), &(struct faults_list){0});
}

enum err login_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct login_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, login, &form, &n_faults));
    struct user_id user;
    enum err err = login_check(ctx, req, form.user.text, form.password.text, &user);
    if (err == ERR_INVALID || err == ERR_TOO_MANY) {
        struct faults_list faults = {0};
        struct str words = msg_text(ctx->lang, err == ERR_INVALID ? MSG_login_wrong : MSG_login_too_many);
        fault_add(&faults, STR("user"), words, words);
        TRY(show(ctx, req, res, form.user.text, is_own_path(form.next.text) ? form.next.text : STR(""), &faults));
        res->status = err_http_status(err == ERR_INVALID ? ERR_UNAUTHENTICATED : ERR_TOO_MANY);
        return OK;
    }
    TRY(err);
    TRY(session_start(ctx, req, res, SESSION_STAFF, user, (struct case_id){0}));
    response_redirect(ctx, req, res, is_own_path(form.next.text) ? (struct url){form.next.text} : URL("/att-gora"));
    return OK;
}

enum err logout_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    TRY(session_end(ctx, req, res, SESSION_STAFF));
    response_redirect(ctx, req, res, URL("/logga-in?klart=ut"));
    return OK;
}

/* The front door is the form; the register has its own address. */
enum err home_page(struct ctx *ctx, struct request *req, struct response *res)
{
    response_redirect(ctx, req, res, URL("/synpunkter"));
    return OK;
}
