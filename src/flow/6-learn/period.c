#include "period.h"

static const struct {
    char letter;
    int parts;
} kinds[PERIOD_KIND_COUNT] = {{0, 1}, {'h', 2}, {'t', 3}, {'q', 4}};

struct str period_letter(enum period_kind kind)
{
    static const struct str letters[PERIOD_KIND_COUNT] = {STR_INIT(""), STR_INIT("h"), STR_INIT("t"), STR_INIT("q")};
    return letters[kind];
}

static struct period period_of(int year, enum period_kind kind, int part)
{
    int months = 12 / kinds[kind].parts, next = part * months + 1;
    struct civil first = {year, (part - 1) * months + 1, 1}, after = {year + next / 13, next > 12 ? 1 : next, 1};
    return (struct period){.year = year,
                           .kind = kind,
                           .part = part,
                           .first = date_from_civil(first),
                           .last = date_add(date_from_civil(after), -1)};
}

bool period_find(struct str code, struct period *ret)
{
    enum { YEAR_CHARS = 4, CHARS = YEAR_CHARS + 3, YEAR_MAX = 9998 };
    int64_t year;
    if (code.n < YEAR_CHARS || !str_to_i64(str_head(code, YEAR_CHARS), &year) || year < 1 || year > YEAR_MAX)
        return false;
    if (code.n == YEAR_CHARS) {
        *ret = period_of((int)year, PERIOD_KIND_year, 1);
        return true;
    }
    if (code.n != CHARS || code.p[YEAR_CHARS] != '-')
        return false;
    char letter = (char)(code.p[YEAR_CHARS + 1] | 0x20);
    int part = code.p[YEAR_CHARS + 2] - '0';
    for (enum period_kind kind = PERIOD_KIND_half; kind < PERIOD_KIND_COUNT; kind++)
        if (letter == kinds[kind].letter && part >= 1 && part <= kinds[kind].parts) {
            *ret = period_of((int)year, kind, part);
            return true;
        }
    return false;
}

struct period period_around(struct date day, enum period_kind kind, int n)
{
    struct civil c = date_to_civil(day);
    int parts = kinds[kind].parts, index = c.year * parts + (c.month - 1) / (12 / parts) + n;
    return period_of(index / parts, kind, index % parts + 1);
}

struct str period_code(struct arena *arena, const struct period *period)
{
    if (period->kind == PERIOD_KIND_year)
        return str_fmt(arena, "%04d", period->year);
    return str_fmt(arena, "%04d-%c%d", period->year, kinds[period->kind].letter, period->part);
}
