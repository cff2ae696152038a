/* What: building up a municipality: units, routines, people. The reading half is town.c; both share town.h. */
#include <sodium.h>

#include "change.h"
#include "diary_rules.h"
#include "fold.h"
#include "journal.h"
#include "password.h"
#include "town.h"
#include "town_sql.h"

/* Who changed what of the municipality: about no case, in codes. */
static enum err write_down(struct ctx *ctx, struct str kind, struct str data)
{
    TX_SCOPE struct tx tx; /* joins the caller's */
    TRY(tx_begin(ctx, &tx));
    struct event_id event;
    TRY(journal_append(ctx, (struct case_id){0}, kind, data, (struct document_id){0}, &event));
    TRY(town_touch(ctx));
    return tx_commit(&tx);
}

static enum err write_down_unit(struct ctx *ctx, struct str kind, struct unit_id unit)
{
    struct unit_code_row row;
    TRY(unit_code(ctx, unit, &row));
    return write_down(ctx, kind, STEP_DATA(ctx, {"unit", row.code}));
}

static enum err write_down_user(struct ctx *ctx, struct str kind, struct user_id user)
{
    struct user_login_row row;
    TRY(user_login(ctx, user, &row));
    return write_down(ctx, kind, STEP_DATA(ctx, {"user", row.login}));
}

static bool is_code(struct str s)
{
    if (s.n == 0 || s.n > 60)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-'))
            return false;
    return true;
}

enum err town_add_unit(struct ctx *ctx, const struct unit_spec *spec, struct unit_id *ret)
{
    static const struct str levels[] = {STR_INIT("board"), STR_INIT("administration"), STR_INIT("operation"),
                                        STR_INIT("unit")};
    if (!is_code(spec->code))
        return fail(ctx, ERR_INVALID, "the unit code \"%.*s\" is not of a-z, 0-9 and -", STR_ARG(spec->code));
    if (str_is_empty(str_trim(spec->name)))
        return fail(ctx, ERR_INVALID, "the unit \"%.*s\" has no name", STR_ARG(spec->code));
    bool known_level = false;
    for (size_t i = 0; i < ARRAY_LEN(levels); i++)
        known_level |= str_eq(spec->level, levels[i]);
    if (!known_level)
        return fail(ctx, ERR_INVALID, "the level \"%.*s\" is not board, administration, operation or unit",
                    STR_ARG(spec->level));
    struct unit_add_row row;
    TRY(unit_add(ctx, spec->code, spec->name, spec->parent, spec->level, spec->secrecy_provision, spec->is_public,
                 spec->is_intake, spec->position, &row));
    TRY(unit_above_add(ctx, row.id, spec->parent));
    TRY(unit_reader_for_unit(ctx, row.id, spec->parent));
    TRY(write_down(ctx, STR("unit_add"), STEP_DATA(ctx, {"unit", spec->code})));
    *ret = row.id;
    return OK;
}

enum err town_set_diary(struct ctx *ctx, struct unit_id unit, struct str diary, struct str pattern)
{
    pattern = str_trim(pattern);
    if (!str_is_empty(diary) && !str_eq(diary, STR("own")) && !str_eq(diary, STR("external")))
        return fail(ctx, ERR_INVALID, "the diary \"%.*s\" is neither own nor external", STR_ARG(diary));
    if (!str_is_utf8(pattern) || str_utf8_len(pattern) > DIARY_PATTERN_MAX || str_has_control(pattern))
        return fail(ctx, ERR_INVALID, "the pattern is no line of at most %d characters", DIARY_PATTERN_MAX);
    TRY(unit_set_diary(ctx, unit, diary, str_is_none(pattern) ? STR("") : pattern));
    return write_down_unit(ctx, STR("unit_diary"), unit);
}

enum err town_set_unit(struct ctx *ctx, struct unit_id unit, const struct unit_change *change)
{
    if (str_is_empty(str_trim(change->name)))
        return fail(ctx, ERR_INVALID, "a unit has a name");
    int64_t n_changed;
    TRY(unit_set(ctx,
                 &(struct unit_set_in){.id = unit,
                                       .name = str_trim(change->name),
                                       .secrecy_provision = change->secrecy_provision,
                                       .is_public = change->is_public,
                                       .contact_function = change->contact_function,
                                       .phone = change->phone,
                                       .email = change->email,
                                       .visiting_address = change->visiting_address,
                                       .hours = change->hours,
                                       .in_directory = change->in_directory,
                                       .help = change->help},
                 &n_changed));
    if (n_changed == 0)
        return fail(ctx, ERR_NOT_FOUND, "there is no unit %lld", (long long)unit.v);
    return write_down_unit(ctx, STR("unit_set"), unit);
}

enum err town_add_day(struct ctx *ctx, struct unit_id unit, struct date day, struct str name, bool is_half)
{
    TRY(unit_day_add(ctx, unit, day, name, is_half ? STR("half") : STR("closed")));
    return write_down_unit(ctx, STR("day_add"), unit);
}

enum err town_remove_day(struct ctx *ctx, struct unit_id unit, int64_t number)
{
    int64_t n_changed;
    TRY(unit_day_remove(ctx, unit, number, &n_changed));
    if (n_changed == 0)
        return fail(ctx, ERR_NOT_FOUND, "the unit has no such day");
    return write_down_unit(ctx, STR("day_remove"), unit);
}

