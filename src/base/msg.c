#include "msg.h"

#include "msg_table.h"

static const struct str *forms_text(const struct msg_forms *forms, enum msg_form form)
{
    switch (form) {
    case MSG_HTML:
        return &forms->html;
    case MSG_TEXT:
        return &forms->text;
    case MSG_ATTR:
        return &forms->attr;
    }
    BUG("no such form of a message: %d", (int)form);
}

static const struct msg_entry *entry_of(const struct lang *lang, enum msg id)
{
    if (id >= MSG_COUNT)
        BUG("no message %d", (int)id);
    return &lang->entries[id];
}

static void put_arg(struct out *out, const struct lang *lang, enum msg_form form, const struct msg_arg *arg)
{
    switch (arg->kind) {
    case MSG_ARG_NUM:
        out_i64(out, arg->n);
        return;
    case MSG_ARG_URL:
        if (form == MSG_HTML)
            html_put_href(out, lang->root, (struct url){arg->s});
        return;
    case MSG_ARG_STR:
    case MSG_ARG_WHEN:
        break;
    }
    if (form == MSG_TEXT)
        out_str(out, arg->s);
    else if (form == MSG_ATTR)
        html_put_attr_str(out, arg->s);
    else if (arg->kind == MSG_ARG_WHEN)
        html_put_text_when(out, (struct when_text){arg->iso, arg->s});
    else
        html_put_text_str(out, arg->s);
}

void msg_put(struct out *out, const struct lang *lang, enum msg id, enum msg_form form, bool one,
             const struct msg_arg *args)
{
    const struct msg_entry *entry = entry_of(lang, id);
    struct str text = *forms_text(one ? &entry->one : &entry->many, form);
    size_t from = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c < 1 || c > entry->n_args)
            continue;
        out_bytes(out, text.p + from, i - from);
        put_arg(out, lang, form, &args[c - 1]);
        from = i + 1;
    }
    out_bytes(out, text.p + from, text.n - from);
}

static struct str text_of(const struct lang *lang, enum msg id, enum msg_form form)
{
    const struct msg_entry *entry = entry_of(lang, id);
    if (entry->n_args > 0)
        BUG("message \"%.*s\" has arguments", STR_ARG(msg_names[id]));
    return *forms_text(&entry->many, form);
}

struct str msg_text(const struct lang *lang, enum msg id)
{
    return text_of(lang, id, MSG_TEXT);
}

void html_msg(struct out *out, const struct lang *lang, enum msg id)
{
    out_str(out, text_of(lang, id, MSG_HTML));
}

void attr_msg(struct out *out, const struct lang *lang, enum msg id)
{
    out_str(out, text_of(lang, id, MSG_ATTR));
}

/* Order of prefix + code against name, without putting them together. */
static int cmp_joined(struct str prefix, struct str code, struct str name)
{
    int order = str_cmp(prefix, str_head(name, prefix.n));
    return order ? order : str_cmp(code, str_skip(name, prefix.n));
}

bool msg_find(struct str prefix, struct str code, enum msg *ret)
{
    size_t low = 0, high = MSG_COUNT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = cmp_joined(prefix, code, msg_names[middle]);
        if (order == 0) {
            *ret = (enum msg)middle;
            return true;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

struct str msg_of_code(const struct lang *lang, struct str prefix, struct str code)
{
    enum msg id;
    return msg_find(prefix, code, &id) && entry_of(lang, id)->n_args == 0 ? msg_text(lang, id) : code;
}

struct str msg_name(enum msg id)
{
    assert(id < MSG_COUNT);
    return msg_names[id];
}

/* ---- Languages ---- */

const struct lang *lang_find(struct str code)
{
    ptrdiff_t dash = str_find_char(code, '-');
    struct str primary = str_head(code, dash < 0 ? code.n : (size_t)dash);
    for (size_t i = 0; i < n_lang_all; i++)
        if (str_eq_ascii_case(primary, lang_all[i]->code))
            return lang_all[i];
    return NULL;
}

/* "q=0.7" as thousandths; 1000 if it says nothing readable (RFC 9110 12.4.2). */
static int quality_of(struct str parameters)
{
    ptrdiff_t at = str_find(parameters, STR("q="));
    if (at < 0)
        return 1000;
    struct str q = str_trim(str_skip(parameters, (size_t)at + 2));
    if (q.n == 0 || q.p[0] != '0')
        return 1000;
    int quality = 0;
    for (size_t i = 2, scale = 100; i < q.n && scale > 0 && q.p[i] >= '0' && q.p[i] <= '9'; i++, scale /= 10)
        quality += (q.p[i] - '0') * (int)scale;
    return quality;
}

const struct lang *lang_from_header(struct str accept_language)
{
    const struct lang *best = &lang_sv;
    int best_quality = 0;
    struct str wish;
    while (str_split(&accept_language, ',', &wish)) {
        ptrdiff_t semicolon = str_find_char(wish, ';');
        size_t n = semicolon < 0 ? wish.n : (size_t)semicolon;
        const struct lang *lang = lang_find(str_trim(str_head(wish, n)));
        int quality = quality_of(str_skip(wish, n));
        if (lang && quality > best_quality) {
            best = lang;
            best_quality = quality;
        }
    }
    return best;
}
