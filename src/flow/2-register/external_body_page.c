/* GET /admin/instanser: the directory of bodies outside; GET and POST /admin/instanser/{code}: one of them; "ny": a new
 * one. Not here: the rules (external_body.h). */
#include "case_page.h"
#include "external_body.h"
#include "external_body_page_html.h"
#include "external_body_view.h"
#include "form.h"
#include "frame.h"
#include "page_parts.h"

#define BODY_FORM(F)                                                                                                   \
    F(step, CODE, 10, OPTIONAL, MSG_body_save)                                                                         \
    F(name, LINE, BODY_TEXT_MAX, OPTIONAL, MSG_body_name)                                                              \
    F(handles, LINE, BODY_TEXT_MAX, OPTIONAL, MSG_body_handles)                                                        \
    F(phone, PHONE, 40, OPTIONAL, MSG_body_phone)                                                                      \
    F(email, LINE, BODY_TEXT_MAX, OPTIONAL, MSG_body_email)                                                            \
    F(address, LINES, 400, OPTIONAL, MSG_body_address)                                                                 \
    F(web, LINE, BODY_TEXT_MAX, OPTIONAL, MSG_body_web)                                                                \
    F(letter_sv, LINES, BODY_LETTER_MAX, OPTIONAL, MSG_body_letter_sv)                                                 \
    F(letter_en, LINES, BODY_LETTER_MAX, OPTIONAL, MSG_body_letter_en)
FORM(body, BODY_FORM)

enum err bodies_page(struct ctx *ctx, struct request *req, struct response *res)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct body_list_row *rows;
    size_t n;
    TRY(external_bodies(ctx, /* retired= */ true, &rows, &n));
    struct body_row_view *views = ARENA_ARRAY(ctx->arena, struct body_row_view, n);
    for (size_t i = 0; i < n; i++)
        views[i] = (struct body_row_view){
            .name = rows[i].name,
            .handles = rows[i].handles,
            .phone = rows[i].phone,
            .email = rows[i].email,
            .is_retired = !utc_is_none(rows[i].retired_at),
            .url = URL_PATH(ctx->arena, "/admin/instanser/%", rows[i].code),
        };
    struct bodies_view view = {
        .notice = done_notice(ctx, request_query(req, STR("klart"))), .bodies = views, .n_bodies = n};
    frame_fill(ctx, req, town, NAV_NONE, msg_text(ctx->lang, MSG_bodies_title), /* has_fault= */ false, &view.frame);
    html_bodies(&res->body, ctx->lang, &view);
    return OK;
}

static bool is_new(const struct request *req)
{
    return str_eq(req->params[0], STR("ny"));
}

static enum err show(struct ctx *ctx, struct request *req, struct response *res, const struct body_form *form,
                     bool is_retired, const struct faults_list *faults)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    enum msg title = is_new(req) ? MSG_bodies_add : MSG_bodies_change;
    struct crumb_view *crumbs = ARENA_ARRAY(ctx->arena, struct crumb_view, 2);
    struct body_view view = {
        .faults = faults_view(ctx, faults),
        .csrf = req->csrf,
        .action = URL_PATH(ctx->arena, "/admin/instanser/%", req->params[0]),
        .back = URL("/admin/instanser"),
        .is_new = is_new(req),
        .is_retired = is_retired,
        .name = field_view(faults, STR("name"), form->name.text),
        .handles = field_view(faults, STR("handles"), form->handles.text),
        .phone = field_view(faults, STR("phone"), form->phone.text),
        .email = field_view(faults, STR("email"), form->email.text),
        .address = field_view(faults, STR("address"), form->address.text),
        .web = field_view(faults, STR("web"), form->web.text),
        .letter_sv = field_view(faults, STR("letter_sv"), form->letter_sv.text),
        .letter_en = field_view(faults, STR("letter_en"), form->letter_en.text),
    };
    crumbs[0] = (struct crumb_view){msg_text(ctx->lang, MSG_bodies_title), view.back};
    crumbs[1] = (struct crumb_view){msg_text(ctx->lang, title), view.action};
    view.crumbs = (struct crumbs_view){crumbs, 2};
    frame_fill(ctx, req, town, NAV_NONE, msg_text(ctx->lang, title), faults->n > 0, &view.frame);
    html_body(&res->body, ctx->lang, &view);
    if (faults->n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

enum err body_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct body_form form;
    FORM_EMPTY(&form, body);
    bool is_retired = false;
    if (!is_new(req)) {
        struct body_get_row body;
        TRY(external_body_find(ctx, req->params[0], &body));
        form.name.text = body.name;
        form.handles.text = body.handles;
        form.phone.text = body.phone;
        form.email.text = body.email;
        form.address.text = body.address;
        form.web.text = body.web;
        form.letter_sv.text = body.letter_sv;
        form.letter_en.text = body.letter_en;
        is_retired = !utc_is_none(body.retired);
    }
    return show(ctx, req, res, &form, is_retired, &(struct faults_list){.n = 0});
}

