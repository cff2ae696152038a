/* What: a YAML file as a tree of maps, lists and texts with their lines, and the list of what is wrong with it.
 * Flow: yaml_parse makes the tree (libyaml reads the syntax); yaml_read.h fills structs from it; whoever finds
 * something wrong says so with yaml_fault, so that all faults of a file are told at once. Invariants: (1) bounded:
 * files over ROUTINE_FILE_MAX, more than 20,000 nodes, 16 levels or 200 keys in a map are refused, and so are anchors,
 * aliases, tags and several documents; (2) texts are UTF-8 without control characters but line feed and tab; (3) a key
 * stands once in its map, else there is a fault. Memory: tree, texts and faults lie in the arena of ctx. Source:
 * YAML 1.1 as libyaml reads it; docs/decisions/0010. */
#ifndef GAVA_YAML_TREE_H
#define GAVA_YAML_TREE_H

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
/* By line; faults of one line in the order they were found. */
void yaml_sort_faults(struct yaml_doc *doc);

/* Child with this key; 0: none. */
int yaml_child(const struct yaml_doc *doc, int node, const char *key);
/* Line of a field of the map at, or of the map itself when the field is not given. */
int yaml_line(const struct yaml_doc *doc, struct in_file at, const char *key);
/* What a message may quote of a file's text: at most 60 characters, one line. */
struct str yaml_quoted(struct yaml_doc *doc, struct str text);

#endif
