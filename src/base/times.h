/* What: moments and days. A moment is microseconds UTC; a day is a civil date in Europe/Stockholm.
 * Flow: wires and databases hold struct utc_us; rules about days (calendar/) see struct date only.
 * Invariants: (1) UTC_NONE and DATE_NONE mean "never" and compare later than everything; (2) dates are proleptic
 * Gregorian years 1-9999, moments the same span. Time zone rules come from ICU. Not here: working days (calendar.h),
 * words such as "fredag 8 januari" (date_words.h). Source: RFC 3339; design.md contract: a time without zone is
 * Europe/Stockholm. */
#ifndef GAVA_TIMES_H
#define GAVA_TIMES_H

#include "out.h"

struct utc_us {
    int64_t v;
};
struct date {
    int32_t days; /* since 1970-01-01 */
};
#define UTC_NONE ((struct utc_us){INT64_MAX})
#define DATE_NONE ((struct date){INT32_MAX})
#define SECOND_US INT64_C(1000000)
#define MINUTE_US (60 * SECOND_US)
#define HOUR_US (60 * MINUTE_US)
#define DAY_US (24 * HOUR_US)

static inline bool utc_is_none(struct utc_us t)
{
    return t.v == INT64_MAX;
}
static inline bool date_is_none(struct date d)
{
    return d.days == INT32_MAX;
}
static inline int utc_cmp(struct utc_us a, struct utc_us b)
{
    return a.v < b.v ? -1 : a.v > b.v;
}
static inline struct utc_us utc_add(struct utc_us t, int64_t us)
{
    return (struct utc_us){t.v + us};
}
static inline struct date date_add(struct date d, int32_t days)
{
    return (struct date){d.days + days};
}

struct civil {
    int year, month, day; /* month 1-12, day 1-31 */
};
struct date date_from_civil(struct civil c);
struct civil date_to_civil(struct date d);
/* A day that exists: 2026-02-29 does not. */
bool civil_is_valid(struct civil c);
/* Monday 1 ... Sunday 7 (ISO 8601). */
int date_weekday(struct date d);

/* A moment as the clock on the wall in Europe/Stockholm shows it. */
struct local_time {
    struct date date;
    int hour, minute, second, microsecond;
    int offset_min; /* east of UTC: 60 or 120 in our days */
};
struct local_time utc_to_local(struct utc_us t);
/* The moment of a wall clock time. A time skipped in spring is read with the offset before the change; one that occurs
 * twice in autumn is the first. */
struct utc_us utc_from_local(struct date date, int hour, int minute, int second, int microsecond);
/* The day a moment belongs to. An item that arrives 23.50 belongs to that date. */
struct date utc_to_date(struct utc_us t);
/* The last second of the day: 23:59:59.000000 local time. */
struct utc_us date_end(struct date d);
/* 00:00:00 local time. */
struct utc_us date_start(struct date d);

/* RFC 3339 with any offset, "T" or a space; seconds may be left out, as browsers do; of a fraction 6 digits are kept.
 * Without zone: Europe/Stockholm, read as utc_from_local does. A date alone is its 00:00. False on anything else
 * (second 60, hour 24, white space around it, years outside 1-9999). */
MUST_USE bool utc_parse(struct str s, struct utc_us *ret);
/* "2026-12-18". */
MUST_USE bool date_parse(struct str s, struct date *ret);
/* "2027-01-08T23:59:59+01:00": local offset, fraction only if not zero. */
void out_utc_local(struct out *out, struct utc_us t);
/* "2027-01-08T22:59:59Z". */
void out_utc(struct out *out, struct utc_us t);
/* "2027-01-08". */
void out_date(struct out *out, struct date d);

/* Where "now" comes from: the system's clock, a file with one RFC 3339 time, re-read at every use (--clock), or a
 * moment the program itself moves on (demo data, tests). All zero: the system's clock. */
struct clock {
    const char *file;       /* NULL: not a file. Lives as long as the clock. */
    struct utc_us standing; /* not 0: now is this */
};
/* A clock file that cannot be read or parsed for 0.2 s is a BUG at run time; clock_check tells beforehand. */
struct utc_us clock_now(const struct clock *clock);
/* False and a text in ret_fault (static) when the file is missing or holds no time. */
MUST_USE bool clock_check(const struct clock *clock, struct str *ret_fault);

#endif
