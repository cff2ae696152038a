#include "letters.h"

#include "words.h"

enum { LETTER_FAULTS_MAX = 20 };

struct cutter {
    struct ctx *ctx;
    struct letter_piece *pieces;
    size_t n, room;
    struct letter_fault *faults;
    size_t n_faults;
};

PRINTF_LIKE(3, 4) static void fault(struct cutter *c, size_t at, const char *format, ...)
{
    if (c->n_faults == LETTER_FAULTS_MAX)
        return;
    struct out out = out_init(c->ctx->arena, 400);
    va_list list;
    va_start(list, format);
    out_vfmt(&out, format, list);
    va_end(list);
    c->faults[c->n_faults++] = (struct letter_fault){at, out_take(&out)};
}

/* False when there are too many. */
static bool add_piece(struct cutter *c, size_t at, struct letter_piece piece)
{
    if (c->n == LETTER_PIECES_MAX) {
        fault(c, at, "the letter has more than %d pieces", LETTER_PIECES_MAX);
        return false;
    }
    if (c->n == c->room) {
        size_t room = c->room ? c->room * 2 : 16;
        c->pieces = arena_grow(c->ctx->arena, c->pieces, c->room * sizeof(*c->pieces), room * sizeof(*c->pieces));
        c->room = room;
    }
    c->pieces[c->n++] = piece;
    return true;
}

/* Literal text from at to end; a "}}" in it has no beginning. */
static bool add_literal(struct cutter *c, struct str text, size_t at, size_t end)
{
    struct str literal = {text.p + at, end - at};
    ptrdiff_t lone = str_find(literal, STR("}}"));
    if (lone >= 0)
        fault(c, at + (size_t)lone, "\"}}\" without \"{{\" before it");
    return literal.n == 0 || add_piece(c, at, (struct letter_piece){.text = literal});
}

static bool add_placeholder(struct cutter *c, struct str word, size_t at)
{
    int found = words_find(words_placeholder, PLACEHOLDER_COUNT, str_trim(word));
    if (found >= 0)
        return add_piece(c, at, (struct letter_piece){.text = STR_NONE, .placeholder = (enum placeholder)found});
    fault(c, at, "unknown placeholder {{%.*s}}", STR_ARG(str_utf8_head(str_trim(word), 40)));
    return c->n_faults < LETTER_FAULTS_MAX;
}

void letter_cut(struct ctx *ctx, struct str text, struct letter_piece **ret, size_t *ret_n,
                struct letter_fault **ret_faults, size_t *ret_n_faults)
{
    struct cutter c = {.ctx = ctx, .faults = ARENA_ARRAY(ctx->arena, struct letter_fault, LETTER_FAULTS_MAX)};
    for (size_t at = 0; at < text.n;) {
        struct str rest = str_skip(text, at);
        ptrdiff_t open = str_find(rest, STR("{{"));
        if (!add_literal(&c, text, at, open < 0 ? text.n : at + (size_t)open) || open < 0)
            break;
        at += (size_t)open;
        struct str inside = str_skip(text, at + 2);
        ptrdiff_t close = str_find(inside, STR("}}")), line_end = str_find_char(inside, '\n');
        if (close < 0 || (line_end >= 0 && line_end < close)) {
            fault(&c, at, "\"{{\" without \"}}\" on the same line");
            at += 2;
            continue;
        }
        if (!add_placeholder(&c, str_head(inside, (size_t)close), at))
            break;
        at += 2 + (size_t)close + 2;
    }
    *ret = c.pieces;
    *ret_n = c.n;
    *ret_faults = c.faults;
    *ret_n_faults = c.n_faults;
}

void letter_write(const struct letter_piece *pieces, size_t n, const struct str *values, struct out *out)
{
    for (size_t i = 0; i < n; i++)
        out_str(out, str_is_none(pieces[i].text) ? values[pieces[i].placeholder] : pieces[i].text);
}
