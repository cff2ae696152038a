/* sqlc - typed C from SQL files.
 *
 * Synopsis: sqlc --all NAME OUTDIR FILE.sql...
 * Input:    statements under "-- name:" headers and fragments; the grammar is in ARCHITECTURE.md "Generators".
 * Output:   OUTDIR/x_sql.h and x_sql.c for each x.sql, and OUTDIR/NAME.c with the array NAME[] of all statements.
 *           Status 1 and "file:line: message" for the first fault; nothing is written then.
 * The text of a statement is written twice, once for each engine: parameters ?1 (SQLite) or $1 (PostgreSQL), numbered
 * in the order of the header, fragments put in, comments left out. What the database thinks of it is found by the sql
 * suite. Source: style.md rules 32, 33, 41. */
#include "ids.h"
#include "sql_text.h"

#include <inttypes.h>

enum { FIELDS_MAX = 64, STMTS_MAX = 2000, FRAGMENTS_MAX = 100, PLAIN_PARAMS_MAX = 8, DEPTH_MAX = 5 };

enum result { RESULT_NONE, RESULT_EXEC, RESULT_CHANGED, RESULT_ONE, RESULT_MANY };
enum engine { SQLITE, PG };

/* A type word: what it is in C, in struct sql_field, and which member of union sql_value carries it. */
static const struct type {
    const char *word, *c, *kind, *member;
    bool may_be_none;
} types[] = {{"int", "int64_t", "SQL_INT", ".i = %.*s", false},
             {"bool", "bool", "SQL_BOOL", ".i = %.*s", false},
             {"text", "struct str", "SQL_TEXT", ".s = %.*s", true},
             {"blob", "struct str", "SQL_BLOB", ".s = %.*s", true},
             {"date", "struct date", "SQL_DATE", ".i = %.*s.days", true},
             {"time_us", "struct utc_us", "SQL_TIME", ".i = %.*s.v", true},
#define X(id) {#id, "struct " #id, "SQL_ID", ".i = %.*s.v", true},
             ID_TYPES(X)
#undef X
};

struct field {
    struct str name;
    const struct type *type;
    bool maybe;
};

struct stmt {
    const char *file;
    int line;
    struct str name;
    struct field params[FIELDS_MAX], cols[FIELDS_MAX];
    size_t n_params, n_cols;
    bool used[FIELDS_MAX]; /* by params */
    enum result result;
    int64_t limit;
    bool writes, indexed, has_limit;
    struct out doc, common, variant[2]; /* as read */
    struct str text[2];                 /* as written */
};

struct fragment {
    const char *file;
    int line;
    struct str name, args;
    struct out text;
};

struct sqlc {
    struct arena *arena;
    struct stmt *stmts[STMTS_MAX];
    size_t n_stmts;
    struct fragment fragments[FRAGMENTS_MAX];
    size_t n_fragments;
};

/* ---- headers ---- */

static const struct type *type_find(const struct reader *r, struct str word)
{
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (str_eq(word, str_from(types[i].word)))
            return &types[i];
    refuse(r->file, r->number, "\"%.*s\" is not a type word (int, bool, text, blob, time_us, date or an id of ids.h)",
           STR_ARG(word));
}

/* "name type?, name type" into fields. */
static size_t fields_parse(const struct reader *r, struct str list, struct field *fields)
{
    size_t n = 0;
    struct str part;
    if (str_is_empty(str_trim(list)))
        return 0;
    while (str_split(&list, ',', &part)) {
        struct str rest = str_trim(part), name = STR_NONE;
        if (!str_split(&rest, ' ', &name) || !name_is_good(name))
            refuse(r->file, r->number, "cannot read \"%.*s\" as \"name type\"", STR_ARG(str_trim(part)));
        struct str word = str_trim(rest);
        bool maybe = str_ends(word, STR("?"));
        word.n -= maybe;
        if (n == FIELDS_MAX)
            refuse(r->file, r->number, "more than %d names", FIELDS_MAX);
        for (size_t i = 0; i < n; i++)
            if (str_eq(fields[i].name, name))
                refuse(r->file, r->number, "\"%.*s\" stands there twice", STR_ARG(name));
        fields[n] = (struct field){name, type_find(r, word), maybe};
        if (maybe && !fields[n].type->may_be_none)
            refuse(r->file, r->number, "\"%.*s\": %.*s cannot be NULL; use COALESCE or another type", STR_ARG(name),
                   STR_ARG(word));
        n++;
    }
    return n;
}

