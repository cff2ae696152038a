#include "yaml_tree.h"

#include <yaml.h>

/* == Faults ======================================================================================================== */

void yaml_fault(struct yaml_doc *doc, int line, const char *format, ...)
{
    if (doc->n_faults == YAML_FAULTS_MAX)
        return;
    if (doc->n_faults == doc->faults_room) {
        size_t room = doc->faults_room ? doc->faults_room * 2 : 8;
        doc->faults = arena_grow(doc->ctx->arena, doc->faults, doc->faults_room * sizeof(*doc->faults),
                                 room * sizeof(*doc->faults));
        doc->faults_room = room;
    }
    struct out out = out_init(doc->ctx->arena, 1000);
    va_list list;
    va_start(list, format);
    out_vfmt(&out, format, list);
    va_end(list);
    struct str message = out.full ? STR("the fault's text is too long to show") : out_take(&out);
    doc->faults[doc->n_faults++] = (struct routine_fault){line < 1 ? 1 : line, message};
}

void yaml_sort_faults(struct yaml_doc *doc)
{
    for (size_t i = 1; i < doc->n_faults; i++) { /* stable, and at most 200 */
        struct routine_fault fault = doc->faults[i];
        size_t at = i;
        for (; at > 0 && doc->faults[at - 1].line > fault.line; at--)
            doc->faults[at] = doc->faults[at - 1];
        doc->faults[at] = fault;
    }
}

struct str yaml_quoted(struct yaml_doc *doc, struct str text)
{
    struct str head = str_utf8_head(text, 60);
    struct out out = out_init(doc->ctx->arena, 300);
    for (size_t i = 0; i < head.n; i++)
        out_char(&out, (unsigned char)head.p[i] < ' ' ? ' ' : head.p[i]);
    if (head.n < text.n)
        out_lit(&out, "...");
    return out_take(&out);
}

/* == Text to tree ================================================================================================== */

struct level {
    int node, last; /* last: newest child */
    int n_keys;
    bool has_key;
    struct str key;
    int key_line;
};

struct builder {
    struct yaml_doc *doc;
    struct level levels[YAML_DEPTH_MAX];
    int depth;
    bool is_done; /* stop: a bound is broken, or the document has ended */
    bool is_wrong;
};

static void stop(struct builder *b, int line, const char *message)
{
    yaml_fault(b->doc, line, "%s", message);
    b->is_done = b->is_wrong = true;
}

/* A new node as the next child of the innermost level (or the root); 0 when a bound is reached. */
static int add_node(struct builder *b, enum yaml_kind kind, int line)
{
    struct yaml_doc *doc = b->doc;
    if (doc->n_nodes == YAML_NODES_MAX) {
        stop(b, line, "the file holds more than 20,000 values");
        return 0;
    }
    if (doc->n_nodes == doc->room) {
        int room = doc->room ? doc->room * 2 : 256;
        doc->nodes = arena_grow(doc->ctx->arena, doc->nodes, (size_t)doc->room * sizeof(*doc->nodes),
                                (size_t)room * sizeof(*doc->nodes));
        doc->room = room;
    }
    int id = doc->n_nodes++;
    doc->nodes[id] = (struct yaml_node){.kind = kind, .line = line};
    if (b->depth == 0)
        return id;
    struct level *level = &b->levels[b->depth - 1];
    struct yaml_node *parent = &doc->nodes[level->node];
    if (parent->kind == YAML_MAP) {
        doc->nodes[id].key = level->key;
        doc->nodes[id].key_line = level->key_line;
        level->has_key = false;
        if (++level->n_keys > YAML_KEYS_MAX) {
            stop(b, line, "more than 200 keys in one map");
            return 0;
        }
        for (int sibling = parent->first; sibling != 0; sibling = doc->nodes[sibling].next)
            if (str_eq(doc->nodes[sibling].key, level->key))
                yaml_fault(doc, level->key_line, "\"%.*s\" stands twice (first on line %d)",
                           STR_ARG(yaml_quoted(doc, level->key)), doc->nodes[sibling].key_line);
    }
    if (level->last != 0)
        doc->nodes[level->last].next = id;
    else
        parent->first = id;
    level->last = id;
    return id;
}

static void open_level(struct builder *b, enum yaml_kind kind, int line)
{
    if (b->depth > 0 && b->doc->nodes[b->levels[b->depth - 1].node].kind == YAML_MAP &&
        !b->levels[b->depth - 1].has_key) {
        stop(b, line, "a key must be a word, not a list or a map");
        return;
    }
    if (b->depth == YAML_DEPTH_MAX) {
        stop(b, line, "more than 16 levels inside each other");
        return;
    }
    int id = add_node(b, kind, line);
    if (id != 0)
        b->levels[b->depth++] = (struct level){.node = id};
}

static void add_scalar(struct builder *b, const yaml_event_t *event, int line)
{
    struct str raw = {(const char *)event->data.scalar.value, event->data.scalar.length};
    struct str text = raw.n ? str_copy(b->doc->ctx->arena, raw) : STR("");
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if ((c < ' ' && c != '\n' && c != '\t') || c == 127) {
            yaml_fault(b->doc, line, "the text holds a control character (%d)", c);
            text = STR("");
        }
    }
    if (b->depth > 0) {
        struct level *level = &b->levels[b->depth - 1];
        if (b->doc->nodes[level->node].kind == YAML_MAP && !level->has_key) {
            level->has_key = true;
            level->key = text;
            level->key_line = line;
            return;
        }
    }
    int id = add_node(b, YAML_SCALAR, line);
    if (id == 0)
        return;
    b->doc->nodes[id].text = text;
    b->doc->nodes[id].is_plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
}

