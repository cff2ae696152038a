#include "text_blocks.h"

/* The words of a list item or heading after its mark; STR_NONE: the line has no such mark. */
static struct str after_mark(struct str line, enum block_kind kind)
{
    size_t n = 0;
    if (kind == BLOCK_NUMBERS) {
        while (n < line.n && n < 3 && line.p[n] >= '0' && line.p[n] <= '9')
            n++;
        if (n == 0 || n == line.n || (line.p[n] != '.' && line.p[n] != ')'))
            return STR_NONE;
        n++;
    } else if (kind == BLOCK_HEADING) {
        while (n < line.n && n < 3 && line.p[n] == '#')
            n++;
    } else if (line.n && (line.p[0] == '-' || line.p[0] == '*')) {
        n = 1;
    }
    if (n == 0 || n >= line.n || line.p[n] != ' ')
        return STR_NONE;
    struct str words = str_trim(str_skip(line, n));
    return str_is_empty(words) ? STR_NONE : words;
}

static enum block_kind kind_of(struct str line, struct str *ret_words)
{
    static const enum block_kind marked[] = {BLOCK_HEADING, BLOCK_BULLETS, BLOCK_NUMBERS};
    for (size_t i = 0; i < ARRAY_LEN(marked); i++) {
        *ret_words = after_mark(line, marked[i]);
        if (!str_is_none(*ret_words))
            return marked[i];
    }
    *ret_words = line;
    return BLOCK_PARAGRAPH;
}

static size_t count_lines(struct str text)
{
    size_t n = 1;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}

size_t text_blocks(struct arena *arena, struct str text, const struct text_block **ret)
{
    size_t n_lines = count_lines(text), n = 0, n_items = 0;
    struct text_block *blocks = ARENA_ARRAY(arena, struct text_block, n_lines);
    struct str *items = ARENA_ARRAY(arena, struct str, n_lines);
    struct text_block *open = NULL; /* what the next line may continue */
    struct str line;
    while (str_split(&text, '\n', &line)) {
        line = str_trim(line);
        struct str words;
        enum block_kind kind = kind_of(line, &words);
        if (str_is_empty(line)) {
            open = NULL;
            continue;
        }
        bool is_list = kind == BLOCK_BULLETS || kind == BLOCK_NUMBERS;
        if (open == NULL || open->kind != kind || kind == BLOCK_HEADING) {
            open = &blocks[n++];
            *open = (struct text_block){.kind = kind, .text = is_list ? STR("") : words, .items = items + n_items};
        } else if (kind == BLOCK_PARAGRAPH) {
            open->text.n = (size_t)(line.p + line.n - open->text.p);
        }
        if (is_list) {
            items[n_items++] = words;
            open->n_items++;
        }
    }
    *ret = blocks;
    return n;
}
