#include "str.h"

#include "arena.h"
#include "out.h"

struct str str_from(const char *z)
{
    return z ? (struct str){z, strlen(z)} : STR_NONE;
}

bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static unsigned char ascii_lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

bool str_eq_ascii_case(struct str a, struct str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (ascii_lower(a.p[i]) != ascii_lower(b.p[i]))
            return false;
    return true;
}

int str_cmp(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    if (order != 0)
        return order;
    return a.n < b.n ? -1 : a.n > b.n;
}

bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

ptrdiff_t str_find(struct str s, struct str needle)
{
    if (needle.n == 0)
        return 0;
    const char *hit = s.n ? memmem(s.p, s.n, needle.p, needle.n) : NULL;
    return hit ? hit - s.p : -1;
}

ptrdiff_t str_find_char(struct str s, char c)
{
    const char *hit = s.n ? memchr(s.p, c, s.n) : NULL;
    return hit ? hit - s.p : -1;
}

struct str str_skip(struct str s, size_t n)
{
    if (s.p == NULL)
        return s;
    if (n > s.n)
        n = s.n;
    return (struct str){s.p + n, s.n - n};
}

struct str str_head(struct str s, size_t n)
{
    return (struct str){s.p, n < s.n ? n : s.n};
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
    while (s.n && is_space(s.p[0]))
        s = str_skip(s, 1);
    while (s.n && is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

bool str_split(struct str *rest, char sep, struct str *ret_part)
{
    if (rest->p == NULL)
        return false;
    ptrdiff_t at = str_find_char(*rest, sep);
    if (at < 0) {
        *ret_part = *rest;
        *rest = STR_NONE;
    } else {
        *ret_part = str_head(*rest, (size_t)at);
        *rest = str_skip(*rest, (size_t)at + 1);
    }
    return true;
}

const char *str_cz(struct arena *arena, struct str s)
{
    if (s.n && memchr(s.p, 0, s.n))
        BUG("text with a NUL byte reached a C string");
    char *copy = arena_alloc(arena, s.n + 1);
    if (s.n)
        memcpy(copy, s.p, s.n);
    copy[s.n] = 0;
    return copy;
}

struct str str_copy(struct arena *arena, struct str s)
{
    if (s.p == NULL)
        return s;
    char *copy = arena_alloc(arena, s.n + 1);
    if (s.n)
        memcpy(copy, s.p, s.n);
    copy[s.n] = 0;
    return (struct str){copy, s.n};
}

struct str str_fmt(struct arena *arena, const char *format, ...)
{
    struct out out = out_init(arena, /* max_bytes= */ 64 * 1024);
    va_list args;
    va_start(args, format);
    out_vfmt(&out, format, args);
    va_end(args);
    return out_take(&out);
}

bool str_to_i64(struct str s, int64_t *ret)
{
    bool negative = s.n && s.p[0] == '-';
    if (negative)
        s = str_skip(s, 1);
    if (s.n == 0)
        return false;
    int64_t value = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        int digit = s.p[i] - '0';
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, negative ? -digit : digit, &value))
            return false;
    }
    *ret = value;
    return true;
}

/* Length of the well-formed UTF-8 sequence at the front of s (1-4), or 0. Unicode 15 table 3-7. */
static size_t utf8_sequence(struct str s)
{
    const unsigned char *b = (const unsigned char *)s.p;
    if (s.n == 0)
        return 0;
    if (b[0] < 0x80)
        return 1;
    size_t n = b[0] >= 0xC2 && b[0] <= 0xDF ? 2 : (b[0] & 0xF0) == 0xE0 ? 3 : b[0] >= 0xF0 && b[0] <= 0xF4 ? 4 : 0;
    if (n == 0 || s.n < n)
        return 0;
    unsigned char low = b[0] == 0xE0 ? 0xA0 : b[0] == 0xF0 ? 0x90 : 0x80;
    unsigned char high = b[0] == 0xED ? 0x9F : b[0] == 0xF4 ? 0x8F : 0xBF;
    if (b[1] < low || b[1] > high)
        return 0;
    for (size_t i = 2; i < n; i++)
        if ((b[i] & 0xC0) != 0x80)
            return 0;
    return n;
}

bool str_is_utf8(struct str s)
{
    while (s.n) {
        size_t n = utf8_sequence(s);
        if (n == 0)
            return false;
        s = str_skip(s, n);
    }
    return true;
}

size_t str_utf8_len(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

struct str str_utf8_head(struct str s, size_t n)
{
    size_t most = n * 4;
    for (size_t i = 0; i < s.n; i++)
        if (i == most || (((unsigned char)s.p[i] & 0xC0) != 0x80 && n-- == 0))
            return str_head(s, i);
    return s;
}

static bool is_control(char c)
{
    unsigned char b = (unsigned char)c;
    return (b < 0x20 && b != '\t' && b != '\r' && b != '\n') || b == 0x7F;
}

bool str_has_control(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (is_control(s.p[i]))
            return true;
    return false;
}

struct str str_to_clean_utf8(struct arena *arena, struct str s)
{
    struct out out = out_init(arena, s.n * 3 + 1);
    while (s.n) {
        size_t n = utf8_sequence(s);
        if (n == 0) {
            out_str(&out, STR("\xEF\xBF\xBD"));
            n = 1;
        } else if (!(n == 1 && is_control(s.p[0]))) {
            out_str(&out, str_head(s, n));
        }
        s = str_skip(s, n);
    }
    return out_take(&out);
}
