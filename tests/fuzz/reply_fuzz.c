/* A reply's text as its helpers read it: words, readability, what tells who somebody is, hints. Whatever is found lies
 * in the text. */
#include "disclosure.h"
#include "hints.h"
#include "readability.h"
#include "word_cut.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(promise)                                                                                                  \
    do {                                                                                                               \
        if (!(promise))                                                                                                \
            BUG("broken promise: %s", #promise);                                                                       \
    } while (0)

static bool lies_in(struct str part, struct str text)
{
    return part.n == 0 || (part.p >= text.p && part.p + part.n <= text.p + text.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct clock clock = {.standing = {1}};
    static const struct str find[] = {STR_INIT("a*"), STR_INIT("*b"), STR_INIT("vi beklagar")};
    static const struct hint hint = {.id = STR_INIT("x"), .find = find, .n_find = ARRAY_LEN(find)};
    static const struct routine routine = {.hints = &hint, .n_hints = 1};
    if (size > 20000)
        return 0;
    struct ctx ctx = ctx_begin(&clock, NULL, 64 << 20);
    struct str text = str_to_clean_utf8(ctx.arena, (struct str){(const char *)data, size}), rest = text, word;
    size_t n_words = 0, n;
    while (word_next(&rest, &word)) {
        n_words++;
        MUST(word.n > 0 && lies_in(word, text) && str_is_utf8(word_plain(ctx.arena, word)));
    }
    struct readability r = readability_of(ctx.arena, text);
    MUST(r.n_words <= n_words + text.n && r.n_sentences <= r.n_words && r.longest_words[0] >= r.longest_words[1]);
    struct disclosure *found;
    disclosures_find(ctx.arena, text, &found, &n);
    for (size_t i = 0; i < n; i++)
        MUST(found[i].text.n > 0 && lies_in(found[i].text, text));
    struct hint_found *hints;
    routine_hints(&ctx, &routine, text, TYPE_complaint, &hints, &n);
    MUST(n <= 1 && (n == 0 || lies_in(hints[0].words, text)));
    (void)hint_pattern_is_good(text);
    ctx_end(&ctx);
    return 0;
}
