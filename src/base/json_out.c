#include "json_out.h"

void out_json_str(struct out *out, struct str s)
{
    if (str_is_none(s)) {
        out_lit(out, "null");
        return;
    }
    out_char(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        switch (c) {
        case '"':
            out_lit(out, "\\\"");
            break;
        case '\\':
            out_lit(out, "\\\\");
            break;
        case '\n':
            out_lit(out, "\\n");
            break;
        case '\r':
            out_lit(out, "\\r");
            break;
        case '\t':
            out_lit(out, "\\t");
            break;
        default:
            if (c < 0x20)
                out_fmt(out, "\\u%04x", c);
            else
                out_char(out, s.p[i]);
        }
    }
    out_char(out, '"');
}
