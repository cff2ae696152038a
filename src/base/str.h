/* What: a piece of text or bytes somebody else owns: pointer and length, passed by value.
 * Owns: nothing. Invariants: (1) n bytes may be read at p; (2) p may be NULL only when n is 0, and then means "no
 * value" (SQL NULL, field left out), while STR("") means "empty". No NUL at the end is promised: str_cz() makes such a
 * copy. Memory: lives as long as what it points into: usually the request's arena. Not here: building text (out.h),
 * numbers to text (out.h), Unicode case folding (fold.h). Source: style.md rule 30; HAProxy's ist. */
#ifndef GAVA_STR_H
#define GAVA_STR_H

#include "base.h"

struct arena;

struct str {
    const char *p;
    size_t n; /* bytes */
};

/* A literal as a str; for initialisers of static tables use STR_INIT. */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_INIT(literal)                                                                                              \
    {                                                                                                                  \
        "" literal, sizeof(literal) - 1                                                                                \
    }
#define STR_NONE ((struct str){NULL, 0})

/* For printf: printf("%.*s", STR_ARG(s)). */
#define STR_ARG(s) (int)(s).n, (s).n ? (s).p : ""

/* The str over a NUL-terminated text; STR_NONE for NULL. Lifetime: that of z. */
struct str str_from(const char *z);

static inline bool str_is_none(struct str s)
{
    return s.p == NULL;
}
static inline bool str_is_empty(struct str s)
{
    return s.n == 0;
}

/* Same bytes. STR_NONE equals STR(""). Not constant in time: secrets are compared with sodium_memcmp. */
bool str_eq(struct str a, struct str b);
/* Same but for the case of A-Z. For protocol words only; people's words are folded with fold.h. */
bool str_eq_ascii_case(struct str a, struct str b);
/* Order by bytes (UTF-8: by code point): <0, 0, >0. */
int str_cmp(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* Position of the first needle in s, or -1. An empty needle is found at 0. */
ptrdiff_t str_find(struct str s, struct str needle);
ptrdiff_t str_find_char(struct str s, char c);

/* s without its first n bytes / only its first n bytes; n beyond the end gives the empty / whole text. */
struct str str_skip(struct str s, size_t n);
struct str str_head(struct str s, size_t n);
/* s without white space (space, tab, CR, LF, FF, VT) at both ends. */
struct str str_trim(struct str s);

/* Take the text up to the next sep off the front of *rest; sep itself is dropped. After the last part *rest is STR_NONE
 * and the next call says false. "a,,b" gives "a", "", "b"; "a," gives "a", ""; "" gives ""; STR_NONE gives nothing. */
bool str_split(struct str *rest, char sep, struct str *ret_part);

/* A NUL-terminated copy in arena, for libc and libraries. A NUL inside s is a BUG: check foreign text first. */
const char *str_cz(struct arena *arena, struct str s);
/* A copy in arena. STR_NONE stays STR_NONE. */
struct str str_copy(struct arena *arena, struct str s);
/* printf into a str in arena; at most 64 KiB. */
PRINTF_LIKE(2, 3) struct str str_fmt(struct arena *arena, const char *format, ...);

/* A whole decimal number: optional '-', digits, nothing else, within int64. False (ret untouched) otherwise. */
MUST_USE bool str_to_i64(struct str s, int64_t *ret);

/* Well-formed UTF-8 by Unicode table 3-7 (no overlong forms, no surrogates, at most U+10FFFF). */
bool str_is_utf8(struct str s);
/* Number of code points of well-formed UTF-8. */
size_t str_utf8_len(struct str s);
/* The longest prefix of at most n code points; of ill-formed UTF-8 at most 4 n bytes, so the bound always holds. */
struct str str_utf8_head(struct str s, size_t n);
/* Some byte below 0x20 other than tab, CR and LF, or 0x7f. */
bool str_has_control(struct str s);
/* A copy in which each ill-formed sequence is U+FFFD and controls other than tab, CR, LF are dropped. */
struct str str_to_clean_utf8(struct arena *arena, struct str s);

#endif
