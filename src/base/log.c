#include "log.h"

#include <unistd.h>

#include "arena.h"

static bool needs_quotes(struct str s)
{
    if (s.n == 0)
        return true;
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '"' || s.p[i] == '=' || s.p[i] == '\\')
            return true;
    return false;
}

static void out_value(struct out *out, struct str s)
{
    if (!needs_quotes(s)) {
        out_str(out, s);
        return;
    }
    out_char(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\') {
            out_char(out, '\\');
            out_char(out, s.p[i]);
        } else if (c == '\n') {
            out_lit(out, "\\n");
        } else if (c < 0x20 || c == 0x7F) {
            out_fmt(out, "\\x%02x", c);
        } else {
            out_char(out, s.p[i]);
        }
    }
    out_char(out, '"');
}

void log_line(struct utc_us now, enum log_level level, const char *event, size_t n_fields,
              const struct log_field *fields)
{
    static const char *const levels[] = {[LOG_INFO] = "info", [LOG_WARNING] = "warning", [LOG_ERROR] = "error"};
    enum { LINE_MAX_BYTES = 4096 };
    ARENA_SCOPE struct arena *arena = arena_new(4 * LINE_MAX_BYTES);
    struct out out = out_init(arena, LINE_MAX_BYTES - 1);
    out_lit(&out, "at=");
    out_utc(&out, now);
    out_fmt(&out, " level=%s event=%s", levels[level], event);
    for (size_t i = 0; i < n_fields; i++) {
        out_fmt(&out, " %s=", fields[i].key);
        out_value(&out, fields[i].value);
    }
    out.full = false; /* a line too long is cut, not lost */
    if (out.n == out.max)
        out.n--;
    out_char(&out, '\n');
    struct str line = out_take(&out);
    if (write(STDERR_FILENO, line.p, line.n) < 0)
        return; /* nowhere left to complain */
}
