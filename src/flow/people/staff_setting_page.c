/* GET and POST /installningar: what a person chooses for him- or herself. What has passed its date is mailed whatever
 * one chooses (promise/remind.h, invariant 4). */
#include "staff_setting_page_html.h"
#include "staff_setting_sql.h"
#include "staff_setting_view.h"

#include "db.h"
#include "form.h"
#include "frame.h"

#define STAFF_SETTING_FORM(F)                                                                                          \
    F(early, CODE, 10, REQUIRED, MSG_setting_early)                                                                    \
    F(language, CODE, 10, REQUIRED, MSG_setting_language)
FORM(staff_setting, STAFF_SETTING_FORM)

enum err staff_setting_page(struct ctx *ctx, struct request *req, struct response *res)
{
    const struct town *town;
    struct staff_setting_get_row row;
    TRY(town_get(ctx, &town));
    TRY(staff_setting_get(ctx, ctx->who, &row));
    struct staff_setting_view view = {
        .csrf = req->csrf,
        .email = row.email,
        .is_english = str_eq(row.language, STR("en")),
        .early_mail = row.early_mail,
    };
    if (str_eq(request_query(req, STR("klart")), STR("sparat")))
        view.notice = (struct notice_view){.tone = TONE_SUCCESS, .heading = msg_text(ctx->lang, MSG_setting_saved)};
    frame_fill(ctx, req, town, NAV_NONE, msg_text(ctx->lang, MSG_setting_title), /* has_fault= */ false, &view.frame);
    html_staff_setting(&res->body, ctx->lang, &view);
    return OK;
}

static enum err save(struct ctx *ctx, const struct staff_setting_form *form)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(staff_setting_put(ctx, ctx->who, str_eq(form->early.text, STR("yes"))));
    TRY(staff_setting_language(ctx, ctx->who, form->language.text));
    return tx_commit(&tx);
}

enum err staff_setting_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct staff_setting_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, staff_setting, &form, &n_faults));
    bool is_choice = str_eq(form.early.text, STR("yes")) || str_eq(form.early.text, STR("no"));
    if (n_faults || !is_choice || lang_find(form.language.text) == NULL)
        return fail(ctx, ERR_INVALID, "there is no such choice"); /* only another program sends that */
    TRY(save(ctx, &form));
    response_redirect(ctx, req, res, URL("/installningar?klart=sparat"));
    return OK;
}
