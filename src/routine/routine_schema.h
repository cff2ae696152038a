/* What: the shape of a routine file: every key, what it must be and where it goes.
 * Flow: routine_check reads a file by routine_schema into a struct routine_file, then looks at its meaning.
 * Source: design.md section 1; the order of keys is that of the files in routines/. */
#ifndef GAVA_ROUTINE_SCHEMA_H
#define GAVA_ROUTINE_SCHEMA_H

#include "yaml_read.h"

struct closing_file {
    struct in_file at;
    struct str by;
    enum closed_message message;
    const struct gate *needs; /* without step */
    size_t n_needs;
};

/* A file as it stands, before what it inherits. */
struct routine_file {
    struct routine routine;
    struct closing_file closing;
    int eves; /* 0 free, 1 worked */
};

extern const struct yaml_schema routine_schema;

#endif
