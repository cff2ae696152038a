#include "word_cut.h"

#include "out.h"

#define SOFT_HYPHEN "\xc2\xad"

/* Bytes of the character that begins here. */
static size_t length_of(struct str s)
{
    unsigned char c = (unsigned char)s.p[0];
    size_t n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    return n < s.n ? n : s.n;
}

/* Signs beyond ASCII: U+0080-U+00BF but ª µ º and the soft hyphen, × ÷, and U+2000-U+206F (spaces, dashes, quotation
 * marks, dots). */
static bool is_sign(struct str character)
{
    const unsigned char *p = (const unsigned char *)character.p;
    if (p[0] == 0xc2)
        return p[1] != 0xaa && p[1] != 0xb5 && p[1] != 0xba;
    if (p[0] == 0xc3)
        return p[1] == 0x97 || p[1] == 0xb7;
    return p[0] == 0xe2 && (p[1] == 0x80 || (p[1] == 0x81 && p[2] < 0xb0));
}

static bool is_letter(struct str at)
{
    if (at.n == 0)
        return false;
    char c = at.p[0];
    if ((unsigned char)c >= 0x80)
        return !is_sign(str_head(at, length_of(at)));
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* What joins two letters at the front of s: bytes of it; 0: nothing. */
static size_t joint(struct str s)
{
    static const struct str apostrophes[] = {STR_INIT("'"), STR_INIT("\xe2\x80\x99")};
    for (size_t i = 0; i < ARRAY_LEN(apostrophes); i++)
        if (str_starts(s, apostrophes[i]) && is_letter(str_skip(s, apostrophes[i].n)))
            return apostrophes[i].n;
    if (str_starts(s, STR(SOFT_HYPHEN)))
        return 2;
    size_t n = str_starts(s, STR("-\r\n")) ? 3 : str_starts(s, STR("-\n")) ? 2 : 0;
    return n && is_letter(str_skip(s, n)) ? n : 0;
}

bool word_next(struct str *rest, struct str *ret)
{
    struct str s = *rest;
    while (s.n > 0 && !is_letter(s))
        s = str_skip(s, length_of(s));
    size_t n = 0;
    while (n < s.n) {
        struct str at = str_skip(s, n);
        size_t step = is_letter(at) ? length_of(at) : joint(at);
        if (step == 0)
            break;
        n += step;
    }
    *ret = str_head(s, n);
    *rest = str_skip(s, n);
    return n > 0;
}

struct str word_plain(struct arena *arena, struct str word)
{
    if (str_find(word, STR(SOFT_HYPHEN)) < 0 && str_find_char(word, '\n') < 0)
        return word;
    struct out out = out_init(arena, word.n);
    for (size_t i = 0; i < word.n;) {
        struct str at = str_skip(word, i);
        bool is_soft = str_starts(at, STR(SOFT_HYPHEN));
        size_t skipped = is_soft ? 2 : at.p[0] == '-' ? joint(at) : 0;
        if (skipped == 0)
            out_char(&out, at.p[0]);
        i += skipped ? skipped : 1;
    }
    return out_take(&out);
}
