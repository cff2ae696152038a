/* What: rows of the work-list under headings by deadline: late, today, each of the next working days, each week after
 * that, without date. Pure: rows must come sorted by date, as worklist_read gives them. Memory: as long as ctx.
 * Source: mock-up 04. */
#ifndef GAVA_WORKLIST_GROUPS_H
#define GAVA_WORKLIST_GROUPS_H

#include "calendar.h"
#include "ctx.h"

enum worklist_group_kind { GROUP_LATE, GROUP_TODAY, GROUP_DAY, GROUP_WEEK, GROUP_NO_DATE };

struct worklist_group {
    enum worklist_group_kind kind;
    struct date first, last; /* GROUP_DAY: the day; GROUP_WEEK: Monday, or the day after those above; Sunday */
    int week;                /* GROUP_WEEK: number after ISO 8601 */
    size_t at, n;            /* rows at .. at + n - 1 */
};

/* How many working days after today have a heading of their own. */
enum { WORKLIST_DAYS_AHEAD = 5 };

/* due: of each row, sorted. now decides what is late: a date of today is not. ERR_INVALID only for dates outside the
 * years 1-9999. */
MUST_USE enum err worklist_groups(struct ctx *ctx, const struct day_rule *rule, struct utc_us now,
                                  const struct utc_us *due, size_t n, struct worklist_group **ret, size_t *ret_n);
/* The number of the week a day lies in, after ISO 8601. */
int date_iso_week(struct date d);

#endif
