/* A question nobody has answered within the routine's time: who was asked, who answers for the case meanwhile and the
 * level above are reminded, once. Nothing else changes: the owner is the owner. */
#include "absence.h"
#include "db.h"
#include "handover.h"
#include "job.h"
#include "staff_notice.h"

enum { LATE_BATCH = 20 };

/* The nearest manager above the unit who is not the one asked; .v 0: nobody. */
static struct user_id level_above(struct ctx *ctx, const struct town *town, struct unit_id unit, struct user_id asked)
{
    static const enum role order[] = {ROLE_responsible_manager, ROLE_complaints_officer, ROLE_quality_unit};
    const struct unit *at = town_unit(town, unit);
    for (size_t i = 0; i < ARRAY_LEN(order); i++) {
        const struct staff **people;
        struct unit_id from = i == 0 && at && at->parent.v ? at->parent : unit;
        size_t n = town_people(ctx, town, order[i], from, &people);
        for (size_t k = 0; k < n; k++)
            if (people[k]->id.v != asked.v)
                return people[k]->id;
    }
    return (struct user_id){0};
}

/* Each person once, and who stands in for whoever is away. */
static enum err remind(struct ctx *ctx, struct case_id about, struct user_id who, struct user_id *told, size_t *n_told)
{
    struct user_id both[2] = {who, {0}};
    if (who.v == 0)
        return OK;
    TRY(absence_stand_in(ctx, who, ctx_now(ctx), &both[1]));
    for (size_t i = 0; i < ARRAY_LEN(both); i++) {
        bool is_told = false;
        for (size_t k = 0; k < *n_told; k++)
            is_told |= told[k].v == both[i].v;
        if (is_told)
            continue;
        told[(*n_told)++] = both[i];
        TRY(staff_notice(ctx, both[i], NOTICE_not_accepted, about));
    }
    return OK;
}

static enum err chase(struct ctx *ctx, struct handover_id id)
{
    enum { PEOPLE = 4 };
    struct user_id told[2 * PEOPLE];
    size_t n_told = 0;
    int64_t n;
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct handover_get_row h;
    TRY(handover_get(ctx, id, &h));
    TRY(handover_set_chased(ctx, id, ctx_now(ctx), &n));
    if (n == 0)
        return OK; /* answered in this moment */
    struct open_case c;
    struct responsible now;
    TRY(case_open_by_id(ctx, h.case_id, &c));
    TRY(handover_responsible(ctx, &c, &now));
    TRY(remind(ctx, h.case_id, h.to, told, &n_told));
    TRY(remind(ctx, h.case_id, h.by, told, &n_told));
    TRY(remind(ctx, h.case_id, now.user, told, &n_told));
    TRY(remind(ctx, h.case_id, level_above(ctx, c.town, h.to_unit, h.to), told, &n_told));
    return tx_commit(&tx);
}

enum err handover_job(struct ctx *ctx, const struct job_place *place, bool *ret_more)
{
    struct handover_waiting_late_row *late;
    size_t n;
    TRY(handover_waiting_late(ctx, ctx_now(ctx), LATE_BATCH, &late, &n));
    for (size_t i = 0; i < n && !job_is_told_to_stop(place); i++)
        TRY(chase(ctx, late[i].id));
    *ret_more = n == LATE_BATCH;
    return OK;
}
