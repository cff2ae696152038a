#include "demo_town.h"

#include "checklist.h"
#include "external_body.h"
#include "phrase.h"
#include "place.h"
#include "poster_place.h"
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

static struct str or_empty(struct str text)
{
    return str_is_none(text) ? STR("") : text;
}

static const struct staff *person(const struct town *town, struct str login)
{
    for (size_t i = 0; i < town->n_staff; i++)
        if (str_eq(town->staff[i].login, login))
            return &town->staff[i];
    return NULL;
}

static enum err add_contact(struct ctx *ctx, const struct demo_contact *contact)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    const struct unit *unit = town_unit_by_code(town, contact->unit);
    const struct staff *help = str_is_none(contact->help) ? NULL : person(town, contact->help);
    if (unit == NULL || (help == NULL && !str_is_none(contact->help)))
        return fail(ctx, ERR_CORRUPT, "no such unit or person in the directory: %.*s", STR_ARG(contact->unit));
    return town_set_unit(ctx, unit->id,
                         &(struct unit_change){.name = unit->name,
                                               .secrecy_provision = unit->secrecy_provision,
                                               .contact_function = or_empty(contact->function),
                                               .phone = or_empty(contact->phone),
                                               .email = or_empty(contact->email),
                                               .visiting_address = or_empty(contact->address),
                                               .hours = or_empty(contact->hours),
                                               .is_public = unit->is_public,
                                               .in_directory = contact->is_open,
                                               .help = help ? help->id : (struct user_id){0}});
}

/* Written by its owner as many days ago as the material says. */
static enum err add_checklist(struct ctx *ctx, const struct demo_checklist *list)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    const struct unit *unit = town_unit_by_code(town, list->unit);
    const struct staff *owner = person(town, list->owner);
    if (unit == NULL || owner == NULL)
        return fail(ctx, ERR_CORRUPT, "no such unit or person for a checklist: %.*s", STR_ARG(list->unit));
    struct clock then = {.standing = utc_add(ctx_now(ctx), -list->age_days * DAY_US)};
    struct ctx writer = *ctx;
    writer.clock = &then;
    writer.who = owner->id;
    enum err err = checklist_save(&writer, unit->id, 0, list->text, owner->id);
    ctx->error = writer.error;
    return err;
}

/* What whoever writes a reply may choose from. */
static enum err add_phrase(struct ctx *ctx, const struct demo_phrase *material)
{
    const struct town *town;
    int64_t id;
    TRY(town_get(ctx, &town));
    const struct staff *by = person(town, material->by);
    if (by == NULL)
        return fail(ctx, ERR_CORRUPT, "no such person for a phrase: %.*s", STR_ARG(material->by));
    struct ctx writer = *ctx;
    writer.who = by->id;
    enum err err = phrase_save(&writer,
                               &(struct phrase){.name = material->name,
                                                .body = material->body,
                                                .routine = STR(""),
                                                .type = str_is_none(material->type) ? STR("") : material->type,
                                                .active = true},
                               &id);
    ctx->error = writer.error;
    return err;
}

/* Put up, and looked after, as many days ago as the material says. */
static enum err add_place(struct ctx *ctx, const struct demo_place *place)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    const struct unit *unit = town_unit_by_code(town, place->unit);
    const struct staff *by = person(town, place->by);
    const struct staff *keeper = str_is_none(place->keeper) ? by : person(town, place->keeper);
    enum place_outcome outcome = PLACE_in_order;
    if (unit == NULL || by == NULL || keeper == NULL ||
        (!str_is_none(place->outcome) && !place_outcome_find(place->outcome, &outcome)))
        return fail(ctx, ERR_CORRUPT, "no such unit, person or outcome at: %.*s", STR_ARG(place->name));
    struct clock then = {.standing = utc_add(ctx_now(ctx), -place->age_days * DAY_US)};
    struct ctx writer = *ctx;
    writer.clock = &then;
    writer.who = by->id;
    struct place_spec spec = {.unit = unit->id,
                              .name = place->name,
                              .poster = place->poster,
                              .form = place->form,
                              .since = utc_to_date(then.standing),
                              .keeper = str_is_none(place->keeper) ? (struct user_id){0} : keeper->id,
                              .weeks = place->weeks};
    struct poster_place_id id;
    enum err err = place_add(&writer, &spec, &id);
    if (err == OK && !str_is_none(place->outcome)) {
        then.standing = utc_add(ctx_now(ctx), -place->checked_days * DAY_US);
        writer.who = keeper->id;
        err = place_check(&writer, id, outcome);
    }
    ctx->error = writer.error;
    return err;
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
    for (size_t i = 0; i < data->n_contacts; i++)
        TRY(add_contact(ctx, &data->contacts[i]));
    for (size_t i = 0; i < data->n_phrases; i++)
        TRY(add_phrase(ctx, &data->phrases[i]));
    for (size_t i = 0; i < data->n_checklists; i++)
        TRY(add_checklist(ctx, &data->checklists[i]));
    for (size_t i = 0; i < data->n_places; i++)
        TRY(add_place(ctx, &data->places[i]));
    return tx_commit(&tx);
}

enum err demo_town_make(struct ctx *ctx, const struct where *where, const struct demo_data *data)
{
    TRY(place_create(ctx, where, data->slug));
    TRY(place_open(ctx, &(struct place){.where = *where, .municipality = data->slug}));
    TRY(db_relax(ctx)); /* demo data can be made anew, and is ten times quicker so */
    return fill(ctx, data);
}
