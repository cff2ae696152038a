/* GET and POST /losenord: choose a password with the code an administrator has given. Not here: the code
 * (password_code.h).
 */
#include "faults.h"
#include "form.h"
#include "frame.h"
#include "password.h"
#include "password_code.h"
#include "password_page_html.h"
#include "password_view.h"
#include "rate.h"

#define PASSWORD_FORM(F)                                                                                               \
    F(user, LINE, 100, REQUIRED, MSG_login_user)                                                                       \
    F(code, LINE, 100, REQUIRED, MSG_password_code)                                                                    \
    F(password, SECRET, 1024, REQUIRED, MSG_password_new)
FORM(password, PASSWORD_FORM)

static enum err show(struct ctx *ctx, struct request *req, struct response *res, const struct password_form *form,
                     const struct faults_list *faults)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct password_view view = {
        .csrf = req->csrf,
        .faults = faults_view(ctx, faults),
        .user = field_view(faults, STR("user"), form->user.text),
        .code = field_view(faults, STR("code"), form->code.text),
        .password = field_view(faults, STR("password"), STR("")),
        .n_min = PASSWORD_MIN_CHARS,
    };
    frame_fill(ctx, req, town, NAV_NONE, msg_text(ctx->lang, MSG_password_title), faults->n > 0, &view.frame);
    html_password(&res->body, ctx->lang, &view);
    if (faults->n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

enum err password_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct password_form form;
    FORM_EMPTY(&form, password);
    return show(ctx, req, res, &form, &(struct faults_list){.n = 0});
}

static void fault(struct ctx *ctx, struct faults_list *faults, struct str field, enum msg text)
{
    fault_add(faults, field, msg_text(ctx->lang, text), msg_text(ctx->lang, text));
}

enum err password_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct password_form form;
    size_t n_faults;
    struct faults_list faults = {.n = 0};
    TRY(FORM_READ(ctx, req, password, &form, &n_faults));
    TRY(rate_take(ctx, req, RATE_LOGIN, STR_NONE));
    if (form.user.fault)
        fault(ctx, &faults, STR("user"), MSG_password_user_missing);
    if (form.code.fault)
        fault(ctx, &faults, STR("code"), MSG_password_code_wrong);
    if (form.password.fault || str_utf8_len(form.password.text) < PASSWORD_MIN_CHARS)
        fault(ctx, &faults, STR("password"), MSG_password_too_short);
    enum err err = faults.n ? ERR_INVALID : password_code_use(ctx, form.user.text, form.code.text, form.password.text);
    if (err == ERR_NOT_FOUND)
        fault(ctx, &faults, STR("code"), MSG_password_code_wrong);
    else if (err == ERR_INVALID && faults.n == 0)
        fault(ctx, &faults, STR("password"), MSG_password_too_short);
    if (faults.n)
        return show(ctx, req, res, &form, &faults);
    TRY(err);
    response_redirect(ctx, req, res, URL("/logga-in?klart=losenord"));
    return OK;
}
