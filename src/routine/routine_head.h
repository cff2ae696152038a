/* What: the lines of a routine file that say which version it is: written into the text by the program when a version
 * is published, so that the file and the register never say two things. Everything else of the file stays byte for
 * byte, comments included. Not here: whether the result is a routine (routine_check). Source: S2.1. */
#ifndef GAVA_ROUTINE_HEAD_H
#define GAVA_ROUTINE_HEAD_H

#include "routine.h"

struct routine_head {
    int64_t version;
    struct date valid_from;
    struct str decided_by, number; /* may be empty: then null stands there */
};

/* The text with "version" and, in its section "document", valid_from, decided_by and number set. A file in which these
 * do not stand on lines of their own ("document: {...}") comes back with what could be set: the caller loads it and
 * compares. */
struct str routine_with_head(struct ctx *ctx, struct str yaml, const struct routine_head *head);

#endif
