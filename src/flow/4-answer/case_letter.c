#include "case_letter.h"

#include "case_letter_sql.h"
#include "case_promise.h"
#include "date_words.h"
#include "deliver_sql.h"
#include "letters.h"
#include "meeting.h"
#include "promise_words.h"

enum { LETTER_MAX = 64 * 1024, MARGIN = 60 };

static struct str promise_line(struct ctx *ctx, const struct lang *lang, const struct promise *p, struct date today)
{
    struct out out = out_init(ctx->arena, LETTER_MAX);
    out_lit(&out, "* ");
    out_str(&out, obligation_promise(lang, p->obligation));
    if (utc_is_none(p->due))
        return out_take(&out); /* its date is known later: when the case has been registered, say */
    out_char(&out, ' ');
    struct when_text by = when_day(ctx->arena, lang, utc_to_date(p->due), today);
    text_msg_mail_promise_by(&out, lang, (struct msg_mail_promise_by){.when = by});
    return out_take(&out);
}

/* What depends on the dated promises. */
static enum err fill_promises(struct ctx *ctx, const struct lang *lang, const struct open_case *c, struct str *values)
{
    struct promise *promises;
    size_t n;
    TRY(case_promises(ctx, c, &promises, &n));
    struct date today = utc_to_date(ctx_now(ctx));
    struct out lines = out_init(ctx->arena, LETTER_MAX);
    for (size_t i = 0; i < n; i++) {
        const struct promise *p = &promises[i];
        struct str day = utc_is_none(p->due) ? STR_NONE : when_day(ctx->arena, lang, utc_to_date(p->due), today).words;
        if (str_eq(p->obligation->id, STR("first_response")))
            values[PLACEHOLDER_first_response_date] = day;
        if (str_eq(p->obligation->id, STR("reply")))
            values[PLACEHOLDER_reply_date] = day;
        if (!p->obligation->is_public || (p->state != PROMISE_running && p->state != PROMISE_not_started))
            continue;
        if (lines.n > 0)
            out_char(&lines, '\n');
        out_str(&lines, promise_line(ctx, lang, p, today));
    }
    values[PLACEHOLDER_promises] = out_take(&lines);
    return OK;
}

static struct str type_of(const struct lang *lang, const struct open_case *c)
{
    struct str own = routine_label_of(c->routine, c->row.type);
    return str_is_empty(own) ? msg_of_code(lang, MSG_PREFIX("type_"), c->row.type) : own;
}

struct str letter_unwrap(struct ctx *ctx, struct str text)
{
    struct out out = out_init(ctx->arena, text.n + 1);
    struct str rest = text, line;
    bool joins = false;
    while (str_split(&rest, '\n', &line)) {
        line = str_trim(line);
        bool is_item = str_starts(line, STR("* "));
        if (out.n > 0)
            out_char(&out, joins && !is_item && line.n > 0 ? ' ' : '\n');
        out_str(&out, line);
        joins = !is_item && str_utf8_len(line) > MARGIN;
    }
    return out_take(&out);
}

/* ---- what there is nothing to say about ---- */

/* Stands for an empty value while a letter is written; no routine file can hold it. */
#define NOTHING '\x01'
/* Stands for what staff wrote, while sentences are left out; followed by t (text) or r (reason). */
#define FREE_TEXT '\x02'

static bool begins_sentence(struct str text, size_t at)
{
    char before = text.p[at - 1];
    return before == '\n' || (at > 1 && before == ' ' && strchr(".!?:", text.p[at - 2])) ||
           (at > 1 && text.p[at - 2] == FREE_TEXT);
}

/* Where the sentence or line around position at begins and ends. */
static struct str sentence_around(struct str text, size_t at, size_t *ret_begin)
{
    size_t begin = at, end = at;
    while (begin > 0 && !begins_sentence(text, begin))
        begin--;
    while (end < text.n && text.p[end] != '\n' && text.p[end] != FREE_TEXT && !strchr(".!?", text.p[end]))
        end++;
    if (end < text.n && text.p[end] != '\n' && text.p[end] != FREE_TEXT)
        end++;
    *ret_begin = begin;
    return (struct str){text.p + begin, end - begin};
}

/* "Det här lovar vi dig:" before a list that is empty goes with it. */
static void drop_heading(struct out *out)
{
    if (out->n < 2 || out->p[out->n - 1] != '\n' || out->p[out->n - 2] != ':')
        return;
    out->n--;
    while (out->n > 0 && out->p[out->n - 1] != '\n')
        out->n--;
}

