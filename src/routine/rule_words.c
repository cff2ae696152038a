#include "rule_words.h"

#include "date_words.h"
#include "words.h"

enum { SENTENCES_MAX = 8 * 1024, FIRST_WORDS = 60 };

/* A message with arguments as a text in the arena. */
#define SAID(ctx, lang, id, ...)                                                                                       \
    __extension__({                                                                                                    \
        struct out said_ = out_init((ctx)->arena, SENTENCES_MAX);                                                      \
        text_msg_##id(&said_, (lang), (struct msg_##id){__VA_ARGS__});                                                 \
        out_take(&said_);                                                                                              \
    })

struct str limit_words(struct ctx *ctx, const struct lang *lang, const struct limit *within, bool is_exact)
{
    int64_t n = within->n < 0 ? -within->n : within->n;
    struct str amount = STR_NONE;
    switch (within->unit) {
    case LIMIT_working_day:
        amount = SAID(ctx, lang, amount_working_day, .n = n);
        break;
    case LIMIT_calendar_day:
        amount =
            is_exact ? SAID(ctx, lang, amount_calendar_exact, .n = n) : SAID(ctx, lang, amount_calendar_day, .n = n);
        break;
    case LIMIT_hour:
        amount = SAID(ctx, lang, amount_hour, .n = n);
        break;
    case LIMIT_UNIT_COUNT:
        BUG("no unit");
    }
    return within->n < 0 ? SAID(ctx, lang, amount_before, .amount = amount) : amount;
}

struct str list_words(struct ctx *ctx, const struct lang *lang, const struct str *parts, size_t n)
{
    if (n < 2)
        return n ? parts[0] : STR("");
    struct out out = out_init(ctx->arena, SENTENCES_MAX);
    for (size_t i = 0; i + 1 < n; i++) {
        if (i > 0)
            out_lit(&out, ", ");
        out_str(&out, parts[i]);
    }
    return SAID(ctx, lang, list_and, .first = out_take(&out), .last = parts[n - 1]);
}

/* ---- conditions ---- */

static void add_sentence(struct out *out, struct str sentence)
{
    if (str_is_empty(sentence))
        return;
    if (out->n > 0)
        out_char(out, ' ');
    out_str(out, sentence);
}

/* The words of the bits that are set. */
static struct str bit_words(struct ctx *ctx, const struct lang *lang, uint64_t bits, size_t n_words,
                            const struct str *codes, struct str prefix)
{
    struct str *parts = ARENA_ARRAY(ctx->arena, struct str, n_words);
    size_t n = 0;
    for (size_t i = 0; i < n_words; i++)
        if (bits & UINT64_C(1) << i)
            parts[n++] = msg_of_code(lang, prefix, codes[i]);
    return list_words(ctx, lang, parts, n);
}

static struct str exit_condition(struct ctx *ctx, const struct lang *lang, const struct routine *routine,
                                 struct str exit)
{
    enum msg message;
    if (str_is_none(exit))
        return STR("");
    if (msg_find(MSG_PREFIX("rutin_if_exit_"), exit, &message))
        return msg_text(lang, message);
    const struct routine_exit *of = routine ? routine_exit(routine, exit) : NULL;
    return SAID(ctx, lang, rutin_if_exit, .name = of && !str_is_empty(of->name) ? of->name : exit);
}

static struct str contact_condition(const struct lang *lang, const struct condition *when)
{
    if (when->reply == WHEN_REPLY_wanted)
        return msg_text(lang, MSG_rutin_if_reply);
    if (when->reply == WHEN_REPLY_declined)
        return msg_text(lang, MSG_rutin_if_no_reply);
    if (when->contact == WHEN_CONTACT_known)
        return msg_text(lang, MSG_rutin_if_contact);
    return when->contact == WHEN_CONTACT_unknown ? msg_text(lang, MSG_rutin_if_no_contact) : STR("");
}

struct str condition_words(struct ctx *ctx, const struct lang *lang, const struct routine *routine,
                           const struct condition *when)
{
    struct out out = out_init(ctx->arena, SENTENCES_MAX);
    add_sentence(&out, contact_condition(lang, when));
    if (when->on_spot != WHEN_ON_SPOT_any)
        add_sentence(
            &out, msg_text(lang, when->on_spot == WHEN_ON_SPOT_yes ? MSG_rutin_if_on_spot : MSG_rutin_if_not_on_spot));
    if (!str_is_empty(when->overdue)) {
        const struct obligation *other = routine ? routine_obligation(routine, when->overdue) : NULL;
        struct str name =
            other ? obligation_name(lang, other) : msg_of_code(lang, MSG_PREFIX("obligation_name_"), when->overdue);
        add_sentence(&out, SAID(ctx, lang, rutin_if_overdue, .name = name));
    }
    if (when->types)
        add_sentence(&out,
                     SAID(ctx, lang, rutin_if_types,
                          .types = bit_words(ctx, lang, when->types, TYPE_COUNT, words_type, MSG_PREFIX("type_"))));
    if (when->channels)
        add_sentence(&out, SAID(ctx, lang, rutin_if_channels,
                                .channels = bit_words(ctx, lang, when->channels, CHANNEL_COUNT, words_channel,
                                                      MSG_PREFIX("channel_"))));
    add_sentence(&out, exit_condition(ctx, lang, routine, when->exit));
    return out_take(&out);
}

