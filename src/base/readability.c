#include "readability.h"

#include "word_cut.h"

enum { LONG_WORD = 6, EASY_BELOW = 40, HARD_ABOVE = 50 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* A capital A-Z or Å Ä Ö É ... (U+00C0-U+00DE), a digit, a quotation mark: what a sentence may begin with. */
static bool may_begin_sentence(struct str at)
{
    unsigned char c = (unsigned char)at.p[0];
    if (c == 0xc3 && at.n > 1)
        return (unsigned char)at.p[1] <= 0x9e;
    return (c >= 'A' && c <= 'Z') || c >= 0xe2 || c == '"' || c == '-';
}

/* The stop at the front of s ends a sentence. */
static bool is_end(struct str s)
{
    if (!strchr(".!?", s.p[0]))
        return false;
    struct str after = str_skip(s, 1);
    if (after.n == 0)
        return true;
    if (!is_blank(after.p[0]))
        return false;
    after = str_trim(after);
    return after.n == 0 || may_begin_sentence(after);
}

static struct str next_sentence(struct str *rest)
{
    size_t n = 0;
    while (n < rest->n && rest->p[n] != '\n' && !is_end(str_skip(*rest, n)))
        n++;
    if (n < rest->n)
        n++;
    struct str sentence = str_trim(str_head(*rest, n));
    *rest = str_skip(*rest, n);
    return sentence;
}

static void keep_longest(struct readability *r, struct str sentence, size_t n_words)
{
    if (n_words <= LONG_SENTENCE_WORDS)
        return;
    for (size_t i = 0; i < LONG_SENTENCES; i++) {
        if (n_words <= r->longest_words[i])
            continue;
        for (size_t k = LONG_SENTENCES - 1; k > i; k--) {
            r->longest[k] = r->longest[k - 1];
            r->longest_words[k] = r->longest_words[k - 1];
        }
        r->longest[i] = sentence;
        r->longest_words[i] = n_words;
        return;
    }
}

struct readability readability_of(struct arena *arena, struct str text)
{
    struct readability r = {.n_words = 0};
    size_t n_long = 0;
    while (text.n > 0) {
        struct str sentence = next_sentence(&text), rest = sentence, word;
        size_t n = 0;
        while (word_next(&rest, &word)) {
            n++;
            n_long += str_utf8_len(word_plain(arena, word)) > LONG_WORD;
        }
        r.n_words += n;
        r.n_sentences += n > 0;
        keep_longest(&r, sentence, n);
    }
    if (r.n_words == 0)
        return r;
    /* words / sentences + 100 long / words, rounded once */
    double lix = (double)r.n_words / (double)r.n_sentences + 100.0 * (double)n_long / (double)r.n_words;
    r.lix = (int64_t)(lix + 0.5);
    r.ease = r.lix < EASY_BELOW ? READ_EASY : r.lix <= HARD_ABOVE ? READ_MEDIUM : READ_HARD;
    return r;
}
