/* What: text being written, in an arena, with a maximum given at creation.
 * Invariants: (1) at most max bytes are kept; (2) once full, the rest is dropped and out.full is true: a caller for
 * whom that is possible input checks it (ERR_TOO_LARGE), for all others out_take() makes it a BUG. Memory: the buffer
 * lies in the arena; the str of out_take() lives as long as that arena. Not here: escaping for HTML (html.h), JSON
 * (json.h), SQL (nobody escapes SQL). Source: style.md rules 29, 30. */
#ifndef GAVA_OUT_H
#define GAVA_OUT_H

#include "str.h"

struct out {
    struct arena *arena;
    char *p;
    size_t n, room, max; /* bytes */
    bool full;
};

struct out out_init(struct arena *arena, size_t max_bytes);
void out_bytes(struct out *out, const void *p, size_t n);
static inline void out_str(struct out *out, struct str s)
{
    out_bytes(out, s.p, s.n);
}
/* A literal: out_lit(&o, "<p>"). */
#define out_lit(out, literal) out_bytes((out), "" literal, sizeof(literal) - 1)
void out_char(struct out *out, char c);
void out_i64(struct out *out, int64_t value);
/* value with leading zeros up to width (1-20) digits; value is not negative. */
void out_padded(struct out *out, int64_t value, int width);
PRINTF_LIKE(2, 3) void out_fmt(struct out *out, const char *format, ...);
void out_vfmt(struct out *out, const char *format, va_list args);
/* Lower-case hexadecimal. */
void out_hex(struct out *out, const void *p, size_t n);
/* What was written, followed by a NUL that is not counted. A full out is a BUG. The out may be written further. */
struct str out_take(struct out *out);

#endif