/* Take "(...)" off the front of *rest; refuses when it is not there. */
static struct str parens_take(const struct reader *r, struct str *rest)
{
    *rest = str_trim(*rest);
    ptrdiff_t end = str_find_char(*rest, ')');
    if (!str_starts(*rest, STR("(")) || end < 0)
        refuse(r->file, r->number, "expected \"(...)\" before \"%.*s\"", STR_ARG(*rest));
    struct str inside = str_skip(str_head(*rest, (size_t)end), 1);
    *rest = str_trim(str_skip(*rest, (size_t)end + 1));
    return inside;
}

/* The header's text; it goes on over the next comment lines while a parenthesis is open, before the result word, and
 * when the next line begins with one. */
static struct str header_text(struct sqlc *c, struct reader *r, struct str first)
{
    struct out out = out_init(c->arena, 16 * 1024);
    out_str(&out, first);
    for (;;) {
        struct str so_far = out_take(&out), next = line_peek(r);
        ptrdiff_t open = 0;
        for (size_t i = 0; i < so_far.n; i++)
            open += so_far.p[i] == '(' ? 1 : so_far.p[i] == ')' ? -1 : 0;
        bool more = open > 0 || str_find(so_far, STR(") :")) < 0 || str_starts(str_trim(str_skip(next, 2)), STR("("));
        if (!more || !str_starts(next, STR("--")))
            return so_far;
        line_next(r);
        out_char(&out, ' ');
        out_str(&out, str_trim(str_skip(r->line, 2)));
    }
}

static void result_parse(const struct reader *r, struct stmt *stmt, struct str rest)
{
    ptrdiff_t end = str_find_char(rest, ' ');
    struct str word = end < 0 ? rest : str_head(rest, (size_t)end);
    rest = end < 0 ? STR_NONE : str_trim(str_skip(rest, (size_t)end));
    if (str_eq(word, STR(":exec")))
        stmt->result = RESULT_EXEC;
    else if (str_eq(word, STR(":changed")))
        stmt->result = RESULT_CHANGED;
    else if (str_eq(word, STR(":one")))
        stmt->result = RESULT_ONE;
    else if (str_starts(word, STR(":many(")) && str_ends(word, STR(")")) &&
             str_to_i64(str_skip(str_head(word, word.n - 1), 6), &stmt->limit) && stmt->limit > 0)
        stmt->result = RESULT_MANY;
    else
        refuse(r->file, r->number, "\"%.*s\" is not :exec, :changed, :one or :many(N)", STR_ARG(word));
    if (stmt->result < RESULT_ONE && !str_is_empty(rest))
        refuse(r->file, r->number, "%.*s gives no columns: \"%.*s\"", STR_ARG(word), STR_ARG(rest));
    if (stmt->result < RESULT_ONE)
        return;
    stmt->n_cols = fields_parse(r, parens_take(r, &rest), stmt->cols);
    if (stmt->n_cols == 0 || !str_is_empty(rest))
        refuse(r->file, r->number, "%.*s needs its columns in parentheses and nothing after them", STR_ARG(word));
}

static struct stmt *stmt_parse(struct sqlc *c, struct reader *r, struct str head)
{
    struct stmt *stmt = ARENA_NEW(c->arena, struct stmt);
    *stmt = (struct stmt){.file = r->file, .line = r->number, .doc = out_init(c->arena, 8192)};
    stmt->common = stmt->variant[SQLITE] = stmt->variant[PG] = out_init(c->arena, 64 * 1024);
    struct str rest = str_trim(header_text(c, r, head));
    ptrdiff_t open = str_find_char(rest, '(');
    stmt->name = str_trim(open < 0 ? rest : str_head(rest, (size_t)open));
    if (open < 0 || !name_is_good(stmt->name))
        refuse(r->file, stmt->line, "cannot read \"%.*s\" as \"name(parameters) :result\"", STR_ARG(rest));
    rest = str_skip(rest, (size_t)open);
    stmt->n_params = fields_parse(r, parens_take(r, &rest), stmt->params);
    result_parse(r, stmt, rest);
    for (size_t i = 0; i < c->n_stmts; i++)
        if (str_eq(c->stmts[i]->name, stmt->name))
            refuse(r->file, stmt->line, "\"%.*s\" stands in %s:%d already", STR_ARG(stmt->name), c->stmts[i]->file,
                   c->stmts[i]->line);
    if (c->n_stmts == STMTS_MAX)
        refuse(r->file, r->number, "more than %d statements", STMTS_MAX);
    return c->stmts[c->n_stmts++] = stmt;
}

