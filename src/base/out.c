#include "out.h"

#include "arena.h"

struct out out_init(struct arena *arena, size_t max_bytes)
{
    return (struct out){.arena = arena, .max = max_bytes};
}

/* Room for n more bytes and a NUL; false when the maximum is reached. */
static bool out_reserve(struct out *out, size_t n)
{
    if (out->full || n > out->max - out->n) {
        out->full = true;
        return false;
    }
    size_t need = out->n + n + 1;
    if (need <= out->room)
        return true;
    size_t room = out->room ? out->room * 2 : 256;
    if (room < need)
        room = need;
    if (room > out->max + 1)
        room = out->max + 1;
    out->p = arena_grow(out->arena, out->p, out->room, room);
    out->room = room;
    return true;
}

void out_bytes(struct out *out, const void *p, size_t n)
{
    if (n == 0 || !out_reserve(out, n))
        return;
    memcpy(out->p + out->n, p, n);
    out->n += n;
}

void out_char(struct out *out, char c)
{
    out_bytes(out, &c, 1);
}

void out_i64(struct out *out, int64_t value)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (value < 0)
        digits[--at] = '-';
    out_bytes(out, digits + at, sizeof digits - at);
}

void out_padded(struct out *out, int64_t value, int width)
{
    assert(value >= 0 && width >= 1 && width <= 20);
    int digits = 1;
    for (int64_t rest = value / 10; rest; rest /= 10)
        digits++;
    for (; digits < width; digits++)
        out_char(out, '0');
    out_i64(out, value);
}

void out_vfmt(struct out *out, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    if (n < 0)
        BUG("bad format \"%s\"", format);
    if (out_reserve(out, (size_t)n)) {
        vsnprintf(out->p + out->n, (size_t)n + 1, format, again);
        out->n += (size_t)n;
    }
    va_end(again);
}

void out_fmt(struct out *out, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    out_vfmt(out, format, args);
    va_end(args);
}

void out_hex(struct out *out, const void *p, size_t n)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *bytes = p;
    for (size_t i = 0; i < n; i++) {
        out_char(out, digits[bytes[i] >> 4]);
        out_char(out, digits[bytes[i] & 15]);
    }
}

struct str out_take(struct out *out)
{
    if (out->full)
        BUG("text longer than its limit of %zu bytes", out->max);
    if (!out_reserve(out, 0))
        BUG("unreachable: nothing always fits");
    out->p[out->n] = 0;
    return (struct str){out->p, out->n};
}