struct str letter_without_nothing(struct ctx *ctx, struct str text)
{
    struct out out = out_init(ctx->arena, text.n);
    struct str rest = text;
    for (ptrdiff_t at; (at = str_find_char(rest, NOTHING)) >= 0;) {
        size_t begin;
        struct str sentence = sentence_around(rest, (size_t)at, &begin);
        out_str(&out, str_head(rest, begin));
        bool whole_line = begin == 0 || rest.p[begin - 1] == '\n';
        rest = str_skip(rest, begin + sentence.n);
        if (whole_line && (rest.n == 0 || rest.p[0] == '\n'))
            drop_heading(&out);
        else if (out.n > 0 && out.p[out.n - 1] == ' ')
            out.n--;
    }
    out_str(&out, rest);
    return out_take(&out);
}

/* ---- the words, before they are filled in ---- */

struct str letter_kind_code(enum letter_kind kind)
{
    static const char *const codes[] = {
#define KIND(code, text) #code,
#include "letter_kinds.def"
#undef KIND
    };
    return str_from(codes[kind]);
}

bool letter_kind_find(struct str code, enum letter_kind *ret)
{
    for (enum letter_kind kind = 0; kind < LETTER_KIND_COUNT; kind++) {
        if (!str_eq(code, letter_kind_code(kind)))
            continue;
        *ret = kind;
        return true;
    }
    return false;
}

/* The catalogue writes [[word]], because { begins an argument there. */
static struct str with_braces(struct ctx *ctx, struct str text)
{
    char *copy = arena_alloc(ctx->arena, text.n + 1);
    memcpy(copy, text.p, text.n);
    for (size_t i = 0; i + 1 < text.n; i++) {
        if (copy[i] != copy[i + 1] || (copy[i] != '[' && copy[i] != ']'))
            continue;
        memset(copy + i, copy[i] == '[' ? '{' : '}', 2);
        i++;
    }
    return (struct str){copy, text.n};
}

void letter_words_given(struct ctx *ctx, const struct lang *lang, const struct routine *routine_or_null,
                        enum letter_kind kind, struct letter_words *ret)
{
    struct str code = letter_kind_code(kind);
    /* A routine speaks Swedish. */
    const struct letter *letter =
        routine_or_null && str_eq(lang->code, STR("sv")) ? routine_letter(routine_or_null, code) : NULL;
    *ret = (struct letter_words){.source = LETTER_FROM_PROGRAM};
    if (letter) {
        ret->source = LETTER_FROM_ROUTINE;
        ret->subject = letter->subject;
        ret->body = letter_unwrap(ctx, letter->body);
        return;
    }
    ret->subject = with_braces(ctx, msg_of_code(lang, MSG_PREFIX("letter_subject_"), code));
    ret->body = with_braces(ctx, msg_of_code(lang, MSG_PREFIX("letter_words_"), code));
}

enum err letter_words(struct ctx *ctx, const struct lang *lang, const struct routine *routine_or_null,
                      enum letter_kind kind, struct letter_words *ret)
{
    const struct str routines[] = {routine_or_null ? routine_or_null->id : STR(""), STR("")};
    for (size_t i = routine_or_null ? 0 : 1; i < ARRAY_LEN(routines); i++) {
        struct letter_template_newest_row row;
        enum err err = letter_template_newest(ctx, routines[i], letter_kind_code(kind), lang->code, &row);
        if (err == ERR_NOT_FOUND || (err == OK && row.withdrawn))
            continue;
        TRY(err);
        *ret = (struct letter_words){.subject = row.subject,
                                     .body = row.body,
                                     .source = LETTER_FROM_OWN,
                                     .for_all = i == 1,
                                     .version = row.version};
        return OK;
    }
    letter_words_given(ctx, lang, routine_or_null, kind, ret);
    return OK;
}

/* ---- filled in ---- */

static bool is_free_text(enum placeholder placeholder)
{
    return placeholder == PLACEHOLDER_text || placeholder == PLACEHOLDER_reason;
}

struct str letter_filled(struct ctx *ctx, struct str words, const struct str *values)
{
    static const char nothing = NOTHING;
    struct letter_piece *pieces;
    struct letter_fault *faults;
    size_t n, n_faults;
    letter_cut(ctx, words, &pieces, &n, &faults, &n_faults);
    struct str marked[PLACEHOLDER_COUNT];
    for (enum placeholder i = 0; i < PLACEHOLDER_COUNT; i++) {
        marked[i] = str_is_empty(values[i]) ? (struct str){&nothing, 1} : values[i];
        if (is_free_text(i) && !str_is_empty(values[i]))
            marked[i] = str_fmt(ctx->arena, "%c%c", FREE_TEXT, i == PLACEHOLDER_text ? 't' : 'r');
    }
    struct out raw = out_init(ctx->arena, LETTER_MAX);
    letter_write(pieces, n, marked, &raw);
    struct str rest = str_trim(letter_without_nothing(ctx, out_take(&raw)));
    struct out out = out_init(ctx->arena, 2 * LETTER_MAX);
    for (ptrdiff_t at; (at = str_find_char(rest, FREE_TEXT)) >= 0;) {
        out_str(&out, str_head(rest, (size_t)at));
        out_str(&out, str_trim(values[rest.p[at + 1] == 't' ? PLACEHOLDER_text : PLACEHOLDER_reason]));
        rest = str_skip(rest, (size_t)at + 2);
    }
    out_str(&out, rest);
    return out_take(&out);
}

