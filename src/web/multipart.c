#include "multipart.h"

#include <sodium.h>

#include "charset.h"
#include "route.h"

struct reader {
    struct ctx *ctx;
    struct str body;
    struct str delimiter; /* "--" and the boundary */
    size_t at;            /* next byte to read */
};

static enum err broken(struct reader *r, const char *what)
{
    return fail(r->ctx, ERR_BAD_REQUEST, "the form is broken at byte %zu: %s", r->at, what);
}

static bool at_crlf(const struct reader *r, size_t at)
{
    return at + 1 < r->body.n && r->body.p[at] == '\r' && r->body.p[at + 1] == '\n';
}

/* After a delimiter: "--" ends the body, else padding and a line end start a part. */
static enum err read_delimiter_end(struct reader *r, bool *ret_last)
{
    const char *p = r->body.p;
    if (r->at + 1 < r->body.n && p[r->at] == '-' && p[r->at + 1] == '-') {
        *ret_last = true;
        return OK;
    }
    while (r->at < r->body.n && (p[r->at] == ' ' || p[r->at] == '\t'))
        r->at++;
    if (!at_crlf(r, r->at))
        return broken(r, "a line end must follow the boundary");
    r->at += 2;
    *ret_last = false;
    return OK;
}

static bool is_token_char(unsigned char c)
{
    return c > 0x20 && c < 0x7F && !strchr("()<>@,;:\\\"/[]?={}", c);
}

/* One header line; false when the blank line was read. */
static enum err read_header(struct reader *r, struct pair *ret, bool *ret_more)
{
    const char *p = r->body.p;
    if (at_crlf(r, r->at)) {
        r->at += 2;
        *ret_more = false;
        return OK;
    }
    size_t start = r->at;
    while (r->at < r->body.n && is_token_char((unsigned char)p[r->at]))
        r->at++;
    if (r->at == start || r->at == r->body.n || p[r->at] != ':')
        return broken(r, "a header needs a name and a colon");
    struct str name = {p + start, r->at - start};
    start = ++r->at;
    while (r->at < r->body.n && p[r->at] != '\r' && p[r->at] != '\n' && p[r->at] != 0)
        r->at++;
    if (!at_crlf(r, r->at))
        return broken(r, "a header must end with a line end");
    *ret = (struct pair){name, str_trim((struct str){p + start, r->at - start})};
    r->at += 2;
    *ret_more = true;
    return OK;
}

/* What browsers do to a quote and line ends in a name. */
static struct str unescape_name(struct ctx *ctx, struct str s)
{
    struct out out = out_init(ctx->arena, s.n + 1);
    while (s.n) {
        if (str_starts(s, STR("%22")) || str_starts(s, STR("\\\""))) {
            out_char(&out, '"');
            s = str_skip(s, s.p[0] == '%' ? 3 : 2);
        } else if (str_starts(s, STR("%0D")) || str_starts(s, STR("%0A"))) {
            out_char(&out, ' ');
            s = str_skip(s, 3);
        } else {
            out_char(&out, s.p[0]);
            s = str_skip(s, 1);
        }
    }
    return out_take(&out);
}

/* "C:\pictures\cat.jpg" -> "cat.jpg". */
static struct str last_of_path(struct str s)
{
    for (size_t i = s.n; i > 0; i--)
        if (s.p[i - 1] == '/' || s.p[i - 1] == '\\')
            return str_skip(s, i);
    return s;
}

static enum err read_disposition(struct reader *r, struct str value, struct part *part)
{
    ptrdiff_t end = str_find_char(value, ';');
    if (end < 0 || !str_eq_ascii_case(str_trim(str_head(value, (size_t)end)), STR("form-data")))
        return broken(r, "a part must have Content-Disposition: form-data");
    struct str name = header_param(value, STR("name"));
    if (str_is_none(name))
        return broken(r, "a part must have a name");
    part->name = unescape_name(r->ctx, name);
    struct str file_name = header_param(value, STR("filename"));
    part->is_file = !str_is_none(file_name);
    part->file_name = last_of_path(unescape_name(r->ctx, file_name));
    struct str extended = header_param(value, STR("filename*"));
    if (!str_is_none(extended)) {
        part->is_file = true;
        struct str decoded;
        if (extended.n > 7 && str_eq_ascii_case(str_head(extended, 7), STR("utf-8''")) &&
            percent_decode(r->ctx, str_skip(extended, 7), &decoded) == OK)
            part->file_name = last_of_path(decoded);
    }
    return OK;
}

