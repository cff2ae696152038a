/* What: gava unit add, gava user add, gava routine add: a municipality grows.
 * Flow: main.c -> here -> town.h; a running gava serve notices at its next request.
 * Not here: pages for the same (a later issue). Source: design.md section 5; S0.43, S1.38, S3.41. */
#include <unistd.h>

#include "file.h"
#include "place.h"
#include "town_sql.h"

int unit_add_cmd(struct ctx *ctx, int argc, char **argv);
int unit_diary_cmd(struct ctx *ctx, int argc, char **argv);
int user_add_cmd(struct ctx *ctx, int argc, char **argv);
int routine_add_cmd(struct ctx *ctx, int argc, char **argv);

struct unit_add {
    struct place place;
    struct str code, name, above, level, secrecy, routine, diary, pattern;
    bool is_public;
};

static enum err find_unit(struct ctx *ctx, const struct town *town, struct str code, struct unit_id *ret)
{
    const struct unit *unit = town_unit_by_code(town, code);
    if (unit == NULL)
        return fail(ctx, ERR_INVALID, "there is no unit \"%.*s\"", STR_ARG(code));
    *ret = unit->id;
    return OK;
}

/* The newest version of a routine that is stored. */
static enum err find_routine(struct ctx *ctx, const struct town *town, struct str code, struct routine_id *ret)
{
    const struct routine_version *newest = NULL;
    for (size_t i = 0; i < town->n_routines; i++)
        if (str_eq(town->routines[i].code, code) && utc_is_none(town->routines[i].withdrawn) &&
            (newest == NULL || town->routines[i].version > newest->version))
            newest = &town->routines[i];
    if (newest == NULL) {
        fail(ctx, ERR_INVALID, "there is no routine \"%.*s\"", STR_ARG(code));
        return fail_hint(ctx, "add it: gava routine add --file FILE");
    }
    *ret = newest->id;
    return OK;
}

static enum err unit_add_run(struct ctx *ctx, const struct unit_add *add)
{
    TRY(place_open(ctx, &add->place));
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct unit_spec spec = {.code = add->code,
                             .name = add->name,
                             .level = add->level,
                             .secrecy_provision = add->secrecy,
                             .is_public = add->is_public,
                             .position = (int64_t)town->n_units};
    TRY(find_unit(ctx, town, str_is_none(add->above) ? town->slug : add->above, &spec.parent));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct unit_id unit;
    TRY(town_add_unit(ctx, &spec, &unit));
    if (!str_is_none(add->diary) || !str_is_none(add->pattern))
        TRY(town_set_diary(ctx, unit, str_is_none(add->diary) ? STR("") : add->diary, add->pattern));
    if (!str_is_none(add->routine)) {
        struct routine_id routine;
        TRY(find_routine(ctx, town, add->routine, &routine));
        TRY(town_bind_routine(ctx, unit, date_from_civil((struct civil){1970, 1, 1}), routine));
    }
    return tx_commit(&tx);
}

int unit_add_cmd(struct ctx *ctx, int argc, char **argv)
{
    struct unit_add add = {.level = STR("unit")};
    struct arg args[] = {
        PLACE_ARGS(&add.place),
        ARG_TEXT("--code", "CODE", /* needed= */ true, &add.code, "short name: a-z, 0-9 and -"),
        ARG_TEXT("--name", "NAME", /* needed= */ true, &add.name, "\"Hemtjänst norr\""),
        ARG_TEXT("--above", "CODE", /* needed= */ false, &add.above, "the unit it belongs to (default: the top one)"),
        ARG_TEXT("--level", "LEVEL", /* needed= */ false, &add.level, "board, administration, operation or unit"),
        ARG_TEXT("--routine", "ID", /* needed= */ false, &add.routine,
                 "its own routine (default: that of the unit above)"),
        ARG_TEXT("--secrecy", "PROVISION", /* needed= */ false, &add.secrecy,
                 "cases start out marked secret by this, \"26 kap. 1 § OSL\""),
        ARG_TEXT("--diary", "WHOSE", /* needed= */ false, &add.diary,
                 "own, or external: another system gives the diary numbers (default: as the unit above)"),
        ARG_TEXT("--diary-pattern", "PATTERN", /* needed= */ false, &add.pattern,
                 "how the other system's numbers look, \"SN ####/#*\": # a digit, #* digits, @ a letter"),
        ARG_SWITCH("--public", &add.is_public, "may be chosen in the public form"),
    };
    int status;
    if (!args_read(ctx, argc, argv, ARRAY_LEN(args), args, &status))
        return status;
    return command_status(ctx, unit_add_run(ctx, &add));
}

struct unit_diary {
    struct place place;
    struct str code, diary, pattern;
};

static enum err unit_diary_run(struct ctx *ctx, const struct unit_diary *set)
{
    TRY(place_open(ctx, &set->place));
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct unit_id unit;
    TRY(find_unit(ctx, town, set->code, &unit));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(town_set_diary(ctx, unit, str_eq(set->diary, STR("inherit")) ? STR("") : set->diary, set->pattern));
    return tx_commit(&tx);
}

