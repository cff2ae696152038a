#include "watch.h"

#include "calendar.h"
#include "file.h"
#include "watch_sql.h"

static const struct {
    const char *code, *text;
    bool is_of_case;
} kinds[] = {
#define IS_CASE true
#define IS_TECHNICAL false
#define WATCH(code, about, text) [WATCH_##code] = {#code, text, IS_##about},
#include "watch.def"
#undef WATCH
#undef IS_CASE
#undef IS_TECHNICAL
};

struct str watch_code(enum watch_kind kind)
{
    return str_from(kinds[kind].code);
}

struct str watch_text(enum watch_kind kind)
{
    return str_from(kinds[kind].text);
}

bool watch_is_of_case(enum watch_kind kind)
{
    return kinds[kind].is_of_case;
}

/* One look: when it is, and what it finds. */
struct look {
    const struct watch_place *place;
    struct utc_us now;
    struct watch_found *found;
    size_t n;
};

static void put(struct look *look, struct watch_found found)
{
    if (look->n < WATCH_MAX)
        look->found[look->n++] = found;
}

/* The end of the day so many whole working days ago: what came in then or before has had its time. */
static enum err days_ago(struct ctx *ctx, const struct look *look, struct utc_us *ret)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    const struct unit *intake = town_intake_unit(town);
    const struct day_rule *days = intake ? town_days(town, intake->id) : NULL;
    struct date day = utc_to_date(look->now);
    if (!day_is_working(days, day))
        TRY(workdays_add(ctx, days, day, -1, &day));
    TRY(workdays_add(ctx, days, day, -1 - look->place->settings->watch_days, &day));
    *ret = date_end(day);
    return OK;
}

static struct utc_us hours_ago(const struct look *look)
{
    return utc_add(look->now, -look->place->settings->watch_hours * HOUR_US);
}

/* The rows of the statements about cases have the same members but for the sixth, and are types of their own. */
#define PUT_ROWS(look, kind_, rows, n_rows, ...)                                                                       \
    for (size_t i = 0; i < (n_rows); i++)                                                                              \
    put((look), (struct watch_found){.kind = (kind_),                                                                  \
                                     .ref = (rows)[i].ref.v,                                                           \
                                     .since = (rows)[i].since,                                                         \
                                     .number = (rows)[i].number,                                                       \
                                     .unit = (rows)[i].unit,                                                           \
                                     __VA_ARGS__})

/* ---- cases ---- */

static enum err look_unregistered(struct ctx *ctx, struct look *look)
{
    struct utc_us before;
    struct watch_unregistered_row *rows;
    size_t n;
    TRY(days_ago(ctx, look, &before));
    TRY(watch_unregistered(ctx, look->place->viewer, look->place->everything, before, WATCH_MAX, &rows, &n));
    PUT_ROWS(look, WATCH_unregistered, rows, n, .who = rows[i].who);
    return OK;
}

static enum err look_unassigned(struct ctx *ctx, struct look *look)
{
    struct utc_us before;
    struct watch_unassigned_row *rows;
    size_t n;
    TRY(days_ago(ctx, look, &before));
    TRY(watch_unassigned(ctx, look->place->viewer, look->place->everything, before, WATCH_MAX, &rows, &n));
    PUT_ROWS(look, WATCH_unassigned, rows, n, .who = {0});
    return OK;
}

static enum err look_owner_gone(struct ctx *ctx, struct look *look)
{
    struct watch_owner_gone_row *rows;
    size_t n;
    TRY(watch_owner_gone(ctx, look->place->viewer, look->place->everything, utc_to_date(look->now), WATCH_MAX, &rows,
                         &n));
    PUT_ROWS(look, WATCH_owner_gone, rows, n, .who = rows[i].who);
    return OK;
}

static enum err look_undelivered(struct ctx *ctx, struct look *look)
{
    struct watch_undelivered_row *rows;
    size_t n;
    TRY(watch_undelivered(ctx, look->place->viewer, look->place->everything, hours_ago(look), WATCH_MAX, &rows, &n));
    PUT_ROWS(look, WATCH_undelivered, rows, n, .code = rows[i].kind, .error = rows[i].code);
    return OK;
}

static enum err look_by_hand(struct ctx *ctx, struct look *look)
{
    struct utc_us before;
    struct watch_by_hand_row *rows;
    size_t n;
    TRY(days_ago(ctx, look, &before));
    TRY(watch_by_hand(ctx, look->place->viewer, look->place->everything, look->now, before, WATCH_MAX, &rows, &n));
    PUT_ROWS(look, WATCH_by_hand, rows, n, .who = rows[i].who, .code = rows[i].code);
    return OK;
}

/* Reminders of a date go out on a working day's morning: a date of the day before yesterday has been told of by now. */
static enum err look_untold(struct ctx *ctx, struct look *look)
{
    enum { BEHIND_DAYS = 60 };
    struct utc_us before;
    struct watch_untold_row *rows;
    size_t n;
    TRY(days_ago(ctx, look, &before));
    TRY(watch_untold(ctx, look->place->viewer, look->place->everything, utc_add(look->now, -BEHIND_DAYS * DAY_US),
                     before, WATCH_MAX, &rows, &n));
    PUT_ROWS(look, WATCH_untold, rows, n, .who = rows[i].who, .code = rows[i].code);
    return OK;
}

static enum err look_words_missing(struct ctx *ctx, struct look *look)
{
    struct watch_words_missing_row *rows;
    size_t n;
    TRY(watch_words_missing(ctx, look->place->viewer, look->place->everything, WATCH_MAX, &rows, &n));
    PUT_ROWS(look, WATCH_words_missing, rows, n, .who = rows[i].who);
    return OK;
}

