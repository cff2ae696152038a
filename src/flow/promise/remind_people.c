#include "remind_people.h"

#include "absence.h"
#include "remind_sql.h"

struct str reminded_part_code(enum reminded_part part)
{
    static const char *const codes[] = {
        [REMINDED_RESPONSIBLE] = "responsible", [REMINDED_DEPUTY] = "deputy", [REMINDED_ABOVE] = "above"};
    return str_from(codes[part]);
}

static bool is_in(const struct reminded_list *list, struct user_id id)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->people[i].id.v == id.v)
            return true;
    return false;
}

static enum err add(struct ctx *ctx, const struct remind_about *about, struct user_id id, enum reminded_part part,
                    struct reminded_list *list)
{
    if (id.v == 0 || list->n == REMINDED_MAX || is_in(list, id))
        return OK;
    struct remind_sees_row *sees;
    size_t n;
    TRY(remind_sees(ctx, about->case_id, id, &sees, &n));
    if (n)
        list->people[list->n++] = (struct reminded){id, part};
    return OK;
}

/* The lowest unit at or above this one where the person holds the role. NULL: nowhere. */
static const struct unit *unit_of_role(const struct town *town, const struct staff *staff, enum role role,
                                       struct unit_id unit)
{
    const struct unit *lowest = NULL;
    for (size_t i = 0; i < staff->n_roles; i++) {
        const struct unit *at = town_unit(town, staff->roles[i].unit);
        if (staff->roles[i].role == role && at && town_is_below(town, unit, at->id) &&
            (lowest == NULL || at->depth > lowest->depth))
            lowest = at;
    }
    return lowest;
}

/* Those who hold the role nearest to the unit: not everybody above, too. */
static enum err add_nearest(struct ctx *ctx, const struct town *town, const struct remind_about *about, enum role role,
                            struct unit_id unit, enum reminded_part part, struct reminded_list *list)
{
    const struct staff **people;
    size_t n = town_people(ctx, town, role, unit, &people);
    int depth = n ? unit_of_role(town, people[0], role, unit)->depth : 0;
    for (size_t i = 0; i < n; i++)
        if (unit_of_role(town, people[i], role, unit)->depth == depth)
            TRY(add(ctx, about, people[i]->id, part, list));
    return OK;
}

static const struct staff *active(const struct town *town, struct user_id id)
{
    const struct staff *staff = id.v ? town_staff(town, id) : NULL;
    return staff && staff->active ? staff : NULL;
}

static bool is_a_managers(struct str who)
{
    return str_eq(who, STR("responsible_manager")) || str_eq(who, STR("handler")) || str_eq(who, STR("owner"));
}

/* ---- those who answer ---- */

static enum err add_responsible(struct ctx *ctx, const struct town *town, const struct remind_about *about,
                                struct reminded_list *list)
{
    enum role role;
    if (about->is_registration && active(town, about->receiver))
        TRY(add(ctx, about, about->receiver, REMINDED_RESPONSIBLE, list));
    if (is_a_managers(about->who) && active(town, about->owner))
        return add(ctx, about, about->owner, REMINDED_RESPONSIBLE, list);
    if (is_a_managers(about->who))
        return add_nearest(ctx, town, about, ROLE_responsible_manager, about->unit, REMINDED_RESPONSIBLE, list);
    if (str_eq(about->who, STR("receiver")) && active(town, about->receiver))
        return add(ctx, about, about->receiver, REMINDED_RESPONSIBLE, list);
    if (role_find(about->who, &role))
        return add_nearest(ctx, town, about, role, about->unit, REMINDED_RESPONSIBLE, list);
    return OK;
}

/* Nobody holds the role, or it is none (a receiver who wrote self): those who see to it that things are registered. */
static enum err add_instead(struct ctx *ctx, const struct town *town, const struct remind_about *about,
                            struct reminded_list *list)
{
    static const enum role roles[] = {ROLE_complaints_officer, ROLE_registration_officer, ROLE_intake_officer,
                                      ROLE_registrar, ROLE_quality_unit};
    for (size_t i = 0; i < ARRAY_LEN(roles) && list->n == 0; i++)
        TRY(add_nearest(ctx, town, about, roles[i], about->unit, REMINDED_RESPONSIBLE, list));
    return OK;
}

static enum err add_deputies(struct ctx *ctx, const struct remind_about *about, struct reminded_list *list)
{
    size_t n = list->n;
    for (size_t i = 0; i < n; i++) {
        struct user_id acts;
        TRY(absence_stand_in(ctx, list->people[i].id, about->at, &acts));
        TRY(add(ctx, about, acts, REMINDED_DEPUTY, list));
    }
    return OK;
}

/* ---- the level above ---- */

static enum err add_above(struct ctx *ctx, const struct town *town, const struct remind_about *about,
                          struct reminded_list *list)
{
    const struct staff *owner = active(town, about->owner);
    const struct unit *from = NULL;
    if (owner && is_a_managers(about->who))
        from = unit_of_role(town, owner, ROLE_responsible_manager, about->unit);
    if (from && from->parent.v)
        TRY(add_nearest(ctx, town, about, ROLE_responsible_manager, from->parent, REMINDED_ABOVE, list));
    else if (from == NULL)
        TRY(add_nearest(ctx, town, about, ROLE_responsible_manager, about->unit, REMINDED_ABOVE, list));
    return add_nearest(ctx, town, about, ROLE_complaints_officer, about->unit, REMINDED_ABOVE, list);
}

enum err remind_people(struct ctx *ctx, const struct town *town, const struct remind_about *about, bool with_above,
                       struct reminded_list *ret)
{
    *ret = (struct reminded_list){.n = 0};
    if (str_eq(about->who, STR("program")) || str_eq(about->who, STR("provider")))
        return OK;
    TRY(add_responsible(ctx, town, about, ret));
    if (ret->n == 0)
        TRY(add_instead(ctx, town, about, ret));
    TRY(add_deputies(ctx, about, ret));
    return with_above ? add_above(ctx, town, about, ret) : OK;
}
