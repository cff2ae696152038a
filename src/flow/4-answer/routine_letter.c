#include "routine_letter.h"

#include "case_promise.h"
#include "date_words.h"
#include "deliver_sql.h"
#include "msg.h"
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

static bool has_placeholder(const struct letter *letter, enum placeholder placeholder)
{
    for (size_t i = 0; i < letter->n_body_pieces; i++)
        if (str_is_none(letter->body_pieces[i].text) && letter->body_pieces[i].placeholder == placeholder)
            return true;
    return false;
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

/* Where the sentence or line around position at begins and ends. */
static struct str sentence_around(struct str text, size_t at, size_t *ret_begin)
{
    size_t begin = at, end = at;
    while (begin > 0 && text.p[begin - 1] != '\n' &&
           !(begin > 1 && text.p[begin - 1] == ' ' && strchr(".!?:", text.p[begin - 2])))
        begin--;
    while (end < text.n && text.p[end] != '\n' && !strchr(".!?", text.p[end]))
        end++;
    if (end < text.n && text.p[end] != '\n')
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

static struct str written(struct ctx *ctx, const struct letter_piece *pieces, size_t n, const struct str *values)
{
    static const char nothing = NOTHING;
    struct str marked[PLACEHOLDER_COUNT];
    for (size_t i = 0; i < PLACEHOLDER_COUNT; i++)
        marked[i] = str_is_empty(values[i]) ? (struct str){&nothing, 1} : values[i];
    struct out out = out_init(ctx->arena, LETTER_MAX);
    letter_write(pieces, n, marked, &out);
    return str_trim(letter_without_nothing(ctx, letter_unwrap(ctx, out_take(&out))));
}

enum err routine_letter_for(struct ctx *ctx, const struct lang *lang, const struct open_case *c, struct str id,
                            struct url follow, struct routine_letter *ret, bool *ret_there)
{
    const struct letter *letter = routine_letter(c->routine, id);
    *ret_there = letter != NULL;
    if (letter == NULL)
        return OK;
    struct date today = utc_to_date(ctx_now(ctx));
    struct str values[PLACEHOLDER_COUNT] = {
        [PLACEHOLDER_case_number] = c->row.number,
        [PLACEHOLDER_municipality] = c->town->name,
        [PLACEHOLDER_unit] = c->unit->name,
        [PLACEHOLDER_type] = type_of(lang, c),
        [PLACEHOLDER_received_date] = when_date(ctx->arena, lang, utc_to_date(c->row.received), today).words,
        [PLACEHOLDER_phone] = c->town->phone,
        [PLACEHOLDER_follow_address] = follow.s,
    };
    TRY(fill_promises(ctx, lang, c, values));
    const struct staff *owner = town_staff(c->town, c->row.owner);
    if (owner) {
        values[PLACEHOLDER_manager_name] = owner->name;
        values[PLACEHOLDER_manager_title] = owner->title;
        struct staff_phone_row row;
        TRY(staff_phone(ctx, owner->id, &row));
        values[PLACEHOLDER_manager_phone] = str_is_empty(row.phone) ? c->town->phone : row.phone;
    }
    const struct staff *sender = ctx->who.v ? town_staff(c->town, ctx->who) : NULL;
    if (sender) {
        values[PLACEHOLDER_sender_name] = sender->name;
        values[PLACEHOLDER_sender_title] = sender->title;
    }
    *ret = (struct routine_letter){
        .subject = written(ctx, letter->subject_pieces, letter->n_subject_pieces, values),
        .body = written(ctx, letter->body_pieces, letter->n_body_pieces, values),
        .has_promises = has_placeholder(letter, PLACEHOLDER_promises),
        .has_follow = has_placeholder(letter, PLACEHOLDER_follow_address),
        .has_phone = has_placeholder(letter, PLACEHOLDER_phone),
    };
    return OK;
}
