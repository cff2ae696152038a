/* Text as a letter with placeholders: its pieces put together again are the text, and what is filled in is never read
 * again. */
#include "letters.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(promise)                                                                                                  \
    do {                                                                                                               \
        if (!(promise))                                                                                                \
            BUG("broken promise: %s", #promise);                                                                       \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct clock clock = {.standing = {1}};
    if (size > 20000)
        return 0;
    struct ctx ctx = ctx_begin(&clock, NULL, 64 << 20);
    struct str text = {(const char *)data, size};
    struct letter_piece *pieces;
    struct letter_fault *faults;
    size_t n, n_faults, n_literal = 0, n_filled = 0;
    letter_cut(&ctx, text, &pieces, &n, &faults, &n_faults);
    for (size_t i = 0; i < n_faults; i++)
        MUST(faults[i].at < size && faults[i].message.n > 0);
    MUST(n <= LETTER_PIECES_MAX);
    struct str values[PLACEHOLDER_COUNT];
    for (int i = 0; i < PLACEHOLDER_COUNT; i++)
        values[i] = STR("{{text}}");
    for (size_t i = 0; i < n; i++) {
        bool is_literal = !str_is_none(pieces[i].text);
        n_literal += pieces[i].text.n;
        n_filled += !is_literal;
        MUST(n_faults > 0 || !is_literal || str_find(pieces[i].text, STR("{{")) < 0);
    }
    MUST(n_literal <= size);
    struct out out = out_init(ctx.arena, 1 << 20);
    letter_write(pieces, n, values, &out);
    MUST(out_take(&out).n == n_literal + 8 * n_filled);
    ctx_end(&ctx);
    return 0;
}
