#include "date_words.h"

#include "arena.h"

enum { WORDS_MAX = 200 };

/* By number, not by name: a page with many promises asks a few hundred times. */
static const enum msg weekdays[] = {MSG_weekday_1, MSG_weekday_2, MSG_weekday_3, MSG_weekday_4,
                                    MSG_weekday_5, MSG_weekday_6, MSG_weekday_7};
static const enum msg months[] = {MSG_month_1, MSG_month_2, MSG_month_3, MSG_month_4,  MSG_month_5,  MSG_month_6,
                                  MSG_month_7, MSG_month_8, MSG_month_9, MSG_month_10, MSG_month_11, MSG_month_12};

static struct str two_digits(struct arena *arena, int number)
{
    struct out out = out_init(arena, 2);
    out_padded(&out, number, 2);
    return out_take(&out);
}

static struct str iso_date(struct arena *arena, struct date day)
{
    struct out out = out_init(arena, WORDS_MAX);
    out_date(&out, day);
    return out_take(&out);
}

static struct when_text day_words(struct arena *arena, const struct lang *lang, struct date day, struct date today,
                                  bool with_weekday)
{
    if (date_is_none(day))
        return (struct when_text){STR_NONE, STR_NONE};
    struct civil c = date_to_civil(day);
    bool with_year = c.year != date_to_civil(today).year;
    struct str month = msg_text(lang, months[c.month - 1]);
    struct str weekday = msg_text(lang, weekdays[date_weekday(day) - 1]);
    struct out out = out_init(arena, WORDS_MAX);
    if (with_weekday && with_year)
        text_msg_date_day_year(
            &out, lang, (struct msg_date_day_year){.weekday = weekday, .n = c.day, .month = month, .n_year = c.year});
    else if (with_weekday)
        text_msg_date_day(&out, lang, (struct msg_date_day){.weekday = weekday, .n = c.day, .month = month});
    else if (with_year)
        text_msg_date_short_year(&out, lang,
                                 (struct msg_date_short_year){.n = c.day, .month = month, .n_year = c.year});
    else
        text_msg_date_short(&out, lang, (struct msg_date_short){.n = c.day, .month = month});
    return (struct when_text){iso_date(arena, day), out_take(&out)};
}

struct when_text when_day(struct arena *arena, const struct lang *lang, struct date day, struct date today)
{
    return day_words(arena, lang, day, today, /* with_weekday= */ true);
}

struct when_text when_date(struct arena *arena, const struct lang *lang, struct date day, struct date today)
{
    return day_words(arena, lang, day, today, /* with_weekday= */ false);
}

struct when_text when_time(struct arena *arena, const struct lang *lang, struct utc_us at)
{
    if (utc_is_none(at))
        return (struct when_text){STR_NONE, STR_NONE};
    struct local_time local = utc_to_local(at);
    struct str hour = two_digits(arena, local.hour), minute = two_digits(arena, local.minute);
    struct out out = out_init(arena, WORDS_MAX), iso = out_init(arena, WORDS_MAX);
    text_msg_date_time(&out, lang, (struct msg_date_time){.hour = hour, .minute = minute});
    out_str(&iso, hour);
    out_char(&iso, ':');
    out_str(&iso, minute);
    return (struct when_text){out_take(&iso), out_take(&out)};
}

struct when_text when_moment(struct arena *arena, const struct lang *lang, struct utc_us at, struct date today)
{
    if (utc_is_none(at))
        return (struct when_text){STR_NONE, STR_NONE};
    struct when_text day = when_day(arena, lang, utc_to_date(at), today);
    struct when_text time = when_time(arena, lang, at);
    struct out out = out_init(arena, WORDS_MAX), iso = out_init(arena, WORDS_MAX);
    text_msg_date_moment(&out, lang, (struct msg_date_moment){.date = day.words, .time = time.words});
    out_str(&iso, day.iso);
    out_char(&iso, 'T');
    out_str(&iso, time.iso);
    return (struct when_text){out_take(&iso), out_take(&out)};
}
