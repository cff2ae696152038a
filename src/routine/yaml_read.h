/* What: C structs from a YAML tree by a table of fields, one row per key: its kind, its limits and where it goes.
 * Flow: routine_check reads a file by routine_schema. A value that is not what it must be is a fault with its line;
 * reading goes on with the next. Memory: texts point into the tree, lists lie in the arena of its ctx. Not here: bytes
 * to a tree (yaml_tree.h), what a routine means (routine_check.c). Source: docs/decisions/0010. */
#ifndef GAVA_YAML_READ_H
#define GAVA_YAML_READ_H

#include "yaml_tree.h"

enum field_kind {
    FIELD_TEXT,  /* struct str; min..max bytes */
    FIELD_INT,   /* int64_t; min..max */
    FIELD_BOOL,  /* bool: true or false */
    FIELD_DATE,  /* struct date */
    FIELD_WORD,  /* an enum: one of words */
    FIELD_WORDS, /* uint64_t: one word or a list of them */
    FIELD_TEXTS, /* const struct str * and size_t */
    FIELD_MAP,   /* a struct by schema */
    FIELD_LIST,  /* const struct x * and size_t by schema */
};

enum { FIELD_NEEDED = 1, FIELD_NULLABLE = 2 }; /* nullable: "null" may stand for "none" though it is needed */

struct yaml_schema;
struct yaml_field {
    const char *key;
    enum field_kind kind;
    int flags;
    size_t offset, offset_n;
    int64_t min, max;
    const struct str *words;
    size_t n_words;
    const struct yaml_schema *schema;
};
struct yaml_schema {
    const char *what; /* for messages: "an obligation" */
    size_t size, offset_at;
    bool has_at; /* offset_at is where a struct in_file remembers line and node */
    const struct yaml_field *fields;
    size_t n_fields;
};

/* Fill the struct; fields not given or wrong keep what is there (dates: preset DATE_NONE by the caller or by lists'
 * zero). */
void yaml_read(struct yaml_doc *doc, int node, const struct yaml_schema *schema, void *into);

#endif
