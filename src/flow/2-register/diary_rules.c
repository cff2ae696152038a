#include "diary_rules.h"

static const char *const wait_codes[DIARY_WAIT_COUNT] = {"", "register", "file", "reply", "close", "open"};

struct str diary_wait_code(enum diary_wait wait)
{
    return str_from(wait_codes[wait]);
}

bool diary_wait_find_code(struct str code, enum diary_wait *ret)
{
    for (enum diary_wait wait = DIARY_WAIT_register; wait < DIARY_WAIT_COUNT; wait++)
        if (str_eq(code, diary_wait_code(wait))) {
            *ret = wait;
            return true;
        }
    return false;
}

/* ---- what a case waits for ---- */

static bool asks_for(const struct routine *routine, enum event event)
{
    for (size_t i = 0; i < routine->n_obligations; i++)
        if (routine->obligations[i].met_by & EVENT_BIT(event))
            return true;
    for (size_t i = 0; i < routine->n_gates; i++)
        if (routine->gates[i].needs & EVENT_BIT(event))
            return true;
    return false;
}

static bool happened(const struct diary_facts *f, enum event event)
{
    return !utc_is_none(f->facts->at[event]);
}

/* A reply that the routine wants in the diary, and that is not there. */
static bool misses_reply(const struct routine *routine, const struct diary_facts *f)
{
    static const enum event entries[] = {EVENT_copy_registered, EVENT_event_numbered};
    if (!happened(f, EVENT_replied))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(entries); i++)
        if (asks_for(routine, entries[i]) && !happened(f, entries[i]))
            return true;
    return false;
}

static struct diary_waiting waits(const struct routine *routine, enum diary_wait wait, struct utc_us since,
                                  struct str by)
{
    const struct registration *r = &routine->registration;
    struct str who = str_is_none(r->who) ? STR("") : r->who;
    struct str entry = str_is_none(r->by) ? who : r->by;
    if (!str_is_none(by))
        return (struct diary_waiting){wait, since, by, by};
    return (struct diary_waiting){wait, since, entry, who};
}

struct diary_waiting diary_waiting_of(const struct routine *routine, const struct diary_facts *f)
{
    const struct registration *r = &routine->registration;
    if (!f->is_case && (f->in_diary || !f->facts->exit_registered))
        return (struct diary_waiting){DIARY_WAIT_none, UTC_NONE, STR(""), STR("")};
    if (!f->in_diary)
        return waits(routine, DIARY_WAIT_register, f->received, STR_NONE);
    bool is_begun = happened(f, EVENT_categorised) || happened(f, EVENT_forwarded) || f->is_closed;
    if (!str_is_none(r->then) && !is_begun)
        return waits(routine, DIARY_WAIT_file, f->registered, r->then);
    if (misses_reply(routine, f))
        return waits(routine, DIARY_WAIT_reply, f->facts->at[EVENT_replied], STR_NONE);
    if (r->where == REGISTER_diary && f->is_closed && utc_is_none(f->diary_closed))
        return waits(routine, DIARY_WAIT_close, f->closed, STR_NONE);
    if (!f->is_closed && !utc_is_none(f->diary_closed) && happened(f, EVENT_reopened) &&
        utc_cmp(f->facts->at[EVENT_reopened], f->diary_closed) >= 0)
        return waits(routine, DIARY_WAIT_open, f->facts->at[EVENT_reopened], STR_NONE);
    return (struct diary_waiting){DIARY_WAIT_none, UTC_NONE, STR(""), STR("")};
}

bool diary_may_close(const struct diary_facts *f)
{
    return f->in_diary && utc_is_none(f->diary_closed) && (f->is_closed || happened(f, EVENT_copy_registered));
}

enum err diary_register_due(struct ctx *ctx, const struct routine *routine, const struct day_rule *rule,
                            struct utc_us received, int64_t usual_days, struct utc_us *ret)
{
    struct date day0 = utc_to_date(received), last;
    const struct limit *within = NULL;
    for (size_t i = 0; i < routine->n_obligations && within == NULL; i++)
        if (routine->obligations[i].met_by & EVENT_BIT(EVENT_registered) && routine->obligations[i].within.at.line)
            within = &routine->obligations[i].within;
    if (within && within->unit == LIMIT_hour) {
        *ret = utc_add(received, within->n * HOUR_US);
        return OK;
    }
    if (within && within->unit == LIMIT_calendar_day)
        last = date_add(day0, (int32_t)within->n);
    else
        TRY(workdays_add(ctx, rule, day0, within ? within->n : usual_days, &last));
    *ret = date_end(last);
    return OK;
}

