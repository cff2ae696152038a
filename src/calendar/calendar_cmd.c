/* What: `gava calendar` and `gava workdays`. Source: design.md section 5. */
#include <jansson.h>

#include "args.h"
#include "calendar.h"

int calendar_cmd(struct ctx *ctx, int argc, char **argv);
int workdays_cmd(struct ctx *ctx, int argc, char **argv);

static struct str date_text(struct ctx *ctx, struct date d)
{
    struct out out = out_init(ctx->arena, 16);
    out_date(&out, d);
    return out_take(&out);
}

static const char *kind_text(enum feast feast)
{
    switch (feast_kind(feast)) {
    case FEAST_RED:
        return "red";
    case FEAST_EVE:
        return "eve";
    }
    BUG("feast kind");
}

static void print_json(struct ctx *ctx, const struct feast_day *days, size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++) {
        struct str date = date_text(ctx, days[i].date), name = feast_name(days[i].feast);
        json_array_append_new(list, json_pack("{s:s%, s:s%, s:s}", "date", date.p, date.n, "name", name.p, name.n,
                                              "kind", kind_text(days[i].feast)));
    }
    json_dumpf(list, stdout, JSON_INDENT(1));
    putchar('\n');
    json_decref(list);
}

int calendar_cmd(struct ctx *ctx, int argc, char **argv)
{
    int64_t year = 0;
    bool json = false;
    const struct arg args[] = {
        ARG_INT("--year", "Y", true, &year, "the year, 1-9999"),
        ARG_SWITCH("--json", &json, "as JSON; otherwise one day a line"),
    };
    int status;
    if (!args_read(ctx, argc, argv, ARRAY_LEN(args), args, &status))
        return status;
    if (year < 1 || year > 9999)
        return command_status(ctx, fail(ctx, ERR_INVALID, "the year must be 1-9999, not %lld", (long long)year));
    struct feast_day days[FEAST_COUNT];
    size_t n = calendar_year((int)year, days);
    if (json) {
        print_json(ctx, days, n);
        return EXIT_DONE;
    }
    for (size_t i = 0; i < n; i++)
        printf("%.*s %s %.*s\n", STR_ARG(date_text(ctx, days[i].date)), kind_text(days[i].feast),
               STR_ARG(feast_name(days[i].feast)));
    return EXIT_DONE;
}

int workdays_cmd(struct ctx *ctx, int argc, char **argv)
{
    struct date from = DATE_NONE, to = DATE_NONE, day;
    int64_t add = INT64_MIN;
    const struct arg args[] = {
        ARG_DATE("--from", true, &from, "day 0, which is never counted"),
        ARG_INT("--add", "N", false, &add, "print the day N working days later (earlier when N is negative)"),
        ARG_DATE("--to", false, &to, "print the number of working days after --from up to and including this day"),
    };
    int status;
    if (!args_read(ctx, argc, argv, ARRAY_LEN(args), args, &status))
        return status;
    if ((add == INT64_MIN) == date_is_none(to))
        return command_usage(argv, "give either --add N or --to DATE");
    if (!date_is_none(to)) {
        printf("%lld\n", (long long)workdays_between(NULL, from, to));
        return EXIT_DONE;
    }
    enum err err = workdays_add(ctx, NULL, from, add, &day);
    if (err == OK)
        printf("%.*s\n", STR_ARG(date_text(ctx, day)));
    return command_status(ctx, err);
}
