#include "po.h"

#include "arena.h"

#include <errno.h>

enum { FILE_MAX = 4 * 1024 * 1024, MESSAGES_MAX = 8192, TEXT_MAX = 64 * 1024, OPEN_MAX = 4 };

void po_die(const char *path, int line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "%s:%d: error: ", path, line);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

struct str po_read_file(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        po_die(path, 0, "cannot open: %s", strerror(errno));
    char *bytes = arena_alloc(arena, FILE_MAX);
    size_t n = fread(bytes, 1, FILE_MAX, file);
    if (ferror(file) || n == FILE_MAX)
        po_die(path, 0, "cannot read it, or it is too large");
    fclose(file);
    struct str text = {bytes, n};
    if (!str_is_utf8(text) || str_has_control(text))
        po_die(path, 0, "is not UTF-8 text");
    return text;
}

void po_write_file(const char *path, struct str text)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(text.p, 1, text.n, file) != text.n || fclose(file) != 0)
        po_die(path, 0, "cannot write: %s", strerror(errno));
}

/* ---- Texts: arguments and markup ---- */

static bool is_key(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || (i > 0 && (c == '_' || (c >= '0' && c <= '9')))))
            return false;
    }
    return s.n > 0;
}

const char *po_arg_type(struct str arg)
{
    if (str_eq(arg, STR("n")) || str_starts(arg, STR("n_")))
        return "int64_t";
    if (str_eq(arg, STR("when")) || str_starts(arg, STR("when_")))
        return "struct when_text";
    return str_eq(arg, STR("a")) ? "struct url" : "struct str";
}

/* What a text consists of, piece by piece. */
enum piece_kind { PIECE_TEXT, PIECE_ARG, PIECE_OPEN, PIECE_CLOSE, PIECE_BREAK, PIECE_NBSP, PIECE_FAULT };
struct piece {
    enum piece_kind kind;
    struct str s; /* the text, the argument's or the element's name */
};

static struct piece piece_next(struct str *rest)
{
    static const char *const elements[] = {"strong", "em", "a"};
    struct str s = *rest;
    if (str_starts(s, STR("&nbsp;"))) {
        *rest = str_skip(s, 6);
        return (struct piece){PIECE_NBSP, STR_NONE};
    }
    if (str_starts(s, STR("<br>"))) {
        *rest = str_skip(s, 4);
        return (struct piece){PIECE_BREAK, STR_NONE};
    }
    if (s.p[0] == '{') {
        ptrdiff_t end = str_find_char(s, '}');
        struct str name = end < 0 ? STR("") : str_skip(str_head(s, (size_t)end), 1);
        *rest = str_skip(s, (size_t)(end + 1));
        return (struct piece){is_key(name) ? PIECE_ARG : PIECE_FAULT, name};
    }
    if (s.p[0] == '<') {
        ptrdiff_t end = str_find_char(s, '>');
        bool close = s.n > 1 && s.p[1] == '/';
        struct str name = end < 0 ? STR("") : str_skip(str_head(s, (size_t)end), close ? 2 : 1);
        *rest = str_skip(s, (size_t)(end + 1));
        for (size_t i = 0; i < ARRAY_LEN(elements); i++)
            if (str_eq(name, str_from(elements[i])))
                return (struct piece){close ? PIECE_CLOSE : PIECE_OPEN, name};
        return (struct piece){PIECE_FAULT, name};
    }
    size_t n = 1;
    while (n < s.n && s.p[n] != '{' && s.p[n] != '<' && s.p[n] != '&')
        n++;
    *rest = str_skip(s, n);
    return (struct piece){PIECE_TEXT, str_head(s, n)};
}

static size_t arg_index(const struct po_message *message, struct str name)
{
    size_t i = 0;
    while (i < message->n_args && !str_eq(message->args[i], name))
        i++;
    return i;
}