/* ---- the machine ---- */

static enum err look_words_alone(struct ctx *ctx, struct look *look)
{
    struct watch_words_alone_row *rows;
    size_t n;
    TRY(watch_words_alone(ctx, WATCH_MAX, &rows, &n));
    for (size_t i = 0; i < n; i++)
        put(look, (struct watch_found){.kind = WATCH_words_alone, .ref = rows[i].ref.v, .since = UTC_NONE});
    return OK;
}

static enum err look_staff_mail(struct ctx *ctx, struct look *look)
{
    enum { TELL_DAYS = 14 };
    struct watch_staff_mail_row *rows;
    size_t n;
    TRY(watch_staff_mail(ctx, utc_add(look->now, -TELL_DAYS * DAY_US), hours_ago(look), WATCH_MAX, &rows, &n));
    for (size_t i = 0; i < n; i++)
        put(look, (struct watch_found){.kind = WATCH_staff_mail,
                                       .ref = rows[i].ref.v,
                                       .since = rows[i].at,
                                       .who = rows[i].who,
                                       .code = rows[i].kind,
                                       .error = rows[i].code});
    return OK;
}

static enum err look_mail_off(struct ctx *ctx, struct look *look)
{
    struct watch_mail_waits_row *rows;
    size_t n;
    if (!str_is_empty(look->place->settings->smtp_url))
        return OK;
    TRY(watch_mail_waits(ctx, &rows, &n));
    if (n)
        put(look, (struct watch_found){.kind = WATCH_mail_off, .ref = 1, .since = rows[0].since});
    return OK;
}

/* A number for a job's code, the same each time: what stands still is remembered by number. */
static int64_t ref_of_code(struct str code)
{
    uint32_t hash = 2166136261U; /* FNV-1a */
    for (size_t i = 0; i < code.n; i++)
        hash = (hash ^ (unsigned char)code.p[i]) * 16777619U;
    return hash;
}

static enum err look_jobs(struct ctx *ctx, struct look *look, enum watch_kind kind)
{
    enum { FAILURES_MIN = 3 };
    struct watch_jobs_row *rows;
    size_t n;
    TRY(watch_jobs(ctx, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        bool is_late = !utc_is_none(rows[i].late) && utc_cmp(rows[i].late, look->now) < 0;
        bool fails = rows[i].failures >= FAILURES_MIN;
        if (kind == WATCH_job_late ? is_late && !fails : fails)
            put(look, (struct watch_found){.kind = kind,
                                           .ref = ref_of_code(rows[i].code),
                                           .since = rows[i].last,
                                           .code = rows[i].code,
                                           .n = rows[i].failures});
    }
    return OK;
}

static enum err look_store_full(struct ctx *ctx, struct look *look)
{
    enum { MB = 1 << 20 };
    int64_t free_bytes;
    if (str_is_empty(look->place->data_dir))
        return OK;
    TRY(file_space(ctx, look->place->data_dir, &free_bytes));
    if (free_bytes / MB < look->place->settings->watch_free_mb)
        put(look, (struct watch_found){.kind = WATCH_store_full, .ref = 1, .since = UTC_NONE, .n = free_bytes / MB});
    return OK;
}

static enum err look_kind(struct ctx *ctx, struct look *look, enum watch_kind kind)
{
    switch (kind) {
    case WATCH_unregistered:
        return look_unregistered(ctx, look);
    case WATCH_unassigned:
        return look_unassigned(ctx, look);
    case WATCH_owner_gone:
        return look_owner_gone(ctx, look);
    case WATCH_undelivered:
        return look_undelivered(ctx, look);
    case WATCH_by_hand:
        return look_by_hand(ctx, look);
    case WATCH_untold:
        return look_untold(ctx, look);
    case WATCH_words_missing:
        return look_words_missing(ctx, look);
    case WATCH_words_alone:
        return look_words_alone(ctx, look);
    case WATCH_staff_mail:
        return look_staff_mail(ctx, look);
    case WATCH_mail_off:
        return look_mail_off(ctx, look);
    case WATCH_job_late:
    case WATCH_job_fails:
        return look_jobs(ctx, look, kind);
    case WATCH_store_full:
        return look_store_full(ctx, look);
    case WATCH_KIND_COUNT:
        break;
    }
    BUG("the watchdog knows no kind %d", (int)kind);
}

enum err watch_look(struct ctx *ctx, const struct watch_place *place, enum watch_kind kind, struct watch_found **ret,
                    size_t *ret_n)
{
    struct look look = {
        .place = place, .now = ctx_now(ctx), .found = ARENA_ARRAY(ctx->arena, struct watch_found, WATCH_MAX)};
    TRY(look_kind(ctx, &look, kind));
    *ret = look.found;
    *ret_n = look.n;
    return OK;
}

enum err watch_idle(struct ctx *ctx, const struct watch_place *place, const struct unit ***ret, size_t *ret_n)
{
    enum { IDLE_DAYS = 365 };
    const struct town *town;
    struct watch_idle_units_row *rows;
    size_t n, n_units = 0;
    TRY(town_get(ctx, &town));
    TRY(watch_idle_units(ctx, place->viewer, place->everything, utc_add(ctx_now(ctx), -IDLE_DAYS * DAY_US), &rows, &n));
    const struct unit **units = ARENA_ARRAY(ctx->arena, const struct unit *, n);
    for (size_t i = 0; i < n; i++) {
        const struct unit *unit = town_unit(town, rows[i].unit);
        if (unit)
            units[n_units++] = unit;
    }
    *ret = units;
    *ret_n = n_units;
    return OK;
}
