#include "times.h"

#include <fcntl.h>
#include <unicode/ucal.h>
#include <unistd.h>

/* == The zone: one library handle and the latest answers ==============================================================
 * ICU knows the rules of Europe/Stockholm from 1879 on and extends today's for ever. Opening its calendar takes some 30
 * us and asking it 4 us, so each thread keeps one, and beside it the stretches between two changes of the clock that it
 * was asked about lately: a page of summer and winter dates asks ICU once for each half-year. Nothing that a caller can
 * see depends on it. It is never closed: it is as long-lived as ICU's own tables. */

struct stretch {
    int64_t from_ms, until_ms; /* offset_min holds for from_ms <= t < until_ms; both 0: empty */
    int offset_min;
};

enum { STRETCHES = 8 };

struct zone {
    UCalendar *calendar;
    struct stretch recent[STRETCHES];
    unsigned n_asked; /* the next one to forget is n_asked % STRETCHES */
};

static void zone_check(UErrorCode status, const char *what)
{
    if (U_FAILURE(status))
        BUG("ICU could not %s: %s", what, u_errorName(status));
}

static void zone_open(struct zone *zone)
{
    static const UChar name[] = u"Europe/Stockholm";
    UErrorCode status = U_ZERO_ERROR;
    zone->calendar = ucal_open(name, (int32_t)ARRAY_LEN(name) - 1, "root", UCAL_GREGORIAN, &status);
    zone_check(status, "open a calendar");
    UChar canonical[64];
    int32_t n = ucal_getTimeZoneID(zone->calendar, canonical, (int32_t)ARRAY_LEN(canonical), &status);
    zone_check(status, "tell the time zone");
    if (n != (int32_t)ARRAY_LEN(name) - 1 || memcmp(canonical, name, sizeof(name)) != 0)
        BUG("ICU does not know the time zone Europe/Stockholm");
}

static int zone_ask(struct zone *zone, int64_t t_ms)
{
    if (zone->calendar == NULL)
        zone_open(zone);
    UErrorCode status = U_ZERO_ERROR;
    ucal_setMillis(zone->calendar, (UDate)t_ms, &status);
    int64_t offset_ms = ucal_get(zone->calendar, UCAL_ZONE_OFFSET, &status);
    offset_ms += ucal_get(zone->calendar, UCAL_DST_OFFSET, &status);
    UDate from = 0, until = 0;
    bool has_from =
        ucal_getTimeZoneTransitionDate(zone->calendar, UCAL_TZ_TRANSITION_PREVIOUS_INCLUSIVE, &from, &status);
    bool has_until = ucal_getTimeZoneTransitionDate(zone->calendar, UCAL_TZ_TRANSITION_NEXT, &until, &status);
    zone_check(status, "tell the offset");
    struct stretch *stretch = &zone->recent[zone->n_asked++ % STRETCHES];
    *stretch = (struct stretch){
        .from_ms = has_from ? (int64_t)from : INT64_MIN,
        .until_ms = has_until ? (int64_t)until : INT64_MAX,
        /* Local mean time before 1893 has seconds, which RFC 3339 cannot write: whole minutes everywhere. */
        .offset_min = (int)(offset_ms / 60000),
    };
    return stretch->offset_min;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Minutes east of UTC at t_us. */
static int zone_offset(int64_t t_us)
{
    static _Thread_local struct zone zone;
    int64_t t_ms = floor_div(t_us, 1000);
    for (int i = 0; i < STRETCHES; i++)
        if (t_ms >= zone.recent[i].from_ms && t_ms < zone.recent[i].until_ms)
            return zone.recent[i].offset_min;
    return zone_ask(&zone, t_ms);
}

/* == Days ========================================================================================================== */

enum { DAYS_MIN = -719162, DAYS_MAX = 2932896 }; /* 0001-01-01 and 9999-12-31 */

/* H. Hinnant, chrono-compatible low-level date algorithms: eras of 400 years, years that begin in March. */
struct date date_from_civil(struct civil c)
{
    assert(c.month >= 1 && c.month <= 12 && c.day >= 1 && c.day <= 31);
    int y = c.month <= 2 ? c.year - 1 : c.year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (c.month > 2 ? c.month - 3 : c.month + 9) + 2) / 5 + c.day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (struct date){era * 146097 + day_of_era - 719468};
}

struct civil date_to_civil(struct date d)
{
    assert(!date_is_none(d));
    int z = d.days + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int day_of_era = z - era * 146097;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int mp = (5 * day_of_year + 2) / 153;
    int month = mp < 10 ? mp + 3 : mp - 9;
    return (struct civil){year_of_era + era * 400 + (month <= 2), month, day_of_year - (153 * mp + 2) / 5 + 1};
}

