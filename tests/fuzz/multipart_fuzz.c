/* A multipart body: the first line of the input is the boundary, the rest the body. Whatever comes in, parts lie inside
 * the body (or are decoded copies), texts are UTF-8, and a body that is taken in ends with its last boundary. */
#include "form.h"
#include "multipart.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(promise)                                                                                                  \
    do {                                                                                                               \
        if (!(promise))                                                                                                \
            BUG("broken promise: %s", #promise);                                                                       \
    } while (0)

#define FUZZ_FORM(F)                                                                                                   \
    F(a, LINES, 50, OPTIONAL, 0)                                                                                       \
    F(f, FILES, 3, OPTIONAL, 0)
FORM(fuzz, FUZZ_FORM)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 8192)
        return 0;
    static const struct clock clock = {.standing = {1}};
    struct ctx ctx = ctx_begin(&clock, NULL, 8 << 20);
    struct str body = {(const char *)data, size}, boundary = STR("b");
    str_split(&body, '\n', &boundary);
    struct part *parts;
    size_t n;
    if (multipart_parse(&ctx, body, boundary, &parts, &n) == OK) {
        MUST(n <= MULTIPART_PARTS_MAX);
        struct str end = str_fmt(ctx.arena, "--%.*s--", STR_ARG(boundary));
        MUST(str_find(body, end) >= 0);
        size_t total = 0;
        for (size_t i = 0; i < n; i++) {
            MUST(str_is_utf8(parts[i].name) && str_is_utf8(parts[i].file_name));
            MUST(str_find_char(parts[i].file_name, '/') < 0);
            MUST(parts[i].is_file || (str_is_utf8(parts[i].value) && str_find_char(parts[i].value, 0) < 0));
            if (parts[i].is_file)
                total += parts[i].value.n;
        }
        MUST(total <= body.n);
        struct request req = {.parts = parts, .n_parts = n};
        struct fuzz_form form;
        size_t n_faults;
        MUST(FORM_READ(&ctx, &req, fuzz, &form, &n_faults) == OK);
        MUST(form.a.fault != FAULT_NONE || str_utf8_len(form.a.text) <= 50);
    }
    ctx_end(&ctx);
    return 0;
}
