#include "htmlc.h"

/* The marks of htmlc: the grammar stands at the top of htmlc.c. */

enum { LITERAL_MAX = 1000 };

bool htmlc_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool htmlc_is_name_char(char c)
{
    return htmlc_is_letter(c) || (c >= '0' && c <= '9') || c == '_';
}

bool htmlc_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool htmlc_is_one_of(struct str s, const char *list)
{
    struct str rest = str_from(list), word;
    while (str_split(&rest, ' ', &word))
        if (str_eq(s, word))
            return true;
    return false;
}

static bool is_identifier(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!htmlc_is_name_char(s.p[i]))
            return false;
    return s.n > 0 && !(s.p[0] >= '0' && s.p[0] <= '9');
}

/* ---- Writing C ---- */

static void flush_literal(struct compiler *k)
{
    struct str s = out_take(&k->literal);
    while (s.n > 0) { /* ISO C promises 4095 bytes in a literal */
        struct str part = str_utf8_head(s, LITERAL_MAX);
        out_lit(&k->c, "    out_lit(out, ");
        po_c_literal(&k->c, part);
        out_lit(&k->c, ");\n");
        s = str_skip(s, part.n);
    }
    k->literal = out_init(k->arena, HTMLC_OUT_MAX);
}

void htmlc_code(struct compiler *k, const char *format, ...)
{
    va_list args;
    flush_literal(k);
    out_fmt(&k->c, "#line %d \"%s\"\n    ", k->line, k->path);
    va_start(args, format);
    out_vfmt(&k->c, format, args);
    va_end(args);
    out_char(&k->c, '\n');
}

/* ---- Directives ---- */

/* The next word or expression: up to white space outside parentheses. */
static struct str take_word(struct str *rest)
{
    struct str s = str_trim(*rest);
    size_t n = 0;
    int depth = 0;
    for (; n < s.n && (depth > 0 || !htmlc_is_space(s.p[n])); n++)
        depth += s.p[n] == '(' ? 1 : s.p[n] == ')' ? -1 : 0;
    *rest = str_trim(str_skip(s, n));
    return str_head(s, n);
}

/* Text for people cannot hold elements inside an attribute or these elements. */
static bool is_plain_place(const struct compiler *k)
{
    return k->state.place == VALUE ||
           (k->n_elements > 0 && htmlc_is_one_of(k->elements[k->n_elements - 1].name, "title textarea option"));
}

/* A value may stand here; marks the attribute as holding one. */
static void check_value_place(struct compiler *k)
{
    if (k->state.place == TAG)
        DIE(k, "a value inside a tag must stand in a quoted attribute");
    if (k->state.place == VALUE && k->state.kind == VALUE_FIXED)
        DIE(k, "the attribute \"%.*s\" takes no value", STR_ARG(k->state.attr));
}

static void do_value(struct compiler *k, struct str e)
{
    check_value_place(k);
    if (k->state.place == VALUE && k->state.kind == VALUE_ADDRESS) {
        struct str before = str_skip(str_head(k->src, k->at), k->state.value_at);
        if (str_starts(before, STR("#")))
            htmlc_code(k, "html_put_attr(out, %.*s);", STR_ARG(e));
        else if (before.n == 0 || (k->n_blocks > 0 && k->blocks[k->n_blocks - 1].state.place == VALUE))
            htmlc_code(k, "html_put_url(out, lang->root, %.*s);", STR_ARG(e));
        else
            DIE(k, "an address is one struct url, or \"#\" and a text");
    } else {
        htmlc_code(k, "html_put_%s(out, %.*s);", is_plain_place(k) ? "attr" : "text", STR_ARG(e));
    }
    k->state.value_dynamic = true;
}