bool civil_is_valid(struct civil c)
{
    if (c.year < 1 || c.year > 9999 || c.month < 1 || c.month > 12 || c.day < 1 || c.day > 31)
        return false;
    struct civil back = date_to_civil(date_from_civil(c));
    return back.month == c.month && back.day == c.day;
}

int date_weekday(struct date d)
{
    assert(!date_is_none(d));
    return (int)((((int64_t)d.days + 3) % 7 + 7) % 7) + 1; /* 1970-01-01 was a Thursday */
}

/* == Moments and the clock on the wall ============================================================================= */

static struct local_time from_offset(struct utc_us t, int offset_min)
{
    int64_t wall = t.v + offset_min * MINUTE_US;
    int64_t days = floor_div(wall, DAY_US), in_day = wall - days * DAY_US;
    return (struct local_time){
        .date = {(int32_t)days},
        .hour = (int)(in_day / HOUR_US),
        .minute = (int)(in_day / MINUTE_US % 60),
        .second = (int)(in_day / SECOND_US % 60),
        .microsecond = (int)(in_day % SECOND_US),
        .offset_min = offset_min,
    };
}

struct local_time utc_to_local(struct utc_us t)
{
    assert(!utc_is_none(t));
    return from_offset(t, zone_offset(t.v));
}

/* The clock changes at most once in any two days, so the offsets a day before and a day after are those on both sides.
 */
static struct utc_us from_wall(int64_t wall)
{
    int before = zone_offset(wall - DAY_US), after = zone_offset(wall + DAY_US);
    int64_t first = wall - before * MINUTE_US, second = wall - after * MINUTE_US;
    if (before == after || zone_offset(first) == before)
        return (struct utc_us){first};
    if (zone_offset(second) == after)
        return (struct utc_us){second};
    return (struct utc_us){first}; /* skipped in spring */
}

struct utc_us utc_from_local(struct date date, int hour, int minute, int second, int microsecond)
{
    assert(!date_is_none(date));
    assert(hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59);
    assert(microsecond >= 0 && microsecond < SECOND_US);
    return from_wall(date.days * DAY_US + hour * HOUR_US + minute * MINUTE_US + second * SECOND_US + microsecond);
}

struct date utc_to_date(struct utc_us t)
{
    return utc_to_local(t).date;
}

struct utc_us date_end(struct date d)
{
    return utc_from_local(d, 23, 59, 59, 0);
}

struct utc_us date_start(struct date d)
{
    return utc_from_local(d, 0, 0, 0, 0);
}

/* == Reading ======================================================================================================= */

/* Exactly n digits off the front. */
static bool take_digits(struct str *s, size_t n, int *ret)
{
    if (s->n < n)
        return false;
    int value = 0;
    for (size_t i = 0; i < n; i++) {
        if (s->p[i] < '0' || s->p[i] > '9')
            return false;
        value = value * 10 + (s->p[i] - '0');
    }
    *s = str_skip(*s, n);
    *ret = value;
    return true;
}

static bool take_char(struct str *s, char c)
{
    if (s->n == 0 || s->p[0] != c)
        return false;
    *s = str_skip(*s, 1);
    return true;
}

static bool take_date(struct str *s, struct date *ret)
{
    struct civil c;
    if (!take_digits(s, 4, &c.year) || !take_char(s, '-') || !take_digits(s, 2, &c.month) || !take_char(s, '-') ||
        !take_digits(s, 2, &c.day) || !civil_is_valid(c))
        return false;
    *ret = date_from_civil(c);
    return true;
}

bool date_parse(struct str s, struct date *ret)
{
    struct date d;
    if (!take_date(&s, &d) || s.n != 0)
        return false;
    *ret = d;
    return true;
}

/* ".25" gives 250000; digits after the sixth are dropped. */
static bool take_fraction(struct str *s, int *ret_us)
{
    int us = 0, digit, n = 0;
    for (; take_digits(s, 1, &digit); n++)
        if (n < 6)
            us = us * 10 + digit;
    for (int i = n; i < 6; i++)
        us *= 10;
    *ret_us = us;
    return n > 0;
}

/* "Z", "+01:00"; false when there is something else. */
static bool take_offset(struct str *s, int *ret_min)
{
    if (take_char(s, 'Z') || take_char(s, 'z')) {
        *ret_min = 0;
        return true;
    }
    int sign = take_char(s, '+') ? 1 : take_char(s, '-') ? -1 : 0, hours, minutes;
    if (sign == 0 || !take_digits(s, 2, &hours) || !take_char(s, ':') || !take_digits(s, 2, &minutes) || hours > 23 ||
        minutes > 59)
        return false;
    *ret_min = sign * (hours * 60 + minutes);
    return true;
}

