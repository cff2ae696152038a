/* What: the morning's reminders: on a working day, from the time in the setting reminder_time on, once. What a stop or
 * a fault left undone is done at the next look: a reminder that is out is known by its row. */
#include "calendar.h"
#include "job.h"
#include "remind.h"
#include "remind_sql.h"

/* "07:30" as the moment of today. ERR_SETTING. */
static enum err morning_of(struct ctx *ctx, struct str time, struct date today, struct utc_us *ret)
{
    struct str rest = time, hour, minute;
    int64_t h, m;
    if (!str_split(&rest, ':', &hour) || !str_split(&rest, ':', &minute) || !str_is_none(rest) ||
        !str_to_i64(hour, &h) || !str_to_i64(minute, &m) || h < 0 || h > 23 || m < 0 || m > 59)
        return fail(ctx, ERR_SETTING, "cannot read reminder_time \"%.*s\" as a time of the day", STR_ARG(time));
    *ret = utc_from_local(today, (int)h, (int)m, 0, 0);
    return OK;
}

static enum err is_time(struct ctx *ctx, const struct settings *settings, struct date today, bool *ret)
{
    const struct town *town;
    struct utc_us morning;
    struct remind_day_get_row *done;
    size_t n;
    TRY(town_get(ctx, &town));
    TRY(morning_of(ctx, settings->reminder_time, today, &morning));
    *ret = false;
    const struct unit *intake = town_intake_unit(town);
    if (!day_is_working(intake ? town_days(town, intake->id) : NULL, today) || utc_cmp(ctx_now(ctx), morning) < 0)
        return OK;
    TRY(remind_day_get(ctx, today, &done, &n));
    *ret = n == 0;
    return OK;
}

typedef enum err some_fn(struct ctx *ctx, struct date today, struct remind_at *at, bool *ret_more);

/* *ret_stopped: the process shall end; the next one goes on. */
static enum err remind_all(struct ctx *ctx, const struct job_place *place, struct date today, some_fn *some,
                           bool *ret_stopped)
{
    struct remind_at at = {.code = STR_NONE};
    for (bool more = true; more && !*ret_stopped; *ret_stopped = job_is_told_to_stop(place))
        TRY(some(ctx, today, &at, &more));
    return OK;
}

enum err remind_job(struct ctx *ctx, const struct job_place *place, bool *ret_more UNUSED)
{
    struct date today = utc_to_date(ctx_now(ctx));
    bool due, stopped = false;
    TRY(is_time(ctx, &place->server->settings, today, &due));
    if (!due)
        return OK;
    TRY(remind_all(ctx, place, today, remind_some, &stopped));
    if (!stopped)
        TRY(remind_all(ctx, place, today, remind_some_delayed, &stopped));
    if (!stopped)
        TRY(remind_all(ctx, place, today, remind_some_unregistered, &stopped));
    if (stopped)
        return OK; /* the day is not marked: whoever looks next goes on */
    TRY(remind_digests(ctx));
    return remind_day_put(ctx, today, ctx_now(ctx));
}