static void do_message(struct compiler *k, struct str rest)
{
    struct str key = take_word(&rest);
    const struct po_message *message = po_find(k->po, key);
    const char *form = is_plain_place(k) ? "attr" : "html";
    size_t n_given = 0;
    struct str given[PO_ARGS_MAX];
    check_value_place(k);
    if (k->state.place == VALUE && k->state.kind == VALUE_ADDRESS)
        DIE(k, "a message is no address");
    if (message == NULL)
        DIE(k, "\"%.*s\" is not in %s", STR_ARG(key), k->po->path);
    k->state.value_dynamic = true;
    if (rest.n == 0 && message->n_args == 0) {
        htmlc_code(k, "%s_msg(out, lang, MSG_%.*s);", form, STR_ARG(key));
        return;
    }
    struct out call = out_init(k->arena, HTMLC_OUT_MAX);
    out_fmt(&call, "%s_msg_%.*s(out, lang, (struct msg_%.*s){", form, STR_ARG(key), STR_ARG(key));
    while (rest.n > 0) {
        struct str arg = take_word(&rest);
        ptrdiff_t equals = str_find_char(arg, '=');
        if (equals <= 0)
            DIE(k, "\"%.*s\" is not name=value", STR_ARG(arg));
        struct str name = str_head(arg, (size_t)equals), e = str_skip(arg, (size_t)equals + 1);
        bool known = false;
        for (size_t i = 0; i < message->n_args; i++)
            known |= str_eq(message->args[i], name);
        for (size_t i = 0; i < n_given; i++)
            known &= !str_eq(given[i], name);
        if (!known || n_given == PO_ARGS_MAX)
            DIE(k, "the message \"%.*s\" has no argument \"%.*s\", or has it already", STR_ARG(key), STR_ARG(name));
        given[n_given++] = name;
        bool number = strcmp(po_arg_type(name), "int64_t") == 0;
        out_fmt(&call, number ? ".%.*s = html_num(%.*s), " : ".%.*s = (%.*s), ", STR_ARG(name), STR_ARG(e));
    }
    if (n_given < message->n_args)
        DIE(k, "the message \"%.*s\" needs %zu arguments, not %zu", STR_ARG(key), message->n_args, n_given);
    htmlc_code(k, "%.*s});", STR_ARG(out_take(&call)));
}

static void open_block(struct compiler *k, enum block_kind kind, struct str end)
{
    if (k->n_blocks == BLOCKS_MAX)
        DIE(k, "blocks nested deeper than %d", BLOCKS_MAX);
    k->blocks[k->n_blocks++] = (struct block){kind, k->line, k->state, k->n_elements, end};
    k->state.value_dynamic = true;
}

/* At {{else}} and {{end}}: the place must be the one where the block began. */
static struct block *check_block(struct compiler *k)
{
    if (k->n_blocks == 0)
        DIE(k, "no block is open here");
    struct block *block = &k->blocks[k->n_blocks - 1];
    struct state a = k->state, b = block->state;
    if (a.place != b.place || a.quote != b.quote || !str_eq(a.tag, b.tag) || !str_eq(a.attr, b.attr) ||
        k->n_elements != block->n_elements)
        DIE(k, "the block of line %d does not close what it opens", block->line);
    return block;
}

static void do_if(struct compiler *k, struct str e)
{
    htmlc_code(k, "if (html_if(%.*s)) {", STR_ARG(e));
    open_block(k, BLOCK_IF, STR("}"));
}

static void do_else(struct compiler *k, struct str rest)
{
    struct block *block = check_block(k);
    struct str word = take_word(&rest);
    if (block->kind != BLOCK_IF)
        DIE(k, "{{else}} without {{if}}");
    if (word.n == 0) {
        htmlc_code(k, "} else {");
        block->kind = BLOCK_ELSE;
    } else if (str_eq(word, STR("if"))) {
        htmlc_code(k, "} else if (html_if(%.*s)) {", STR_ARG(rest));
    } else {
        DIE(k, "expected {{else}} or {{else if ...}}");
    }
}

