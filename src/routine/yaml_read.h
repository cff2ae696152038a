/* What: YAML text to C structs by a table of fields, telling every fault with its line instead of stopping at the
 * first. Flow: yaml_parse makes a tree of the file (libyaml reads it), yaml_read fills structs from the tree by a
 * schema, yaml_fault collects what is wrong; the caller adds faults of meaning by the lines the structs remember.
 * Invariants: (1) bounded: files over ROUTINE_FILE_MAX, more than 20,000 nodes, 16 levels or 200 keys in a map are
 * refused, and so are anchors, aliases, tags and several documents; (2) texts are UTF-8 without control characters but
 * line feed and tab; (3) a key may stand once. Memory: tree, texts and structs lie in the arena of ctx. Not here: what
 * a routine means (routine_check.c). Source: YAML 1.1 as libyaml reads it; docs/decisions. */
#ifndef GAVA_YAML_READ_H
#define GAVA_YAML_READ_H

#include "routine.h"

enum yaml_kind { YAML_SCALAR, YAML_MAP, YAML_LIST };

struct yaml_node {
    enum yaml_kind kind;
    int line;
    bool is_plain;   /* a scalar without quotes: null, true and numbers are read as such only then */
    struct str text; /* scalar */
    struct str key;  /* when it is a map's value */
    int key_line;
    int first, next; /* children, siblings; 0: none */
};

struct yaml_doc {
    struct ctx *ctx;
    struct yaml_node *nodes; /* [0] is unused, [1] the root */
    int n_nodes, room;
    struct routine_fault *faults;
    size_t n_faults, faults_room;
};

enum { YAML_NODES_MAX = 20000, YAML_DEPTH_MAX = 16, YAML_KEYS_MAX = 200, YAML_FAULTS_MAX = 200 };

/* False when the text is no YAML or breaks a bound; the faults say why. */
bool yaml_parse(struct ctx *ctx, struct str text, struct yaml_doc *ret);

PRINTF_LIKE(3, 4) void yaml_fault(struct yaml_doc *doc, int line, const char *format, ...);
/* Faults by line, each once. */
void yaml_sort_faults(struct yaml_doc *doc);

/* Child with this key; 0: none. */
int yaml_child(const struct yaml_doc *doc, int node, const char *key);
/* Line of a field of the map at, or of the map itself when the field is not given. */
int yaml_line(const struct yaml_doc *doc, struct in_file at, const char *key);

enum field_kind {
    FIELD_TEXT,  /* struct str; min..max bytes */
    FIELD_INT,   /* int64_t; min..max */
    FIELD_BOOL,  /* bool: true or false */
    FIELD_DATE,  /* struct date */
    FIELD_WORD,  /* an enum: one of words */
    FIELD_WORDS, /* uint32_t: one word or a list of them */
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