static void arg_add(const char *path, struct po_message *message, struct str name)
{
    if (arg_index(message, name) < message->n_args)
        return;
    if (message->n_args == PO_ARGS_MAX)
        po_die(path, message->line, "\"%.*s\" has more than %d arguments", STR_ARG(message->key), PO_ARGS_MAX);
    size_t i = message->n_args++;
    for (; i > 0 && str_cmp(message->args[i - 1], name) > 0; i--)
        message->args[i] = message->args[i - 1];
    message->args[i] = name;
}

static void check_text(const char *path, struct po_message *message, struct str text)
{
    struct str open[OPEN_MAX];
    size_t n_open = 0;
    if (str_is_empty(str_trim(text)))
        po_die(path, message->line, "\"%.*s\" has no translation", STR_ARG(message->key));
    while (text.n > 0) {
        struct piece piece = piece_next(&text);
        bool good = piece.kind != PIECE_FAULT;
        if (piece.kind == PIECE_ARG)
            arg_add(path, message, piece.s);
        if (piece.kind == PIECE_OPEN) {
            if (str_eq(piece.s, STR("a")))
                arg_add(path, message, STR("a"));
            good = n_open < OPEN_MAX;
            if (good)
                open[n_open++] = piece.s;
        }
        if (piece.kind == PIECE_CLOSE)
            good = n_open > 0 && str_eq(open[--n_open], piece.s);
        if (!good)
            po_die(
                path, message->line,
                "\"%.*s\": \"%.*s\" is neither {argument} nor allowed, well-nested markup (strong, em, a, br, &nbsp;)",
                STR_ARG(message->key), STR_ARG(piece.s));
    }
    if (n_open > 0)
        po_die(path, message->line, "\"%.*s\" does not close <%.*s>", STR_ARG(message->key), STR_ARG(open[0]));
}

static void put_escaped(struct out *out, struct str s, enum po_form form)
{
    for (size_t i = 0; i < s.n; i++) {
        if (form != PO_TEXT && s.p[i] == '&')
            out_lit(out, "&amp;");
        else if (form != PO_TEXT && s.p[i] == '>')
            out_lit(out, "&gt;");
        else if (form == PO_ATTR && s.p[i] == '"')
            out_lit(out, "&quot;");
        else
            out_char(out, s.p[i]);
    }
}

void po_render(struct out *out, const struct po_message *message, struct str text, enum po_form form)
{
    while (text.n > 0) {
        struct piece piece = piece_next(&text);
        switch (piece.kind) {
        case PIECE_TEXT:
            put_escaped(out, piece.s, form);
            break;
        case PIECE_ARG:
            out_char(out, (char)(arg_index(message, piece.s) + 1));
            break;
        case PIECE_NBSP:
            out_lit(out, "\u00a0");
            break;
        case PIECE_BREAK:
            out_str(out, form == PO_HTML ? STR("<br>") : STR("\n"));
            break;
        case PIECE_OPEN:
            if (form == PO_HTML && str_eq(piece.s, STR("a")))
                out_fmt(out, "<a class=\"ds-link\" href=\"%c\">", (char)(arg_index(message, STR("a")) + 1));
            else if (form == PO_HTML)
                out_fmt(out, "<%.*s>", STR_ARG(piece.s));
            break;
        case PIECE_CLOSE:
            if (form == PO_HTML)
                out_fmt(out, "</%.*s>", STR_ARG(piece.s));
            break;
        case PIECE_FAULT:
            BUG("unreachable: po_read checked the text");
        }
    }
}

void po_c_literal(struct out *out, struct str s)
{
    out_char(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\')
            out_fmt(out, "\\%c", c);
        else if (c == '\n')
            out_lit(out, "\\n");
        else if (c < ' ')
            out_fmt(out, "\\%03o", c);
        else
            out_char(out, (char)c);
    }
    out_char(out, '"');
}

/* ---- The file ---- */

