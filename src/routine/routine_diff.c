#include "routine_diff.h"

enum { VALUE_MAX = 100 * 1000, RULES_MAX = 400 };

/* ---- values as text ---- */

static void put_value(struct ctx *ctx, struct out *out, const struct yaml_field *field, const void *base);

static const void *list_of(const struct yaml_field *field, const void *base, size_t *ret_n)
{
    const void *items;
    memcpy(&items, (const char *)base + field->offset, sizeof items);
    memcpy(ret_n, (const char *)base + field->offset_n, sizeof *ret_n);
    return items;
}

static void put_words(struct out *out, const struct yaml_field *field, const void *at)
{
    uint64_t bits;
    memcpy(&bits, at, sizeof bits);
    const char *between = "";
    for (size_t i = 0; i < field->n_words; i++)
        if (bits & UINT64_C(1) << i) {
            out_str(out, str_from(between));
            out_str(out, field->words[i]);
            between = ", ";
        }
}

static void put_texts(struct out *out, const struct yaml_field *field, const void *base)
{
    size_t n;
    const struct str *texts = list_of(field, base, &n);
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            out_lit(out, ", ");
        out_str(out, texts[i]);
    }
}

/* "n: 10, unit: working_day". A map that is not there (its line is 0) gives nothing. */
static void put_map(struct ctx *ctx, struct out *out, const struct yaml_schema *schema, const void *base)
{
    struct in_file at = {.line = 1};
    if (schema->has_at)
        memcpy(&at, (const char *)base + schema->offset_at, sizeof at);
    const char *between = "";
    for (size_t i = 0; at.line != 0 && i < schema->n_fields; i++) {
        struct out value = out_init(ctx->arena, VALUE_MAX);
        put_value(ctx, &value, &schema->fields[i], base);
        if (value.n == 0)
            continue;
        out_fmt(out, "%s%s: ", between, schema->fields[i].key);
        out_str(out, out_take(&value));
        between = ", ";
    }
}

static void put_list(struct ctx *ctx, struct out *out, const struct yaml_field *field, const void *base)
{
    size_t n;
    const char *items = list_of(field, base, &n);
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            out_lit(out, "; ");
        put_map(ctx, out, field->schema, items + i * field->schema->size);
    }
}

/* Nothing for what is not given: no text, no bit, false, no day. A number is always given. */
static void put_value(struct ctx *ctx, struct out *out, const struct yaml_field *field, const void *base)
{
    const void *at = (const char *)base + field->offset;
    switch (field->kind) {
    case FIELD_TEXT: {
        struct str text;
        memcpy(&text, at, sizeof text);
        out_str(out, text);
        break;
    }
    case FIELD_INT: {
        int64_t n;
        memcpy(&n, at, sizeof n);
        out_i64(out, n);
        break;
    }
    case FIELD_BOOL: {
        bool on;
        memcpy(&on, at, sizeof on);
        if (on)
            out_lit(out, "true");
        break;
    }
    case FIELD_DATE: {
        struct date date;
        memcpy(&date, at, sizeof date);
        if (!date_is_none(date) && date.days != 0) /* a list's zero */
            out_date(out, date);
        break;
    }
    case FIELD_WORD: {
        int word;
        memcpy(&word, at, sizeof word);
        out_str(out, field->words[word]);
        break;
    }
    case FIELD_WORDS:
        put_words(out, field, at);
        break;
    case FIELD_TEXTS:
        put_texts(out, field, base);
        break;
    case FIELD_MAP:
        put_map(ctx, out, field->schema, at);
        break;
    case FIELD_LIST:
        put_list(ctx, out, field, base);
        break;
    }
}

static struct str value_of(struct ctx *ctx, const struct yaml_field *field, const void *base)
{
    if (base == NULL)
        return STR_NONE;
    struct out out = out_init(ctx->arena, VALUE_MAX);
    put_value(ctx, &out, field, base);
    return out.n ? out_take(&out) : STR_NONE;
}

/* ---- rules ---- */

struct differ {
    struct ctx *ctx;
    struct rule_change *rules;
    size_t n;
};

/* Of a rule that is new or gone, what it says by itself; "false", "any" and the like are not worth telling. */
static bool is_said(struct str value)
{
    return !str_is_none(value) && !str_eq(value, STR("any")) && !str_eq(value, STR("0"));
}