/* ---- numbers of another diary ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The bytes of the letter s begins with; 0: none. Swedish letters count, others of the world do not. */
static size_t letter_at(struct str s)
{
    static const struct str swedish[] = {STR_INIT("å"), STR_INIT("ä"), STR_INIT("ö"),
                                         STR_INIT("Å"), STR_INIT("Ä"), STR_INIT("Ö")};
    if (s.n && ((s.p[0] >= 'a' && s.p[0] <= 'z') || (s.p[0] >= 'A' && s.p[0] <= 'Z')))
        return 1;
    for (size_t i = 0; i < ARRAY_LEN(swedish); i++)
        if (str_starts(s, swedish[i]))
            return swedish[i].n;
    return 0;
}

/* "#*" takes as many digits as there are: what follows it never begins with one. */
static bool pattern_fits(struct str pattern, struct str number)
{
    while (pattern.n) {
        size_t n = 1;
        if (pattern.p[0] == '#') {
            if (number.n == 0 || !is_digit(number.p[0]))
                return false;
            if (str_starts(pattern, STR("#*"))) {
                while (n < number.n && is_digit(number.p[n]))
                    n++;
                pattern = str_skip(pattern, 1);
            }
        } else if (pattern.p[0] == '@') {
            n = letter_at(number);
            if (n == 0)
                return false;
        } else if (number.n == 0 || number.p[0] != pattern.p[0]) {
            return false;
        }
        pattern = str_skip(pattern, 1);
        number = str_skip(number, n);
    }
    return number.n == 0;
}

bool diary_number_fits(struct str pattern, struct str number)
{
    bool is_plain = number.n > 0 && str_is_utf8(number) && str_utf8_len(number) <= DIARY_NUMBER_MAX &&
                    str_eq(str_trim(number), number) && str_find_char(number, '\n') < 0 && !str_has_control(number) &&
                    str_find_char(number, '\t') < 0;
    return is_plain && (str_is_empty(pattern) || pattern_fits(pattern, number));
}

/* ---- words of a register ---- */

static bool is_local_part(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '.' || c == '_' || c == '-';
}

/* "x@y.z" somewhere. */
static bool has_email(struct str words)
{
    for (size_t i = 1; i + 1 < words.n; i++)
        if (words.p[i] == '@' && is_local_part(words.p[i - 1]) && is_local_part(words.p[i + 1]))
            return true;
    return false;
}

/* The digits from here on, with the signs that people put between them; *at moves behind. */
static size_t digits_in_a_row(struct str words, size_t *at)
{
    size_t n = 0, gap = 0;
    while (*at < words.n) {
        char c = words.p[*at];
        if (is_digit(c)) {
            n++;
            gap = 0;
        } else if ((c == ' ' || c == '-' || c == '/' || c == '+' || c == '(' || c == ')') && gap < 2) {
            gap++;
        } else {
            break;
        }
        ++*at;
    }
    return n;
}

bool brief_points_out(struct str words)
{
    enum {
        LONGEST_HARMLESS = 8,
        DATE_CHARS = 10
    }; /* telephone numbers with area code and identity numbers are longer */
    if (has_email(words))
        return true;
    for (size_t i = 0; i < words.n; i++) {
        struct date date;
        if (!is_digit(words.p[i]))
            continue;
        if (date_parse(str_head(str_skip(words, i), DATE_CHARS), &date))
            i += DATE_CHARS - 1;
        else if (digits_in_a_row(words, &i) > LONGEST_HARMLESS)
            return true;
    }
    return false;
}

static const struct str parties[] = {STR_INIT("individual"), STR_INIT("relative"),  STR_INIT("staff"),
                                     STR_INIT("unit"),       STR_INIT("authority"), STR_INIT("organisation"),
                                     STR_INIT("company"),    STR_INIT("other")};

size_t party_codes(const struct str **ret)
{
    *ret = parties;
    return ARRAY_LEN(parties);
}

bool party_known(struct str code)
{
    for (size_t i = 0; i < ARRAY_LEN(parties); i++)
        if (str_eq(code, parties[i]))
            return true;
    return false;
}

struct public_row_rule public_row(struct str direction, bool is_secret, bool hide_party, bool hide_brief)
{
    return (struct public_row_rule){.shown = !str_eq(direction, STR("internal")),
                                    .party = !is_secret && !hide_party,
                                    .brief = !is_secret && !hide_brief};
}
