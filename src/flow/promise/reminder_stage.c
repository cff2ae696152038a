#include "reminder_stage.h"

/* The latest of the stages after the date that n_late working days have reached; 0: none. */
static int64_t late_stage(const struct reminder_rule *rule, int64_t n_late)
{
    int64_t stage = rule->late > 0 && n_late >= rule->late ? rule->late : 0;
    if (rule->escalate > 0 && n_late >= rule->escalate)
        stage = rule->escalate;
    int64_t last = rule->escalate > 0 ? rule->escalate : rule->late;
    if (rule->repeat > 0 && last > 0 && n_late > last)
        stage = last + (n_late - last) / rule->repeat * rule->repeat;
    return stage;
}

enum err reminder_stage(struct ctx *ctx, const struct reminder_rule *rule, const struct day_rule *days, struct date due,
                        struct date today, struct reminder_stage *ret)
{
    struct reminder_stage stage = {.is_any = true};
    if (today.days > due.days) {
        stage.days = late_stage(rule, workdays_between(days, due, today));
        stage.escalates = rule->escalate > 0 && stage.days >= rule->escalate;
        *ret = stage;
        return OK;
    }
    struct date on = due, before;
    if (!day_is_working(days, due))
        TRY(workdays_add(ctx, days, due, -1, &on));
    TRY(workdays_add(ctx, days, on, -rule->before, &before));
    if (today.days < on.days) {
        stage.days = -rule->before;
        stage.is_any = rule->before > 0 && today.days >= before.days;
    }
    *ret = stage;
    return OK;
}
