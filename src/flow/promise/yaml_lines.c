#include "yaml_lines.h"

enum { ITEM_LINES_MAX = 80 };

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
    return n == line.n || line.p[n] == '#';
}

static bool is_key_char(char c)
{
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* A comment begins at a # after a blank; inside quotes it is none. */
static size_t comment_at(struct str s)
{
    bool quoted = false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            quoted = !quoted;
        if (s.p[i] == '#' && !quoted && (i == 0 || s.p[i - 1] == ' '))
            return i;
    }
    return s.n;
}

static struct yaml_line_view cut(struct str line)
{
    size_t n = indent_of(line);
    if (n + 1 < line.n && line.p[n] == '-' && line.p[n + 1] == ' ')
        n += 2;
    struct str rest = str_skip(line, n);
    size_t comment = comment_at(rest), key = 0;
    struct yaml_line_view view = {.indent = str_head(line, n), .comment = str_skip(rest, comment)};
    rest = str_head(rest, comment);
    while (key < rest.n && is_key_char(rest.p[key]))
        key++;
    bool has_key = key > 0 && key < rest.n && rest.p[key] == ':';
    view.key = has_key ? str_head(rest, key + 1) : STR("");
    view.value = has_key ? str_skip(rest, key + 1) : rest;
    return view;
}

struct yaml_view yaml_head(struct ctx *ctx, struct str yaml, size_t max)
{
    struct yaml_line_view *lines = ARENA_ARRAY(ctx->arena, struct yaml_line_view, max);
    size_t n = 0;
    struct str line;
    while (n < max && str_split(&yaml, '\n', &line)) {
        if (str_starts(line, STR("obligations:")))
            break;
        if (n > 0 || !is_blank_or_comment(line))
            lines[n++] = cut(line);
    }
    return (struct yaml_view){.lines = lines, .n_lines = n};
}

struct yaml_view yaml_item(struct ctx *ctx, struct str yaml, int line, struct str id)
{
    struct yaml_view none = {.lines = NULL, .n_lines = 0};
    struct str at;
    for (int i = 1; str_split(&yaml, '\n', &at) && i < line; i++)
        continue;
    struct str first = str_trim(at);
    if (line < 1 || str_is_none(at) || !str_eq(first, str_fmt(ctx->arena, "- id: %.*s", STR_ARG(id))))
        return none;
    size_t indent = indent_of(at), n = 0, n_kept = 0;
    struct yaml_line_view *lines = ARENA_ARRAY(ctx->arena, struct yaml_line_view, ITEM_LINES_MAX);
    do {
        bool is_empty = is_blank_or_comment(at);
        if (n > 0 && !is_empty && indent_of(at) <= indent)
            break;
        lines[n++] = cut(at);
        if (!is_empty)
            n_kept = n;
    } while (n < ITEM_LINES_MAX && str_split(&yaml, '\n', &at));
    return (struct yaml_view){.lines = lines, .n_lines = n_kept};
}
