/* What: building up a municipality: units, routines, people. The reading half is town.c; both share town.h. */
#include <sodium.h>

#include "diary_rules.h"
#include "fold.h"
#include "password.h"
#include "town.h"
#include "town_sql.h"

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
    TRY(town_touch(ctx));
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
    return town_touch(ctx);
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
                                             .added = ctx_now(ctx)},
                    &row));
    TRY(town_touch(ctx));
    *ret = row.id;
    return OK;
}

enum err town_bind_routine(struct ctx *ctx, struct unit_id unit, struct date from, struct routine_id routine)
{
    TRY(unit_routine_add(ctx, unit, from, routine));
    return town_touch(ctx);
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
    TRY(user_add(ctx, login, str_trim(spec->name), spec->title, spec->email, spec->phone, hash,
                 str_is_empty(spec->language) ? STR("sv") : spec->language, &row));
    TRY(town_touch(ctx));
    *ret = row.id;
    return OK;
}

enum err town_add_role(struct ctx *ctx, struct user_id user, enum role role, struct unit_id unit)
{
    if (!role_is_place(role))
        return fail(ctx, ERR_INVALID, "the role \"%.*s\" follows from a case and cannot be given",
                    STR_ARG(role_name(role)));
    TRY(user_role_add(ctx, user, role_name(role), unit));
    if (right_held(RIGHT_CASE_READ, roles_with((struct roles){0}, role)))
        TRY(unit_reader_add(ctx, user, unit));
    return town_touch(ctx);
}