static void do_each(struct compiler *k, struct str rest)
{
    struct str name = take_word(&rest), in = take_word(&rest), e = rest;
    if (!is_identifier(name) || !str_eq(in, STR("in")) || e.n == 0)
        DIE(k, "expected {{each p in v->rows}}");
    size_t member = e.n;
    while (member > 0 && htmlc_is_name_char(e.p[member - 1]))
        member--;
    struct str owner = str_head(e, member), last = str_skip(e, member);
    htmlc_code(k, "for (size_t %.*s_i = 0; %.*s_i < %.*sn_%.*s; %.*s_i++) {", STR_ARG(name), STR_ARG(name),
               STR_ARG(owner), STR_ARG(last), STR_ARG(name));
    htmlc_code(k, "const __typeof__(*(%.*s)) *%.*s UNUSED = &(%.*s)[%.*s_i];", STR_ARG(e), STR_ARG(name), STR_ARG(e),
               STR_ARG(name));
    open_block(k, BLOCK_EACH, STR("}"));
}

/* "name(e)" into its parts. */
static void take_call(struct compiler *k, struct str s, struct str *ret_name, struct str *ret_e)
{
    ptrdiff_t paren = str_find_char(s, '(');
    if (k->state.place != TEXT)
        DIE(k, "a view may only stand between elements");
    if (paren <= 0 || !str_ends(s, STR(")")) || !is_identifier(str_head(s, (size_t)paren)))
        DIE(k, "expected a view and its struct: name(pointer)");
    *ret_name = str_head(s, (size_t)paren);
    *ret_e = str_head(str_skip(s, (size_t)paren + 1), s.n - (size_t)paren - 2);
}

static void do_use(struct compiler *k, struct str rest)
{
    struct str name, e;
    take_call(k, rest, &name, &e);
    htmlc_code(k, "html_%.*s(out, lang, %.*s);", STR_ARG(name), STR_ARG(e));
}

static void do_wrap(struct compiler *k, struct str rest)
{
    struct str name, e;
    take_call(k, rest, &name, &e);
    htmlc_code(k, "html_%.*s_begin(out, lang, %.*s);", STR_ARG(name), STR_ARG(e));
    open_block(k, BLOCK_WRAP, str_fmt(k->arena, "html_%.*s_end(out, lang, %.*s);", STR_ARG(name), STR_ARG(e)));
}

static void put_function(struct compiler *k, const char *suffix)
{
    out_fmt(&k->h, "void html_%.*s%s(struct out *out, const struct lang *lang, const %.*s *v);\n", STR_ARG(k->view),
            suffix, STR_ARG(k->view_struct));
    out_fmt(&k->c,
            "#line %d \"%s\"\nvoid html_%.*s%s(struct out *out UNUSED, const struct lang *lang UNUSED, "
            "const %.*s *v UNUSED)\n{\n",
            k->line, k->path, STR_ARG(k->view), suffix, STR_ARG(k->view_struct));
}

static void do_slot(struct compiler *k)
{
    if (k->state.place != TEXT || k->n_blocks > 0 || k->has_slot)
        DIE(k, "one {{slot}} in a view, between elements and outside blocks");
    flush_literal(k);
    k->has_slot = true;
    out_lit(&k->c, "}\n");
    put_function(k, "_end");
}

void htmlc_end_view(struct compiler *k)
{
    if (k->view.n == 0)
        return;
    if (k->n_blocks > 0)
        po_die(k->path, k->blocks[k->n_blocks - 1].line, "this block is not closed");
    if (k->n_elements > 0)
        po_die(k->path, k->elements[k->n_elements - 1].line, "<%.*s> is not closed",
               STR_ARG(k->elements[k->n_elements - 1].name));
    if (k->state.place != TEXT)
        DIE(k, "the view ends inside a tag");
    flush_literal(k);
    out_lit(&k->c, "}\n");
}