enum err town_add_routine(struct ctx *ctx, struct str yaml, struct str file_name, struct routine_id parent,
                          struct routine_id *ret)
{
    const struct routine *above = NULL;
    if (parent.v) {
        struct town_routine_yaml_row stored;
        TRY(town_routine_yaml(ctx, parent, &stored));
        struct routine *loaded;
        TRY(routine_load(ctx, stored.yaml, stored.code, NULL, &loaded));
        above = loaded;
    }
    struct routine *routine;
    TRY(routine_load(ctx, yaml, file_name, above, &routine));
    unsigned char sha256[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(sha256, (const unsigned char *)yaml.p, yaml.n);
    struct routine_add_row row;
    TRY(routine_add(ctx,
                    &(struct routine_add_in){.code = routine->id,
                                             .version = routine->version,
                                             .title = routine->document.title,
                                             .valid_from = routine->document.valid_from,
                                             .valid_until = routine->document.valid_until,
                                             .parent = parent,
                                             .yaml = yaml,
                                             .sha256 = {(const char *)sha256, sizeof sha256},
                                             .added = ctx_now(ctx),
                                             .added_by = ctx->who},
                    &row));
    TRY(write_down(ctx, STR("routine_add"),
                   STEP_DATA(ctx, {"routine", routine->id},
                             {"version", str_fmt(ctx->arena, "%lld", (long long)routine->version)})));
    *ret = row.id;
    return OK;
}

enum err town_bind_routine(struct ctx *ctx, struct unit_id unit, struct date from, struct routine_id routine)
{
    TRY(unit_routine_add(ctx, unit, from, routine));
    return write_down_unit(ctx, STR("routine_bind"), unit);
}

enum err town_add_user(struct ctx *ctx, const struct user_spec *spec, struct user_id *ret)
{
    struct str login = fold_case(ctx, str_trim(spec->login));
    if (str_is_empty(login) || login.n > 100)
        return fail(ctx, ERR_INVALID, "a log-in name has 1 to 100 characters");
    if (str_is_empty(str_trim(spec->name)))
        return fail(ctx, ERR_INVALID, "the user \"%.*s\" has no name", STR_ARG(login));
    struct str hash = STR_NONE;
    if (!str_is_none(spec->password))
        TRY(password_hash(ctx, spec->password, &hash));
    struct user_add_row row;
    TRY(user_add(ctx, login, str_trim(spec->name), spec->title, spec->email, spec->phone,
                 str_is_none(spec->mobile) ? STR("") : spec->mobile, hash,
                 str_is_empty(spec->language) ? STR("sv") : spec->language, &row));
    TRY(write_down(ctx, STR("user_add"), STEP_DATA(ctx, {"user", login})));
    *ret = row.id;
    return OK;
}

enum err town_set_user(struct ctx *ctx, struct user_id user, const struct user_spec *spec)
{
    if (str_is_empty(str_trim(spec->name)))
        return fail(ctx, ERR_INVALID, "a person has a name");
    TRY(user_set(ctx, user, str_trim(spec->name), spec->title, spec->email, spec->phone,
                 str_is_none(spec->mobile) ? STR("") : spec->mobile));
    return write_down_user(ctx, STR("user_set"), user);
}

enum err town_set_active(struct ctx *ctx, struct user_id user, bool active)
{
    TRY(user_set_active(ctx, user, active));
    return write_down_user(ctx, active ? STR("user_on") : STR("user_off"), user);
}

/* Where a role was given or taken. */
static enum err write_down_role(struct ctx *ctx, struct str kind, struct user_id user, enum role role,
                                struct unit_id unit)
{
    struct user_login_row who;
    struct unit_code_row where;
    TRY(user_login(ctx, user, &who));
    TRY(unit_code(ctx, unit, &where));
    return write_down(ctx, kind, STEP_DATA(ctx, {"user", who.login}, {"role", role_name(role)}, {"unit", where.code}));
}

enum err town_add_role(struct ctx *ctx, struct user_id user, enum role role, struct unit_id unit)
{
    if (!role_is_place(role))
        return fail(ctx, ERR_INVALID, "the role \"%.*s\" follows from a case and cannot be given",
                    STR_ARG(role_name(role)));
    TRY(user_role_add(ctx, user, role_name(role), unit));
    if (right_held(RIGHT_CASE_READ, roles_with((struct roles){0}, role)))
        TRY(unit_reader_add(ctx, user, unit));
    return write_down_role(ctx, STR("role_add"), user, role, unit);
}

/* inv 3 of town.h: which units the person reads follows from the roles that are left. */
static enum err readers_again(struct ctx *ctx, struct user_id user)
{
    struct user_roles_row *held;
    size_t n;
    TRY(user_roles(ctx, user, &held, &n));
    TRY(unit_reader_clear(ctx, user));
    for (size_t i = 0; i < n; i++) {
        enum role role;
        if (!role_find(held[i].role, &role))
            return fail(ctx, ERR_CORRUPT, "unknown role \"%.*s\"", STR_ARG(held[i].role));
        if (right_held(RIGHT_CASE_READ, roles_with((struct roles){0}, role)))
            TRY(unit_reader_add(ctx, user, held[i].unit));
    }
    return OK;
}

enum err town_remove_role(struct ctx *ctx, struct user_id user, enum role role, struct unit_id unit)
{
    int64_t n_changed;
    TRY(user_role_remove(ctx, user, role_name(role), unit, &n_changed));
    if (n_changed == 0)
        return fail(ctx, ERR_NOT_FOUND, "the person does not hold the role");
    TRY(readers_again(ctx, user));
    return write_down_role(ctx, STR("role_remove"), user, role, unit);
}