static enum err decode_base64(struct reader *r, struct part *part)
{
    size_t room = part->value.n / 4 * 3 + 3, n;
    unsigned char *bytes = arena_alloc(r->ctx->arena, room);
    if (sodium_base642bin(bytes, room, part->value.p ? part->value.p : "", part->value.n, "\r\n\t ", &n, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0)
        return broken(r, "this part is not the base64 it says it is");
    part->value = (struct str){(const char *)bytes, n};
    return OK;
}

/* Is what follows a delimiter at `at` its end, and not more of a word that only starts alike? */
static bool delimiter_ends(const struct reader *r, size_t at)
{
    if (str_starts(str_skip(r->body, at), STR("--")))
        return true;
    while (at < r->body.n && (r->body.p[at] == ' ' || r->body.p[at] == '\t'))
        at++;
    return at_crlf(r, at);
}

/* The position of the line end and delimiter that close a part whose content starts at r->at, or -1. */
static ptrdiff_t find_delimiter(const struct reader *r)
{
    size_t at = r->at; /* the line end before an empty content is that of the headers */
    for (;;) {
        ptrdiff_t hit = str_find(str_skip(r->body, at), r->delimiter);
        if (hit < 0)
            return -1;
        at += (size_t)hit;
        if (at_crlf(r, at - 2) && delimiter_ends(r, at + r->delimiter.n))
            return (ptrdiff_t)at - 2;
        at++;
    }
}

static enum err read_part(struct reader *r, struct part *part, bool *ret_last)
{
    bool more, has_disposition = false;
    struct str encoding = STR_NONE;
    size_t n_headers = 0, start = r->at;
    for (;;) {
        struct pair header;
        TRY(read_header(r, &header, &more));
        if (!more)
            break;
        if (++n_headers > MULTIPART_HEADERS_MAX || r->at - start > MULTIPART_HEADER_BYTES_MAX)
            return fail(r->ctx, ERR_TOO_LARGE, "a part of the form has too many headers");
        if (str_eq_ascii_case(header.name, STR("content-disposition"))) {
            TRY(read_disposition(r, header.value, part));
            has_disposition = true;
        } else if (str_eq_ascii_case(header.name, STR("content-type"))) {
            part->type = header.value;
        } else if (str_eq_ascii_case(header.name, STR("content-transfer-encoding"))) {
            encoding = header.value;
        }
    }
    if (!has_disposition)
        return broken(r, "a part must have Content-Disposition: form-data");
    ptrdiff_t end = find_delimiter(r);
    if (end < 0) {
        r->at = r->body.n;
        return broken(r, "the boundary that ends it is missing");
    }
    size_t n = (size_t)end > r->at ? (size_t)end - r->at : 0;
    part->value = (struct str){r->body.p + r->at, n};
    r->at = (size_t)end + 2 + r->delimiter.n;
    if (str_eq_ascii_case(encoding, STR("base64")))
        TRY(decode_base64(r, part));
    else if (encoding.n && !str_eq_ascii_case(encoding, STR("7bit")) && !str_eq_ascii_case(encoding, STR("8bit")) &&
             !str_eq_ascii_case(encoding, STR("binary")))
        return broken(r, "a transfer encoding that is not taken in");
    return read_delimiter_end(r, ret_last);
}

enum err multipart_parse(struct ctx *ctx, struct str body, struct str boundary, struct part **ret, size_t *ret_n)
{
    struct reader r = {.ctx = ctx, .body = body};
    if (boundary.n == 0 || boundary.n > 70 || str_has_control(boundary))
        return broken(&r, "the boundary must have 1 to 70 characters");
    r.delimiter = str_fmt(ctx->arena, "--%.*s", STR_ARG(boundary));
    while (at_crlf(&r, r.at))
        r.at += 2;
    if (!str_starts(str_skip(body, r.at), r.delimiter))
        return broken(&r, "it must start with the boundary");
    r.at += r.delimiter.n;
    bool last;
    TRY(read_delimiter_end(&r, &last));
    struct part *parts = ARENA_ARRAY(ctx->arena, struct part, MULTIPART_PARTS_MAX);
    size_t n = 0, n_text = 0;
    while (!last) {
        if (n == MULTIPART_PARTS_MAX)
            return fail(ctx, ERR_TOO_LARGE, "a form with more than %d parts", MULTIPART_PARTS_MAX);
        TRY(read_part(&r, &parts[n], &last));
        n_text += parts[n].is_file ? 0 : parts[n].value.n;
        if (n_text > MULTIPART_TEXT_MAX)
            return fail(ctx, ERR_TOO_LARGE, "the words of a form are more than %d bytes", MULTIPART_TEXT_MAX);
        n++;
    }
    parts_to_utf8(ctx, parts, n, STR(""));
    *ret = parts;
    *ret_n = n;
    return OK;
}
