#include "args.h"

#include "out.h"

/* == Help ========================================================================================================== */

static bool is_option(const struct arg *arg)
{
    return arg->name[0] == '-';
}

static void print_synopsis(FILE *to, const char *command, size_t n, const struct arg *args)
{
    fprintf(to, "usage: gava %s", command);
    for (size_t i = 0; i < n; i++) {
        const struct arg *arg = &args[i];
        fprintf(to, arg->needed ? " %s" : " [%s", arg->name);
        if (arg->value != NULL)
            fprintf(to, " %s", arg->value);
        fprintf(to, "%s%s", arg->needed ? "" : "]", arg->kind == ARG_KIND_LIST ? "..." : "");
    }
    fputc('\n', to);
}

static void print_help(const char *command, size_t n, const struct arg *args)
{
    print_synopsis(stdout, command, n, args);
    for (size_t i = 0; i < n; i++) {
        char left[64];
        snprintf(left, sizeof(left), "%s %s", args[i].name, args[i].value != NULL ? args[i].value : "");
        printf("  %-26s %s\n", left, args[i].help);
    }
    printf("  %-26s %s\n", "--help", "this text");
}

/* == Reading ======================================================================================================= */

int command_usage(char **argv, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    fprintf(stderr, "gava %s: ", argv[0]);
    vfprintf(stderr, format, list);
    fprintf(stderr, "\nTry: gava %s --help\n", argv[0]);
    va_end(list);
    return EXIT_USAGE;
}

static void list_add(struct ctx *ctx, struct arg_list *list, struct str item)
{
    struct str *items = ARENA_ARRAY(ctx->arena, struct str, list->n + 1);
    for (size_t i = 0; i < list->n; i++)
        items[i] = list->items[i];
    items[list->n] = item;
    *list = (struct arg_list){items, list->n + 1};
}

static int value_wrong(char **argv, const struct arg *arg, struct str value, const char *what)
{
    fprintf(stderr, "gava %s: %s: \"%.*s\" is not %s\n", argv[0], arg->name, STR_ARG(value), what);
    return EXIT_WRONG;
}

/* EXIT_DONE or what to leave with. */
static int value_read(struct ctx *ctx, char **argv, const struct arg *arg, struct str value)
{
    if (!str_is_utf8(value))
        return value_wrong(argv, arg, value, "UTF-8");
    switch (arg->kind) {
    case ARG_KIND_SWITCH:
        return command_usage(argv, "%s takes no value", arg->name);
    case ARG_KIND_TEXT:
        *arg->ret.text = value;
        return EXIT_DONE;
    case ARG_KIND_INT:
        return str_to_i64(value, arg->ret.number) ? EXIT_DONE : value_wrong(argv, arg, value, "a whole number");
    case ARG_KIND_DATE:
        return date_parse(value, arg->ret.date) ? EXIT_DONE : value_wrong(argv, arg, value, "a day such as 2026-12-18");
    case ARG_KIND_TIME:
        return utc_parse(value, arg->ret.time)
                   ? EXIT_DONE
                   : value_wrong(argv, arg, value, "a time such as 2026-12-18T10:05:00+01:00");
    case ARG_KIND_LIST:
        list_add(ctx, arg->ret.list, value);
        return EXIT_DONE;
    }
    BUG("arg kind %d", (int)arg->kind);
}

static const struct arg *find_option(size_t n, const struct arg *args, struct str name)
{
    for (size_t i = 0; i < n; i++)
        if (is_option(&args[i]) && str_eq(str_from(args[i].name), name))
            return &args[i];
    return NULL;
}

/* The next operand that still takes a value. */
static const struct arg *find_operand(size_t n, const struct arg *args, const bool *seen)
{
    for (size_t i = 0; i < n; i++)
        if (!is_option(&args[i]) && (!seen[i] || args[i].kind == ARG_KIND_LIST))
            return &args[i];
    return NULL;
}

static bool is_help(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return false;
}

/* One word, with its value when that stands apart; moves *at past both. */
static int word_read(struct ctx *ctx, int argc, char **argv, size_t n, const struct arg *args, bool *seen, int *at)
{
    struct str word = str_from(argv[*at]), value = STR_NONE;
    ptrdiff_t equals = str_find_char(word, '=');
    if (equals > 0) {
        value = str_skip(word, (size_t)equals + 1);
        word = str_head(word, (size_t)equals);
    }
    const struct arg *arg = find_option(n, args, word);
    if (arg == NULL)
        return command_usage(argv, "there is no option %.*s", STR_ARG(word));
    size_t i = (size_t)(arg - args);
    if (seen[i] && arg->kind != ARG_KIND_LIST && arg->kind != ARG_KIND_SWITCH)
        return command_usage(argv, "%s is given twice", arg->name);
    seen[i] = true;
    if (arg->kind == ARG_KIND_SWITCH && str_is_none(value)) {
        *arg->ret.is_on = true;
        return EXIT_DONE;
    }
    if (str_is_none(value)) {
        if (*at + 1 >= argc)
            return command_usage(argv, "%s needs a value", arg->name);
        value = str_from(argv[++*at]);
    }
    return value_read(ctx, argv, arg, value);
}

static int words_read(struct ctx *ctx, int argc, char **argv, size_t n, const struct arg *args, bool *seen)
{
    bool options_ended = false;
    for (int at = 1; at < argc; at++) {
        struct str word = str_from(argv[at]);
        int status;
        if (!options_ended && str_eq(word, STR("--"))) {
            options_ended = true;
            continue;
        }
        if (!options_ended && word.n > 1 && word.p[0] == '-') {
            status = word_read(ctx, argc, argv, n, args, seen, &at);
        } else {
            const struct arg *arg = find_operand(n, args, seen);
            if (arg == NULL)
                return command_usage(argv, "\"%.*s\" is one word too many", STR_ARG(word));
            seen[arg - args] = true;
            status = value_read(ctx, argv, arg, word);
        }
        if (status != EXIT_DONE)
            return status;
    }
    for (size_t i = 0; i < n; i++)
        if (args[i].needed && !seen[i])
            return command_usage(argv, "%s is missing", args[i].name);
    return EXIT_DONE;
}

bool args_read(struct ctx *ctx, int argc, char **argv, size_t n, const struct arg *args, int *ret_status)
{
    if (is_help(argc, argv)) {
        print_help(argv[0], n, args);
        *ret_status = EXIT_DONE;
        return false;
    }
    bool *seen = ARENA_ARRAY(ctx->arena, bool, n);
    int status = words_read(ctx, argc, argv, n, args, seen);
    if (status == EXIT_DONE)
        return true;
    *ret_status = status;
    return false;
}

int command_status(const struct ctx *ctx, enum err code)
{
    if (code == OK)
        return EXIT_DONE;
    const struct error *error = &ctx->error;
    struct str message = str_is_empty(error->message) ? err_text(code) : error->message;
    fprintf(stderr, "gava: %.*s\n", STR_ARG(message));
    if (!str_is_empty(error->detail))
        fprintf(stderr, "  %.*s\n", STR_ARG(error->detail));
    if (!str_is_empty(error->hint))
        fprintf(stderr, "  %.*s\n", STR_ARG(error->hint));
    return err_may_retry(code) ? EXIT_TRY_AGAIN : EXIT_WRONG;
}
