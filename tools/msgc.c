/* msgc: the message catalogues -> typed C.
 *
 * Synopsis: msgc OUT.h OUT.c LANG.po...          writes the run-time's tables; LANG is the language's code (sv.po)
 *           msgc --unused LANG.po FILE...        fails if a key of the catalogue is used in none of the files
 * Input:    catalogues as po.h describes them. All must have the same keys, arguments and plurals.
 * Output:   enum msg, one argument struct and three functions per message with arguments, and the texts three times
 *           over: for HTML, for an HTML attribute and plain. msg.h is the hand-written part of the run-time.
 * A use is {{t key}}, MSG_key, html_msg_key, text_msg_key, or a prefix: MSG_PREFIX("status_"), MSG_status_##code. */
#include "po.h"

#include "arena.h"

enum { LANGS_MAX = 16, OUT_MAX = 16 * 1024 * 1024, ARENA_MAX = 256 * 1024 * 1024 };

static struct str code_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct str name = str_from(slash ? slash + 1 : path);
    return str_head(name, name.n - (str_ends(name, STR(".po")) ? 3 : 0));
}

static void check_same(const struct po *first, const struct po *other)
{
    for (size_t i = 0; i < first->n_messages; i++) {
        const struct po_message *a = &first->messages[i], *b = po_find(other, a->key);
        if (b == NULL)
            po_die(other->path, 1, "\"%.*s\" is missing; %s:%d has it", STR_ARG(a->key), first->path, a->line);
        bool same = a->plural == b->plural && a->n_args == b->n_args;
        for (size_t k = 0; same && k < a->n_args; k++)
            same = str_eq(a->args[k], b->args[k]);
        if (!same)
            po_die(other->path, b->line, "\"%.*s\" has other arguments or plurals than in %s:%d", STR_ARG(a->key),
                   first->path, a->line);
    }
    for (size_t i = 0; i < other->n_messages; i++)
        if (po_find(first, other->messages[i].key) == NULL)
            po_die(other->path, other->messages[i].line, "\"%.*s\" is not in %s", STR_ARG(other->messages[i].key),
                   first->path);
}

/* ---- The header ---- */

static void put_header(struct out *h, const struct po *all, size_t n_langs)
{
    const struct po *po = &all[0];
    out_lit(h, "/* Generated from locale/ by tools/msgc: do not edit. */\n#ifndef GAVA_MSG_GEN_H\n"
               "#define GAVA_MSG_GEN_H\n#include \"html.h\"\nstruct lang;\nenum msg {\n");
    for (size_t i = 0; i < po->n_messages; i++)
        out_fmt(h, "    MSG_%.*s,\n", STR_ARG(po->messages[i].key));
    out_lit(h, "    MSG_COUNT\n};\n");
    for (size_t l = 0; l < n_langs; l++)
        out_fmt(h, "extern const struct lang lang_%.*s;\n", STR_ARG(code_of(all[l].path)));
    for (size_t i = 0; i < po->n_messages; i++) {
        const struct po_message *m = &po->messages[i];
        if (m->n_args == 0)
            continue;
        out_fmt(h, "#line %d \"%s\"\nstruct msg_%.*s {\n", m->line, po->path, STR_ARG(m->key));
        for (size_t k = 0; k < m->n_args; k++)
            out_fmt(h, "    %s %.*s;\n", po_arg_type(m->args[k]), STR_ARG(m->args[k]));
        out_lit(h, "};\n");
        static const char *const forms[] = {"html", "text", "attr"};
        for (size_t f = 0; f < ARRAY_LEN(forms); f++)
            out_fmt(h, "void %s_msg_%.*s(struct out *out, const struct lang *lang, struct msg_%.*s args);\n", forms[f],
                    STR_ARG(m->key), STR_ARG(m->key));
    }
    out_lit(h, "#endif\n");
}

/* ---- The tables ---- */

static void put_form(struct out *c, struct arena *arena, const struct po_message *m, struct str text)
{
    out_char(c, '{');
    for (enum po_form form = PO_HTML; form <= PO_ATTR; form++) {
        struct out rendered = out_init(arena, OUT_MAX);
        po_render(&rendered, m, text, form);
        out_lit(c, "STR_INIT(");
        po_c_literal(c, out_take(&rendered));
        out_lit(c, "),");
    }
    out_char(c, '}');
}

static void put_functions(struct out *c, const struct po_message *m)
{
    static const char *const forms[][2] = {{"html", "MSG_HTML"}, {"text", "MSG_TEXT"}, {"attr", "MSG_ATTR"}};
    for (size_t f = 0; f < ARRAY_LEN(forms); f++) {
        out_fmt(c, "void %s_msg_%.*s(struct out *out, const struct lang *lang, struct msg_%.*s args)\n{\n", forms[f][0],
                STR_ARG(m->key), STR_ARG(m->key));
        out_lit(c, "    const struct msg_arg all[] = {");
        for (size_t k = 0; k < m->n_args; k++) {
            const char *type = po_arg_type(m->args[k]);
            struct str arg = m->args[k];
            if (strcmp(type, "int64_t") == 0)
                out_fmt(c, "{.kind = MSG_ARG_NUM, .n = args.%.*s}, ", STR_ARG(arg));
            else if (strcmp(type, "struct when_text") == 0)
                out_fmt(c, "{.kind = MSG_ARG_WHEN, .s = args.%.*s.words, .iso = args.%.*s.iso}, ", STR_ARG(arg),
                        STR_ARG(arg));
            else if (strcmp(type, "struct url") == 0)
                out_fmt(c, "{.kind = MSG_ARG_URL, .s = args.%.*s.s}, ", STR_ARG(arg));
            else
                out_fmt(c, "{.kind = MSG_ARG_STR, .s = args.%.*s}, ", STR_ARG(arg));
        }
        out_fmt(c, "};\n    msg_put(out, lang, MSG_%.*s, %s, %s, all);\n}\n", STR_ARG(m->key), forms[f][1],
                m->plural ? "args.n == 1" : "false");
    }
}

