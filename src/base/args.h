/* What: the options of one subcommand as a table: it reads the command line, and writes --help.
 * Flow: a x_cmd.c function declares its table on the stack, calls args_read first, and returns *ret_status when that
 * says no. Invariants: exit status 2 means the command line has the wrong shape (unknown option, value missing, needed
 * option missing); a value that cannot be what it should is 1, as all wrong input. "--year 2026" and "--year=2026" are
 * the same; "--" ends the options. Memory: values point into argv or ctx's arena. Not here: which commands there are
 * (commands.def). Source: design.md section 5; POSIX utility syntax guidelines. */
#ifndef GAVA_ARGS_H
#define GAVA_ARGS_H

#include "ctx.h"
#include "times.h"

enum { EXIT_DONE = 0, EXIT_WRONG = 1, EXIT_USAGE = 2, EXIT_TRY_AGAIN = 75 };

struct arg_list {
    const struct str *items;
    size_t n;
};

enum arg_kind { ARG_KIND_SWITCH, ARG_KIND_TEXT, ARG_KIND_INT, ARG_KIND_DATE, ARG_KIND_TIME, ARG_KIND_LIST };

struct arg {
    const char *name;  /* "--year"; "FILE": an operand, which is then a text or (last) a list */
    const char *value; /* word for the value in help, "Y"; NULL for switches and operands */
    const char *help;  /* one sentence without full stop */
    bool needed;       /* a list: at least one */
    enum arg_kind kind;
    union {
        bool *is_on;
        struct str *text; /* untouched when not given: preset STR_NONE or a default */
        int64_t *number;
        struct date *date;
        struct utc_us *time; /* without zone: Europe/Stockholm */
        struct arg_list *list;
    } ret;
};

#define ARG_SWITCH(name, to, help)                                                                                     \
    {                                                                                                                  \
        (name), NULL, (help), false, ARG_KIND_SWITCH,                                                                  \
        {                                                                                                              \
            .is_on = (to)                                                                                              \
        }                                                                                                              \
    }
#define ARG_TEXT(name, value, needed, to, help)                                                                        \
    {                                                                                                                  \
        (name), (value), (help), (needed), ARG_KIND_TEXT,                                                              \
        {                                                                                                              \
            .text = (to)                                                                                               \
        }                                                                                                              \
    }
#define ARG_INT(name, value, needed, to, help)                                                                         \
    {                                                                                                                  \
        (name), (value), (help), (needed), ARG_KIND_INT,                                                               \
        {                                                                                                              \
            .number = (to)                                                                                             \
        }                                                                                                              \
    }
#define ARG_DATE(name, needed, to, help)                                                                               \
    {                                                                                                                  \
        (name), "DATE", (help), (needed), ARG_KIND_DATE,                                                               \
        {                                                                                                              \
            .date = (to)                                                                                               \
        }                                                                                                              \
    }
#define ARG_TIME(name, needed, to, help)                                                                               \
    {                                                                                                                  \
        (name), "TIME", (help), (needed), ARG_KIND_TIME,                                                               \
        {                                                                                                              \
            .time = (to)                                                                                               \
        }                                                                                                              \
    }
/* May be given several times; each adds one. */
#define ARG_LIST(name, value, needed, to, help)                                                                        \
    {                                                                                                                  \
        (name), (value), (help), (needed), ARG_KIND_LIST,                                                              \
        {                                                                                                              \
            .list = (to)                                                                                               \
        }                                                                                                              \
    }

/* argv[0] is the command's own name, "calendar" or "routine check". True: everything is read. False: leave with
 * *ret_status; the help (stdout) or the fault (stderr) is written. */
MUST_USE bool args_read(struct ctx *ctx, int argc, char **argv, size_t n, const struct arg *args, int *ret_status);

/* The end of a subcommand: 0 when code is OK, else ctx->error on stderr (what, detail, hint) and 1, or 75 when trying
 * again may help. */
int command_status(const struct ctx *ctx, enum err code);
/* A wrong combination of options: the text and "gava NAME --help" on stderr, 2. */
PRINTF_LIKE(2, 3) int command_usage(char **argv, const char *format, ...);

#endif
