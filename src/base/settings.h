/* What: the settings of settings.def as a struct, read from gava.conf: "key = value" lines, "#" comments.
 * Flow: serve_cmd.c (and every command that needs one) reads the file once; struct server carries the result.
 * Invariants: (1) after settings_read every field has its default or the file's value; (2) an unknown key, a key twice
 * or a value of the wrong kind is an error with FILE:LINE. Memory: texts live as long as ctx. Source: style.md rules
 * 8, 25. */
#ifndef GAVA_SETTINGS_H
#define GAVA_SETTINGS_H

#include "ctx.h"

struct settings {
#define SETTING_TEXT struct str
#define SETTING_NUMBER int64_t
#define SETTING_SWITCH bool
#define SETTING(name, kind, value, text) SETTING_##kind name;
#include "settings.def"
#undef SETTING
#undef SETTING_TEXT
#undef SETTING_NUMBER
#undef SETTING_SWITCH
};

enum { SETTINGS_FILE_MAX = 256 * 1024 };

void settings_default(struct settings *ret);
/* Read text over the defaults. file_name: for messages. ERR_SETTING: "gava.conf:12: ..."; *ret is untouched then. */
MUST_USE enum err settings_read(struct ctx *ctx, struct str text, struct str file_name, struct settings *ret);
/* Read the file. A missing one gives the defaults when it is not `needed`. ERR_IO, ERR_SETTING. */
MUST_USE enum err settings_load(struct ctx *ctx, struct str path, bool needed, struct settings *ret);
/* Write DIR/gava.conf with settings_example() unless there is such a file. ERR_IO. */
MUST_USE enum err settings_make(struct ctx *ctx, struct str dir);
/* The file as `gava init` writes it: every setting with its explanation and default, commented out. */
struct str settings_example(struct ctx *ctx);

#endif
