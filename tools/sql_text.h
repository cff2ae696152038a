/* What: what the two SQL generators (sqlc, schemac) share: reading a file, cutting SQL into tokens, refusing with file
 * and line, and writing a C file only when it changed (so that ninja compiles no more than needed). Memory: everything
 * lives in the arena given, until the tool ends. */
#ifndef GAVA_SQL_TEXT_H
#define GAVA_SQL_TEXT_H

#include "arena.h"
#include "out.h"

enum { FILE_MAX = 4 << 20 };

/* "file:line: message" on stderr, then exit status 1. */
NORETURN PRINTF_LIKE(3, 4) void refuse(const char *file, int line, const char *format, ...);

struct str file_read(struct arena *arena, const char *path);
/* Leaves the file alone when it holds this text already. */
void file_write(struct arena *arena, const char *path, struct str text);
/* One file being read, line by line. */
struct reader {
    const char *file;
    struct str rest, line; /* line: without the spaces around it */
    int number;            /* of line, from 1 */
};
struct reader reader_open(struct arena *arena, const char *path);
/* Go to the next line; false at the end. */
bool line_next(struct reader *r);
/* The next line, without going there. */
struct str line_peek(const struct reader *r);
/* "-- word: rest": the word, else STR_NONE. Only lower case: "-- Note: ..." is a sentence. */
struct str directive(struct str line, struct str *ret_rest);

/* A path as seen from the top of the tree; ninja runs in the build directory. */
const char *from_top(const char *path);
/* "src/store/series.sql" gives "series". */
struct str file_stem(struct arena *arena, const char *path);

enum token_kind {
    TOKEN_END,
    TOKEN_SPACE,
    TOKEN_COMMENT,
    TOKEN_WORD,
    TOKEN_STRING,
    TOKEN_PARAM,
    TOKEN_FRAGMENT,
    TOKEN_OTHER
};

/* A piece of SQL text. PARAM is ":name", FRAGMENT "@name"; STRING is '...', "..." or $$...$$ with its quotes; WORD also
 * a number; OTHER one character ("::" is one too). */
struct token {
    enum token_kind kind;
    struct str s;
};
/* Take the next token off *rest. TOKEN_END when nothing is left. An open string or comment ends with the text. */
struct token token_next(struct str *rest);
/* Is it this keyword (any case)? */
bool token_is(struct token token, const char *word);

/* A name of ours: a-z, then a-z 0-9 _; at most 60 bytes. */
bool name_is_good(struct str s);
/* text as a C string literal, one source line per line of text. */
void out_c_string(struct out *out, struct str text);

#endif
