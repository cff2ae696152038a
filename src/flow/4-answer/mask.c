#include "mask.h"

#include "fold.h"
#include "out.h"

enum { NAME_PARTS_MAX = 8, PART_MIN = 3, PHONE_DIGITS_MIN = 6, PHONE_DIGITS_MAX = 20 };

struct masked {
    struct str parts[NAME_PARTS_MAX]; /* of the name, folded */
    size_t n_parts;
    struct str email, phone; /* folded; digits only */
};

static bool is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The word that s begins with; letters beyond ASCII are letters. */
static struct str word_of(struct str s)
{
    size_t n = 0;
    while (n < s.n && is_word_char(s.p[n]))
        n++;
    return str_head(s, n);
}

/* A word that begins with a small letter is no name. */
static bool is_lower(struct str word, struct str folded)
{
    struct str first = str_utf8_head(word, 1);
    return str_starts(folded, first);
}

/* The digits that s begins with, grouped by spaces and dashes; *ret_n: the bytes they take. A country's number is read
 * as the 0 it stands for. */
static struct str digits_of(struct ctx *ctx, struct str s, size_t *ret_n)
{
    char digits[PHONE_DIGITS_MAX + 1];
    size_t n = 0, i = 0, end = 0;
    bool is_foreign = s.n && s.p[0] == '+';
    for (i = is_foreign; i < s.n && n < PHONE_DIGITS_MAX; i++) {
        if (is_digit(s.p[i])) {
            digits[n++] = s.p[i];
            end = i + 1;
        } else if (s.p[i] != ' ' && s.p[i] != '-') {
            break;
        }
    }
    *ret_n = end;
    struct str all = str_fmt(ctx->arena, "%.*s", (int)n, digits);
    return is_foreign && str_starts(all, STR("46")) ? str_fmt(ctx->arena, "0%.*s", STR_ARG(str_skip(all, 2))) : all;
}

static struct masked masked_of(struct ctx *ctx, const struct contact *who)
{
    struct masked m = {.email = fold_case(ctx, str_trim(who->email))};
    struct str rest = who->name;
    while (rest.n && m.n_parts < NAME_PARTS_MAX) {
        struct str word = word_of(rest);
        if (str_utf8_len(word) >= PART_MIN)
            m.parts[m.n_parts++] = fold_case(ctx, word);
        rest = str_skip(rest, word.n ? word.n : 1);
    }
    size_t n;
    m.phone = digits_of(ctx, str_trim(who->phone), &n);
    return m;
}

static bool is_name(struct ctx *ctx, const struct masked *m, struct str word)
{
    struct str folded = fold_case(ctx, word);
    if (m->n_parts == 0 || is_lower(word, folded))
        return false;
    struct str without_s = str_ends(folded, STR("s")) ? str_head(folded, folded.n - 1) : folded;
    for (size_t i = 0; i < m->n_parts; i++)
        if (str_eq(folded, m->parts[i]) || str_eq(without_s, m->parts[i]))
            return true;
    return false;
}

/* The bytes at the front of s that tell who it is; 0: none. */
static size_t telling(struct ctx *ctx, const struct masked *m, struct str s, struct str word)
{
    size_t n;
    if (m->email.n && s.n >= m->email.n && str_eq(fold_case(ctx, str_head(s, m->email.n)), m->email))
        return m->email.n;
    if (is_digit(s.p[0]) || s.p[0] == '+') {
        struct str digits = digits_of(ctx, s, &n);
        if (m->phone.n >= PHONE_DIGITS_MIN && str_starts(digits, m->phone))
            return n;
    }
    return is_name(ctx, m, word) ? word.n : 0;
}

struct str mask_person(struct ctx *ctx, struct str text, const struct contact *who, struct str by, size_t *ret_n)
{
    struct masked m = masked_of(ctx, who);
    struct out out = out_init(ctx->arena, text.n + (text.n / PART_MIN + 1) * by.n + 1);
    *ret_n = 0;
    while (text.n) {
        struct str word = word_of(text);
        size_t n = telling(ctx, &m, text, word);
        if (n) {
            out_str(&out, by);
            (*ret_n)++;
        } else {
            n = word.n ? word.n : 1;
            out_str(&out, str_head(text, n));
        }
        text = str_skip(text, n);
    }
    return out_take(&out);
}
