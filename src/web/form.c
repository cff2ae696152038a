#include "form.h"

#include "email_address.h"

/* ── cleaning ── */

/* Trimmed, line ends "\n" (a space in one line), no controls (C0, DEL, C1) but a tab in many lines. */
static struct str clean(struct ctx *ctx, struct str s, bool many_lines)
{
    struct out out = out_init(ctx->arena, s.n + 1);
    s = str_trim(s);
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        unsigned char next = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
        if (c == '\r' || c == '\n') {
            out_char(&out, many_lines ? '\n' : ' ');
            if (c == '\r' && next == '\n')
                i++;
        } else if (c == '\t') {
            out_char(&out, many_lines ? '\t' : ' ');
        } else if (c < 0x20 || c == 0x7F) {
            continue;
        } else if (c == 0xC2 && next >= 0x80 && next < 0xA0) {
            i++;
        } else {
            out_char(&out, (char)c);
        }
    }
    return str_trim(out_take(&out));
}

/* ── kinds: each sets value from the cleaned text and says what is wrong ── */

static bool is_word(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                  c == '.';
        if (!ok)
            return false;
    }
    return true;
}

static enum form_fault check_phone(struct str s)
{
    size_t n_digits = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] >= '0' && s.p[i] <= '9')
            n_digits++;
        else if (!strchr(" -/().", s.p[i]) && !(s.p[i] == '+' && i == 0))
            return FAULT_PHONE;
    }
    return n_digits >= 5 && n_digits <= 15 ? FAULT_NONE : FAULT_PHONE;
}

static enum form_fault read_number(struct form_value *value, int64_t min, int64_t max)
{
    if (!str_to_i64(value->text, &value->number) || value->number < min || value->number > max) {
        value->number = 0;
        return FAULT_NUMBER;
    }
    return FAULT_NONE;
}

static struct str only_digits(struct ctx *ctx, struct str s)
{
    struct out out = out_init(ctx->arena, s.n + 1);
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == ' ' || s.p[i] == '-' || s.p[i] == '\t')
            continue;
        if (s.p[i] == (char)0xC2 && i + 1 < s.n &&
            s.p[i + 1] == (char)0xA0) { /* no-break space, from a printed receipt */
            i++;
            continue;
        }
        out_char(&out, s.p[i]);
    }
    return out_take(&out);
}

static bool all_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return true;
}

static enum form_fault read_text(struct ctx *ctx, const struct form_field *field, struct form_value *value)
{
    struct str address;
    size_t n;
    switch (field->kind) {
    case FORM_LINE:
    case FORM_LINES:
        break;
    case FORM_EMAIL:
        if (!email_address_parse(ctx->arena, value->text, &address))
            return FAULT_EMAIL;
        break;
    case FORM_PHONE:
        if (check_phone(value->text) != FAULT_NONE)
            return FAULT_PHONE;
        break;
    case FORM_CODE:
        if (!is_word(value->text))
            return FAULT_CHOICE;
        break;
    case FORM_DIGITS: {
        struct str digits = only_digits(ctx, value->text);
        if (!all_digits(digits))
            return FAULT_NUMBER;
        value->text = digits;
        break;
    }
    case FORM_NUMBER:
        return read_number(value, 0, (int64_t)field->max);
    case FORM_ID:
        return read_number(value, 1, INT64_MAX);
    case FORM_DATE:
        return date_parse(value->text, &value->date) ? FAULT_NONE : FAULT_DATE;
    case FORM_SECRET:
        value->excess = value->text.n > field->max ? value->text.n - field->max : 0;
        return value->excess ? FAULT_TOO_LONG : FAULT_NONE;
    case FORM_CHECK:
    case FORM_MANY:
    case FORM_FILES:
        BUG("field %.*s is not text", STR_ARG(field->name));
    }
    n = str_utf8_len(value->text);
    if (n <= field->max)
        return FAULT_NONE;
    value->excess = n - field->max;
    value->text = str_trim(str_utf8_head(value->text, field->max * FORM_KEEP));
    return FAULT_TOO_LONG;
}

/* ── fields ── */

static const struct part *find_part(const struct part *parts, size_t n_parts, struct str name)
{
    for (size_t i = 0; i < n_parts; i++)
        if (!parts[i].is_file && str_eq(parts[i].name, name))
            return &parts[i];
    return NULL;
}

static enum form_fault read_field(struct ctx *ctx, const struct form_field *field, const struct part *part,
                                  struct form_value *value)
{
    value->on = part != NULL;
    if (part == NULL)
        return field->need == FORM_REQUIRED ? FAULT_MISSING : FAULT_NONE;
    if (field->kind == FORM_SECRET)
        value->text = part->value;
    else
        value->text = clean(ctx, part->value, field->kind == FORM_LINES);
    if (part->bad_text) {
        value->text = str_trim(str_utf8_head(value->text, field->max * FORM_KEEP));
        return FAULT_ENCODING;
    }
    if (field->kind == FORM_CHECK)
        return FAULT_NONE;
    value->on = value->text.n > 0;
    if (value->text.n == 0)
        return field->need == FORM_REQUIRED ? FAULT_MISSING : FAULT_NONE;
    return read_text(ctx, field, value);
}

