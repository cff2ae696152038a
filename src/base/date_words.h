/* What: days and moments in words: "fredag 8 januari", "tisdag 29 december kl. 10.24"; in English "Friday 8 January".
 * Flow: a page function prepares a struct when_text; the template prints it as <time datetime>, a mail takes its words.
 * Rules: the year only when it is not today's; the weekday when somebody must act (ux/README 5).
 * Memory: in the arena. Nothing here fails; UTC_NONE and DATE_NONE give a when without words.
 * Not here: working days (calendar.h). Source: klarspråk; SS-ISO 8601 for datetime. */
#ifndef GAVA_DATE_WORDS_H
#define GAVA_DATE_WORDS_H

#include "msg.h"
#include "times.h"

/* "fredag 8 januari"; "fredag 8 januari 2027" when today lies in another year. */
struct when_text when_day(struct arena *arena, const struct lang *lang, struct date day, struct date today);
/* "8 januari": for dates in passing. */
struct when_text when_date(struct arena *arena, const struct lang *lang, struct date day, struct date today);
/* "tisdag 29 december kl. 10.24", local time. */
struct when_text when_moment(struct arena *arena, const struct lang *lang, struct utc_us at, struct date today);
/* "10.24". */
struct when_text when_time(struct arena *arena, const struct lang *lang, struct utc_us at);
static inline bool when_is_none(struct when_text when)
{
    return str_is_empty(when.words);
}

#endif
