/* What: which days are working days in Sweden, and counting with them.
 * Flow: routine/ asks for due days and for the name of every day that was skipped; `gava calendar` and `gava workdays`
 * show it. Invariants: (1) a working day is Monday to Friday and neither red, an eve (unless the rule says that eves
 * are worked) nor closed locally; (2) workdays_add(d, n) for n != 0 is a working day; (3) adding a then b of the same
 * sign is adding a + b; (4) workdays_between(a, b) + workdays_between(b, c) = workdays_between(a, c), whatever their
 * order. Memory: nothing is kept; names are static or the caller's. Not here: moments and time zones (times.h),
 * roll-forward and deadlines (routine.h). Source: lag (1989:253) om allmänna helgdagar; lag (1930:173) 2 §;
 * semesterlagen (1977:480) 7 §. */
#ifndef GAVA_CALENDAR_H
#define GAVA_CALENDAR_H

#include "ctx.h"
#include "times.h"

enum feast {
#define FEAST(code, kind, first, last, rule, name) FEAST_##code,
#include "feasts.def"
#undef FEAST
    FEAST_COUNT
};

enum feast_kind { FEAST_RED, FEAST_EVE };

struct feast_day {
    struct date date;
    enum feast feast;
};

/* "Julafton". Static. */
struct str feast_name(enum feast feast);
/* "christmas_eve": the catalogue's key feast_<code>. Static. */
struct str feast_code(enum feast feast);
enum feast_kind feast_kind(enum feast feast);
/* The feasts of a year (1-9999) by date, Sundays among them; two may share a date (1 May 2008 was Ascension Day too).
 * ret has room for FEAST_COUNT. Returns how many. */
size_t calendar_year(int year, struct feast_day *ret);

/* A day that one unit keeps otherwise. Half days are working days; they are named where a date is explained. */
enum local_kind { LOCAL_CLOSED, LOCAL_HALF };
struct local_day {
    struct date date;
    enum local_kind kind;
    struct str name; /* "Planeringsdag" */
};
/* Sorted by date, each date once (local_days_sort makes it so). Borrowed. */
struct local_days {
    const struct local_day *days;
    size_t n;
};
/* Sort in place by date; of two rows with one date the first stays. Returns the number left. */
size_t local_days_sort(struct local_day *days, size_t n);

/* What counts as a working day. All zero: Swedish red days and eves are free, nothing is local. */
struct day_rule {
    struct local_days local;
    bool eves_are_worked;
};

enum day_kind { DAY_WORKING, DAY_HALF, DAY_WEEKEND, DAY_EVE, DAY_RED, DAY_CLOSED };
struct day_info {
    enum day_kind kind;
    struct str name;  /* of the feast or the local day; STR_NONE for plain working days and weekends */
    enum feast feast; /* FEAST_COUNT: none */
};
/* What d is under the rule (NULL: plain Swedish). A feast is told before the weekend it falls on; an eve that is worked
 * is DAY_WORKING with its name, unless on a weekend. */
struct day_info day_look(const struct day_rule *rule, struct date d);
static inline bool day_kind_is_working(enum day_kind kind)
{
    return kind == DAY_WORKING || kind == DAY_HALF;
}
bool day_is_working(const struct day_rule *rule, struct date d);

/* The n-th working day after d (before it when n < 0); d itself, working or not, when n is 0. O(years + days of two
 * years). ERR_INVALID when that is outside the years 1-9999. */
MUST_USE enum err workdays_add(struct ctx *ctx, const struct day_rule *rule, struct date d, int64_t n,
                               struct date *ret);
/* Number of working days after from up to and including to; when to is before from, minus the number the other way
 * round. */
int64_t workdays_between(const struct day_rule *rule, struct date from, struct date to);
/* d if it is a working day, else the next one. ERR_INVALID after 9999. */
MUST_USE enum err workdays_roll(struct ctx *ctx, const struct day_rule *rule, struct date d, struct date *ret);

#endif
