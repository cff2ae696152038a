/* What: the program: finds the subcommand in commands.def, gives it a context, and leaves with its status.
 * Flow: main -> x_cmd (a subcommand) -> flow/, proc/ and the rest. Source: design.md section 5. */
#include <signal.h>

#include "args.h"

#define COMMAND(name, function, help) int function(struct ctx *ctx, int argc, char **argv);
#include "commands.def"
#undef COMMAND

static const struct command {
    const char *name;
    int (*run)(struct ctx *ctx, int argc, char **argv);
    const char *help;
} commands[] = {
#define COMMAND(name, function, help) {name, function, help},
#include "commands.def"
#undef COMMAND
};

enum { COMMAND_ARENA_MAX = 1 << 30 };

static void print_help(FILE *to)
{
    fputs("usage: gava COMMAND [OPTION...]\n\n", to);
    for (size_t i = 0; i < ARRAY_LEN(commands); i++)
        fprintf(to, "  %-20s %s\n", commands[i].name, commands[i].help);
    fputs("\n  gava COMMAND --help  the options of one command\n"
          "Exit status: 0 done, 1 the input or the state is wrong, 2 usage, 75 try again.\n",
          to);
}

/* How many words of argv[1...] are the name: 0, 1 or 2 ("routine check"). */
static int words_of(const struct command *command, int argc, char **argv)
{
    struct str rest = str_from(command->name), word;
    int n = 0;
    while (str_split(&rest, ' ', &word)) {
        n++;
        if (n >= argc || !str_eq(word, str_from(argv[n])))
            return 0;
    }
    return n;
}

/* Some command's name begins with this word: then only the second is missing. */
static bool is_first_word(const char *word)
{
    for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
        struct str rest = str_from(commands[i].name), first;
        if (str_split(&rest, ' ', &first) && str_eq(first, str_from(word)) && !str_is_none(rest))
            return true;
    }
    return false;
}

static int run(const struct command *command, int argc, char **argv)
{
    struct clock clock = {NULL};
    struct random random = {0};
    struct ctx ctx = ctx_begin(&clock, &random, COMMAND_ARENA_MAX);
    int status = command->run(&ctx, argc, argv);
    ctx_end(&ctx);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("gava: cannot write to standard output\n", stderr);
        return status == EXIT_DONE ? EXIT_WRONG : status;
    }
    return status;
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN); /* a reader that leaves gives EPIPE, which is told as an error */
    if (argc < 2) {
        print_help(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return fflush(stdout) == 0 ? EXIT_DONE : EXIT_WRONG;
    }
    for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
        int words = words_of(&commands[i], argc, argv);
        if (words == 0)
            continue;
        /* argv[words] becomes the whole name, for messages. */
        char name[64];
        snprintf(name, sizeof(name), "%s", commands[i].name);
        argv[words] = name;
        return run(&commands[i], argc - words, argv + words);
    }
    if (is_first_word(argv[1]))
        fprintf(stderr, "gava: \"%s\" needs a second word\n", argv[1]);
    else
        fprintf(stderr, "gava: there is no command \"%s\"\n", argv[1]);
    fputs("Try: gava --help\n", stderr);
    return EXIT_USAGE;
}