static struct fragment *fragment_parse(struct sqlc *c, struct reader *r, struct str head)
{
    if (c->n_fragments == FRAGMENTS_MAX)
        refuse(r->file, r->number, "more than %d fragments", FRAGMENTS_MAX);
    ptrdiff_t open = str_find_char(head, '(');
    struct str rest = str_skip(head, open < 0 ? head.n : (size_t)open);
    struct fragment *fragment = &c->fragments[c->n_fragments];
    *fragment = (struct fragment){.file = r->file, .line = r->number, .text = out_init(c->arena, 8192)};
    fragment->name = str_trim(str_head(head, open < 0 ? head.n : (size_t)open));
    fragment->args = parens_take(r, &rest);
    if (!name_is_good(fragment->name))
        refuse(r->file, r->number, "\"%.*s\" is not a fragment's name", STR_ARG(fragment->name));
    for (size_t i = 0; i < c->n_fragments; i++)
        if (str_eq(c->fragments[i].name, fragment->name))
            refuse(r->file, r->number, "fragment \"%.*s\" stands in %s:%d already", STR_ARG(fragment->name),
                   c->fragments[i].file, c->fragments[i].line);
    c->n_fragments++;
    return fragment;
}

static void file_parse(struct sqlc *c, const char *path)
{
    struct reader r = reader_open(c->arena, path);
    struct stmt *stmt = NULL;
    struct out *target = NULL; /* where SQL text goes */
    while (line_next(&r)) {
        struct str rest = STR_NONE, word = directive(r.line, &rest);
        if (str_eq(word, STR("fragment"))) {
            target = &fragment_parse(c, &r, rest)->text;
            stmt = NULL;
        } else if (str_eq(word, STR("name"))) {
            stmt = stmt_parse(c, &r, rest);
            target = &stmt->common;
        } else if (stmt && str_eq(word, STR("sqlite"))) {
            target = &stmt->variant[SQLITE];
        } else if (stmt && str_eq(word, STR("pg"))) {
            target = &stmt->variant[PG];
        } else if (stmt && str_eq(word, STR("plan")) && str_eq(rest, STR("indexed"))) {
            stmt->indexed = true;
        } else if (!str_is_empty(word)) {
            refuse(path, r.number, "\"%.*s\" is no directive here", STR_ARG(r.line));
        } else if (str_starts(r.line, STR("--"))) {
            if (stmt && target == &stmt->common && target->n == 0) {
                out_str(&stmt->doc, str_trim(str_skip(r.line, 2)));
                out_char(&stmt->doc, '\n');
            }
        } else if (!str_is_empty(r.line)) {
            if (target == NULL)
                refuse(path, r.number, "text before the first \"-- name:\"");
            out_str(target, r.line);
            out_char(target, '\n');
        }
    }
}

/* ---- statement text for one engine ---- */

static void param_write(struct stmt *stmt, struct str name, enum engine engine, struct out *out)
{
    for (size_t i = 0; i < stmt->n_params; i++)
        if (str_eq(stmt->params[i].name, name)) {
            stmt->used[i] = true;
            out_fmt(out, "%c%zu", engine == SQLITE ? '?' : '$', i + 1);
            return;
        }
    refuse(stmt->file, stmt->line, "%.*s: parameter :%.*s is not declared", STR_ARG(stmt->name), STR_ARG(name));
}

static void text_write(struct sqlc *c, struct stmt *stmt, struct str text, enum engine engine, struct out *out,
                       int depth);

