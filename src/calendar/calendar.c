#include "calendar.h"

/* == Feasts ======================================================================================================== */

enum feast_rule { RULE_FIXED, RULE_EASTER, RULE_FIRST };

static const struct feast_row {
    struct str name, code;
    enum feast_kind kind;
    int first_year, last_year;
    enum feast_rule rule;
    int a, b, c;
} feasts[FEAST_COUNT] = {
#define FIXED(month, day) RULE_FIXED, (month), (day), 0
#define EASTER(days) RULE_EASTER, (days), 0, 0
#define FIRST(weekday, month, day) RULE_FIRST, (weekday), (month), (day)
#define FEAST(code, kind, first, last, rule, name)                                                                     \
    [FEAST_##code] = {STR_INIT(name), STR_INIT(#code), FEAST_##kind, first, last, rule},
#include "feasts.def"
#undef FEAST
#undef FIXED
#undef EASTER
#undef FIRST
};

/* Gregorian Easter Sunday. J. Meeus, Astronomical Algorithms, ch. 8 (Butcher 1876): no exceptions, any year. */
static struct date easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int g = (8 * b + 13) / 25;
    int h = (19 * a + b - b / 4 - g + 15) % 30;
    int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int month = (h + l - 7 * m + 114) / 31, day = (h + l - 7 * m + 114) % 31 + 1;
    return date_from_civil((struct civil){year, month, day});
}

/* False in years that do not have it. */
static bool feast_date(const struct feast_row *row, int year, struct date easter_day, struct date *ret)
{
    if (year < row->first_year || year > row->last_year)
        return false;
    switch (row->rule) {
    case RULE_FIXED:
        *ret = date_from_civil((struct civil){year, row->a, row->b});
        break;
    case RULE_EASTER:
        *ret = date_add(easter_day, row->a);
        break;
    case RULE_FIRST:
        *ret = date_from_civil((struct civil){year, row->b, row->c});
        *ret = date_add(*ret, (row->a - date_weekday(*ret) + 7) % 7);
        break;
    }
    return true;
}

struct str feast_name(enum feast feast)
{
    return feasts[feast].name;
}

struct str feast_code(enum feast feast)
{
    return feasts[feast].code;
}

enum feast_kind feast_kind(enum feast feast)
{
    return feasts[feast].kind;
}

size_t calendar_year(int year, struct feast_day *ret)
{
    assert(year >= 1 && year <= 9999);
    struct date easter_day = easter(year), date;
    size_t n = 0;
    for (int feast = 0; feast < FEAST_COUNT; feast++) {
        if (!feast_date(&feasts[feast], year, easter_day, &date))
            continue;
        size_t at = n++;
        for (; at > 0 && ret[at - 1].date.days > date.days; at--)
            ret[at] = ret[at - 1];
        ret[at] = (struct feast_day){date, (enum feast)feast};
    }
    return n;
}

/* Cheap and sometimes wrong in the one direction: false means that the feast is not on this day of the year. */
static bool may_be_on(const struct feast_row *row, struct civil c)
{
    switch (row->rule) {
    case RULE_FIXED:
        return row->a == c.month && row->b == c.day;
    case RULE_EASTER:
        return c.month >= 3 && c.month <= 6;
    case RULE_FIRST:
        return row->b == c.month || row->b + 1 == c.month;
    }
    BUG("feast rule %d", (int)row->rule);
}

/* The feast on d; a red day before an eve. NULL: none. */
static const struct feast_row *feast_on(struct date d)
{
    struct civil c = date_to_civil(d);
    struct date easter_day = c.month >= 3 && c.month <= 6 ? easter(c.year) : DATE_NONE, date;
    const struct feast_row *found = NULL;
    for (int feast = 0; feast < FEAST_COUNT; feast++)
        if (may_be_on(&feasts[feast], c) && feast_date(&feasts[feast], c.year, easter_day, &date) &&
            date.days == d.days && (found == NULL || found->kind == FEAST_EVE))
            found = &feasts[feast];
    return found;
}

/* == Local days ==================================================================================================== */

static int local_day_order(const void *a, const void *b)
{
    const struct local_day *x = a, *y = b;
    return x->date.days < y->date.days ? -1 : x->date.days > y->date.days;
}

size_t local_days_sort(struct local_day *days, size_t n)
{
    /* Insertion is stable, and the table a handful of rows that mostly come sorted. */
    for (size_t i = 1; i < n; i++) {
        struct local_day row = days[i];
        size_t at = i;
        for (; at > 0 && days[at - 1].date.days > row.date.days; at--)
            days[at] = days[at - 1];
        days[at] = row;
    }
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || days[kept - 1].date.days != days[i].date.days)
            days[kept++] = days[i];
    return kept;
}

static const struct local_day *local_on(const struct day_rule *rule, struct date d)
{
    if (rule == NULL || rule->local.n == 0)
        return NULL;
    struct local_day key = {.date = d};
    return bsearch(&key, rule->local.days, rule->local.n, sizeof(key), local_day_order);
}