static void check(struct ctx *ctx, const struct body_form *form, struct faults_list *faults)
{
    const struct {
        struct str field;
        const struct form_value *value;
        enum msg text;
    } fields[] = {{STR("name"), &form->name, MSG_body_name_missing},
                  {STR("handles"), &form->handles, MSG_body_handles},
                  {STR("phone"), &form->phone, MSG_body_phone_wrong},
                  {STR("email"), &form->email, MSG_body_email_wrong},
                  {STR("address"), &form->address, MSG_body_address},
                  {STR("web"), &form->web, MSG_body_web_wrong},
                  {STR("letter_sv"), &form->letter_sv, MSG_body_letter_sv},
                  {STR("letter_en"), &form->letter_en, MSG_body_letter_en}};
    for (size_t i = 0; i < ARRAY_LEN(fields); i++)
        fault_add_common(ctx, faults, fields[i].field, fields[i].value, fields[i].text, fields[i].text);
    if (str_is_empty(form->name.text))
        fault_add(faults, STR("name"), msg_text(ctx->lang, MSG_body_name_missing),
                  msg_text(ctx->lang, MSG_body_name_missing));
    if (!body_email_is_good(ctx, form->email.text))
        fault_add(faults, STR("email"), msg_text(ctx->lang, MSG_body_email_wrong),
                  msg_text(ctx->lang, MSG_body_email_wrong));
    if (!body_web_is_good(form->web.text))
        fault_add(faults, STR("web"), msg_text(ctx->lang, MSG_body_web_wrong), msg_text(ctx->lang, MSG_body_web_wrong));
}

static struct body_spec spec_of(const struct body_form *form)
{
    return (struct body_spec){.name = form->name.text,
                              .handles = form->handles.text,
                              .phone = form->phone.text,
                              .email = form->email.text,
                              .address = form->address.text,
                              .web = form->web.text,
                              .letter_sv = form->letter_sv.text,
                              .letter_en = form->letter_en.text};
}

enum err body_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct body_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, body, &form, &n_faults));
    bool retires = str_eq(form.step.text, STR("retire")), offers = str_eq(form.step.text, STR("offer"));
    if (retires || offers) {
        TRY(external_body_retire(ctx, req->params[0], retires));
        response_redirect(ctx, req, res,
                          retires ? URL("/admin/instanser?klart=instans_bort") : URL("/admin/instanser?klart=instans"));
        return OK;
    }
    struct faults_list faults = {.n = 0};
    check(ctx, &form, &faults);
    if (faults.n)
        return show(ctx, req, res, &form, /* is_retired= */ false, &faults);
    struct body_spec spec = spec_of(&form);
    struct str code;
    enum err err =
        is_new(req) ? external_body_add(ctx, &spec, &code) : external_body_change(ctx, req->params[0], &spec);
    if (err == ERR_CONFLICT || err == ERR_INVALID) {
        struct str words = msg_text(ctx->lang, err == ERR_CONFLICT ? MSG_body_name_taken : MSG_body_name_missing);
        fault_add(&faults, STR("name"), words, words);
        return show(ctx, req, res, &form, /* is_retired= */ false, &faults);
    }
    TRY(err);
    response_redirect(ctx, req, res, URL("/admin/instanser?klart=instans"));
    return OK;
}
