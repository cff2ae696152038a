#include "town.h"

#include "town_sql.h"

struct town_more {
    size_t n_bindings;
    const struct unit_binding *bindings; /* by unit, then day */
    const struct day_rule *days;         /* one per unit, in the order of town->units */
};

struct town_cache {
    struct arena *own;    /* holds the cache itself */
    struct arena *loaded; /* holds the town; NULL before the first town_get */
    struct town town;
};

enum { TOWN_MAX_BYTES = 256 << 20 };

struct town_cache *town_cache_new(void)
{
    struct arena *own = arena_new(sizeof(struct town_cache));
    struct town_cache *cache = ARENA_NEW(own, struct town_cache);
    cache->own = own;
    return cache;
}

void town_cache_free(struct town_cache *cache)
{
    if (cache == NULL)
        return;
    arena_free(cache->loaded);
    arena_free(cache->own);
}

static int unit_depth(const struct unit *units, size_t n, struct unit_id id)
{
    for (size_t i = 0; i < n; i++)
        if (units[i].id.v == id.v)
            return units[i].parent.v ? 1 + unit_depth(units, n, units[i].parent) : 0;
    return 0;
}

static enum err load_units(struct ctx *ctx, struct town *town)
{
    struct town_units_row *rows;
    TRY(town_units(ctx, &rows, &town->n_units));
    struct unit *units = ARENA_ARRAY(ctx->arena, struct unit, town->n_units);
    for (size_t i = 0; i < town->n_units; i++)
        units[i] = (struct unit){.id = rows[i].id,
                                 .parent = rows[i].parent,
                                 .code = rows[i].code,
                                 .name = rows[i].name,
                                 .level = rows[i].level,
                                 .secrecy_provision = rows[i].secrecy_provision,
                                 .is_public = rows[i].is_public,
                                 .is_intake = rows[i].is_intake,
                                 .diary = rows[i].diary,
                                 .diary_pattern = rows[i].diary_pattern,
                                 .contact_function = rows[i].contact_function,
                                 .phone = rows[i].phone,
                                 .email = rows[i].email,
                                 .visiting_address = rows[i].visiting_address,
                                 .hours = rows[i].hours,
                                 .in_directory = rows[i].in_directory,
                                 .help = rows[i].help};
    for (size_t i = 0; i < town->n_units; i++)
        units[i].depth = unit_depth(units, town->n_units, units[i].id);
    town->units = units;
    return OK;
}

static enum err load_stand_ins(struct ctx *ctx, const struct town *town, struct staff *staff)
{
    struct town_stand_ins_row *rows;
    size_t n;
    TRY(town_stand_ins(ctx, &rows, &n));
    struct user_id *absent = ARENA_ARRAY(ctx->arena, struct user_id, n);
    size_t at = 0;
    for (size_t i = 0; i < town->n_staff; i++) /* both by number */
        for (staff[i].absent = absent + at; at < n && rows[at].deputy.v == staff[i].id.v; at++) {
            absent[at] = rows[at].absent;
            staff[i].n_absent++;
        }
    return OK;
}

static enum err load_staff(struct ctx *ctx, struct town *town)
{
    struct town_users_row *users;
    struct town_user_roles_row *held;
    size_t n_held;
    TRY(town_users(ctx, &users, &town->n_staff));
    TRY(town_user_roles(ctx, &held, &n_held));
    struct staff *staff = ARENA_ARRAY(ctx->arena, struct staff, town->n_staff);
    struct staff_role *roles = ARENA_ARRAY(ctx->arena, struct staff_role, n_held);
    size_t at = 0;
    for (size_t i = 0; i < town->n_staff; i++) {
        staff[i] = (struct staff){.id = users[i].id,
                                  .login = users[i].login,
                                  .name = users[i].name,
                                  .title = users[i].title,
                                  .email = users[i].email,
                                  .phone = users[i].phone,
                                  .mobile = users[i].mobile,
                                  .active = users[i].active,
                                  .roles = roles + at};
        for (; at < n_held && held[at].user.v == users[i].id.v; at++) {
            if (!role_find(held[at].role, &roles[at].role))
                return fail(ctx, ERR_CORRUPT, "unknown role \"%.*s\"", STR_ARG(held[at].role));
            roles[at].unit = held[at].unit;
            staff[i].n_roles++;
        }
    }
    town->staff = staff;
    return load_stand_ins(ctx, town, staff);
}

