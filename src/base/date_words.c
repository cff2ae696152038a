#include "date_words.h"

#include "arena.h"

enum { WORDS_MAX = 200 };

/* The numbered message of a family: weekday_5, month_12. */
static struct str word(struct arena *arena, const struct lang *lang, struct str prefix, int number)
{
    return msg_of_code(lang, prefix, str_fmt(arena, "%d", number));
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
    struct str month = word(arena, lang, MSG_PREFIX("month_"), c.month);
    struct str weekday = word(arena, lang, MSG_PREFIX("weekday_"), date_weekday(day));
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
    struct out out = out_init(arena, WORDS_MAX);
    text_msg_date_time(&out, lang,
                       (struct msg_date_time){.hour = str_fmt(arena, "%02d", local.hour),
                                              .minute = str_fmt(arena, "%02d", local.minute)});
    return (struct when_text){str_fmt(arena, "%02d:%02d", local.hour, local.minute), out_take(&out)};
}

struct when_text when_moment(struct arena *arena, const struct lang *lang, struct utc_us at, struct date today)
{
    if (utc_is_none(at))
        return (struct when_text){STR_NONE, STR_NONE};
    struct when_text day = when_day(arena, lang, utc_to_date(at), today);
    struct when_text time = when_time(arena, lang, at);
    struct out out = out_init(arena, WORDS_MAX);
    text_msg_date_moment(&out, lang, (struct msg_date_moment){.date = day.words, .time = time.words});
    return (struct when_text){str_fmt(arena, "%.*sT%.*s", STR_ARG(day.iso), STR_ARG(time.iso)), out_take(&out)};
}
