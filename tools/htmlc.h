/* What: the state shared by the two halves of htmlc: htmlc.c reads the HTML around the marks, htmlc_marks.c the marks.
 * Memory: everything lies in the compiler's arena. A fault ends the program (po_die). */
#ifndef GAVA_HTMLC_H
#define GAVA_HTMLC_H

#include "arena.h"
#include "po.h"

enum { HTMLC_OUT_MAX = 4 * 1024 * 1024, ELEMENTS_MAX = 64, BLOCKS_MAX = 32 };

enum place { TEXT, TAG, VALUE };
enum value_kind { VALUE_PLAIN, VALUE_ADDRESS, VALUE_WORDS, VALUE_FIXED };
struct state {
    enum place place;
    struct str tag, attr;
    enum value_kind kind;
    size_t value_at;    /* where the attribute's value begins in the source */
    bool value_dynamic; /* a value, message or block has been inside it */
    char quote;
};
struct element {
    struct str name;
    int line;
};
enum block_kind { BLOCK_IF, BLOCK_ELSE, BLOCK_EACH, BLOCK_WRAP };
struct block {
    enum block_kind kind;
    int line;
    struct state state;
    size_t n_elements;
    struct str end; /* C text that ends it */
};
struct compiler {
    const char *path;
    struct arena *arena;
    const struct po *po;
    struct str src;
    size_t at;
    int line;
    struct out c, h, literal; /* literal: markup not yet written to c */
    struct state state;
    struct element elements[ELEMENTS_MAX];
    size_t n_elements;
    struct block blocks[BLOCKS_MAX];
    size_t n_blocks;
    struct str view, view_struct;
    bool has_slot;
};

#define DIE(k, ...) po_die((k)->path, (k)->line, __VA_ARGS__)

/* k->at stands at "{{": does what the mark says and leaves k->at behind "}}". */
void htmlc_mark(struct compiler *k);
/* At the end of the file, and before each view: everything must be closed. */
void htmlc_end_view(struct compiler *k);
/* A line of C that stands for this line of the template. */
PRINTF_LIKE(2, 3) void htmlc_code(struct compiler *k, const char *format, ...);
/* s is one of the words in list, which are separated by spaces. */
bool htmlc_is_one_of(struct str s, const char *list);
bool htmlc_is_letter(char c);
bool htmlc_is_name_char(char c);
bool htmlc_is_space(char c);

#endif
