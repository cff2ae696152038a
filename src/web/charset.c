#include "charset.h"

/* 0x80-0x9F of windows-1252; 0: not assigned. */
static const uint16_t cp1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static void out_code_point(struct out *out, uint32_t c)
{
    if (c < 0x80) {
        out_char(out, (char)c);
    } else if (c < 0x800) {
        out_char(out, (char)(0xC0 | c >> 6));
        out_char(out, (char)(0x80 | (c & 0x3F)));
    } else {
        out_char(out, (char)(0xE0 | c >> 12));
        out_char(out, (char)(0x80 | (c >> 6 & 0x3F)));
        out_char(out, (char)(0x80 | (c & 0x3F)));
    }
}

/* The eight places where ISO 8859-15 is not ISO 8859-1. */
static uint32_t latin9(unsigned char c)
{
    switch (c) {
    case 0xA4:
        return 0x20AC;
    case 0xA6:
        return 0x0160;
    case 0xA8:
        return 0x0161;
    case 0xB4:
        return 0x017D;
    case 0xB8:
        return 0x017E;
    case 0xBC:
        return 0x0152;
    case 0xBD:
        return 0x0153;
    case 0xBE:
        return 0x0178;
    }
    return c;
}

struct str text_from_charset(struct arena *arena, struct str bytes, struct str charset, bool *ret_bad)
{
    bool utf8 = charset.n == 0 || str_eq_ascii_case(charset, STR("utf-8")) || str_eq_ascii_case(charset, STR("utf8")) ||
                str_eq_ascii_case(charset, STR("us-ascii"));
    bool western = str_eq_ascii_case(charset, STR("iso-8859-1")) || str_eq_ascii_case(charset, STR("latin1")) ||
                   str_eq_ascii_case(charset, STR("windows-1252"));
    bool western9 = str_eq_ascii_case(charset, STR("iso-8859-15"));
    bool has_nul = str_find_char(bytes, 0) >= 0;
    *ret_bad = has_nul || (!western && !western9 && !(utf8 && str_is_utf8(bytes)));
    if (!western && !western9 && !*ret_bad)
        return bytes;
    if (!western && !western9 && !has_nul)
        return str_to_clean_utf8(arena, bytes);
    struct out out = out_init(arena, bytes.n * 3 + 1);
    for (size_t i = 0; i < bytes.n; i++) {
        unsigned char c = (unsigned char)bytes.p[i];
        if (c == 0)
            out_code_point(&out, 0xFFFD);
        else if (western && c >= 0x80 && c < 0xA0)
            out_code_point(&out, cp1252[c - 0x80] ? cp1252[c - 0x80] : 0xFFFD);
        else if (western || western9)
            out_code_point(&out, western9 ? latin9(c) : c);
        else
            out_char(&out, (char)c);
    }
    struct str text = out_take(&out);
    return western || western9 ? text : str_to_clean_utf8(arena, text);
}

void parts_to_utf8(struct ctx *ctx, struct part *parts, size_t n, struct str charset)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(parts[i].name, STR("_charset_")) && parts[i].value.n > 0 && parts[i].value.n < 32)
            charset = parts[i].value;
    for (size_t i = 0; i < n; i++) {
        bool bad_name, bad_file_name;
        parts[i].name = text_from_charset(ctx->arena, parts[i].name, charset, &bad_name);
        parts[i].file_name = text_from_charset(ctx->arena, parts[i].file_name, charset, &bad_file_name);
        if (parts[i].is_file)
            continue;
        struct str own = header_param(parts[i].type, STR("charset"));
        parts[i].value = text_from_charset(ctx->arena, parts[i].value, own.n ? own : charset, &parts[i].bad_text);
    }
}

struct str header_param(struct str value, struct str name)
{
    ptrdiff_t at = str_find_char(value, ';');
    struct str rest = at < 0 ? STR_NONE : str_skip(value, (size_t)at + 1);
    while (rest.n) {
        rest = str_trim(rest);
        size_t i = 0;
        while (i < rest.n && rest.p[i] != '=' && rest.p[i] != ';')
            i++;
        struct str key = str_trim(str_head(rest, i));
        if (i == rest.n || rest.p[i] == ';') {
            rest = str_skip(rest, i + 1);
            continue;
        }
        rest = str_trim(str_skip(rest, i + 1));
        struct str found;
        if (rest.n && rest.p[0] == '"') {
            size_t end = 1;
            while (end < rest.n && rest.p[end] != '"')
                end += rest.p[end] == '\\' ? 2 : 1;
            found = str_head(str_skip(rest, 1), (end < rest.n ? end : rest.n) - 1);
            rest = str_skip(rest, end + 1);
            at = str_find_char(rest, ';');
        } else {
            at = str_find_char(rest, ';');
            found = str_trim(at < 0 ? rest : str_head(rest, (size_t)at));
        }
        rest = at < 0 ? STR_NONE : str_skip(rest, (size_t)at + 1);
        if (str_eq_ascii_case(key, name))
            return found.p ? found : STR("");
    }
    return STR_NONE;
}
