/* htmlc: page templates -> typed, escaping C.
 *
 * Synopsis: htmlc CATALOGUE.po IN.html OUT.h OUT.c
 * Input:    HTML with these marks; views in x_page.html find their structs in x_view.h:
 *             {{import parts_page}}                   use the views of another template; {{import "x.h"}}: a C header
 *             {{view case_page: struct case_view}}    a view; reads its struct as v
 *             {{e}}  {{num e}}                        a C expression, escaped by place and C type; an integer
 *             {{t key}}  {{t key n=e who=e}}          a message of the catalogue; plain text inside attributes
 *             {{if e}} {{else if e}} {{else}} {{end}} e is bool (or a comparison)
 *             {{each p in v->rows}} ... {{end}}       v->rows[0 .. v->n_rows); p is a const pointer, p_i its number
 * from 0
 *             {{use other(e)}}                        another view, given a pointer
 *             {{slot}}                                where the content goes, in a view made for
 *             {{wrap frame(e)}} ... {{end}}           such a view around a content
 * Output:   html_case_page(out, lang, v); for a view with a slot html_frame_begin and html_frame_end.
 * Refused:  everything by which text could become markup or script, unbalanced elements and blocks, inline script and
 * style, words outside the catalogue. There is no raw marker. Each fault is told as FILE:LINE:. Source:   style.md
 * rules 37-41; WHATWG HTML 13.1. */
#include "htmlc.h"

enum { ARENA_MAX = 256 * 1024 * 1024 };

static const char elements_void[] = "area br col hr img input link meta source wbr";
static const char elements_svg[] =
    "svg path circle rect line g polyline polygon ellipse text tspan use symbol defs desc";
static const char elements_other[] =
    "html head title body header footer main nav section article aside div span p h1 h2 h3 h4 h5 h6 ol ul li dl dt dd "
    "a strong em b i small mark abbr cite q code kbd samp sub sup time del ins blockquote pre figure figcaption "
    "picture "
    "form fieldset legend label select optgroup option textarea button output datalist details summary dialog progress "
    "meter table caption colgroup thead tbody tfoot tr th td script style noscript address bdi bdo search";

static const char attrs_address[] =
    "href src action formaction poster cite data ping background manifest hx-get hx-post "
    "hx-put hx-patch hx-delete hx-push-url hx-replace-url xlink:href";
static const char attrs_words[] =
    "alt title placeholder label aria-label aria-description aria-roledescription aria-valuetext aria-placeholder";
static const char attrs_fixed[] = "srcset http-equiv rel sandbox hx-vals hx-vars hx-headers hx-trigger hx-ext hx-swap "
                                  "hx-select hx-target hx-include";

static void put(struct compiler *k, struct str s)
{
    out_str(&k->literal, s);
}

static void advance(struct compiler *k, size_t n)
{
    for (size_t i = 0; i < n; i++)
        k->line += k->src.p[k->at + i] == '\n';
    k->at += n;
}

static bool is_inside(const struct compiler *k, const char *names)
{
    for (size_t i = 0; i < k->n_elements; i++)
        if (htmlc_is_one_of(k->elements[i].name, names))
            return true;
    return false;
}

static struct str take_name(struct compiler *k)
{
    struct str s = str_skip(k->src, k->at);
    size_t n = 0;
    while (n < s.n && (htmlc_is_name_char(s.p[n]) || s.p[n] == '-' || s.p[n] == ':'))
        n++;
    advance(k, n);
    return str_head(s, n);
}

/* ---- Between elements ---- */

static void read_end_tag(struct compiler *k)
{
    advance(k, 2);
    struct str name = take_name(k);
    size_t floor = k->n_blocks > 0 ? k->blocks[k->n_blocks - 1].n_elements : 0;
    if (k->at >= k->src.n || k->src.p[k->at] != '>')
        DIE(k, "</%.*s lacks its >", STR_ARG(name));
    if (k->n_elements == floor || !str_eq(k->elements[k->n_elements - 1].name, name))
        DIE(k, "</%.*s> closes nothing that was opened here", STR_ARG(name));
    k->n_elements--;
    advance(k, 1);
    out_fmt(&k->literal, "</%.*s>", STR_ARG(name));
}