/* @name(args): the fragment's text with its words replaced, taken off *rest. */
static void fragment_write(struct sqlc *c, struct stmt *stmt, struct str name, struct str *rest, enum engine engine,
                           struct out *out, int depth)
{
    struct reader at = {.file = stmt->file, .number = stmt->line};
    struct fragment *fragment = NULL;
    for (size_t i = 0; i < c->n_fragments; i++)
        if (str_eq(c->fragments[i].name, name))
            fragment = &c->fragments[i];
    if (fragment == NULL)
        refuse(stmt->file, stmt->line, "%.*s: there is no fragment @%.*s", STR_ARG(stmt->name), STR_ARG(name));
    if (depth == DEPTH_MAX)
        refuse(stmt->file, stmt->line, "%.*s: fragments deeper than %d", STR_ARG(stmt->name), DEPTH_MAX);
    struct str values = parens_take(&at, rest), args = fragment->args, text = out_take(&fragment->text);
    struct str arg, value = STR_NONE;
    bool has_value = true;
    while (str_split(&args, ',', &arg) && (has_value = str_split(&values, ',', &value))) {
        struct out replaced = out_init(c->arena, 64 * 1024);
        struct token token, before = {TOKEN_END, STR_NONE};
        while ((token = token_next(&text)).kind != TOKEN_END) { /* the c of "x.c" is a column, not the argument */
            bool is_arg = token.kind == TOKEN_WORD && str_eq(token.s, str_trim(arg)) && !str_eq(before.s, STR("."));
            out_str(&replaced, is_arg ? str_trim(value) : token.s);
            before = token;
        }
        text = out_take(&replaced);
    }
    if (!has_value || !str_is_empty(values))
        refuse(stmt->file, stmt->line, "%.*s: @%.*s takes (%.*s)", STR_ARG(stmt->name), STR_ARG(name),
               STR_ARG(fragment->args));
    text_write(c, stmt, text, engine, out, depth + 1);
    if (out->p[out->n - 1] != ' ') /* parens_take trimmed what stood after the call */
        out_char(out, ' ');
}

static void text_write(struct sqlc *c, struct stmt *stmt, struct str text, enum engine engine, struct out *out,
                       int depth)
{
    struct token token, before = {TOKEN_END, STR_NONE};
    bool ended = false;
    while ((token = token_next(&text)).kind != TOKEN_END) {
        if (token.kind == TOKEN_COMMENT)
            continue;
        if (token.kind == TOKEN_SPACE) {
            if (out->n && out->p[out->n - 1] != ' ')
                out_char(out, ' ');
            continue;
        }
        if (ended || (depth > 0 && str_eq(token.s, STR(";"))))
            refuse(stmt->file, stmt->line, "%.*s: text after the end of the statement", STR_ARG(stmt->name));
        if (str_eq(token.s, STR(";"))) {
            ended = true;
            continue;
        }
        if (token.kind == TOKEN_PARAM)
            param_write(stmt, str_skip(token.s, 1), engine, out);
        else if (token.kind == TOKEN_FRAGMENT)
            fragment_write(c, stmt, str_skip(token.s, 1), &text, engine, out, depth);
        else
            out_str(out, token.s);
        if (before.kind == TOKEN_END && depth == 0)
            stmt->writes |= !token_is(token, "select") && !token_is(token, "with") && !token_is(token, "values");
        stmt->writes |= token_is(token, "insert") || token_is(token, "delete") ||
                        (token_is(token, "update") && !token_is(before, "for") && !token_is(before, "key"));
        stmt->has_limit |= token_is(token, "limit");
        before = token;
    }
    if (depth == 0 && !ended)
        refuse(stmt->file, stmt->line, "%.*s: the statement does not end with \";\"", STR_ARG(stmt->name));
}

static void stmt_write(struct sqlc *c, struct stmt *stmt)
{
    if (stmt->doc.n == 0)
        refuse(stmt->file, stmt->line, "%.*s: a sentence that says what it does is missing", STR_ARG(stmt->name));
    for (enum engine e = SQLITE; e <= PG; e++) {
        struct out *source = stmt->variant[e].n ? &stmt->variant[e] : &stmt->common;
        struct out out = out_init(c->arena, 64 * 1024);
        text_write(c, stmt, out_take(source), e, &out, 0);
        stmt->text[e] = str_trim(out_take(&out));
    }
    for (size_t i = 0; i < stmt->n_params; i++)
        if (!stmt->used[i])
            refuse(stmt->file, stmt->line, "%.*s: parameter \"%.*s\" is not used", STR_ARG(stmt->name),
                   STR_ARG(stmt->params[i].name));
    if (stmt->result == RESULT_MANY && !stmt->has_limit)
        refuse(stmt->file, stmt->line, "%.*s: :many needs a LIMIT", STR_ARG(stmt->name));
}