const struct lang *case_language(const struct open_case *c)
{
    const struct lang *lang = lang_find(c->row.language);
    return lang ? lang : lang_find(STR("sv"));
}

static enum err fill_people(struct ctx *ctx, const struct open_case *c, struct str *values)
{
    const struct staff *owner = town_staff(c->town, c->row.owner);
    const struct staff *sender = ctx->who.v ? town_staff(c->town, ctx->who) : owner;
    if (owner) {
        struct staff_phone_row row;
        TRY(staff_phone(ctx, owner->id, &row));
        values[PLACEHOLDER_manager_name] = owner->name;
        values[PLACEHOLDER_manager_title] = owner->title;
        values[PLACEHOLDER_manager_phone] = str_is_empty(row.phone) ? c->town->phone : row.phone;
    }
    if (sender) {
        values[PLACEHOLDER_sender_name] = sender->name;
        values[PLACEHOLDER_sender_title] = sender->title;
    }
    return OK;
}

static bool says(struct str words, const char *placeholder)
{
    for (ptrdiff_t at; (at = str_find(words, STR("{{"))) >= 0;) {
        words = str_skip(words, (size_t)at + 2);
        ptrdiff_t end = str_find(words, STR("}}"));
        if (end >= 0 && str_eq(str_trim(str_head(words, (size_t)end)), str_from(placeholder)))
            return true;
    }
    return false;
}

static enum err fill_values(struct ctx *ctx, const struct lang *lang, const struct open_case *c,
                            const struct letter_fill *fill, struct url follow, struct str *values)
{
    struct date today = utc_to_date(ctx_now(ctx));
    values[PLACEHOLDER_case_number] = c->row.number;
    values[PLACEHOLDER_municipality] = c->town->name;
    values[PLACEHOLDER_unit] = c->unit->name;
    values[PLACEHOLDER_type] = type_of(lang, c);
    values[PLACEHOLDER_received_date] = when_date(ctx->arena, lang, utc_to_date(c->row.received), today).words;
    values[PLACEHOLDER_phone] = c->town->phone;
    values[PLACEHOLDER_follow_address] = follow.s;
    values[PLACEHOLDER_text] = fill->text;
    values[PLACEHOLDER_reason] = fill->reason;
    values[PLACEHOLDER_new_date] = fill->new_date.words;
    values[PLACEHOLDER_other_body] = fill->other_body;
    struct meeting meeting;
    TRY(meeting_of(ctx, c->row.id, &meeting));
    struct date day = date_is_none(meeting.held) ? meeting.planned : meeting.held;
    if (!date_is_none(day))
        values[PLACEHOLDER_meeting_date] = when_day(ctx->arena, lang, day, utc_to_date(ctx_now(ctx))).words;
    TRY(fill_promises(ctx, lang, c, values));
    return fill_people(ctx, c, values);
}

enum err case_words_filled(struct ctx *ctx, const struct lang *lang, const struct open_case *c, struct str words,
                           struct str *ret)
{
    struct str values[PLACEHOLDER_COUNT] = {{0}};
    TRY(fill_values(ctx, lang, c, &(struct letter_fill){.text = STR_NONE}, (struct url){STR_NONE}, values));
    *ret = letter_filled(ctx, words, values);
    return OK;
}

enum err case_letter(struct ctx *ctx, const struct lang *lang, const struct open_case *c, enum letter_kind kind,
                     const struct letter_fill *fill, struct url follow, struct case_letter *ret)
{
    struct letter_words words;
    TRY(letter_words(ctx, lang, c->routine, kind, &words));
    struct str values[PLACEHOLDER_COUNT] = {{0}};
    TRY(fill_values(ctx, lang, c, fill, follow, values));
    *ret = (struct case_letter){
        .subject = letter_filled(ctx, words.subject, values),
        .body = letter_filled(ctx, words.body, values),
        .source = words.source,
        .has_text = says(words.body, "text"),
        .has_promises = says(words.body, "promises"),
        .has_follow = says(words.body, "follow_address"),
        .has_phone = says(words.body, "phone"),
    };
    return OK;
}
