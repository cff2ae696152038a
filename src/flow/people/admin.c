#include "admin.h"

#include "fold.h"

bool admin_reaches_unit(const struct ctx *ctx, const struct town *town, struct unit_id unit)
{
    return right_held(RIGHT_ADMIN, town_roles_at(town, ctx->who, unit));
}

bool admin_reaches_person(const struct ctx *ctx, const struct town *town, const struct staff *staff)
{
    for (size_t i = 0; i < staff->n_roles; i++)
        if (!admin_reaches_unit(ctx, town, staff->roles[i].unit))
            return false;
    return true;
}

bool admin_may_give(const struct ctx *ctx, const struct town *town, const struct staff *staff)
{
    return staff->id.v != ctx->who.v && admin_reaches_person(ctx, town, staff);
}

const struct staff *admin_find(struct ctx *ctx, const struct town *town, struct str text)
{
    struct str wanted = fold_case(ctx, str_trim(text));
    const struct staff *found = NULL;
    for (size_t i = 0; i < town->n_staff; i++) {
        const struct staff *staff = &town->staff[i];
        if (!staff->active)
            continue;
        if (str_eq(staff->login, wanted))
            return staff;
        if (str_eq(fold_case(ctx, staff->name), wanted)) {
            if (found)
                return NULL;
            found = staff;
        }
    }
    return found;
}
