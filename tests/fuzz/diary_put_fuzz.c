/* A body of the interface: whatever the bytes, it is refused, or gives a number that fits and a time that is one. */
#include "diary_api.h"
#include "diary_rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(promise)                                                                                                  \
    do {                                                                                                               \
        if (!(promise))                                                                                                \
            BUG("broken promise: %s", #promise);                                                                       \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct clock clock = {.standing = {1}};
    struct ctx ctx = ctx_begin(&clock, NULL, 16 << 20);
    struct str body = {(const char *)data, size}, pattern = str_head(body, DIARY_PATTERN_MAX);
    struct diary_put put = {.registered = {-1}};
    enum err err = diary_put_read(&ctx, body, &put);
    MUST(err == OK || err == ERR_BAD_REQUEST || err == ERR_INVALID);
    if (err == OK)
        MUST(diary_number_fits(STR(""), put.diary_number));
    else
        MUST(put.registered.v == -1 && ctx.error.message.n > 0);
    /* The rules that read people's words are as safe. */
    if (diary_number_fits(pattern, body))
        MUST(size > 0 && size <= 4 * DIARY_NUMBER_MAX);
    (void)brief_points_out(body);
    ctx_end(&ctx);
    return 0;
}
