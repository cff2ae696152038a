/* What: `gava routine try`: what a routine file would have meant for the cases of the last twelve months, from the
 * command line. Flow: the same walk as the job's, by this process. Source: what_if.h. */
#include "file.h"
#include "json_out.h"
#include "place.h"
#include "routine_version.h"
#include "what_if.h"

enum { LINES_MAX = 64 * 1024 };

int routine_try_cmd(struct ctx *ctx, int argc, char **argv);

struct try_options {
    struct place place;
    struct str file;
    struct utc_us as_of;
    bool json;
};

static void print_json(struct ctx *ctx, const struct what_if_latest_row *trying,
                       const struct what_if_promises_row *rows, size_t n)
{
    struct out out = out_init(ctx->arena, LINES_MAX);
    out_fmt(&out, "{\"cases\":%lld,\"promises\":[", (long long)trying->n_done);
    for (size_t i = 0; i < n; i++) {
        out_lit(&out, "{\"obligation\":");
        out_json_str(&out, rows[i].code);
        out_fmt(&out, ",\"kept\":%lld,\"late\":%lld,\"newKept\":%lld,\"newLate\":%lld,\"turnedLate\":%lld}%s",
                (long long)rows[i].kept, (long long)rows[i].late, (long long)rows[i].new_kept,
                (long long)rows[i].new_late, (long long)rows[i].turned_late, i + 1 < n ? "," : "");
    }
    out_lit(&out, "]}");
    struct str text = out_take(&out);
    printf("%.*s\n", STR_ARG(text));
}

static void print_lines(const struct what_if_latest_row *trying, const struct what_if_promises_row *rows, size_t n)
{
    printf("%lld cases\n", (long long)trying->n_done);
    for (size_t i = 0; i < n; i++)
        printf("%-24.*s late: %lld of %lld; with the file: %lld of %lld\n", STR_ARG(rows[i].code),
               (long long)rows[i].late, (long long)(rows[i].kept + rows[i].late), (long long)rows[i].new_late,
               (long long)(rows[i].new_kept + rows[i].new_late));
}

static enum err first_fault(struct ctx *ctx, struct str file, const struct checked_text *text)
{
    return fail(ctx, ERR_INVALID, "%.*s:%d: %.*s", STR_ARG(file), text->faults[0].line,
                STR_ARG(text->faults[0].message));
}

static enum err try_run(struct ctx *ctx, const struct try_options *options)
{
    TRY(place_open(ctx, &options->place));
    const struct town *town;
    struct str yaml;
    TRY(town_get(ctx, &town));
    TRY(file_read(ctx, options->file, ROUTINE_FILE_MAX, &yaml));
    struct str code = routine_code(ctx, yaml);
    if (version_at(town, code, utc_to_date(ctx_now(ctx))) == NULL)
        return fail(ctx, ERR_INVALID, "there is no routine \"%.*s\"", STR_ARG(code));
    struct checked_text text;
    TRY(routine_text_check(ctx, town, code, yaml, utc_to_date(ctx_now(ctx)), &text));
    if (text.routine == NULL)
        return first_fault(ctx, options->file, &text);
    struct what_if_id id;
    struct what_if_latest_row trying;
    TRY(what_if_ask(ctx, town, code, yaml, text.parent, &id));
    for (;;) {
        bool more;
        TRY(what_if_latest(ctx, code, &trying));
        if (!utc_is_none(trying.done))
            break;
        TRY(what_if_batch(ctx, &more));
    }
    struct what_if_promises_row *rows;
    size_t n;
    TRY(what_if_promises(ctx, trying.id, &rows, &n));
    if (options->json)
        print_json(ctx, &trying, rows, n);
    else
        print_lines(&trying, rows, n);
    return OK;
}

int routine_try_cmd(struct ctx *ctx, int argc, char **argv)
{
    struct try_options options = {.as_of = UTC_NONE};
    struct arg args[] = {
        PLACE_ARGS(&options.place),
        ARG_TEXT("--file", "FILE", /* needed= */ true, &options.file, "the routine as YAML"),
        ARG_TIME("--as-of", /* needed= */ false, &options.as_of, "what is taken for now (default: now)"),
        ARG_SWITCH("--json", &options.json, "as JSON; otherwise one promise a line"),
    };
    int status;
    if (!args_read(ctx, argc, argv, ARRAY_LEN(args), args, &status))
        return status;
    struct clock then = {.standing = options.as_of};
    if (!utc_is_none(options.as_of))
        ctx->clock = &then;
    return command_status(ctx, try_run(ctx, &options));
}
