/* What: gava init: a new municipality with its routines and one unit that takes everything in.
 * Flow: main.c -> init_cmd; then gava unit add and gava user add (setup_cmd.c), then gava serve.
 * Source: design.md section 5. */
#include "external_body.h"
#include "file.h"
#include "place.h"
#include "routine_shipped.h"
#include "town_sql.h"

int init_cmd(struct ctx *ctx, int argc, char **argv);

struct init {
    struct place place;
    struct str name;
    struct arg_list files, more; /* --routine A B C and --routine A --routine B */
};

struct routine_file {
    struct str name, yaml;
    const struct routine *loaded;
    size_t parent; /* index; NO_PARENT: stands alone */
    struct routine_id row;
};

enum { FILES_MAX = 100, INHERIT_MAX = 4 };
#define NO_PARENT SIZE_MAX

struct routine_files {
    struct routine_file v[FILES_MAX];
    size_t n;
};

/* "routines/default.yaml": folder "routines/", stem "default". */
static struct str folder_of(struct str path)
{
    size_t n = path.n;
    while (n && path.p[n - 1] != '/')
        n--;
    return str_head(path, n);
}

static struct str stem_of(struct str path)
{
    struct str stem = str_skip(path, folder_of(path).n);
    if (str_ends(stem, STR(".yaml")))
        stem.n -= STR(".yaml").n;
    return stem;
}

static enum err add_file(struct ctx *ctx, struct routine_files *files, struct str name, struct str yaml)
{
    if (files->n == FILES_MAX)
        return fail(ctx, ERR_INVALID, "more than %d routine files", FILES_MAX);
    files->v[files->n++] = (struct routine_file){.name = name, .yaml = yaml, .parent = NO_PARENT};
    return OK;
}

/* What a file inherits from: one of those given, one beside it, or one that comes with Gåva. */
static enum err find_parent(struct ctx *ctx, struct routine_files *files, struct str child, struct str id, size_t *ret)
{
    for (size_t i = 0; i < files->n; i++)
        if (str_eq(stem_of(files->v[i].name), id)) {
            *ret = i;
            return OK;
        }
    struct str folder = folder_of(child), yaml;
    struct str beside = str_fmt(ctx->arena, "%.*s%.*s.yaml", STR_ARG(folder), STR_ARG(id));
    if (file_read(ctx, beside, ROUTINE_FILE_MAX, &yaml) != OK) {
        yaml = routine_shipped(id);
        if (str_is_none(yaml)) {
            fail(ctx, ERR_INVALID, "%.*s inherits from \"%.*s\", which is not among the files", STR_ARG(child),
                 STR_ARG(id));
            return fail_hint(ctx, "give that file too: --routine %.*s.yaml", STR_ARG(id));
        }
    }
    TRY(add_file(ctx, files, beside, yaml));
    *ret = files->n - 1;
    return OK;
}

/* Read a routine and what it inherits from; faults are told before anything is made. */
static enum err load(struct ctx *ctx, struct routine_files *files, size_t i, int depth)
{
    if (files->v[i].loaded)
        return OK;
    if (depth > INHERIT_MAX)
        return fail(ctx, ERR_INVALID, "%.*s: routines inherit from each other in a circle", STR_ARG(files->v[i].name));
    const struct routine *parent = NULL;
    struct str wants = routine_wants(ctx, files->v[i].yaml);
    if (!str_is_none(wants)) {
        size_t at = 0;
        TRY(find_parent(ctx, files, files->v[i].name, wants, &at));
        TRY(load(ctx, files, at, depth + 1));
        files->v[i].parent = at;
        parent = files->v[at].loaded;
    }
    struct routine *loaded;
    TRY(routine_load(ctx, files->v[i].yaml, files->v[i].name, parent, &loaded));
    files->v[i].loaded = loaded;
    return OK;
}

static enum err read_files(struct ctx *ctx, const struct init *init, struct routine_files *ret)
{
    const struct arg_list *lists[] = {&init->files, &init->more};
    for (size_t l = 0; l < ARRAY_LEN(lists); l++)
        for (size_t i = 0; i < lists[l]->n; i++) {
            struct str yaml;
            TRY(file_read(ctx, lists[l]->items[i], ROUTINE_FILE_MAX, &yaml));
            TRY(add_file(ctx, ret, lists[l]->items[i], yaml));
        }
    size_t n_given = ret->n; /* those found beside them are loaded on the way */
    for (size_t i = 0; i < n_given; i++)
        TRY(load(ctx, ret, i, 0));
    return OK;
}

/* A routine comes after the one it inherits from. */
static enum err store_routine(struct ctx *ctx, struct routine_files *files, size_t i)
{
    if (files->v[i].row.v)
        return OK;
    struct routine_id parent = {0};
    if (files->v[i].parent != NO_PARENT) {
        TRY(store_routine(ctx, files, files->v[i].parent));
        parent = files->v[files->v[i].parent].row;
    }
    return town_add_routine(ctx, files->v[i].yaml, files->v[i].name, parent, &files->v[i].row);
}

static enum err fill(struct ctx *ctx, const struct init *init, struct routine_files *files)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(municipality_add(ctx, init->place.municipality, init->name));
    TRY(external_bodies_seed(ctx));
    for (size_t i = 0; i < files->n; i++)
        TRY(store_routine(ctx, files, i));
    struct unit_id unit;
    TRY(town_add_unit(
        ctx,
        &(struct unit_spec){
            .code = init->place.municipality, .name = init->name, .level = STR("administration"), .is_intake = true},
        &unit));
    /* From the beginning: what is older than the routine is still answered by it. */
    TRY(town_bind_routine(ctx, unit, date_from_civil((struct civil){1970, 1, 1}), files->v[0].row));
    return tx_commit(&tx);
}

static enum err init_run(struct ctx *ctx, const struct init *init)
{
    struct routine_files *files = ARENA_NEW(ctx->arena, struct routine_files);
    if (str_is_empty(str_trim(init->name)))
        return fail(ctx, ERR_INVALID, "the municipality has no name");
    TRY(where_check(ctx, &init->place.where));
    TRY(read_files(ctx, init, files));
    TRY(place_create(ctx, &init->place.where, init->place.municipality));
    enum err err = place_open(ctx, &init->place);
    if (err == OK)
        err = fill(ctx, init, files);
    return err == OK ? OK : store_undo(ctx, &init->place.where, init->place.municipality, err);
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
        ARG_LIST("FILE", NULL, /* needed= */ false, &init.more, "more routines"),
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
