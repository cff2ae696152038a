#include "sql_text.h"

#include <errno.h>
#include <sys/stat.h>

void refuse(const char *file, int line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "%s:%d: ", file, line);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

static FILE *file_open(const char *path, const char *mode)
{
    FILE *f = fopen(path, mode);
    if (f == NULL && !(mode[0] == 'r' && errno == ENOENT))
        refuse(path, 1, "cannot open: %s", strerror(errno));
    return f;
}

static struct str file_rest(struct arena *arena, const char *path, FILE *f)
{
    struct stat st;
    if (fstat(fileno(f), &st) != 0 || st.st_size > FILE_MAX)
        refuse(path, 1, "cannot read, or larger than %d bytes", FILE_MAX);
    char *p = arena_alloc(arena, (size_t)st.st_size + 1);
    size_t n = fread(p, 1, (size_t)st.st_size, f);
    if (n != (size_t)st.st_size)
        refuse(path, 1, "could not read: %s", strerror(errno));
    fclose(f);
    return (struct str){p, n};
}

struct str file_read(struct arena *arena, const char *path)
{
    FILE *f = file_open(path, "r");
    if (f == NULL)
        refuse(path, 1, "no such file");
    return file_rest(arena, path, f);
}

void file_write(struct arena *arena, const char *path, struct str text)
{
    FILE *old = file_open(path, "r");
    if (old && str_eq(file_rest(arena, path, old), text))
        return;
    FILE *f = file_open(path, "w");
    size_t n = fwrite(text.p, 1, text.n, f);
    if (fclose(f) != 0 || n != text.n)
        refuse(path, 1, "could not write: %s", strerror(errno));
}

struct reader reader_open(struct arena *arena, const char *path)
{
    return (struct reader){.file = path, .rest = file_read(arena, path)};
}

bool line_next(struct reader *r)
{
    struct str line;
    if (!str_split(&r->rest, '\n', &line))
        return false;
    r->line = str_trim(line);
    r->number++;
    return true;
}

struct str line_peek(const struct reader *r)
{
    struct str rest = r->rest, line;
    return str_split(&rest, '\n', &line) ? str_trim(line) : STR_NONE;
}

struct str directive(struct str line, struct str *ret_rest)
{
    struct str text = str_trim(str_skip(line, 2));
    ptrdiff_t colon = str_find_char(text, ':');
    if (!str_starts(line, STR("--")) || colon < 0 || !name_is_good(str_head(text, (size_t)colon)))
        return STR_NONE;
    *ret_rest = str_trim(str_skip(text, (size_t)colon + 1));
    return str_head(text, (size_t)colon);
}

const char *from_top(const char *path)
{
    while (strncmp(path, "../", 3) == 0)
        path += 3;
    return path;
}

struct str file_stem(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    struct str name = str_from(slash ? slash + 1 : path);
    if (str_ends(name, STR(".sql")))
        name.n -= 4;
    return str_copy(arena, name);
}

static bool is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Length of the token at the front of s, which is not empty. */
static size_t token_len(struct str s, enum token_kind *ret_kind)
{
    const char *p = s.p;
    size_t n = 1;
    char next = s.n > 1 ? p[1] : 0;
    if (is_space(p[0])) {
        *ret_kind = TOKEN_SPACE;
        while (n < s.n && is_space(p[n]))
            n++;
        return n;
    }
    if (p[0] == '-' && next == '-') {
        *ret_kind = TOKEN_COMMENT;
        while (n < s.n && p[n] != '\n')
            n++;
        return n;
    }
    if (p[0] == '/' && next == '*') {
        *ret_kind = TOKEN_COMMENT;
        ptrdiff_t end = str_find(str_skip(s, 2), STR("*/"));
        return end < 0 ? s.n : (size_t)end + 4;
    }
    if (p[0] == '\'' || p[0] == '"') {
        *ret_kind = TOKEN_STRING;
        while (n < s.n && p[n] != p[0])
            n++;
        return n < s.n ? n + 1 : n;
    }
    if (p[0] == '$' && next == '$') {
        *ret_kind = TOKEN_STRING;
        ptrdiff_t end = str_find(str_skip(s, 2), STR("$$"));
        return end < 0 ? s.n : (size_t)end + 4;
    }
    *ret_kind = TOKEN_OTHER;
    if (p[0] == ':' && next == ':')
        return 2;
    if (is_word_char(p[0]))
        *ret_kind = TOKEN_WORD;
    else if ((p[0] == ':' || p[0] == '@') && is_word_char(next))
        *ret_kind = p[0] == ':' ? TOKEN_PARAM : TOKEN_FRAGMENT;
    else
        return 1;
    while (n < s.n && is_word_char(p[n]))
        n++;
    return n;
}

struct token token_next(struct str *rest)
{
    if (rest->n == 0)
        return (struct token){TOKEN_END, STR_NONE};
    struct token token;
    size_t n = token_len(*rest, &token.kind);
    token.s = str_head(*rest, n);
    *rest = str_skip(*rest, n);
    return token;
}

bool token_is(struct token token, const char *word)
{
    return token.kind == TOKEN_WORD && str_eq_ascii_case(token.s, str_from(word));
}

bool name_is_good(struct str s)
{
    if (s.n == 0 || s.n > 60 || s.p[0] < 'a' || s.p[0] > 'z')
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !(s.p[i] >= '0' && s.p[i] <= '9') && s.p[i] != '_')
            return false;
    return true;
}

void out_c_string(struct out *out, struct str text)
{
    out_char(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '\n' && i + 1 < text.n)
            out_lit(out, "\\n\"\n        \"");
        else if (c == '\n')
            out_lit(out, "\\n");
        else if (c == '"' || c == '\\')
            out_fmt(out, "\\%c", c);
        else
            out_char(out, c);
    }
    out_char(out, '"');
}