/* ---- C ---- */

static void struct_write(struct out *out, struct str name, const char *suffix, const struct field *fields, size_t n)
{
    out_fmt(out, "struct %.*s_%s {\n", STR_ARG(name), suffix);
    for (size_t i = 0; i < n; i++)
        out_fmt(out, "    %s %.*s;\n", fields[i].type->c, STR_ARG(fields[i].name));
    out_lit(out, "};\n");
}

static bool takes_struct(const struct stmt *stmt)
{
    return stmt->n_params > PLAIN_PARAMS_MAX;
}

static void prototype_write(struct out *out, const struct stmt *s)
{
    out_fmt(out, "enum err %.*s(struct ctx *ctx", STR_ARG(s->name));
    if (takes_struct(s))
        out_fmt(out, ", const struct %.*s_in *in", STR_ARG(s->name));
    for (size_t i = 0; i < s->n_params && !takes_struct(s); i++)
        out_fmt(out, ", %s %.*s", s->params[i].type->c, STR_ARG(s->params[i].name));
    if (s->result == RESULT_CHANGED)
        out_lit(out, ", int64_t *ret_changed");
    else if (s->result == RESULT_ONE)
        out_fmt(out, ", struct %.*s_row *ret", STR_ARG(s->name));
    else if (s->result == RESULT_MANY)
        out_fmt(out, ", struct %.*s_row **ret_rows, size_t *ret_n", STR_ARG(s->name));
    out_char(out, ')');
}

static void header_write(struct out *out, struct stmt *s)
{
    struct str doc = out_take(&s->doc), line;
    out_lit(out, "\n/*");
    while (str_split(&doc, '\n', &line))
        if (!str_is_empty(line))
            out_fmt(out, " %.*s\n *", STR_ARG(line));
    out_fmt(out, " Source: %s:%d */\n", from_top(s->file), s->line);
    if (takes_struct(s))
        struct_write(out, s->name, "in", s->params, s->n_params);
    if (s->n_cols)
        struct_write(out, s->name, "row", s->cols, s->n_cols);
    out_fmt(out, "extern const struct sql_stmt sql_%.*s;\nMUST_USE ", STR_ARG(s->name));
    prototype_write(out, s);
    out_lit(out, ";\n");
}

static void fields_write(struct out *out, const struct stmt *s, const char *suffix, const struct field *fields,
                         size_t n)
{
    if (n == 0)
        return;
    out_fmt(out, "static const struct sql_field %.*s_%s[] = {\n", STR_ARG(s->name), suffix);
    for (size_t i = 0; i < n; i++) {
        out_fmt(out, "    {\"%.*s\", %s, %s, ", STR_ARG(fields[i].name), fields[i].type->kind,
                fields[i].maybe ? "true" : "false");
        if (fields == s->cols)
            out_fmt(out, "offsetof(struct %.*s_row, %.*s)},\n", STR_ARG(s->name), STR_ARG(fields[i].name));
        else
            out_lit(out, "0},\n");
    }
    out_lit(out, "};\n");
}

