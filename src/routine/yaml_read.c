#include "yaml_read.h"

static bool is_null(const struct yaml_node *node)
{
    return node->kind == YAML_SCALAR && node->is_plain &&
           (node->text.n == 0 || str_eq(node->text, STR("null")) || str_eq(node->text, STR("~")));
}

static void wrong(struct yaml_doc *doc, const struct yaml_field *field, const struct yaml_node *node, const char *what)
{
    if (node->kind == YAML_SCALAR)
        yaml_fault(doc, node->line, "%s: \"%.*s\" is not %s", field->key, STR_ARG(yaml_quoted(doc, node->text)), what);
    else
        yaml_fault(doc, node->line, "%s: a %s stands where %s should be", field->key,
                   node->kind == YAML_MAP ? "map" : "list", what);
}

static bool read_text(struct yaml_doc *doc, const struct yaml_field *field, const struct yaml_node *node,
                      struct str *ret)
{
    if (node->kind != YAML_SCALAR) {
        wrong(doc, field, node, "a text");
        return false;
    }
    if ((int64_t)node->text.n < field->min || (int64_t)node->text.n > field->max) {
        if (node->text.n == 0)
            yaml_fault(doc, node->line, "%s: the text is empty", field->key);
        else
            yaml_fault(doc, node->line, "%s: the text has %zu bytes; %lld-%lld are allowed", field->key, node->text.n,
                       (long long)field->min, (long long)field->max);
        return false;
    }
    *ret = node->text;
    return true;
}

static void read_int(struct yaml_doc *doc, const struct yaml_field *field, const struct yaml_node *node, void *into)
{
    int64_t value;
    if (node->kind != YAML_SCALAR || !node->is_plain || !str_to_i64(node->text, &value))
        wrong(doc, field, node, "a whole number");
    else if (value < field->min || value > field->max)
        yaml_fault(doc, node->line, "%s: %lld is not %lld-%lld", field->key, (long long)value, (long long)field->min,
                   (long long)field->max);
    else
        memcpy(into, &value, sizeof(value));
}

static void read_bool(struct yaml_doc *doc, const struct yaml_field *field, const struct yaml_node *node, void *into)
{
    bool value = node->kind == YAML_SCALAR && node->is_plain && str_eq(node->text, STR("true"));
    if (value || (node->kind == YAML_SCALAR && node->is_plain && str_eq(node->text, STR("false"))))
        memcpy(into, &value, sizeof(value));
    else
        wrong(doc, field, node, "true or false");
}

static void read_date(struct yaml_doc *doc, const struct yaml_field *field, const struct yaml_node *node, void *into)
{
    struct date date;
    if (node->kind != YAML_SCALAR || !date_parse(node->text, &date))
        wrong(doc, field, node, "a day such as 2026-12-18");
    else
        memcpy(into, &date, sizeof(date));
}

/* -1 and a fault when it is none of the words. */
static int read_word(struct yaml_doc *doc, const struct yaml_field *field, const struct yaml_node *node)
{
    if (node->kind == YAML_SCALAR)
        for (size_t i = 0; i < field->n_words; i++)
            if (str_eq(node->text, field->words[i]))
                return (int)i;
    struct out out = out_init(doc->ctx->arena, 900);
    out_lit(&out, "one of ");
    for (size_t i = 0; i < field->n_words; i++) {
        if (i > 0)
            out_lit(&out, ", ");
        out_str(&out, field->words[i]);
    }
    wrong(doc, field, node, out_take(&out).p);
    return -1;
}

static void read_words(struct yaml_doc *doc, const struct yaml_field *field, const struct yaml_node *node, void *into)
{
    uint64_t bits = 0;
    if (node->kind != YAML_LIST) {
        int word = read_word(doc, field, node);
        bits = word >= 0 ? UINT64_C(1) << word : 0;
    } else if (node->first == 0) {
        yaml_fault(doc, node->line, "%s: the list is empty", field->key);
    }
    for (int child = node->kind == YAML_LIST ? node->first : 0; child != 0; child = doc->nodes[child].next) {
        int word = read_word(doc, field, &doc->nodes[child]);
        if (word < 0)
            continue;
        if (bits & UINT64_C(1) << word)
            yaml_fault(doc, doc->nodes[child].line, "%s: %.*s stands twice", field->key, STR_ARG(field->words[word]));
        bits |= UINT64_C(1) << word;
    }
    memcpy(into, &bits, sizeof(bits));
}

static size_t n_children(const struct yaml_doc *doc, const struct yaml_node *node)
{
    size_t n = 0;
    for (int child = node->first; child != 0; child = doc->nodes[child].next)
        n++;
    return n;
}