/* A quoted string with its escapes, appended to out. */
static void read_quoted(struct out *out, const char *path, int line, struct str s)
{
    s = str_trim(s);
    if (s.n < 2 || s.p[0] != '"' || s.p[s.n - 1] != '"')
        po_die(path, line, "expected a text in quotes");
    for (size_t i = 1; i + 1 < s.n; i++) {
        char c = s.p[i];
        if (c == '\\' && i + 2 < s.n) {
            c = s.p[++i];
            if (c == 'n')
                c = '\n';
            else if (c != '"' && c != '\\')
                po_die(path, line, "\\%c is not used in catalogues", c);
        } else if (c == '"' || c == '\\') {
            po_die(path, line, "a quote or backslash inside the text lacks its backslash");
        }
        out_char(out, c);
    }
}

static int by_key(const void *a, const void *b)
{
    return str_cmp(((const struct po_message *)a)->key, ((const struct po_message *)b)->key);
}

static void finish(struct po *po, struct po_message *message)
{
    if (str_is_none(message->key))
        return;
    if (str_is_empty(message->key)) {
        if (str_find(message->text[0], STR("plural=(n != 1);")) < 0)
            po_die(po->path, message->line, "the header must say Plural-Forms: nplurals=2; plural=(n != 1);");
        return;
    }
    if (!is_key(message->key))
        po_die(po->path, message->line, "\"%.*s\" is not a key: a-z, 0-9 and _", STR_ARG(message->key));
    if (po->n_messages == MESSAGES_MAX)
        po_die(po->path, message->line, "more than %d messages", MESSAGES_MAX);
    if (message->plural)
        arg_add(po->path, message, STR("n"));
    for (int i = 0; i <= message->plural; i++)
        check_text(po->path, message, message->text[i]);
    po->messages[po->n_messages++] = *message;
}

struct po po_read(struct arena *arena, const char *path)
{
    static const char *const words[] = {"msgid_plural", "msgid", "msgstr[0]", "msgstr[1]", "msgstr"};
    struct po po = {.path = path, .messages = ARENA_ARRAY(arena, struct po_message, MESSAGES_MAX)};
    struct po_message message = {0};
    struct str rest = po_read_file(arena, path), part, plural_key, *target = NULL;
    struct out text = {0};
    for (int line = 1; str_split(&rest, '\n', &part); line++) {
        part = str_trim(part);
        if (str_starts(part, STR("#,")) && str_find(part, STR("fuzzy")) >= 0)
            po_die(path, line, "a fuzzy translation: check it and remove the word");
        if (part.n == 0 || part.p[0] == '#')
            continue;
        if (part.p[0] != '"') {
            size_t word = 0;
            while (word < ARRAY_LEN(words) && !str_starts(part, str_from(words[word])))
                word++;
            if (word == ARRAY_LEN(words))
                po_die(path, line, "expected msgid, msgid_plural or msgstr");
            if (word == 1) {
                finish(&po, &message);
                message = (struct po_message){.line = line};
            }
            target = word == 0   ? &plural_key
                     : word == 1 ? &message.key
                     : word == 3 ? &message.text[1]
                                 : &message.text[0];
            message.plural |= word == 0;
            text = out_init(arena, TEXT_MAX);
            part = str_skip(part, strlen(words[word]));
        }
        if (target == NULL)
            po_die(path, line, "a text without msgid");
        read_quoted(&text, path, line, part);
        *target = out_take(&text);
    }
    finish(&po, &message);
    qsort(po.messages, po.n_messages, sizeof *po.messages, by_key);
    for (size_t i = 1; i < po.n_messages; i++)
        if (str_eq(po.messages[i - 1].key, po.messages[i].key))
            po_die(path, po.messages[i].line, "\"%.*s\" occurs twice", STR_ARG(po.messages[i].key));
    return po;
}

const struct po_message *po_find(const struct po *po, struct str key)
{
    struct po_message wanted = {.key = key};
    return bsearch(&wanted, po->messages, po->n_messages, sizeof *po->messages, by_key);
}
