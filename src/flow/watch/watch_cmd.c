/* What: `gava watch`: what stands still, a line each; status 1 when anything does, for cron. It reads the store itself,
 * so it tells also when no `gava serve` runs. Numbers and codes only: no word of a case. */
#include "date_words.h"
#include "file.h"
#include "place.h"
#include "watch.h"

int watch_cmd(struct ctx *ctx, int argc, char **argv);

static void tell(struct ctx *ctx, const struct town *town, const struct watch_found *found)
{
    struct out out = out_init(ctx->arena, /* max_bytes= */ 4096);
    out_str(&out, watch_code(found->kind));
    out_char(&out, '\t');
    if (utc_is_none(found->since))
        out_char(&out, '-');
    else
        out_utc_local(&out, found->since);
    out_char(&out, '\t');
    const struct unit *unit = found->unit.v ? town_unit(town, found->unit) : NULL;
    if (!str_is_empty(found->number))
        out_fmt(&out, "%.*s %.*s: ", STR_ARG(found->number), STR_ARG(unit ? unit->code : STR("-")));
    out_str(&out, watch_text(found->kind));
    if (!str_is_empty(found->code))
        out_fmt(&out, " (%.*s)", STR_ARG(found->code));
    if (!str_is_empty(found->error))
        out_fmt(&out, " [%.*s]", STR_ARG(found->error));
    struct str line = out_take(&out);
    printf("%.*s\n", STR_ARG(line));
}

static enum err watch(struct ctx *ctx, const struct watch_place *place, size_t *ret_n)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    *ret_n = 0;
    for (enum watch_kind kind = 0; kind < WATCH_KIND_COUNT; kind++) {
        struct watch_found *found;
        size_t n;
        TRY(watch_look(ctx, place, kind, &found, &n));
        for (size_t i = 0; i < n; i++)
            tell(ctx, town, &found[i]);
        *ret_n += n;
    }
    return OK;
}

int watch_cmd(struct ctx *ctx, int argc, char **argv)
{
    struct place where = {0};
    struct str config = STR_NONE, clock = STR_NONE;
    struct settings settings;
    const struct arg args[] = {
        PLACE_ARGS(&where),
        ARG_TEXT("--config", "FILE", /* needed= */ false, &config, "settings; otherwise DIR/gava.conf"),
        ARG_TEXT("--clock", "FILE", /* needed= */ false, &clock, "a file with the time that is now; for tests"),
    };
    int status;
    if (!args_read(ctx, argc, argv, ARRAY_LEN(args), args, &status))
        return status;
    struct clock now = {.file = str_is_none(clock) ? NULL : str_cz(ctx->arena, clock)};
    ctx->clock = &now;
    bool is_named = !str_is_none(config);
    if (!is_named && !str_is_none(where.where.dir))
        config = str_fmt(ctx->arena, "%.*s/gava.conf", STR_ARG(where.where.dir));
    settings_default(&settings);
    enum err err = str_is_none(config) ? OK : settings_load(ctx, config, is_named, &settings);
    size_t n = 0;
    struct watch_place place = {.everything = true, .settings = &settings, .data_dir = where.where.dir};
    if (err == OK)
        err = place_open(ctx, &where);
    if (err == OK)
        err = watch(ctx, &place, &n);
    if (err != OK)
        return command_status(ctx, err);
    if (n == 0)
        printf("nothing stands still\n");
    return n ? EXIT_WRONG : EXIT_DONE;
}
