/* What: gava init: a new municipality with its routines and one unit that takes everything in.
 * Flow: main.c -> init_cmd; then gava unit add and gava user add (setup_cmd.c), then gava serve.
 * Source: design.md section 5. */
#include "file.h"
#include "place.h"
#include "town_sql.h"

int init_cmd(struct ctx *ctx, int argc, char **argv);

struct init {
    struct place place;
    struct str name;
    struct arg_list files;
};

struct routine_file {
    struct str name, yaml, id, parent;
    struct routine_id row;
};

enum { FILES_MAX = 100 };

static enum err read_files(struct ctx *ctx, const struct init *init, struct routine_file *ret)
{
    if (init->files.n > FILES_MAX)
        return fail(ctx, ERR_INVALID, "more than %d routine files", FILES_MAX);
    for (size_t i = 0; i < init->files.n; i++) {
        ret[i].name = init->files.items[i];
        TRY(file_read(ctx, ret[i].name, ROUTINE_FILE_MAX, &ret[i].yaml));
        ret[i].parent = routine_wants(ctx, ret[i].yaml);
    }
    return OK;
}

/* A routine comes after the one it inherits from. */
static enum err add_routine(struct ctx *ctx, struct routine_file *files, size_t n, size_t i, int depth)
{
    if (files[i].row.v)
        return OK;
    if (depth > 4)
        return fail(ctx, ERR_INVALID, "%.*s: routines inherit from each other in a circle", STR_ARG(files[i].name));
    struct routine_id parent = {0};
    if (!str_is_none(files[i].parent)) {
        for (size_t j = 0; j < n && parent.v == 0; j++) {
            struct str stem = files[j].name;
            ptrdiff_t slash = -1;
            for (size_t k = 0; k < stem.n; k++)
                if (stem.p[k] == '/')
                    slash = (ptrdiff_t)k;
            stem = str_skip(stem, (size_t)(slash + 1));
            if (str_ends(stem, STR(".yaml")))
                stem.n -= 5;
            if (!str_eq(stem, files[i].parent) && !str_eq(files[j].id, files[i].parent))
                continue;
            TRY(add_routine(ctx, files, n, j, depth + 1));
            parent = files[j].row;
        }
        if (parent.v == 0) {
            fail(ctx, ERR_INVALID, "%.*s inherits from \"%.*s\", which is not among the files", STR_ARG(files[i].name),
                 STR_ARG(files[i].parent));
            return fail_hint(ctx, "give that file too: --routine %.*s.yaml", STR_ARG(files[i].parent));
        }
    }
    return town_add_routine(ctx, files[i].yaml, files[i].name, parent, &files[i].row);
}

static enum err fill(struct ctx *ctx, const struct init *init, struct routine_file *files)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(municipality_add(ctx, init->place.municipality, init->name));
    for (size_t i = 0; i < init->files.n; i++)
        TRY(add_routine(ctx, files, init->files.n, i, 0));
    struct unit_id unit;
    TRY(town_add_unit(
        ctx,
        &(struct unit_spec){
            .code = init->place.municipality, .name = init->name, .level = STR("administration"), .is_intake = true},
        &unit));
    /* From the beginning: what is older than the routine is still answered by it. */
    TRY(town_bind_routine(ctx, unit, date_from_civil((struct civil){1970, 1, 1}), files[0].row));
    return tx_commit(&tx);
}

/* Every file is sound, before anything is made. */
static enum err check_files(struct ctx *ctx, const struct routine_file *files, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!str_is_none(files[i].parent))
            continue; /* read with its parent when it is stored; gava routine check tells more */
        struct routine *routine;
        TRY(routine_load(ctx, files[i].yaml, files[i].name, NULL, &routine));
    }
    return OK;
}

static enum err init_run(struct ctx *ctx, const struct init *init)
{
    struct routine_file files[FILES_MAX] = {0};
    if (str_is_empty(str_trim(init->name)))
        return fail(ctx, ERR_INVALID, "the municipality has no name");
    TRY(where_check(ctx, &init->place.where));
    TRY(read_files(ctx, init, files));
    TRY(check_files(ctx, files, init->files.n));
    TRY(place_create(ctx, &init->place.where, init->place.municipality));
    TRY(place_open(ctx, &init->place));
    return fill(ctx, init, files);
}

int init_cmd(struct ctx *ctx, int argc, char **argv)
{
    struct init init = {0};
    struct arg args[] = {
        ARG_TEXT("--data", "DIR", /* needed= */ false, &init.place.where.dir,
                 "folder for the files; made when missing"),
        ARG_TEXT("--postgres", "URL", /* needed= */ false, &init.place.where.url, "database, instead of --data"),
        ARG_TEXT("--municipality", "SLUG", /* needed= */ true, &init.place.municipality,
                 "short name for addresses and files: a-z, 0-9 and -"),
        ARG_TEXT("--name", "NAME", /* needed= */ true, &init.name, "full name, \"Ekhamns kommun\""),
        ARG_LIST("--routine", "FILE", /* needed= */ true, &init.files,
                 "routine as YAML; the first is followed where no other is chosen"),
    };
    int status;
    if (!args_read(ctx, argc, argv, ARRAY_LEN(args), args, &status))
        return status;
    enum err err = init_run(ctx, &init);
    if (err == OK)
        printf("%.*s is made. Next:\n"
               "%s"
               "  gava unit add ...   the units people can choose\n"
               "  gava user add ...   the people who shall log in\n"
               "  gava serve ...      the pages\n",
               STR_ARG(init.name),
               str_is_none(init.place.where.dir) ? "" : "  gava.conf           the settings, each explained\n");
    return command_status(ctx, err);
}