static enum err load_routines(struct ctx *ctx, struct town *town)
{
    struct town_routines_row *rows;
    TRY(town_routines(ctx, &rows, &town->n_routines));
    town->routines = ARENA_ARRAY(ctx->arena, struct routine_version, town->n_routines);
    for (size_t i = 0; i < town->n_routines; i++)
        town->routines[i] = (struct routine_version){.id = rows[i].id,
                                                     .parent = rows[i].parent,
                                                     .code = rows[i].code,
                                                     .title = rows[i].title,
                                                     .version = rows[i].version,
                                                     .valid_from = rows[i].valid_from,
                                                     .valid_until = rows[i].valid_until,
                                                     .added = rows[i].added,
                                                     .added_by = rows[i].added_by,
                                                     .withdrawn = rows[i].withdrawn};
    struct town_unit_routines_row *bound;
    TRY(town_unit_routines(ctx, &bound, &town->more->n_bindings));
    struct unit_binding *bindings = ARENA_ARRAY(ctx->arena, struct unit_binding, town->more->n_bindings);
    for (size_t i = 0; i < town->more->n_bindings; i++)
        bindings[i] = (struct unit_binding){bound[i].unit, bound[i].from_date, bound[i].routine};
    town->more->bindings = bindings;
    return OK;
}

static enum err load_days(struct ctx *ctx, struct town *town)
{
    struct town_local_days_row *rows;
    size_t n;
    TRY(town_local_days(ctx, &rows, &n));
    struct day_rule *rules = ARENA_ARRAY(ctx->arena, struct day_rule, town->n_units);
    for (size_t u = 0; u < town->n_units; u++) {
        struct local_day *own = ARENA_ARRAY(ctx->arena, struct local_day, n);
        size_t n_own = 0;
        for (size_t i = 0; i < n; i++)
            if (rows[i].unit.v == 0 || town_is_below(town, town->units[u].id, rows[i].unit))
                own[n_own++] = (struct local_day){
                    .date = rows[i].day,
                    .kind = str_eq(rows[i].open_part, STR("closed")) ? LOCAL_CLOSED : LOCAL_HALF,
                    .name = rows[i].name,
                };
        rules[u].local = (struct local_days){own, local_days_sort(own, n_own)};
    }
    town->more->days = rules;
    return OK;
}

static enum err load(struct ctx *ctx, struct town *ret)
{
    struct town_row_row row;
    TRY(town_row(ctx, &row));
    struct town town = {.slug = row.slug,
                        .name = row.name,
                        .phone = row.phone,
                        .address = row.address,
                        .theme = row.theme,
                        .changed = row.changed,
                        .more = ARENA_NEW(ctx->arena, struct town_more)};
    TRY(load_units(ctx, &town));
    TRY(load_staff(ctx, &town));
    TRY(load_routines(ctx, &town));
    TRY(load_days(ctx, &town));
    *ret = town;
    return OK;
}

/* ctx with the cache's arena: what is read lives as long as the town. */
static struct ctx long_lived(struct ctx *ctx, struct arena *arena)
{
    struct ctx longer = *ctx;
    longer.arena = arena;
    return longer;
}

