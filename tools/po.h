/* What: reads a gettext catalogue (locale/sv.po and its like) for the generators msgc and htmlc, and refuses what Gåva
 * does not allow in one.
 * Grammar: msgid is a key ([a-z][a-z0-9_]*), msgstr the text; msgid_plural repeats the key and makes {n} choose between
 * msgstr[0] (n is 1) and msgstr[1]. {name} is an argument; its name gives its type (po_arg_type). Markup: <strong>,
 * <em>, <a> (its address is the argument "a"), <br> and &nbsp;.
 * Memory: all lies in the arena. A fault is told on stderr as FILE:LINE: and ends the program with status 1.
 * Source: GNU gettext manual 3 "The Format of PO Files". */
#ifndef GAVA_PO_H
#define GAVA_PO_H

#include "out.h"

enum { PO_ARGS_MAX = 8 };

struct po_message {
    struct str key;
    struct str text[2]; /* without plural only the first */
    bool plural;
    int line;
    struct str args[PO_ARGS_MAX]; /* sorted, so that catalogues agree on their numbers */
    size_t n_args;
};
struct po {
    const char *path;
    struct po_message *messages; /* sorted by key */
    size_t n_messages;
};

NORETURN PRINTF_LIKE(3, 4) void po_die(const char *path, int line, const char *format, ...);
/* A whole file; a file that cannot be read ends the program. */
struct str po_read_file(struct arena *arena, const char *path);
/* Written only when all went well; an error ends the program. */
void po_write_file(const char *path, struct str text);

struct po po_read(struct arena *arena, const char *path);
/* NULL when there is none. */
const struct po_message *po_find(const struct po *po, struct str key);
/* "int64_t" for n and n_x, "struct when_text" for when and when_x, "struct url" for a, else "struct str". */
const char *po_arg_type(struct str arg);

/* The three ways a message is written. In each, argument number i stands as the byte i + 1. */
enum po_form { PO_HTML, PO_TEXT, PO_ATTR };
void po_render(struct out *out, const struct po_message *message, struct str text, enum po_form form);
/* A C string literal with quotes. */
void po_c_literal(struct out *out, struct str s);

#endif
