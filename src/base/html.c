#include "html.h"

#include "arena.h"

enum { URL_MAX = 8 * 1024 };

/* Most text has nothing to escape, so whole runs are copied. */
static void put_escaped(struct out *out, struct str s, bool in_attribute)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        struct str entity;
        switch (s.p[i]) {
        case '&':
            entity = STR("&amp;");
            break;
        case '<':
            entity = STR("&lt;");
            break;
        case '>':
            entity = STR("&gt;");
            break;
        case '"':
            entity = in_attribute ? STR("&quot;") : STR_NONE;
            break;
        case '\'':
            entity = in_attribute ? STR("&#39;") : STR_NONE;
            break;
        default:
            continue;
        }
        if (entity.n == 0)
            continue;
        out_bytes(out, s.p + from, i - from);
        out_str(out, entity);
        from = i + 1;
    }
    if (s.n > from)
        out_bytes(out, s.p + from, s.n - from);
}

void html_put_text_str(struct out *out, struct str s)
{
    put_escaped(out, s, false);
}

void html_put_text_html(struct out *out, struct html h)
{
    out_str(out, h.s);
}

void html_put_text_when(struct out *out, struct when_text when)
{
    if (str_is_empty(when.iso)) {
        put_escaped(out, when.words, false);
        return;
    }
    out_lit(out, "<time datetime=\"");
    put_escaped(out, when.iso, true);
    out_lit(out, "\">");
    put_escaped(out, when.words, false);
    out_lit(out, "</time>");
}

void html_put_attr_str(struct out *out, struct str s)
{
    put_escaped(out, s, true);
}

void html_put_attr_url(struct out *out, struct url u)
{
    put_escaped(out, u.s, true);
}

void html_put_attr_when(struct out *out, struct when_text when)
{
    put_escaped(out, when.words, true);
}

void html_put_href(struct out *out, struct str root, struct url u)
{
    if (str_starts(u.s, STR("/")))
        put_escaped(out, root, true);
    put_escaped(out, u.s, true);
}

void html_put_size(struct out *out, size_t n)
{
    assert(n <= INT64_MAX);
    out_i64(out, (int64_t)n);
}

/* RFC 3986 2.3: the unreserved characters stand as they are. */
static void put_percent(struct out *out, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                     c == '.' || c == '_' || c == '~';
        if (plain)
            out_char(out, c);
        else
            out_fmt(out, "%%%02X", (unsigned char)c);
    }
}

struct url url_path(struct arena *arena, const char *pattern, size_t n, const struct str *parts)
{
    struct out out = out_init(arena, URL_MAX);
    size_t used = 0;
    assert(pattern[0] == '/' && pattern[1] != '/');
    for (const char *p = pattern; *p; p++) {
        if (*p != '%') {
            out_char(&out, *p);
            continue;
        }
        if (used == n)
            BUG("more %% in \"%s\" than the %zu parts", pattern, n);
        put_percent(&out, parts[used++]);
    }
    if (used != n)
        BUG("fewer %% in \"%s\" than the %zu parts", pattern, n);
    return (struct url){out_take(&out)};
}

struct url url_foreign(struct str address)
{
    static const struct str schemes[] = {STR_INIT("https:"), STR_INIT("http:"), STR_INIT("mailto:"), STR_INIT("tel:")};
    /* Browsers drop tabs and newlines inside an address before they read it; none belongs there. */
    for (size_t i = 0; i < address.n; i++)
        if ((unsigned char)address.p[i] <= ' ' || address.p[i] == 0x7f)
            return URL("#");
    for (size_t i = 0; i < ARRAY_LEN(schemes); i++)
        if (str_eq_ascii_case(str_head(address, schemes[i].n), schemes[i]))
            return (struct url){address};
    return URL("#");
}

struct url url_phone(struct arena *arena, struct str number)
{
    struct out out = out_init(arena, URL_MAX);
    out_lit(&out, "tel:");
    for (size_t i = 0; i < number.n && out.n < 40; i++)
        if ((number.p[i] >= '0' && number.p[i] <= '9') || (number.p[i] == '+' && out.n == 4))
            out_char(&out, number.p[i]);
    return (struct url){out_take(&out)};
}

struct url url_mail(struct arena *arena, struct str address)
{
    struct out out = out_init(arena, URL_MAX);
    out_lit(&out, "mailto:");
    ptrdiff_t at = str_find_char(address, '@');
    put_percent(&out, str_head(address, at < 0 ? address.n : (size_t)at));
    if (at >= 0) {
        out_char(&out, '@');
        put_percent(&out, str_skip(address, (size_t)at + 1));
    }
    return (struct url){out_take(&out)};
}