static void take_event(struct builder *b, const yaml_event_t *event)
{
    static const char no_anchor[] = "anchors (&) are not used here: write it out";
    int line = (int)event->start_mark.line + 1;
    switch (event->type) {
    case YAML_ALIAS_EVENT:
        stop(b, line, "aliases (*) are not used here: write it out");
        break;
    case YAML_SCALAR_EVENT:
        if (event->data.scalar.anchor != NULL)
            stop(b, line, no_anchor);
        else if (event->data.scalar.tag != NULL)
            stop(b, line, "tags (!) are not used here");
        else
            add_scalar(b, event, line);
        break;
    case YAML_SEQUENCE_START_EVENT:
        if (event->data.sequence_start.anchor != NULL)
            stop(b, line, no_anchor);
        else
            open_level(b, YAML_LIST, line);
        break;
    case YAML_MAPPING_START_EVENT:
        if (event->data.mapping_start.anchor != NULL)
            stop(b, line, no_anchor);
        else
            open_level(b, YAML_MAP, line);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        b->depth--;
        break;
    case YAML_DOCUMENT_START_EVENT:
        if (b->doc->n_nodes > 1)
            stop(b, line, "a second document (---) begins here; one file holds one routine");
        break;
    case YAML_STREAM_END_EVENT:
        b->is_done = true;
        break;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        break;
    }
}

static int line_at(struct str text, size_t at)
{
    int line = 1;
    for (size_t i = 0; i < at && i < text.n; i++)
        line += text.p[i] == '\n';
    return line;
}

static int first_line_not_utf8(struct str text)
{
    int line = 1;
    for (struct str rest = text, part; str_split(&rest, '\n', &part); line++)
        if (!str_is_utf8(part))
            return line;
    return 0;
}

static bool line_holds_tab(struct str text, int line)
{
    struct str part = STR_NONE;
    for (struct str rest = text; line > 0 && str_split(&rest, '\n', &part); line--)
        ;
    return line == 0 && str_find_char(part, '\t') >= 0;
}

static void syntax_fault(struct yaml_doc *doc, struct str text, const yaml_parser_t *parser)
{
    int line = (int)parser->problem_mark.line + 1, last = line_at(text, text.n > 0 ? text.n - 1 : 0);
    if (line > last)
        line = last; /* the file ends too early */
    bool is_tab = parser->problem != NULL &&
                  (strstr(parser->problem, "tab character") != NULL ||
                   (strstr(parser->problem, "cannot start any token") != NULL && line_holds_tab(text, line)));
    if (is_tab)
        yaml_fault(doc, line, "a tab stands where the line is indented: use spaces");
    else if (parser->context != NULL)
        yaml_fault(doc, line, "this is not YAML: %s, %s (from line %d)",
                   parser->problem != NULL ? parser->problem : "unreadable", parser->context,
                   (int)parser->context_mark.line + 1);
    else
        yaml_fault(doc, line, "this is not YAML: %s", parser->problem != NULL ? parser->problem : "unreadable");
}

static bool is_readable(struct yaml_doc *doc, struct str text)
{
    int line = text.n <= ROUTINE_FILE_MAX ? first_line_not_utf8(text) : 0;
    const char *nul = text.n ? memchr(text.p, 0, text.n) : NULL;
    if (text.n > ROUTINE_FILE_MAX)
        yaml_fault(doc, 1, "the file is larger than %d kB", ROUTINE_FILE_MAX / 1024);
    else if (line != 0)
        yaml_fault(doc, line, "the line is not UTF-8: save the file as UTF-8");
    else if (nul != NULL)
        yaml_fault(doc, line_at(text, (size_t)(nul - text.p)), "the file holds a zero byte");
    return doc->n_faults == 0;
}

bool yaml_parse(struct ctx *ctx, struct str text, struct yaml_doc *ret)
{
    static const struct str mark = STR_INIT("\xef\xbb\xbf"); /* some editors begin UTF-8 files with it */
    if (str_starts(text, mark))
        text = str_skip(text, mark.n);
    *ret = (struct yaml_doc){.ctx = ctx};
    struct builder b = {.doc = ret};
    add_node(&b, YAML_SCALAR, 1); /* [0] */
    if (!is_readable(ret, text))
        return false;
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser))
        BUG("libyaml has no memory");
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)(text.n ? text.p : ""), text.n);
    while (!b.is_done) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            syntax_fault(ret, text, &parser);
            b.is_done = b.is_wrong = true;
            break;
        }
        take_event(&b, &event);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    if (!b.is_wrong && ret->n_nodes == 1) {
        yaml_fault(ret, 1, "the file is empty");
        return false;
    }
    return !b.is_wrong;
}

int yaml_child(const struct yaml_doc *doc, int node, const char *key)
{
    if (node == 0 || doc->nodes[node].kind != YAML_MAP)
        return 0;
    for (int child = doc->nodes[node].first; child != 0; child = doc->nodes[child].next)
        if (str_eq(doc->nodes[child].key, str_from(key)))
            return child;
    return 0;
}

int yaml_line(const struct yaml_doc *doc, struct in_file at, const char *key)
{
    int child = yaml_child(doc, at.node, key);
    return child != 0 ? doc->nodes[child].key_line : at.line;
}
