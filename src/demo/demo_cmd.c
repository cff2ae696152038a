/* What: gava demo: Ekhamn with a year of cases, and who can log in. Source: design.md section 5. */
#include <jansson.h>

#include "args.h"
#include "demo_routines.h"
#include "demo_town.h"
#include "demo_walk.h"
#include "msg.h"

int demo_cmd(struct ctx *ctx, int argc, char **argv);

static json_t *account(const struct demo_person *p)
{
    return json_pack("{s:s%, s:s%, s:s%, s:s%, s:s%, s:s%}", "user", p->login.p, p->login.n, "password",
                     DEMO_PASSWORD.p, DEMO_PASSWORD.n, "name", p->name.p, p->name.n, "title", p->title.p, p->title.n,
                     "role", p->roles[0].role.p, p->roles[0].role.n, "unit", p->roles[0].unit.p, p->roles[0].unit.n);
}

/* Those to try first stand first. */
static enum err print_json(struct ctx *ctx, const struct demo_data *data)
{
    json_t *list = json_array();
    for (int shown = 1; shown >= 0; shown--)
        for (size_t i = 0; i < data->n_people; i++)
            if (data->people[i].is_shown == (shown == 1))
                json_array_append_new(list, account(&data->people[i]));
    int status = json_dumpf(list, stdout, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    json_decref(list);
    putchar('\n');
    return status == 0 ? OK : fail(ctx, ERR_IO, "could not write the accounts");
}

static void print_words(const struct demo_data *data)
{
    printf("%.*s is made, with %d cases.\n\nLog in with the password %.*s as:\n", STR_ARG(data->name), DEMO_CASES,
           STR_ARG(DEMO_PASSWORD));
    for (size_t i = 0; i < data->n_people; i++)
        if (data->people[i].is_shown)
            printf("  %-18.*s %.*s, %.*s\n", STR_ARG(data->people[i].login), STR_ARG(data->people[i].name),
                   STR_ARG(data->people[i].title));
}

static enum err run(struct ctx *ctx, const struct where *where, struct utc_us until, bool json)
{
    struct clock clock = {.standing = until};
    ctx->clock = &clock;
    ctx->lang = lang_find(STR("sv"));
    struct demo_data data;
    TRY(demo_load(ctx, &data));
    TRY(demo_town_make(ctx, where, &data));
    TRY(demo_walk(ctx, &clock, &data, until));
    TRY(demo_routines(ctx, &data));
    if (json)
        return print_json(ctx, &data);
    print_words(&data);
    return OK;
}

int demo_cmd(struct ctx *ctx, int argc, char **argv)
{
    struct where where = {0};
    bool json = false;
    /* The morning of today: the same all day, so that two demos made the same day are alike. */
    struct utc_us until = utc_add(date_start(utc_to_date(ctx_now(ctx))), 8 * HOUR_US);
    struct utc_us now = ctx_now(ctx);
    if (until.v > now.v)
        until = utc_add(until, -DAY_US);
    struct arg args[] = {
        ARG_TEXT("--data", "DIR", /* needed= */ false, &where.dir, "folder for the files; made when missing"),
        ARG_TEXT("--postgres", "URL", /* needed= */ false, &where.url, "database, instead of --data"),
        ARG_TIME("--until", /* needed= */ false, &until,
                 "the last moment of the year of cases (default: 8 o'clock today)"),
        ARG_SWITCH("--json", &json, "print the accounts as JSON"),
    };
    int status;
    if (!args_read(ctx, argc, argv, ARRAY_LEN(args), args, &status))
        return status;
    const struct clock *before = ctx->clock;
    enum err err = run(ctx, &where, until, json);
    ctx->clock = before;
    return command_status(ctx, err);
}
