/* What: how one version of a routine differs from another: rule by rule (added, removed, changed) and, in a changed
 * rule, key by key. Flow: routine_diff() walks the table by which files are read (routine_schema), so that a key a file
 * may have is a key that is compared; diff_words.h says it to people. Invariants: (1) pure; (2) two routines of the
 * same content differ in nothing, whatever their order, comments and lines; (3) what is inherited is compared as if it
 * stood in the file. Memory: the list lies in ctx's arena and points into both routines. Not here: the lines of the
 * files (base/line_diff.h). Source: design.md section 1; S3.4. */
#ifndef GAVA_ROUTINE_DIFF_H
#define GAVA_ROUTINE_DIFF_H

#include "routine_schema.h"

enum change_kind { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_CHANGED };

/* One key of a rule. */
struct key_change {
    const struct yaml_field *field;
    struct str before, after; /* the values as a file would write them; STR_NONE: not given */
};

struct rule_change {
    const struct yaml_field *part; /* key "obligations", "gates", "document", "registration" ... */
    struct str id;                 /* of the rule; STR_NONE: the part is one rule by itself */
    enum change_kind kind;
    const void *before, *after; /* struct obligation *, struct gate * ... by part; NULL: not there. Parts that are one
                                   rule: NULL */
    const struct key_change *keys; /* CHANGE_CHANGED: what differs; ADDED: what it says; REMOVED: what it said */
    size_t n_keys;
};

struct routine_diff {
    const struct rule_change *rules; /* in the order of the file */
    size_t n_rules;
};

/* The id and version of the routines are not compared. O(rules squared). */
struct routine_diff routine_diff(struct ctx *ctx, const struct routine *before, const struct routine *after);
/* How many rules of a part ("obligations") changed that way. */
size_t routine_diff_count(const struct routine_diff *diff, struct str part, enum change_kind kind);

#endif
