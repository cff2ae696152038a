#include "worklist_groups.h"

int date_iso_week(struct date d)
{
    struct date thursday = date_add(d, 4 - date_weekday(d)); /* a week belongs to the year its Thursday lies in */
    int year = date_to_civil(thursday).year;
    return (thursday.days - date_from_civil((struct civil){year, 1, 1}).days) / 7 + 1;
}

static struct worklist_group group_of(struct utc_us due, struct utc_us now, struct date last_near)
{
    struct date today = utc_to_date(now), day = utc_is_none(due) ? DATE_NONE : utc_to_date(due);
    if (utc_is_none(due))
        return (struct worklist_group){.kind = GROUP_NO_DATE};
    if (utc_cmp(due, now) < 0)
        return (struct worklist_group){.kind = GROUP_LATE};
    if (day.days == today.days)
        return (struct worklist_group){.kind = GROUP_TODAY, .first = day, .last = day};
    if (day.days <= last_near.days)
        return (struct worklist_group){.kind = GROUP_DAY, .first = day, .last = day};
    struct date monday = date_add(day, 1 - date_weekday(day));
    return (struct worklist_group){.kind = GROUP_WEEK,
                                   .first = monday.days > last_near.days ? monday : date_add(last_near, 1),
                                   .last = date_add(monday, 6),
                                   .week = date_iso_week(day)};
}

enum err worklist_groups(struct ctx *ctx, const struct day_rule *rule, struct utc_us now, const struct utc_us *due,
                         size_t n, struct worklist_group **ret, size_t *ret_n)
{
    struct date last_near;
    TRY(workdays_add(ctx, rule, utc_to_date(now), WORKLIST_DAYS_AHEAD, &last_near));
    struct worklist_group *groups = ARENA_ARRAY(ctx->arena, struct worklist_group, n);
    size_t n_groups = 0;
    for (size_t i = 0; i < n; i++) {
        struct worklist_group group = group_of(due[i], now, last_near);
        struct worklist_group *last = n_groups ? &groups[n_groups - 1] : NULL;
        if (last && last->kind == group.kind && last->first.days == group.first.days) {
            last->n++;
            continue;
        }
        group.at = i;
        group.n = 1;
        groups[n_groups++] = group;
    }
    *ret = groups;
    *ret_n = n_groups;
    return OK;
}