enum err town_get(struct ctx *ctx, const struct town **ret)
{
    struct town_cache *cache = ctx->town;
    assert(cache);
    struct town_changed_row now;
    TRY(town_changed(ctx, &now));
    if (cache->town.changed != now.changed) {
        struct arena *arena = arena_new(TOWN_MAX_BYTES);
        struct ctx longer = long_lived(ctx, arena);
        struct town town;
        enum err err = load(&longer, &town);
        if (err != OK) {
            ctx->error = (struct error){err, str_copy(ctx->arena, longer.error.message),
                                        str_copy(ctx->arena, longer.error.detail), STR_NONE};
            arena_free(arena);
            return err;
        }
        struct arena *old = cache->loaded;
        cache->loaded = arena;
        cache->town = town;
        arena_free(old);
    }
    *ret = &cache->town;
    return OK;
}

const struct unit *town_unit(const struct town *town, struct unit_id id)
{
    for (size_t i = 0; i < town->n_units; i++)
        if (town->units[i].id.v == id.v)
            return &town->units[i];
    return NULL;
}

const struct unit *town_unit_by_code(const struct town *town, struct str code)
{
    for (size_t i = 0; i < town->n_units; i++)
        if (str_eq(town->units[i].code, code))
            return &town->units[i];
    return NULL;
}

const struct unit *town_intake_unit(const struct town *town)
{
    for (size_t i = 0; i < town->n_units; i++)
        if (town->units[i].is_intake)
            return &town->units[i];
    return NULL;
}

const struct staff *town_staff(const struct town *town, struct user_id id)
{
    size_t low = 0, high = town->n_staff;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (town->staff[middle].id.v < id.v)
            low = middle + 1;
        else
            high = middle;
    }
    return low < town->n_staff && town->staff[low].id.v == id.v ? &town->staff[low] : NULL;
}

bool town_is_below(const struct town *town, struct unit_id unit, struct unit_id above)
{
    for (const struct unit *at = town_unit(town, unit); at; at = town_unit(town, at->parent))
        if (at->id.v == above.v)
            return true;
    return false;
}

bool town_diary_is_external(const struct town *town, const struct unit *unit, struct str *ret_pattern)
{
    *ret_pattern = STR("");
    for (const struct unit *at = unit; at; at = town_unit(town, at->parent))
        if (!str_is_empty(at->diary)) {
            *ret_pattern = at->diary_pattern;
            return str_eq(at->diary, STR("external"));
        }
    return false;
}

/* unit .v 0: anywhere. */
static struct roles roles_of(const struct town *town, const struct staff *staff, struct unit_id unit,
                             struct roles roles)
{
    for (size_t i = 0; staff && i < staff->n_roles; i++)
        if (unit.v == 0 || town_is_below(town, unit, staff->roles[i].unit))
            roles = roles_with(roles, staff->roles[i].role);
    return roles;
}

struct roles town_roles_at(const struct town *town, struct user_id user, struct unit_id unit)
{
    const struct staff *staff = town_staff(town, user);
    struct roles roles = roles_of(town, staff, unit, (struct roles){0});
    for (size_t i = 0; staff && i < staff->n_absent; i++)
        roles = roles_of(town, town_staff(town, staff->absent[i]), unit, roles);
    return roles;
}

struct roles town_roles(const struct town *town, struct user_id user)
{
    return town_roles_at(town, user, (struct unit_id){0});
}

/* How far above unit the person holds the role: 0 in the unit itself, -1 not at all. */
static int role_distance(const struct town *town, const struct staff *staff, enum role role, struct unit_id unit)
{
    int distance = 0;
    for (const struct unit *at = town_unit(town, unit); at; at = town_unit(town, at->parent), distance++)
        for (size_t i = 0; i < staff->n_roles; i++)
            if (staff->roles[i].role == role && staff->roles[i].unit.v == at->id.v)
                return distance;
    return -1;
}

size_t town_people(struct ctx *ctx, const struct town *town, enum role role, struct unit_id unit,
                   const struct staff ***ret)
{
    enum { LEVELS = 16 };
    const struct staff **people = ARENA_ARRAY(ctx->arena, const struct staff *, town->n_staff);
    size_t n = 0;
    for (int distance = 0; distance < LEVELS; distance++)
        for (size_t i = 0; i < town->n_staff; i++)
            if (town->staff[i].active && role_distance(town, &town->staff[i], role, unit) == distance)
                people[n++] = &town->staff[i];
    *ret = people;
    return n;
}