static bool list_fits(struct yaml_doc *doc, const struct yaml_field *field, const struct yaml_node *node, size_t n)
{
    if ((int64_t)n <= field->max)
        return true;
    yaml_fault(doc, node->line, "%s: the list has %zu entries; at most %lld are allowed", field->key, n,
               (long long)field->max);
    return false;
}

static void put_list(const struct yaml_field *field, void *base, const void *items, size_t n)
{
    memcpy((char *)base + field->offset, &items, sizeof(items));
    memcpy((char *)base + field->offset_n, &n, sizeof(n));
}

static void read_texts(struct yaml_doc *doc, const struct yaml_field *field, const struct yaml_node *node, void *base)
{
    if (node->kind != YAML_LIST) {
        wrong(doc, field, node, "a list of texts");
        return;
    }
    size_t n = n_children(doc, node), i = 0;
    if (!list_fits(doc, field, node, n))
        return;
    struct yaml_field one = *field;
    one.min = 1;
    one.max = 200;
    struct str *items = ARENA_ARRAY(doc->ctx->arena, struct str, n);
    for (int child = node->first; child != 0; child = doc->nodes[child].next)
        i += read_text(doc, &one, &doc->nodes[child], &items[i]);
    put_list(field, base, items, i);
}

static void read_list(struct yaml_doc *doc, const struct yaml_field *field, const struct yaml_node *node, void *base)
{
    if (node->kind != YAML_LIST) {
        wrong(doc, field, node, "a list");
        return;
    }
    size_t n = n_children(doc, node), i = 0;
    if (!list_fits(doc, field, node, n))
        return;
    char *items = arena_alloc_array(doc->ctx->arena, n, field->schema->size);
    for (int child = node->first; child != 0; child = doc->nodes[child].next)
        yaml_read(doc, child, field->schema, items + i++ * field->schema->size);
    put_list(field, base, items, n);
}

static void read_field(struct yaml_doc *doc, const struct yaml_field *field, int id, void *base)
{
    const struct yaml_node *node = &doc->nodes[id];
    char *into = (char *)base + field->offset;
    if (is_null(node)) {
        if ((field->flags & (FIELD_NEEDED | FIELD_NULLABLE)) == FIELD_NEEDED)
            yaml_fault(doc, node->line, "%s: a value is missing", field->key);
        return;
    }
    switch (field->kind) {
    case FIELD_TEXT: {
        struct str text;
        if (read_text(doc, field, node, &text))
            memcpy(into, &text, sizeof(text));
        break;
    }
    case FIELD_INT:
        read_int(doc, field, node, into);
        break;
    case FIELD_BOOL:
        read_bool(doc, field, node, into);
        break;
    case FIELD_DATE:
        read_date(doc, field, node, into);
        break;
    case FIELD_WORD: {
        int word = read_word(doc, field, node);
        if (word >= 0)
            memcpy(into, &word, sizeof(word));
        break;
    }
    case FIELD_WORDS:
        read_words(doc, field, node, into);
        break;
    case FIELD_TEXTS:
        read_texts(doc, field, node, base);
        break;
    case FIELD_MAP:
        yaml_read(doc, id, field->schema, into);
        break;
    case FIELD_LIST:
        read_list(doc, field, node, base);
        break;
    }
}

static const struct yaml_field *find_field(const struct yaml_schema *schema, struct str key)
{
    for (size_t i = 0; i < schema->n_fields; i++)
        if (str_eq(str_from(schema->fields[i].key), key))
            return &schema->fields[i];
    return NULL;
}

void yaml_read(struct yaml_doc *doc, int id, const struct yaml_schema *schema, void *into)
{
    const struct yaml_node *node = &doc->nodes[id];
    if (node->kind != YAML_MAP) {
        yaml_fault(doc, node->line, "%s should stand here, as \"key: value\" lines", schema->what);
        return;
    }
    int line = node->first != 0 ? doc->nodes[node->first].key_line : node->line;
    if (schema->has_at) {
        struct in_file at = {line, id};
        memcpy((char *)into + schema->offset_at, &at, sizeof(at));
    }
    for (int child = node->first; child != 0; child = doc->nodes[child].next) {
        const struct yaml_field *field = find_field(schema, doc->nodes[child].key);
        if (field != NULL)
            read_field(doc, field, child, into);
        else
            yaml_fault(doc, doc->nodes[child].key_line, "unknown key \"%.*s\" in %s",
                       STR_ARG(yaml_quoted(doc, doc->nodes[child].key)), schema->what);
    }
    for (size_t i = 0; i < schema->n_fields; i++)
        if (schema->fields[i].flags & FIELD_NEEDED && yaml_child(doc, id, schema->fields[i].key) == 0)
            yaml_fault(doc, line, "\"%s\" is missing in %s", schema->fields[i].key, schema->what);
}