/* Parts of this name: files that were chosen, or words that are not empty. */
static enum form_fault read_several(struct ctx *ctx, const struct form_field *field, const struct part *parts,
                                    size_t n_parts, struct form_value *value)
{
    bool files = field->kind == FORM_FILES;
    struct part *found = ARENA_ARRAY(ctx->arena, struct part, n_parts + 1);
    enum form_fault fault = FAULT_NONE;
    for (size_t i = 0; i < n_parts; i++) {
        const struct part *part = &parts[i];
        if (!str_eq(part->name, field->name) || part->is_file != files)
            continue;
        if (part->value.n == 0 && part->file_name.n == 0)
            continue; /* a file field in which nothing was chosen */
        struct part *kept = &found[value->n_files++];
        *kept = *part;
        if (files) {
            kept->file_name = str_utf8_head(clean(ctx, part->file_name, /* many_lines= */ false), 150);
            if (part->value.n == 0)
                fault = FAULT_FILE_EMPTY;
        } else {
            kept->value = clean(ctx, part->value, /* many_lines= */ false);
            if (part->bad_text || !is_word(kept->value) || kept->value.n > 200)
                fault = FAULT_CHOICE;
        }
    }
    value->files = found;
    value->on = value->n_files > 0;
    if (value->n_files > field->max)
        fault = FAULT_TOO_MANY;
    if (value->n_files == 0 && field->need == FORM_REQUIRED)
        fault = FAULT_MISSING;
    return fault;
}

void form_empty(size_t n, struct form_value *ret)
{
    for (size_t i = 0; i < n; i++)
        ret[i] = (struct form_value){.text = STR(""), .date = DATE_NONE};
}

static void read_fields(struct ctx *ctx, const struct part *parts, size_t n_parts, size_t n,
                        const struct form_field *fields, struct form_value *ret, size_t *ret_n_faults)
{
    assert(n <= FORM_FIELDS_MAX);
    form_empty(n, ret);
    size_t n_faults = 0;
    for (size_t i = 0; i < n; i++) {
        const struct form_field *field = &fields[i];
        if (field->kind == FORM_FILES || field->kind == FORM_MANY)
            ret[i].fault = read_several(ctx, field, parts, n_parts, &ret[i]);
        else
            ret[i].fault = read_field(ctx, field, find_part(parts, n_parts, field->name), &ret[i]);
        n_faults += ret[i].fault != FAULT_NONE;
    }
    *ret_n_faults = n_faults;
}

enum err form_read(struct ctx *ctx, const struct request *req, size_t n, const struct form_field *fields,
                   struct form_value *ret, size_t *ret_n_faults)
{
    if (req->parts == NULL)
        return fail(ctx, ERR_TYPE, "the body is not a form");
    read_fields(ctx, req->parts, req->n_parts, n, fields, ret, ret_n_faults);
    return OK;
}

enum err form_read_query(struct ctx *ctx, const struct request *req, size_t n, const struct form_field *fields,
                         struct form_value *ret, size_t *ret_n_faults)
{
    struct part *parts = ARENA_ARRAY(ctx->arena, struct part, req->n_query + 1);
    for (size_t i = 0; i < req->n_query; i++)
        parts[i] = (struct part){.name = req->query[i].name, .value = req->query[i].value};
    read_fields(ctx, parts, req->n_query, n, fields, ret, ret_n_faults);
    return OK;
}

void form_fault(struct form_value *value, enum form_fault fault, size_t *n_faults)
{
    assert(fault != FAULT_NONE);
    if (value->fault != FAULT_NONE)
        return;
    value->fault = fault;
    ++*n_faults;
}

struct str form_fault_name(enum form_fault fault)
{
    static const struct str names[FAULT_COUNT] = {
        [FAULT_NONE] = STR_INIT(""),
        [FAULT_MISSING] = STR_INIT("missing"),
        [FAULT_TOO_LONG] = STR_INIT("too_long"),
        [FAULT_ENCODING] = STR_INIT("encoding"),
        [FAULT_EMAIL] = STR_INIT("email"),
        [FAULT_PHONE] = STR_INIT("phone"),
        [FAULT_CHOICE] = STR_INIT("choice"),
        [FAULT_NUMBER] = STR_INIT("number"),
        [FAULT_DATE] = STR_INIT("date"),
        [FAULT_TOO_MANY] = STR_INIT("too_many"),
        [FAULT_FILE_SIZE] = STR_INIT("file_size"),
        [FAULT_FILE_TYPE] = STR_INIT("file_type"),
        [FAULT_FILE_EMPTY] = STR_INIT("file_empty"),
        [FAULT_OTHER] = STR_INIT("other"),
    };
    assert(fault < FAULT_COUNT);
    return names[fault];
}