/* A view has a slot if one stands before the next view. */
static bool slot_follows(const struct compiler *k)
{
    struct str rest = str_skip(k->src, k->at + 2);
    ptrdiff_t slot = str_find(rest, STR("{{slot}}")), next = str_find(rest, STR("{{view "));
    return slot >= 0 && (next < 0 || slot < next);
}

static void do_view(struct compiler *k, struct str rest)
{
    ptrdiff_t colon = str_find_char(rest, ':');
    struct str type = colon < 0 ? STR("") : str_trim(str_skip(rest, (size_t)colon + 1));
    htmlc_end_view(k);
    k->view = str_trim(str_head(rest, colon < 0 ? rest.n : (size_t)colon));
    bool is_enum = str_starts(type, STR("enum "));
    k->view_struct = type;
    if ((!is_enum && !str_starts(type, STR("struct "))) || !is_identifier(k->view) ||
        !is_identifier(str_trim(str_skip(type, strlen(is_enum ? "enum" : "struct")))))
        DIE(k, "expected {{view name: struct name}}");
    k->has_slot = false;
    put_function(k, slot_follows(k) ? "_begin" : "");
}

void htmlc_mark(struct compiler *k)
{
    struct str rest = str_skip(k->src, k->at + 2);
    ptrdiff_t end = str_find(rest, STR("}}"));
    if (end < 0)
        DIE(k, "{{ without }}");
    struct str whole = str_trim(str_head(rest, (size_t)end));
    rest = whole;
    struct str word = take_word(&rest);
    bool outside = htmlc_is_one_of(word, "view import");
    if (outside && (k->n_blocks > 0 || k->state.place != TEXT))
        DIE(k, "{{%.*s}} inside a block or tag", STR_ARG(word));
    if (!outside && k->view.n == 0 && !str_starts(whole, STR("#")))
        DIE(k, "{{%.*s}} before {{view}}", STR_ARG(word));
    if (str_eq(word, STR("view"))) {
        do_view(k, rest);
    } else if (str_eq(word, STR("import"))) {
        bool header = str_starts(rest, STR("\"")) && str_ends(rest, STR(".h\""));
        if (k->view.n > 0 || (!header && !is_identifier(rest)))
            DIE(k, "expected {{import name}} or {{import \"name.h\"}} before the first view");
        out_fmt(&k->c, header ? "#include %.*s\n" : "#include \"%.*s_html.h\"\n", STR_ARG(rest));
    } else if (str_eq(word, STR("t"))) {
        do_message(k, rest);
    } else if (str_eq(word, STR("num"))) {
        check_value_place(k);
        if (k->state.place == VALUE && k->state.kind == VALUE_ADDRESS && k->src.p[k->state.value_at] != '#')
            DIE(k, "a number is no address");
        htmlc_code(k, "html_put_num(out, %.*s);", STR_ARG(rest));
    } else if (str_eq(word, STR("if"))) {
        do_if(k, rest);
    } else if (str_eq(word, STR("else"))) {
        do_else(k, rest);
    } else if (str_eq(word, STR("each"))) {
        do_each(k, rest);
    } else if (str_eq(word, STR("end")) && rest.n == 0) {
        htmlc_code(k, "%.*s", STR_ARG(check_block(k)->end));
        k->n_blocks--;
    } else if (str_eq(word, STR("use"))) {
        do_use(k, rest);
    } else if (str_eq(word, STR("wrap"))) {
        do_wrap(k, rest);
    } else if (str_eq(whole, STR("slot"))) {
        do_slot(k);
    } else if (!str_starts(whole, STR("#"))) {
        if (word.n == 0 || rest.n > 0)
            DIE(k, "unknown mark {{%.*s}}", STR_ARG(whole));
        do_value(k, word);
    }
    for (size_t i = 0; i < (size_t)end + 4; i++)
        k->line += k->src.p[k->at + i] == '\n';
    k->at += (size_t)end + 4;
}