/* ---- what a change is called ---- */

static bool is_part(const struct rule_change *rule, const char *part)
{
    return str_eq(str_from(rule->part->key), str_from(part));
}

struct str change_part_words(const struct lang *lang, const struct rule_change *rule)
{
    if (is_part(rule, "gates")) {
        const struct gate *gate = rule->after ? rule->after : rule->before;
        if (gate->step == GATE_close)
            return msg_text(lang, MSG_rutin_part_closing);
    }
    return msg_of_code(lang, MSG_PREFIX("rutin_part_"), str_from(rule->part->key));
}

static struct str first_words(struct ctx *ctx, struct str text)
{
    struct str head = str_utf8_head(text, FIRST_WORDS);
    return head.n == text.n ? text : str_fmt(ctx->arena, "%.*s …", STR_ARG(head));
}

struct str change_name(struct ctx *ctx, const struct lang *lang, const struct rule_change *rule)
{
    const void *item = rule->after ? rule->after : rule->before;
    if (item == NULL)
        return change_part_words(lang, rule);
    if (is_part(rule, "obligations"))
        return obligation_name(lang, item);
    if (is_part(rule, "gates"))
        return gate_name(lang, item);
    if (is_part(rule, "exits"))
        return ((const struct routine_exit *)item)->name;
    if (is_part(rule, "reports"))
        return ((const struct routine_report *)item)->name;
    if (is_part(rule, "checklists"))
        return ((const struct checklist *)item)->title;
    if (is_part(rule, "guidance"))
        return first_words(ctx, ((const struct guidance *)item)->text);
    if (is_part(rule, "letters"))
        return ((const struct letter *)item)->subject;
    return rule->id;
}

struct str change_key_words(const struct lang *lang, const struct key_change *key)
{
    return msg_of_code(lang, MSG_PREFIX("rutin_key_"), str_from(key->field->key));
}

/* ---- values ---- */

static bool is_key(const struct key_change *key, const char *name)
{
    return str_eq(str_from(key->field->key), str_from(name));
}

static bool is_role(const struct key_change *key)
{
    return is_key(key, "who") || is_key(key, "by") || is_key(key, "then") || is_key(key, "notify") ||
           is_key(key, "receiver");
}

static struct str code_words(const struct lang *lang, const struct key_change *key, struct str code)
{
    if (key->field->words == words_event)
        return msg_of_code(lang, MSG_PREFIX("routine_event_"), code);
    if (key->field->words == words_type)
        return msg_of_code(lang, MSG_PREFIX("type_"), code);
    return msg_of_code(lang, MSG_PREFIX("rutin_word_"), code);
}

/* A list of codes, as the diff wrote it. */
static struct str codes_words(struct ctx *ctx, const struct lang *lang, const struct key_change *key, struct str codes)
{
    struct str *parts = ARENA_ARRAY(ctx->arena, struct str, key->field->n_words);
    struct str rest = codes, code;
    size_t n = 0;
    while (n < key->field->n_words && str_split(&rest, ',', &code))
        parts[n++] = code_words(lang, key, str_trim(code));
    return list_words(ctx, lang, parts, n);
}

/* A key whose value is more than its text; false: it is not such a key. */
static bool struct_words(struct ctx *ctx, const struct lang *lang, const struct routine *routine, const void *item,
                         const struct key_change *key, struct str *ret)
{
    const void *at = item ? (const char *)item + key->field->offset : NULL;
    if (item && (is_key(key, "within") || is_key(key, "due")))
        *ret = limit_words(ctx, lang, at, /* is_exact= */ true);
    else if (item && is_key(key, "when"))
        *ret = condition_words(ctx, lang, routine, at);
    else if (item && is_key(key, "from"))
        *ret = anchor_words(ctx, lang, routine, &((const struct obligation *)item)->from);
    else
        return false;
    return true;
}

struct str change_value_words(struct ctx *ctx, const struct lang *lang, const struct routine *routine,
                              const struct rule_change *rule, const struct key_change *key, bool is_after)
{
    struct str value = is_after ? key->after : key->before, words;
    if (key->field->kind == FIELD_BOOL)
        return msg_text(lang, str_is_none(value) ? MSG_rutin_no : MSG_rutin_yes);
    if (str_is_none(value))
        return STR("–");
    if (struct_words(ctx, lang, routine, is_after ? rule->after : rule->before, key, &words))
        return str_is_empty(words) ? value : words;
    if (is_role(key))
        return routine_role_words(lang, routine, value);
    struct date day;
    if (key->field->kind == FIELD_DATE && date_parse(value, &day))
        return when_date(ctx->arena, lang, day, (struct date){0}).words;
    if (key->field->kind == FIELD_WORD || key->field->kind == FIELD_WORDS)
        return codes_words(ctx, lang, key, value);
    return value;
}