/* == One day ======================================================================================================= */

static bool is_weekend(struct date d)
{
    return date_weekday(d) >= 6;
}

struct day_info day_look(const struct day_rule *rule, struct date d)
{
    bool eves_are_worked = rule != NULL && rule->eves_are_worked;
    const struct feast_row *row = feast_on(d);
    enum feast feast = row != NULL ? (enum feast)(row - feasts) : FEAST_COUNT;
    if (row != NULL && row->kind == FEAST_RED)
        return (struct day_info){DAY_RED, row->name, feast};
    if (row != NULL && !eves_are_worked)
        return (struct day_info){DAY_EVE, row->name, feast};
    if (is_weekend(d))
        return (struct day_info){DAY_WEEKEND, STR_NONE, FEAST_COUNT};
    const struct local_day *local = local_on(rule, d);
    if (local != NULL)
        return (struct day_info){local->kind == LOCAL_CLOSED ? DAY_CLOSED : DAY_HALF, local->name, FEAST_COUNT};
    return (struct day_info){DAY_WORKING, row != NULL ? row->name : STR_NONE, feast};
}

bool day_is_working(const struct day_rule *rule, struct date d)
{
    return !is_weekend(d) && day_kind_is_working(day_look(rule, d).kind);
}

/* == Counting ====================================================================================================== */

/* Monday-Friday from first to last, both included. */
static int64_t weekdays_in(struct date first, struct date last)
{
    int n = last.days - first.days + 1, weekdays = n / 7 * 5;
    for (int i = 0; i < n % 7; i++)
        weekdays += !is_weekend(date_add(first, i));
    return weekdays;
}

/* Feasts of one year from first to last that take a working day away; two on one date count once. */
static int64_t feasts_in(bool eves_are_worked, int year, struct date first, struct date last)
{
    struct feast_day days[FEAST_COUNT];
    size_t n_days = calendar_year(year, days);
    struct date counted = DATE_NONE;
    int64_t n = 0;
    for (size_t i = 0; i < n_days; i++) {
        struct date d = days[i].date;
        bool is_free = feast_kind(days[i].feast) == FEAST_RED || !eves_are_worked;
        if (!is_free || d.days < first.days || d.days > last.days || is_weekend(d) || d.days == counted.days)
            continue;
        counted = d;
        n++;
    }
    return n;
}

/* First row of the table on or after d. */
static size_t local_from(const struct local_days *local, struct date d)
{
    size_t low = 0, high = local->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (local->days[middle].date.days < d.days)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Working days from first to last, both included; none when last is before first. No day is looked at but feasts and
 * local ones. */
static int64_t workdays_in(const struct day_rule *rule, struct date first, struct date last)
{
    if (last.days < first.days)
        return 0;
    int64_t n = weekdays_in(first, last);
    int last_year = date_to_civil(last).year;
    for (int year = date_to_civil(first).year; year <= last_year; year++)
        n -= feasts_in(rule != NULL && rule->eves_are_worked, year, first, last);
    if (rule == NULL)
        return n;
    const struct local_days *local = &rule->local;
    for (size_t i = local_from(local, first); i < local->n && local->days[i].date.days <= last.days; i++)
        n -= day_look(rule, local->days[i].date).kind == DAY_CLOSED;
    return n;
}

int64_t workdays_between(const struct day_rule *rule, struct date from, struct date to)
{
    return from.days <= to.days ? workdays_in(rule, date_add(from, 1), to) : -workdays_in(rule, date_add(to, 1), from);
}

/* 7 days hold at most 5 working days: leap over as many weeks as surely fit, see what is left, and walk the last steps.
 * Invariant: left working days remain to be passed after d. */
enum err workdays_add(struct ctx *ctx, const struct day_rule *rule, struct date d, int64_t n, struct date *ret)
{
    static const int64_t days_min = -719162, days_max = 2932896; /* 0001-01-01, 9999-12-31 */
    int64_t step = n < 0 ? -1 : 1;
    uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    while (left > 0) {
        uint64_t leap = left > 5 ? (left - 1) / 5 * 7 : 1; /* at least one stays for the last step */
        if (leap > (uint64_t)(step > 0 ? days_max - d.days : d.days - days_min))
            return fail(ctx, ERR_INVALID, "the day is outside the years 1-9999");
        struct date next = date_add(d, (int32_t)(step * (int64_t)leap));
        left -=
            (uint64_t)(step > 0 ? workdays_in(rule, date_add(d, 1), next) : workdays_in(rule, next, date_add(d, -1)));
        d = next;
    }
    *ret = d;
    return OK;
}

enum err workdays_roll(struct ctx *ctx, const struct day_rule *rule, struct date d, struct date *ret)
{
    if (!day_is_working(rule, d))
        return workdays_add(ctx, rule, d, 1, ret);
    *ret = d;
    return OK;
}
