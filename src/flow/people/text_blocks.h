/* What: plain text with the few marks people use anyway, cut into paragraphs, headings and lists for a typed template.
 * "# x": a heading; "- x" or "* x": a list; "1. x" or "1) x": a numbered list; an empty line ends a paragraph.
 * Everything else is text as written, so nothing can become markup. Memory: as long as the arena; texts are slices of
 * the source. Source: S2.17. */
#ifndef GAVA_TEXT_BLOCKS_H
#define GAVA_TEXT_BLOCKS_H

#include "arena.h"
#include "str.h"

enum block_kind { BLOCK_PARAGRAPH, BLOCK_HEADING, BLOCK_BULLETS, BLOCK_NUMBERS };

struct text_block {
    enum block_kind kind;
    struct str text;         /* of a paragraph (line ends kept) or heading */
    const struct str *items; /* of a list */
    size_t n_items;
};

/* text: well-formed UTF-8, line ends "\n". ret: in order, none empty. Gives how many. */
size_t text_blocks(struct arena *arena, struct str text, const struct text_block **ret);

#endif