int unit_diary_cmd(struct ctx *ctx, int argc, char **argv)
{
    struct unit_diary set = {.pattern = STR("")};
    struct arg args[] = {
        PLACE_ARGS(&set.place),
        ARG_TEXT("--unit", "CODE", /* needed= */ true, &set.code, "which unit"),
        ARG_TEXT("--diary", "WHOSE", /* needed= */ true, &set.diary, "own, external or inherit"),
        ARG_TEXT("--pattern", "PATTERN", /* needed= */ false, &set.pattern,
                 "how the other system's numbers look, \"SN ####/#*\": # a digit, #* digits, @ a letter"),
    };
    int status;
    if (!args_read(ctx, argc, argv, ARRAY_LEN(args), args, &status))
        return status;
    return command_status(ctx, unit_diary_run(ctx, &set));
}

struct user_add {
    struct place place;
    struct user_spec spec;
    struct arg_list roles;
};

/* "ROLE@UNIT". */
static enum err add_role(struct ctx *ctx, const struct town *town, struct user_id user, struct str word)
{
    ptrdiff_t at = str_find_char(word, '@');
    enum role role;
    if (at < 0 || !role_find(str_head(word, (size_t)at), &role)) {
        fail(ctx, ERR_INVALID, "\"%.*s\" is not ROLE@UNIT", STR_ARG(word));
        return fail_hint(ctx, "for example responsible_manager@hemtjanst-norr; roles: src/rights.def");
    }
    struct unit_id unit;
    TRY(find_unit(ctx, town, str_skip(word, (size_t)at + 1), &unit));
    return town_add_role(ctx, user, role, unit);
}

/* The first line of standard input, without its end. */
static enum err read_password(struct ctx *ctx, struct str *ret)
{
    enum { LINE_MAX_BYTES = 2000 };
    if (isatty(STDIN_FILENO))
        fputs("Password (at least 12 characters): ", stderr);
    char line[LINE_MAX_BYTES];
    if (fgets(line, sizeof line, stdin) == NULL)
        return fail(ctx, ERR_INVALID, "no password on standard input");
    struct str text = str_from(line);
    while (text.n && (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\r'))
        text.n--;
    *ret = str_copy(ctx->arena, text);
    return OK;
}

static enum err user_add_run(struct ctx *ctx, struct user_add *add)
{
    TRY(place_open(ctx, &add->place));
    const struct town *town;
    TRY(town_get(ctx, &town));
    TRY(read_password(ctx, &add->spec.password));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct user_id user;
    TRY(town_add_user(ctx, &add->spec, &user));
    for (size_t i = 0; i < add->roles.n; i++)
        TRY(add_role(ctx, town, user, add->roles.items[i]));
    return tx_commit(&tx);
}

int user_add_cmd(struct ctx *ctx, int argc, char **argv)
{
    struct user_add add = {.spec = {.title = STR(""), .email = STR(""), .phone = STR(""), .language = STR("sv")}};
    struct arg args[] = {
        PLACE_ARGS(&add.place),
        ARG_TEXT("--user", "LOGIN", /* needed= */ true, &add.spec.login,
                 "log-in name; the password is read from standard input"),
        ARG_TEXT("--name", "NAME", /* needed= */ true, &add.spec.name, "\"Amir Haddad\""),
        ARG_TEXT("--title", "TITLE", /* needed= */ false, &add.spec.title, "\"enhetschef\""),
        ARG_TEXT("--email", "ADDRESS", /* needed= */ false, &add.spec.email, "for notices"),
        ARG_LIST("--role", "ROLE@UNIT", /* needed= */ true, &add.roles, "may be given several times"),
    };
    int status;
    if (!args_read(ctx, argc, argv, ARRAY_LEN(args), args, &status))
        return status;
    return command_status(ctx, user_add_run(ctx, &add));
}

struct routine_add_options {
    struct place place;
    struct str file;
    struct arg_list units;
    struct date from;
};

static enum err routine_add_run(struct ctx *ctx, const struct routine_add_options *add)
{
    TRY(place_open(ctx, &add->place));
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct str yaml;
    TRY(file_read(ctx, add->file, ROUTINE_FILE_MAX, &yaml));
    struct routine_id parent = {0}, routine;
    struct str wants = routine_wants(ctx, yaml);
    if (!str_is_none(wants))
        TRY(find_routine(ctx, town, wants, &parent));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(town_add_routine(ctx, yaml, add->file, parent, &routine));
    for (size_t i = 0; i < add->units.n; i++) {
        struct unit_id unit;
        TRY(find_unit(ctx, town, add->units.items[i], &unit));
        TRY(town_bind_routine(ctx, unit, add->from, routine));
    }
    return tx_commit(&tx);
}

int routine_add_cmd(struct ctx *ctx, int argc, char **argv)
{
    struct routine_add_options add = {.from = utc_to_date(ctx_now(ctx))};
    struct arg args[] = {
        PLACE_ARGS(&add.place),
        ARG_TEXT("--file", "FILE", /* needed= */ true, &add.file, "the routine as YAML"),
        ARG_LIST("--unit", "CODE", /* needed= */ false, &add.units, "units that follow it; may be given several times"),
        ARG_DATE("--from", /* needed= */ false, &add.from, "cases that arrive from this day on (default: today)"),
    };
    int status;
    if (!args_read(ctx, argc, argv, ARRAY_LEN(args), args, &status))
        return status;
    return command_status(ctx, routine_add_run(ctx, &add));
}
