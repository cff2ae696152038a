/* What: looks at everything that may stand still, notes how much for /metrics, and tells those who look after it by
 * mail: at once when something is found, then each working day's morning as long as it stands; one mail for each look
 * and person, that says how many things and where to look. */
#include "calendar.h"
#include "db.h"
#include "job.h"
#include "remind_sql.h"
#include "staff_notice.h"
#include "watch.h"
#include "watch_sql.h"

/* How many things each person is told of: by the town's list of staff. */
struct alarm {
    const struct town *town;
    int64_t *n_by_staff, n_told;
    struct utc_us now;
    struct date today;
    bool is_morning; /* on a working day, reminder_time has passed: what still stands is told again */
};

static bool has_time_passed(const struct alarm *alarm, struct str time)
{
    struct str rest = time, hour, minute;
    int64_t h = 0, m = 0;
    if (!str_split(&rest, ':', &hour) || !str_split(&rest, ':', &minute) || !str_to_i64(hour, &h) ||
        !str_to_i64(minute, &m))
        return true; /* the reminders' job tells of a wrong setting */
    return utc_cmp(utc_from_local(alarm->today, (int)h, (int)m, 0, 0), alarm->now) <= 0;
}

static enum err tell_role(struct ctx *ctx, struct alarm *alarm, enum role role, struct unit_id unit,
                          struct case_id restricted)
{
    const struct staff **people;
    size_t n = town_people(ctx, alarm->town, role, unit, &people);
    for (size_t i = 0; i < n; i++) {
        if (restricted.v) {
            struct remind_sees_row *sees;
            size_t n_sees;
            TRY(remind_sees(ctx, restricted, people[i]->id, &sees, &n_sees));
            if (n_sees == 0)
                continue;
        }
        alarm->n_by_staff[people[i] - alarm->town->staff]++;
        alarm->n_told++;
    }
    return OK;
}

static enum err tell_admins(struct ctx *ctx, struct alarm *alarm)
{
    const struct unit *top = town_intake_unit(alarm->town);
    return top ? tell_role(ctx, alarm, ROLE_admin, top->id, (struct case_id){0}) : OK;
}

static enum err tell_of_case(struct ctx *ctx, struct alarm *alarm, const struct watch_found *found)
{
    static const enum role roles[] = {ROLE_complaints_officer, ROLE_quality_unit, ROLE_registrar};
    struct watch_restricted_row about;
    int64_t n_told = alarm->n_told;
    TRY(watch_restricted(ctx, found->number, &about));
    for (size_t i = 0; i < ARRAY_LEN(roles); i++)
        TRY(tell_role(ctx, alarm, roles[i], found->unit, about.restricted ? about.id : (struct case_id){0}));
    return alarm->n_told > n_told ? OK : tell_admins(ctx, alarm); /* nobody there looks after the whole */
}

static enum err look_at(struct ctx *ctx, struct alarm *alarm, const struct watch_found *found)
{
    struct watch_told_get_row *told;
    size_t n;
    struct str kind = watch_code(found->kind);
    TRY(watch_told_get(ctx, kind, found->ref, &told, &n));
    bool again = n && told[0].day.days < alarm->today.days && alarm->is_morning;
    if (n == 0 || again)
        TRY(watch_is_of_case(found->kind) ? tell_of_case(ctx, alarm, found) : tell_admins(ctx, alarm));
    return watch_told_put(ctx, kind, found->ref, n == 0 || again ? alarm->today : told[0].day, alarm->now);
}

static enum err look_at_kind(struct ctx *ctx, struct alarm *alarm, const struct watch_place *place,
                             enum watch_kind kind)
{
    struct watch_found *found;
    size_t n;
    TRY(watch_look(ctx, place, kind, &found, &n));
    for (size_t i = 0; i < n; i++)
        TRY(look_at(ctx, alarm, &found[i]));
    return watch_state_put(ctx, watch_code(kind), (int64_t)n, n ? found[0].since : UTC_NONE, alarm->now);
}

enum err watch_job(struct ctx *ctx, const struct job_place *place, bool *ret_more UNUSED)
{
    const struct settings *settings = &place->server->settings;
    struct watch_place where = {.everything = true, .settings = settings, .data_dir = place->server->data_dir};
    struct alarm alarm = {.now = ctx_now(ctx)};
    TRY(town_get(ctx, &alarm.town));
    alarm.today = utc_to_date(alarm.now);
    const struct unit *intake = town_intake_unit(alarm.town);
    alarm.is_morning = day_is_working(intake ? town_days(alarm.town, intake->id) : NULL, alarm.today) &&
                       has_time_passed(&alarm, settings->reminder_time);
    alarm.n_by_staff = ARENA_ARRAY(ctx->arena, int64_t, alarm.town->n_staff);
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    for (enum watch_kind kind = 0; kind < WATCH_KIND_COUNT; kind++)
        TRY(look_at_kind(ctx, &alarm, &where, kind));
    TRY(watch_told_sweep(ctx, alarm.now));
    for (size_t i = 0; i < alarm.town->n_staff; i++) {
        struct notice_id notice;
        if (alarm.n_by_staff[i])
            TRY(staff_notice_many(ctx, alarm.town->staff[i].id, NOTICE_watch_alarm, alarm.n_by_staff[i], &notice));
    }
    return tx_commit(&tx);
}