/* The keys in which two rules differ; one of them may be NULL. */
static size_t keys_of(struct differ *d, const struct yaml_schema *schema, const void *before, const void *after,
                      const struct key_change **ret)
{
    struct key_change *keys = ARENA_ARRAY(d->ctx->arena, struct key_change, schema->n_fields);
    size_t n = 0;
    for (size_t i = 0; i < schema->n_fields; i++) {
        struct key_change key = {&schema->fields[i], value_of(d->ctx, &schema->fields[i], before),
                                 value_of(d->ctx, &schema->fields[i], after)};
        bool is_id = str_eq(str_from(key.field->key), STR("id"));
        bool differs = before && after ? !str_eq(key.before, key.after) : is_said(key.before) || is_said(key.after);
        if (differs && !is_id)
            keys[n++] = key;
    }
    *ret = keys;
    return n;
}

static void add_rule(struct differ *d, const struct yaml_field *part, struct str id, const void *before,
                     const void *after)
{
    struct rule_change rule = {.part = part, .id = id, .before = before, .after = after};
    rule.n_keys = keys_of(d, part->schema, before, after, &rule.keys);
    rule.kind = before && after ? CHANGE_CHANGED : after ? CHANGE_ADDED : CHANGE_REMOVED;
    if (rule.n_keys > 0 && d->n < RULES_MAX)
        d->rules[d->n++] = rule;
}

/* Every list of rules has its id first among the keys (routine_schema.c). */
static struct str id_of(const struct yaml_schema *schema, const void *item)
{
    struct str id;
    memcpy(&id, (const char *)item + schema->fields[0].offset, sizeof id);
    return id;
}

static const void *find(const struct yaml_schema *schema, const char *items, size_t n, struct str id)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(id_of(schema, items + i * schema->size), id))
            return items + i * schema->size;
    return NULL;
}

/* The new file's order, and then what is gone. */
static void diff_list(struct differ *d, const struct yaml_field *part, const void *before, const void *after)
{
    const struct yaml_schema *schema = part->schema;
    size_t n_before, n_after;
    const char *old = list_of(part, before, &n_before), *new = list_of(part, after, &n_after);
    for (size_t i = 0; i < n_after; i++) {
        const char *item = new + i * schema->size;
        struct str id = id_of(schema, item);
        add_rule(d, part, id, find(schema, old, n_before, id), item);
    }
    for (size_t i = 0; i < n_before; i++) {
        const char *item = old + i * schema->size;
        struct str id = id_of(schema, item);
        if (find(schema, new, n_after, id) == NULL)
            add_rule(d, part, id, item, NULL);
    }
}

/* A part that is one rule: always there, if only with what holds when a file says nothing. */
static void diff_map(struct differ *d, const struct yaml_field *part, const void *before, const void *after)
{
    struct rule_change rule = {.part = part, .id = STR_NONE, .kind = CHANGE_CHANGED};
    rule.n_keys =
        keys_of(d, part->schema, (const char *)before + part->offset, (const char *)after + part->offset, &rule.keys);
    if (rule.n_keys > 0 && d->n < RULES_MAX)
        d->rules[d->n++] = rule;
}

/* As the schema sees it; what closing needs is among the gates. */
static struct routine_file as_file(const struct routine *routine)
{
    return (struct routine_file){
        .routine = *routine, .closing = {.by = routine->closed_by}, .eves = routine->eves_are_worked};
}

struct routine_diff routine_diff(struct ctx *ctx, const struct routine *before, const struct routine *after)
{
    struct routine_file old = as_file(before), new = as_file(after);
    struct differ d = {ctx, ARENA_ARRAY(ctx->arena, struct rule_change, RULES_MAX), 0};
    for (size_t i = 0; i < routine_schema.n_fields; i++) {
        const struct yaml_field *part = &routine_schema.fields[i];
        if (part->kind == FIELD_LIST)
            diff_list(&d, part, &old, &new);
        else if (part->kind == FIELD_MAP)
            diff_map(&d, part, &old, &new);
    }
    return (struct routine_diff){d.rules, d.n};
}

size_t routine_diff_count(const struct routine_diff *diff, struct str part, enum change_kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < diff->n_rules; i++)
        n += diff->rules[i].kind == kind && str_eq(str_from(diff->rules[i].part->key), part);
    return n;
}
