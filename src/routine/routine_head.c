#include "routine_head.h"

enum { KEYS = 3 };

struct head_key {
    struct str key, value; /* the value as YAML */
    bool is_written;
};

static struct str quoted(struct ctx *ctx, struct str text)
{
    if (str_is_empty(text))
        return STR("null");
    struct out out = out_init(ctx->arena, 4 * text.n + 2);
    out_char(&out, '"');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"' || text.p[i] == '\\')
            out_char(&out, '\\');
        out_char(&out, text.p[i]);
    }
    out_char(&out, '"');
    return out_take(&out);
}

static size_t indent_of(struct str line)
{
    size_t n = 0;
    while (n < line.n && line.p[n] == ' ')
        n++;
    return n;
}

static bool is_blank_or_comment(struct str line)
{
    size_t n = indent_of(line);
    return n == line.n || line.p[n] == '#' || line.p[n] == '\r';
}

/* The line is this key at this indent. */
static bool is_key(struct str line, size_t indent, struct str key)
{
    struct str rest = str_skip(line, indent);
    return indent_of(line) == indent && str_starts(rest, key) && rest.n > key.n && rest.p[key.n] == ':';
}

static void put_key(struct out *out, size_t indent, struct str key, struct str value)
{
    for (size_t i = 0; i < indent; i++)
        out_char(out, ' ');
    out_str(out, key);
    out_lit(out, ": ");
    out_str(out, value);
    out_char(out, '\n');
}

struct walk {
    struct out out;
    struct head_key keys[KEYS];
    bool in_document, skips; /* skips: the rest of a value over several lines */
    size_t indent;           /* of the document's keys; 0: not known yet */
};

/* Those of the document's keys that it did not have. */
static void end_document(struct walk *w)
{
    for (size_t i = 0; w->in_document && i < KEYS; i++)
        if (!w->keys[i].is_written)
            put_key(&w->out, w->indent ? w->indent : 2, w->keys[i].key, w->keys[i].value);
    w->in_document = false;
}

static bool take_document_line(struct walk *w, struct str line)
{
    size_t indent = indent_of(line);
    if (w->indent == 0)
        w->indent = indent;
    if (w->skips && indent > w->indent)
        return true;
    w->skips = false;
    for (size_t i = 0; i < KEYS; i++)
        if (is_key(line, w->indent, w->keys[i].key)) {
            put_key(&w->out, w->indent, w->keys[i].key, w->keys[i].value);
            w->keys[i].is_written = w->skips = true;
            return true;
        }
    return false;
}

static void take_line(struct walk *w, struct str line, struct str version)
{
    bool is_top = !is_blank_or_comment(line) && indent_of(line) == 0;
    if (is_top)
        end_document(w);
    if (is_key(line, 0, STR("version"))) {
        put_key(&w->out, 0, STR("version"), version);
        return;
    }
    if (w->in_document && !is_blank_or_comment(line) && take_document_line(w, line))
        return;
    if (is_key(line, 0, STR("document")))
        w->in_document = true;
    out_str(&w->out, line);
    out_char(&w->out, '\n');
}

struct str routine_with_head(struct ctx *ctx, struct str yaml, const struct routine_head *head)
{
    struct out from = out_init(ctx->arena, /* max_bytes= */ 40);
    out_date(&from, head->valid_from);
    struct walk w = {.out = out_init(ctx->arena, yaml.n + 4 * (head->decided_by.n + head->number.n) + 1000),
                     .keys = {{STR("valid_from"), out_take(&from), false},
                              {STR("decided_by"), quoted(ctx, head->decided_by), false},
                              {STR("number"), quoted(ctx, head->number), false}}};
    struct str version = str_fmt(ctx->arena, "%lld", (long long)head->version);
    struct str rest = str_ends(yaml, STR("\n")) ? str_head(yaml, yaml.n - 1) : yaml, line;
    while (str_split(&rest, '\n', &line))
        take_line(&w, line, version);
    end_document(&w);
    return out_take(&w.out);
}