static void read_start_tag(struct compiler *k)
{
    advance(k, 1);
    struct str name = take_name(k);
    if (!htmlc_is_one_of(name, elements_void) && !htmlc_is_one_of(name, elements_svg) &&
        !htmlc_is_one_of(name, elements_other))
        DIE(k, "<%.*s> is not an element that pages may use", STR_ARG(name));
    out_fmt(&k->literal, "<%.*s", STR_ARG(name));
    k->state = (struct state){.place = TAG, .tag = name};
}

static void read_text(struct compiler *k)
{
    struct str s = str_skip(k->src, k->at);
    if (str_starts(s, STR("<!--"))) {
        ptrdiff_t end = str_find(s, STR("-->"));
        if (end < 0)
            DIE(k, "<!-- without -->");
        advance(k, (size_t)end + 3);
    } else if (str_starts(s, STR("<!DOCTYPE html>"))) {
        put(k, str_head(s, 15));
        advance(k, 15);
    } else if (str_starts(s, STR("</"))) {
        read_end_tag(k);
    } else if (s.p[0] == '<') {
        read_start_tag(k);
    } else if (s.p[0] == '&') {
        ptrdiff_t end = str_find_char(s, ';');
        if (end < 2 || end > 10)
            DIE(k, "& must begin an entity such as &nbsp;");
        put(k, str_head(s, (size_t)end + 1));
        advance(k, (size_t)end + 1);
    } else if (htmlc_is_space(s.p[0]) && !is_inside(k, "pre textarea")) {
        size_t n = 0;
        while (n < s.n && htmlc_is_space(s.p[n]))
            n++;
        put(k, str_find_char(str_head(s, n), '\n') >= 0 ? STR("\n") : STR(" "));
        advance(k, n);
    } else {
        if (htmlc_is_letter(s.p[0]) || (unsigned char)s.p[0] >= 0x80)
            DIE(k, "words belong to the catalogue: {{t key}}");
        if (s.p[0] == '>' || s.p[0] == '{' || s.p[0] == '}')
            DIE(k, "a stray %c", s.p[0]);
        put(k, str_head(s, 1));
        advance(k, 1);
    }
}

/* ---- Inside a tag ---- */

static void end_tag_head(struct compiler *k, bool closed)
{
    struct str name = k->state.tag;
    put(k, closed ? STR("/>") : STR(">"));
    k->state = (struct state){.place = TEXT};
    if (closed || htmlc_is_one_of(name, elements_void))
        return;
    if (k->n_elements == ELEMENTS_MAX)
        DIE(k, "elements nested deeper than %d", ELEMENTS_MAX);
    k->elements[k->n_elements++] = (struct element){name, k->line};
    struct str after = str_skip(k->src, k->at);
    if (htmlc_is_one_of(name, "script style") && !str_starts(after, str_fmt(k->arena, "</%.*s>", STR_ARG(name))))
        DIE(k, "script and style come from files: nothing may stand inside <%.*s>", STR_ARG(name));
    /* The parser drops one newline here (WHATWG HTML 13.2.6.4.7); a text's own first newline must survive. */
    if (htmlc_is_one_of(name, "pre textarea"))
        put(k, STR("\n"));
}

static void read_attr(struct compiler *k)
{
    struct str name = take_name(k);
    if (name.n == 0)
        DIE(k, "unexpected %c in <%.*s>", k->src.p[k->at], STR_ARG(k->state.tag));
    if (str_starts(name, STR("on")) || str_starts(name, STR("hx-on")) || htmlc_is_one_of(name, "style srcdoc"))
        DIE(k, "the attribute \"%.*s\" is inline script or style", STR_ARG(name));
    put(k, name);
    struct str after = str_skip(k->src, k->at);
    if (!str_starts(after, STR("=")))
        return;
    if (after.n < 2 || (after.p[1] != '"' && after.p[1] != '\''))
        DIE(k, "the value of \"%.*s\" lacks its quotes", STR_ARG(name));
    out_fmt(&k->literal, "=%c", after.p[1]);
    advance(k, 2);
    k->state.place = VALUE;
    k->state.attr = name;
    k->state.quote = after.p[1];
    k->state.value_at = k->at;
    k->state.kind = htmlc_is_one_of(name, attrs_address) ? VALUE_ADDRESS
                    : htmlc_is_one_of(name, attrs_words) ? VALUE_WORDS
                    : htmlc_is_one_of(name, attrs_fixed) ? VALUE_FIXED
                                                         : VALUE_PLAIN;
}