static void put_tables(struct out *c, struct arena *arena, const struct po *all, size_t n_langs)
{
    const struct po *po = &all[0];
    out_lit(c, "/* Generated from locale/ by tools/msgc: do not edit. */\n#include \"msg_table.h\"\n"
               "const struct str msg_names[] = {\n");
    for (size_t i = 0; i < po->n_messages; i++)
        out_fmt(c, "    STR_INIT(\"%.*s\"),\n", STR_ARG(po->messages[i].key));
    out_lit(c, "};\n");
    for (size_t l = 0; l < n_langs; l++) {
        struct str code = code_of(all[l].path);
        out_fmt(c, "static const struct msg_entry entries_%.*s[] = {\n", STR_ARG(code));
        for (size_t i = 0; i < all[l].n_messages; i++) {
            const struct po_message *m = &all[l].messages[i];
            /* Argument numbers must be those of the first catalogue; both lists are sorted and equal. */
            out_fmt(c, "    [MSG_%.*s] = {.n_args = %zu, .many = ", STR_ARG(m->key), m->n_args);
            put_form(c, arena, m, m->text[m->plural]);
            if (m->plural) {
                out_lit(c, ", .one = ");
                put_form(c, arena, m, m->text[0]);
            }
            out_lit(c, "},\n");
        }
        out_fmt(c, "};\nconst struct lang lang_%.*s = {.code = STR_INIT(\"%.*s\"), .entries = entries_%.*s};\n",
                STR_ARG(code), STR_ARG(code), STR_ARG(code));
    }
    out_lit(c, "const struct lang *const lang_all[] = {");
    for (size_t l = 0; l < n_langs; l++)
        out_fmt(c, "&lang_%.*s, ", STR_ARG(code_of(all[l].path)));
    out_fmt(c, "};\nconst size_t n_lang_all = %zu;\n", n_langs);
    for (size_t i = 0; i < po->n_messages; i++)
        if (po->messages[i].n_args > 0)
            put_functions(c, &po->messages[i]);
}

/* ---- Unused keys ---- */

static bool is_word_char(char c)
{
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Mark each key that the text uses; the longest word after a mark is the key. */
static void mark_used(const struct po *po, bool *used, struct str text)
{
    static const char *const marks[] = {"{{t ", "MSG_", "html_msg_", "text_msg_", "attr_msg_"};
    for (size_t i = 0; i < text.n; i++) {
        struct str here = str_skip(text, i), prefix = STR("MSG_PREFIX(\"");
        if (str_starts(here, prefix)) {
            here = str_skip(here, prefix.n);
            ptrdiff_t end = str_find_char(here, '"');
            for (size_t k = 0; end > 0 && k < po->n_messages; k++)
                used[k] |= str_starts(po->messages[k].key, str_head(here, (size_t)end));
        }
        for (size_t m = 0; m < ARRAY_LEN(marks); m++) {
            if (!str_starts(here, str_from(marks[m])))
                continue;
            struct str word = str_skip(here, strlen(marks[m]));
            size_t n = 0;
            while (n < word.n && is_word_char(word.p[n]))
                n++;
            const struct po_message *found = po_find(po, str_head(word, n));
            if (found)
                used[found - po->messages] = true;
            for (size_t k = 0; str_starts(str_skip(word, n), STR("##")) && k < po->n_messages; k++)
                used[k] |= str_starts(po->messages[k].key, str_head(word, n));
        }
    }
}

static int check_unused(struct arena *arena, int n_files, char **files)
{
    struct po po = po_read(arena, files[0]);
    bool *used = ARENA_ARRAY(arena, bool, po.n_messages);
    for (int i = 1; i < n_files; i++) {
        ARENA_SCOPE struct arena *scratch = arena_new(ARENA_MAX);
        mark_used(&po, used, po_read_file(scratch, files[i]));
    }
    int n_unused = 0;
    for (size_t i = 0; i < po.n_messages; i++) {
        if (used[i])
            continue;
        fprintf(stderr, "%s:%d: error: nothing uses \"%.*s\"\n", po.path, po.messages[i].line,
                STR_ARG(po.messages[i].key));
        n_unused++;
    }
    return n_unused > 0;
}

int main(int argc, char **argv)
{
    ARENA_SCOPE struct arena *arena = arena_new(ARENA_MAX);
    if (argc >= 3 && strcmp(argv[1], "--unused") == 0)
        return check_unused(arena, argc - 2, argv + 2);
    int n_langs = argc - 3;
    if (n_langs < 1 || n_langs > LANGS_MAX) {
        fprintf(stderr, "usage: msgc OUT.h OUT.c LANG.po...\n       msgc --unused LANG.po FILE...\n");
        return 2;
    }
    struct po all[LANGS_MAX];
    for (int i = 0; i < n_langs; i++) {
        all[i] = po_read(arena, argv[3 + i]);
        if (i > 0)
            check_same(&all[0], &all[i]);
    }
    struct out h = out_init(arena, OUT_MAX), c = out_init(arena, OUT_MAX);
    put_header(&h, all, (size_t)n_langs);
    put_tables(&c, arena, all, (size_t)n_langs);
    po_write_file(argv[1], out_take(&h));
    po_write_file(argv[2], out_take(&c));
    return 0;
}
