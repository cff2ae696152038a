#include "demo_town.h"

#include "external_body.h"
#include "place.h"
#include "routine_shipped.h"
#include "town.h"
#include "town_sql.h"
#include "vault.h"

struct made_routine {
    struct str code;
    struct routine_id id;
};

/* The routine with this code, stored when it is not yet; what it inherits from comes first. */
static enum err routine_made(struct ctx *ctx, struct made_routine *made, size_t *n, struct str code,
                             struct routine_id *ret)
{
    for (size_t i = 0; i < *n; i++)
        if (str_eq(made[i].code, code)) {
            *ret = made[i].id;
            return OK;
        }
    struct str yaml = routine_shipped(code), name = str_fmt(ctx->arena, "%.*s.yaml", STR_ARG(code));
    if (str_is_none(yaml))
        return fail(ctx, ERR_CORRUPT, "there is no routine \"%.*s\"", STR_ARG(code));
    struct routine_id parent = {0};
    struct str wants = routine_wants(ctx, yaml);
    if (!str_is_none(wants))
        TRY(routine_made(ctx, made, n, wants, &parent));
    TRY(town_add_routine(ctx, yaml, name, parent, ret));
    made[(*n)++] = (struct made_routine){code, *ret};
    return OK;
}

static enum err add_units(struct ctx *ctx, const struct demo_data *data)
{
    enum { ROUTINES_MAX = 32 };
    struct made_routine made[ROUTINES_MAX];
    size_t n_made = 0;
    struct unit_id top;
    TRY(town_add_unit(ctx, &(struct unit_spec){.code = data->slug, .name = data->name, .level = STR("administration")},
                      &top));
    struct routine_id routine;
    TRY(routine_made(ctx, made, &n_made, STR("default"), &routine));
    TRY(town_bind_routine(ctx, top, date_from_civil((struct civil){1970, 1, 1}), routine));
    struct unit_id *ids = ARENA_ARRAY(ctx->arena, struct unit_id, data->n_units);
    for (size_t i = 0; i < data->n_units; i++) {
        const struct demo_unit *u = &data->units[i];
        struct unit_id parent = top;
        for (size_t j = 0; j < i; j++)
            if (str_eq(data->units[j].code, u->parent))
                parent = ids[j];
        TRY(town_add_unit(ctx,
                          &(struct unit_spec){.code = u->code,
                                              .name = u->name,
                                              .level = u->level,
                                              .parent = parent,
                                              .secrecy_provision = u->secrecy,
                                              .is_public = u->is_public,
                                              .is_intake = u->is_intake,
                                              .position = (int64_t)i + 1},
                          &ids[i]));
        if (str_is_none(u->routine))
            continue;
        TRY(routine_made(ctx, made, &n_made, u->routine, &routine));
        TRY(town_bind_routine(ctx, ids[i], date_from_civil((struct civil){1970, 1, 1}), routine));
    }
    return OK;
}

static enum err add_people(struct ctx *ctx, const struct demo_data *data)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    for (size_t i = 0; i < data->n_people; i++) {
        const struct demo_person *p = &data->people[i];
        struct user_id user;
        TRY(town_add_user(ctx,
                          &(struct user_spec){
                              .login = p->login,
                              .name = p->name,
                              .title = p->title,
                              .email = str_fmt(ctx->arena, "%.*s@%.*s", STR_ARG(p->login), STR_ARG(data->domain)),
                              .phone = str_is_none(p->phone) ? STR("") : p->phone,
                              .language = STR("sv"),
                              .password = DEMO_PASSWORD,
                          },
                          &user));
        for (size_t r = 0; r < p->n_roles; r++) {
            enum role role;
            const struct unit *unit = town_unit_by_code(town, p->roles[r].unit);
            if (!role_find(p->roles[r].role, &role) || unit == NULL)
                return fail(ctx, ERR_CORRUPT, "%.*s has no such role or unit", STR_ARG(p->login));
            TRY(town_add_role(ctx, user, role, unit->id));
        }
    }
    return OK;
}

static enum err fill(struct ctx *ctx, const struct demo_data *data)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(municipality_add(ctx, data->slug, data->name));
    TRY(municipality_set(ctx, data->phone, data->address));
    TRY(external_bodies_seed(ctx));
    TRY(add_units(ctx, data));
    TRY(add_people(ctx, data));
    return tx_commit(&tx);
}

enum err demo_town_make(struct ctx *ctx, const struct where *where, const struct demo_data *data)
{
    TRY(place_create(ctx, where, data->slug));
    TRY(place_open(ctx, &(struct place){.where = *where, .municipality = data->slug}));
    TRY(db_relax(ctx)); /* demo data can be made anew, and is ten times quicker so */
    return fill(ctx, data);
}