static void read_tag(struct compiler *k)
{
    struct str s = str_skip(k->src, k->at);
    if (htmlc_is_space(s.p[0])) {
        size_t n = 0;
        while (n < s.n && htmlc_is_space(s.p[n]))
            n++;
        put(k, STR(" "));
        advance(k, n);
    } else if (s.p[0] == '>') {
        advance(k, 1);
        end_tag_head(k, false);
    } else if (str_starts(s, STR("/>")) && htmlc_is_one_of(k->state.tag, elements_svg)) {
        advance(k, 2);
        end_tag_head(k, true);
    } else {
        read_attr(k);
    }
}

static void read_value(struct compiler *k)
{
    char c = k->src.p[k->at];
    if (c == k->state.quote) {
        put(k, str_head(str_skip(k->src, k->at), 1));
        k->state = (struct state){.place = TAG, .tag = k->state.tag};
        advance(k, 1);
        return;
    }
    if (c == '<' || c == '\n')
        DIE(k, "the value of \"%.*s\" is not closed", STR_ARG(k->state.attr));
    if (k->state.kind == VALUE_WORDS && (htmlc_is_letter(c) || (unsigned char)c >= 0x80))
        DIE(k, "people read \"%.*s\": words belong to the catalogue", STR_ARG(k->state.attr));
    if (k->state.kind == VALUE_ADDRESS) {
        bool first = k->at == k->state.value_at;
        bool foreign = first && str_starts(str_skip(k->src, k->at), STR("https://"));
        if (first && c == '/')
            htmlc_code(k, "out_str(out, lang->root);");
        else if ((first || k->src.p[k->at - 1] == '}') && c != '#' && c != '?' && !foreign)
            DIE(k, "an address begins with /, #, ? or https://, or is one struct url");
    }
    put(k, str_head(str_skip(k->src, k->at), 1));
    advance(k, 1);
}

/* ---- The file ---- */

static void compile(struct compiler *k)
{
    while (k->at < k->src.n) {
        if (str_starts(str_skip(k->src, k->at), STR("{{"))) {
            htmlc_mark(k);
        } else if (k->view.n == 0) {
            if (!htmlc_is_space(k->src.p[k->at]))
                DIE(k, "only {{import}} and comments may stand before the first {{view}}");
            advance(k, 1);
        } else {
            switch (k->state.place) {
            case TEXT:
                read_text(k);
                break;
            case TAG:
                read_tag(k);
                break;
            case VALUE:
                read_value(k);
                break;
            }
        }
    }
    if (k->view.n == 0)
        DIE(k, "no {{view}}");
    htmlc_end_view(k);
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: htmlc CATALOGUE.po IN.html OUT.h OUT.c\n");
        return 2;
    }
    ARENA_SCOPE struct arena *arena = arena_new(ARENA_MAX);
    const char *path = argv[2], *slash = strrchr(path, '/');
    struct str name = str_from(slash ? slash + 1 : path), suffix = STR("_page.html");
    if (!str_ends(name, suffix))
        po_die(path, 0, "a template's name ends in _page.html");
    name = str_head(name, name.n - suffix.n);
    struct po po = po_read(arena, argv[1]);
    struct compiler *k = ARENA_NEW(arena, struct compiler);
    *k = (struct compiler){.path = path, .arena = arena, .po = &po, .src = po_read_file(arena, path), .line = 1};
    k->h = out_init(arena, HTMLC_OUT_MAX);
    k->c = out_init(arena, HTMLC_OUT_MAX);
    k->literal = out_init(arena, HTMLC_OUT_MAX);
    out_fmt(&k->h,
            "/* Generated from %s by tools/htmlc: do not edit. */\n#ifndef GAVA_%.*s_PAGE_HTML_H\n"
            "#define GAVA_%.*s_PAGE_HTML_H\n#include \"msg.h\"\n#include \"%.*s_view.h\"\n",
            path, STR_ARG(name), STR_ARG(name), STR_ARG(name));
    out_fmt(&k->c, "/* Generated from %s by tools/htmlc: do not edit. */\n#include \"%.*s_page_html.h\"\n", path,
            STR_ARG(name));
    compile(k);
    out_lit(&k->h, "#endif\n");
    po_write_file(argv[3], out_take(&k->h));
    po_write_file(argv[4], out_take(&k->c));
    return 0;
}
