/* POST /arende/{nr}/kontakt: contact details, once, for a reason that is written down. The page is an answer to a POST
 * and never kept (no-store), so going back or reloading asks for a reason again. */
#include "case_page.h"
#include "contact.h"
#include "form.h"

#define CONTACT_FORM(F) F(reason, CODE, 40, OPTIONAL, MSG_case_contact_reason)
FORM(contact, CONTACT_FORM)

enum err contact_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct str number = req->params[0];
    struct contact_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, contact, &form, &n_faults));
    struct case_again again = {.form = STR("reason"), .text = form.reason.text};
    struct contact contact;
    enum err err = str_is_empty(form.reason.text) ? ERR_INVALID : contact_open(ctx, number, form.reason.text, &contact);
    if (err == ERR_INVALID) {
        fault_add(&again.faults, STR("reason"), msg_text(ctx->lang, MSG_case_contact_missing),
                  msg_text(ctx->lang, MSG_case_contact_missing));
        return case_show(ctx, req, res, number, &again);
    }
    if (err != OK)
        return case_refused(ctx, req, res, number, err, &again);
    again.contact = &contact;
    return case_show(ctx, req, res, number, &again);
}
