#include "contact.h"

#include "db.h"

static const struct {
    struct str code;
    enum purpose purpose;
} reasons[] = {{STR_INIT("call_back"), PURPOSE_call_back},
               {STR_INIT("send_reply"), PURPOSE_send_reply},
               {STR_INIT("verify_identity"), PURPOSE_verify_identity},
               {STR_INIT("disclosure"), PURPOSE_disclosure}};

size_t contact_reasons(const struct str **ret)
{
    static const struct str codes[] = {STR_INIT("call_back"), STR_INIT("send_reply"), STR_INIT("verify_identity"),
                                       STR_INIT("disclosure")};
    static_assert(ARRAY_LEN(codes) == ARRAY_LEN(reasons), "one code per reason");
    *ret = codes;
    return ARRAY_LEN(codes);
}

enum err contact_open(struct ctx *ctx, struct str number, struct str reason, struct contact *ret)
{
    size_t i = 0;
    while (i < ARRAY_LEN(reasons) && !str_eq(reason, reasons[i].code))
        i++;
    if (i == ARRAY_LEN(reasons))
        return fail(ctx, ERR_INVALID, "\"%.*s\" is no reason to open contact details", STR_ARG(reason));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    struct contact contact;
    TRY(case_step(ctx, &c, STEP_show_contact,
                  &(struct step_note){.data = STEP_DATA(ctx, {"reason", reasons[i].code})}));
    TRY(vault_contact_get(ctx, c.row.id, reasons[i].purpose, &contact));
    TRY(tx_commit(&tx));
    *ret = contact;
    return OK;
}