const struct staff *town_stand_in(const struct town *town, struct user_id user)
{
    for (size_t i = 0; i < town->n_staff; i++)
        for (size_t a = 0; a < town->staff[i].n_absent; a++)
            if (town->staff[i].absent[a].v == user.v)
                return &town->staff[i];
    return NULL;
}

const struct staff *town_help(const struct town *town, struct unit_id unit)
{
    for (const struct unit *at = town_unit(town, unit); at; at = town_unit(town, at->parent)) {
        const struct staff *help = at->help.v ? town_staff(town, at->help) : NULL;
        if (help == NULL || !help->active)
            continue;
        const struct staff *stand_in = town_stand_in(town, help->id);
        return stand_in ? stand_in : help;
    }
    return NULL;
}

struct unit_id town_unit_of(const struct town *town, struct user_id user)
{
    const struct staff *staff = town_staff(town, user);
    const struct unit *deepest = NULL;
    for (size_t i = 0; staff && i < staff->n_roles; i++) {
        const struct unit *unit = town_unit(town, staff->roles[i].unit);
        if (unit && (deepest == NULL || unit->depth > deepest->depth))
            deepest = unit;
    }
    return deepest ? deepest->id : (struct unit_id){0};
}

const struct unit_binding *town_bindings(const struct town *town, size_t *ret_n)
{
    *ret_n = town->more->n_bindings;
    return town->more->bindings;
}

const struct routine_version *town_version(const struct town *town, struct routine_id id)
{
    for (size_t i = 0; i < town->n_routines; i++)
        if (town->routines[i].id.v == id.v)
            return &town->routines[i];
    return NULL;
}

enum err town_routine_at(struct ctx *ctx, const struct town *town, struct unit_id unit, struct date arrived,
                         struct routine_id *ret)
{
    for (const struct unit *at = town_unit(town, unit); at; at = town_unit(town, at->parent)) {
        struct routine_id newest = {0};
        for (size_t i = 0; i < town->more->n_bindings; i++)
            if (town->more->bindings[i].unit.v == at->id.v && town->more->bindings[i].from.days <= arrived.days)
                newest = town->more->bindings[i].routine;
        if (newest.v) {
            *ret = newest;
            return OK;
        }
    }
    return fail(ctx, ERR_SETTING, "unit %lld has no routine on that day, nor any unit above it", (long long)unit.v);
}

enum err town_routine(struct ctx *ctx, struct routine_id id, const struct routine **ret)
{
    struct town_cache *cache = ctx->town;
    for (size_t i = 0; i < cache->town.n_routines; i++) {
        struct routine_version *version = &cache->town.routines[i];
        if (version->id.v != id.v)
            continue;
        if (version->loaded == NULL) {
            const struct routine *parent = NULL;
            if (version->parent.v)
                TRY(town_routine(ctx, version->parent, &parent));
            struct ctx longer = long_lived(ctx, cache->loaded);
            struct town_routine_yaml_row row;
            struct routine *loaded;
            enum err err = town_routine_yaml(&longer, id, &row);
            if (err == OK)
                err = routine_load(&longer, row.yaml, row.code, parent, &loaded);
            if (err != OK) {
                ctx->error = longer.error;
                return err;
            }
            version->loaded = loaded;
        }
        *ret = version->loaded;
        return OK;
    }
    return fail(ctx, ERR_CORRUPT, "there is no routine version %lld", (long long)id.v);
}

const struct day_rule *town_days(const struct town *town, struct unit_id unit)
{
    for (size_t i = 0; i < town->n_units; i++)
        if (town->units[i].id.v == unit.v)
            return &town->more->days[i];
    BUG("no unit %lld", (long long)unit.v);
}
