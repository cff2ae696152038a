/* An urlencoded body (or a query) through parser and form table. Whatever comes in, every value of the form keeps the
 * promises of form.h. */
#include "charset.h"
#include "form.h"
#include "urlencoded.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(promise)                                                                                                  \
    do {                                                                                                               \
        if (!(promise))                                                                                                \
            BUG("broken promise: %s", #promise);                                                                       \
    } while (0)

#define FUZZ_FORM(F)                                                                                                   \
    F(a, LINE, 10, REQUIRED, 0)                                                                                        \
    F(b, LINES, 50, OPTIONAL, 0)                                                                                       \
    F(c, EMAIL, 100, OPTIONAL, 0)                                                                                      \
    F(d, PHONE, 30, OPTIONAL, 0)                                                                                       \
    F(e, CODE, 20, OPTIONAL, 0)                                                                                        \
    F(f, DIGITS, 16, OPTIONAL, 0)                                                                                      \
    F(g, NUMBER, 50, OPTIONAL, 0)                                                                                      \
    F(h, ID, 0, OPTIONAL, 0)                                                                                           \
    F(i, DATE, 0, OPTIONAL, 0)                                                                                         \
    F(j, MANY, 4, OPTIONAL, 0)
FORM(fuzz, FUZZ_FORM)

static void check(const struct fuzz_form *form)
{
    const struct form_value *values = (const struct form_value *)form;
    for (size_t i = 0; i < ARRAY_LEN(fuzz_form_fields); i++) {
        const struct form_value *v = &values[i];
        MUST(!str_is_none(v->text) && str_is_utf8(v->text) && str_find_char(v->text, '\r') < 0);
        MUST(!str_has_control(v->text) && str_eq(str_trim(v->text), v->text));
        bool counted = fuzz_form_fields[i].max && fuzz_form_fields[i].kind <= FORM_DIGITS;
        MUST(!counted || v->fault != FAULT_NONE || str_utf8_len(v->text) <= fuzz_form_fields[i].max);
    }
    MUST(str_find_char(form->a.text, '\n') < 0);
    MUST(form->g.number >= 0 && form->g.number <= 50);
    MUST(form->h.number >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 8192)
        return 0;
    static const struct clock clock = {.standing = {1}};
    struct ctx ctx = ctx_begin(&clock, NULL, 8 << 20);
    struct str body = {(const char *)data, size}, charset = STR("");
    if (size && data[0] < 4) {
        static const struct str charsets[] = {STR_INIT("utf-8"), STR_INIT("iso-8859-1"), STR_INIT("iso-8859-15"),
                                              STR_INIT("x")};
        charset = charsets[data[0]];
        body = str_skip(body, 1);
    }
    struct part *parts;
    size_t n;
    if (urlencoded_parse(&ctx, body, charset, &parts, &n) == OK) {
        for (size_t i = 0; i < n; i++)
            MUST(str_is_utf8(parts[i].name) && str_is_utf8(parts[i].value));
        struct request req = {.parts = parts, .n_parts = n};
        struct fuzz_form form;
        size_t n_faults;
        MUST(FORM_READ(&ctx, &req, fuzz, &form, &n_faults) == OK);
        check(&form);
    }
    header_param(body, STR("boundary"));
    ctx_end(&ctx);
    return 0;
}
