#include "hints.h"

#include "fold.h"
#include "word_cut.h"

enum { PATTERN_WORDS_MAX = 8 };

struct seen_word {
    struct str folded;
    struct str as_written; /* in the text */
};

struct pattern_word {
    struct str folded;
    bool open_end, open_begin;
};

static size_t cut_text(struct ctx *ctx, struct str text, struct seen_word **ret)
{
    struct str rest = text, word;
    size_t n = 0;
    while (word_next(&rest, &word))
        n++;
    struct seen_word *words = ARENA_ARRAY(ctx->arena, struct seen_word, n);
    rest = text;
    for (size_t i = 0; i < n && word_next(&rest, &word); i++)
        words[i] = (struct seen_word){fold_case(ctx, word_plain(ctx->arena, word)), word};
    *ret = words;
    return n;
}

/* A word of a pattern without its stars. */
static struct str bare(struct str part)
{
    if (str_starts(part, STR("*")))
        part = str_skip(part, 1);
    return str_ends(part, STR("*")) ? str_head(part, part.n - 1) : part;
}

bool hint_pattern_is_good(struct str pattern)
{
    struct str rest = str_trim(pattern), part, word;
    size_t n = 0;
    while (str_split(&rest, ' ', &part)) {
        struct str inside = bare(part);
        if (str_is_empty(inside) || !word_next(&inside, &word) || word.n != bare(part).n)
            return false;
        n++;
    }
    return n > 0 && n <= PATTERN_WORDS_MAX;
}

static size_t cut_pattern(struct ctx *ctx, struct str pattern, struct pattern_word *ret)
{
    struct str rest = str_trim(pattern), part;
    size_t n = 0;
    while (n < PATTERN_WORDS_MAX && str_split(&rest, ' ', &part))
        ret[n++] = (struct pattern_word){
            .folded = fold_case(ctx, bare(part)),
            .open_begin = str_starts(part, STR("*")),
            .open_end = part.n > 1 && str_ends(part, STR("*")),
        };
    return n;
}

static bool fits(const struct pattern_word *pattern, struct str word)
{
    if (pattern->open_begin && pattern->open_end)
        return str_find(word, pattern->folded) >= 0;
    if (pattern->open_begin)
        return str_ends(word, pattern->folded);
    return pattern->open_end ? str_starts(word, pattern->folded) : str_eq(word, pattern->folded);
}

/* Where the pattern first stands in the text; STR_NONE: nowhere. */
static struct str find_pattern(struct ctx *ctx, struct str pattern, const struct seen_word *words, size_t n)
{
    struct pattern_word parts[PATTERN_WORDS_MAX];
    size_t n_parts = cut_pattern(ctx, pattern, parts);
    for (size_t at = 0; n_parts > 0 && at + n_parts <= n; at++) {
        size_t k = 0;
        while (k < n_parts && fits(&parts[k], words[at + k].folded))
            k++;
        if (k < n_parts)
            continue;
        struct str last = words[at + n_parts - 1].as_written;
        return (struct str){words[at].as_written.p, (size_t)(last.p + last.n - words[at].as_written.p)};
    }
    return STR_NONE;
}

static struct str find_any(struct ctx *ctx, const struct str *patterns, size_t n_patterns,
                           const struct seen_word *words, size_t n)
{
    struct str first = STR_NONE;
    for (size_t i = 0; i < n_patterns; i++) {
        struct str found = find_pattern(ctx, patterns[i], words, n);
        if (!str_is_none(found) && (str_is_none(first) || found.p < first.p))
            first = found;
    }
    return first;
}

void routine_hints(struct ctx *ctx, const struct routine *routine, struct str text, enum feedback_type type,
                   struct hint_found **ret, size_t *ret_n)
{
    struct seen_word *words;
    size_t n_words = cut_text(ctx, text, &words), n = 0;
    struct hint_found *found = ARENA_ARRAY(ctx->arena, struct hint_found, routine->n_hints);
    for (size_t i = 0; n_words > 0 && i < routine->n_hints; i++) {
        const struct hint *hint = &routine->hints[i];
        if (hint->types && !(hint->types & (uint64_t)1 << type))
            continue;
        struct str there = find_any(ctx, hint->find, hint->n_find, words, n_words);
        if (hint->n_missing > 0 && str_is_none(find_any(ctx, hint->missing, hint->n_missing, words, n_words)))
            found[n++] = (struct hint_found){hint, STR_NONE};
        else if (!str_is_none(there))
            found[n++] = (struct hint_found){hint, there};
    }
    *ret = found;
    *ret_n = n;
}