/* Years 1-9999 both in UTC and on the wall, so that it can be written again. */
static bool in_span(int64_t t_us)
{
    int64_t wall = t_us + zone_offset(t_us) * MINUTE_US;
    return t_us >= DAYS_MIN * DAY_US && t_us < (DAYS_MAX + 1) * DAY_US && wall >= DAYS_MIN * DAY_US &&
           wall < (DAYS_MAX + 1) * DAY_US;
}

bool utc_parse(struct str s, struct utc_us *ret)
{
    struct date date;
    int hour = 0, minute = 0, second = 0, us = 0, offset_min = 0;
    bool has_offset = false;
    if (!take_date(&s, &date))
        return false;
    if (s.n != 0) {
        if (!take_char(&s, 'T') && !take_char(&s, 't') && !take_char(&s, ' '))
            return false;
        if (!take_digits(&s, 2, &hour) || !take_char(&s, ':') || !take_digits(&s, 2, &minute))
            return false;
        if (take_char(&s, ':')) {
            if (!take_digits(&s, 2, &second) || (take_char(&s, '.') && !take_fraction(&s, &us)))
                return false;
        }
        if (hour > 23 || minute > 59 || second > 59)
            return false;
        has_offset = s.n != 0;
        if (has_offset && (!take_offset(&s, &offset_min) || s.n != 0))
            return false;
    }
    int64_t wall = date.days * DAY_US + hour * HOUR_US + minute * MINUTE_US + second * SECOND_US + us;
    struct utc_us t = has_offset ? (struct utc_us){wall - offset_min * MINUTE_US} : from_wall(wall);
    if (!in_span(t.v))
        return false;
    *ret = t;
    return true;
}

/* == Writing ======================================================================================================= */

void out_date(struct out *out, struct date d)
{
    struct civil c = date_to_civil(d);
    out_padded(out, c.year, 4);
    out_char(out, '-');
    out_padded(out, c.month, 2);
    out_char(out, '-');
    out_padded(out, c.day, 2);
}

static void out_clock(struct out *out, struct local_time local)
{
    out_date(out, local.date);
    out_char(out, 'T');
    out_padded(out, local.hour, 2);
    out_char(out, ':');
    out_padded(out, local.minute, 2);
    out_char(out, ':');
    out_padded(out, local.second, 2);
    if (local.microsecond != 0) {
        out_char(out, '.');
        out_padded(out, local.microsecond, 6);
    }
}

void out_utc_local(struct out *out, struct utc_us t)
{
    struct local_time local = utc_to_local(t);
    int offset = local.offset_min < 0 ? -local.offset_min : local.offset_min;
    out_clock(out, local);
    out_char(out, local.offset_min < 0 ? '-' : '+');
    out_padded(out, offset / 60, 2);
    out_char(out, ':');
    out_padded(out, offset % 60, 2);
}

void out_utc(struct out *out, struct utc_us t)
{
    assert(!utc_is_none(t));
    out_clock(out, from_offset(t, 0));
    out_char(out, 'Z');
}

/* == Now =========================================================================================================== */

/* At most 63 bytes of the file; false with a reason. */
static bool clock_read(const char *file, struct utc_us *ret, struct str *ret_fault)
{
    char buffer[64];
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        *ret_fault = STR("the clock file cannot be opened");
        return false;
    }
    ssize_t n = read(fd, buffer, sizeof(buffer));
    close(fd);
    if (n < 0) {
        *ret_fault = STR("the clock file cannot be read");
        return false;
    }
    if ((size_t)n == sizeof(buffer) || !utc_parse(str_trim((struct str){buffer, (size_t)n}), ret)) {
        *ret_fault = STR("the clock file does not hold one RFC 3339 time, such as 2026-12-18T10:05:00+01:00");
        return false;
    }
    return true;
}

struct utc_us clock_now(const struct clock *clock)
{
    struct utc_us now;
    struct str fault;
    if (clock->standing.v != 0)
        return clock->standing;
    if (clock->file != NULL) {
        /* Somebody may be writing it just now: a moment's patience, 100 times 2 ms. */
        static const struct timespec pause = {.tv_nsec = 2000000};
        for (int n_left = 100; !clock_read(clock->file, &now, &fault); n_left--) {
            if (n_left == 0)
                BUG("%s: %.*s", clock->file, STR_ARG(fault));
            nanosleep(&pause, NULL);
        }
        return now;
    }
    struct timespec ts;
    if (clock_gettime(CLOCK_REALTIME, &ts) != 0)
        BUG("the system's clock cannot be read");
    return (struct utc_us){ts.tv_sec * SECOND_US + ts.tv_nsec / 1000};
}

bool clock_check(const struct clock *clock, struct str *ret_fault)
{
    struct utc_us now;
    return clock->file == NULL || clock_read(clock->file, &now, ret_fault);
}