static void body_write(struct out *out, const struct stmt *s)
{
    static const char *const results[] = {"", "SQL_EXEC", "SQL_CHANGED", "SQL_ONE", "SQL_MANY"};
    static const char *const calls[] = {"", ");", ", ret_changed);", ", ret);", ", (void **)ret_rows, ret_n);"};
    static const char *const functions[] = {"", "db_exec", "db_changed", "db_one", "db_many"};
    out_fmt(out, "\n#line %d \"%s\"\n", s->line, s->file);
    fields_write(out, s, "params", s->params, s->n_params);
    fields_write(out, s, "cols", s->cols, s->n_cols);
    out_fmt(out,
            "const struct sql_stmt sql_%.*s = {.name = \"%.*s\", .place = \"%s:%d\",\n    .sqlite = ", STR_ARG(s->name),
            STR_ARG(s->name), from_top(s->file), s->line);
    out_c_string(out, s->text[SQLITE]);
    out_lit(out, ",\n    .pg = ");
    out_c_string(out, s->text[PG]);
    if (s->n_params)
        out_fmt(out, ",\n    .params = %.*s_params, .n_params = %zu", STR_ARG(s->name), s->n_params);
    if (s->n_cols)
        out_fmt(out, ",\n    .cols = %.*s_cols, .n_cols = %zu, .row_size = sizeof(struct %.*s_row)", STR_ARG(s->name),
                s->n_cols, STR_ARG(s->name));
    out_fmt(out, ",\n    .result = %s, .limit = %" PRId64 ", .writes = %s, .indexed = %s};\n", results[s->result],
            s->limit, s->writes ? "true" : "false", s->indexed ? "true" : "false");
    prototype_write(out, s);
    out_lit(out, "\n{\n");
    if (s->n_params)
        out_lit(out, "    const union sql_value values[] = {");
    for (size_t i = 0; i < s->n_params; i++) {
        struct str name =
            takes_struct(s) ? str_fmt(out->arena, "in->%.*s", STR_ARG(s->params[i].name)) : s->params[i].name;
        out_str(out, i ? STR(", {") : STR("{"));
        out_fmt(out, s->params[i].type->member, STR_ARG(name));
        out_char(out, '}');
    }
    out_fmt(out, "%s    return %s(ctx, &sql_%.*s, %s%s\n}\n", s->n_params ? "};\n" : "", functions[s->result],
            STR_ARG(s->name), s->n_params ? "values" : "NULL", calls[s->result]);
}

static void c_files_write(struct sqlc *c, const char *dir, const char *path)
{
    struct str stem = file_stem(c->arena, path);
    struct out h = out_init(c->arena, FILE_MAX), body = out_init(c->arena, FILE_MAX);
    out_fmt(
        &h,
        "/* Made by tools/sqlc from %s. */\n#ifndef GAVA_%.*s_SQL_H\n#define GAVA_%.*s_SQL_H\n\n#include \"db.h\"\n",
        path, STR_ARG(stem), STR_ARG(stem));
    out_fmt(&body,
            "/* Made by tools/sqlc from %s. */\n#include \"%.*s_sql.h\"\n\n#include \"sql.h\"\n\n"
            "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n",
            path, STR_ARG(stem));
    for (size_t i = 0; i < c->n_stmts; i++)
        if (c->stmts[i]->file == path) {
            header_write(&h, c->stmts[i]);
            body_write(&body, c->stmts[i]);
        }
    out_lit(&h, "\n#endif\n");
    file_write(c->arena, str_fmt(c->arena, "%s/%.*s_sql.h", dir, STR_ARG(stem)).p, out_take(&h));
    file_write(c->arena, str_fmt(c->arena, "%s/%.*s_sql.c", dir, STR_ARG(stem)).p, out_take(&body));
}

static void all_write(struct sqlc *c, const char *dir, const char *name)
{
    struct out out = out_init(c->arena, FILE_MAX);
    out_fmt(&out, "/* Made by tools/sqlc: every statement of the program, for the sql and plan suites. */\n#include "
                  "\"sql.h\"\n\n");
    for (size_t i = 0; i < c->n_stmts; i++)
        out_fmt(&out, "extern const struct sql_stmt sql_%.*s;\n", STR_ARG(c->stmts[i]->name));
    out_fmt(&out, "\nconst struct sql_stmt *const %s[] = {\n", name);
    for (size_t i = 0; i < c->n_stmts; i++)
        out_fmt(&out, "    &sql_%.*s,\n", STR_ARG(c->stmts[i]->name));
    out_fmt(&out, "    NULL,\n};\n");
    file_write(c->arena, str_fmt(c->arena, "%s/%s.c", dir, name).p, out_take(&out));
}

int main(int argc, char **argv)
{
    if (argc < 5 || strcmp(argv[1], "--all") != 0) {
        fprintf(stderr, "usage: sqlc --all NAME OUTDIR FILE.sql...\n");
        return 2;
    }
    ARENA_SCOPE struct arena *arena = arena_new((size_t)1 << 30);
    struct sqlc *c = ARENA_NEW(arena, struct sqlc);
    c->arena = arena;
    for (int i = 4; i < argc; i++)
        file_parse(c, argv[i]);
    for (size_t i = 0; i < c->n_stmts; i++)
        stmt_write(c, c->stmts[i]);
    for (int i = 4; i < argc; i++)
        c_files_write(c, argv[3], argv[i]);
    all_write(c, argv[3], argv[2]);
    return 0;
}
