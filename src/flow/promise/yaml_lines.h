/* What: pieces of a routine's file made ready to be shown beside its plain words: the first lines, and one item of a
 * list. Flow: rutin_page.c. Memory: slices of the file's text, arrays as long as ctx. Not here: reading YAML
 * (routine.h): this only cuts lines, and shows nothing rather than something wrong. Source: ux 07. */
#ifndef GAVA_YAML_LINES_H
#define GAVA_YAML_LINES_H

#include "ctx.h"
#include "rutin_view.h"

/* From the first line that is no comment up to (not including) the line "obligations:"; at most max lines. */
struct yaml_view yaml_head(struct ctx *ctx, struct str yaml, size_t max);
/* The item whose first line is `line` (from 1) and holds "id: <id>", with its comment and blank lines at the end left
 * out. No lines when that line holds something else: the item stands in another file. */
struct yaml_view yaml_item(struct ctx *ctx, struct str yaml, int line, struct str id);

#endif
