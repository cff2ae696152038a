/* What: which text of a routine an address means: a version ("nordanstig-2") or the draft of the next one
 * ("nordanstig-utkast"), ready to be read. Flow: every page under /rutin/{version}. Drafts are for those who work
 * there. Memory: as long as ctx. Not here: changing any of it (routine_version.h). */
#ifndef GAVA_RUTIN_SHOWN_H
#define GAVA_RUTIN_SHOWN_H

#include "routine_version.h"

struct shown {
    const struct town *town;
    struct str name;                       /* as in the address */
    struct str code;                       /* of the routine */
    const struct routine_version *version; /* the version; of a draft the one it began from */
    const struct routine *routine;         /* NULL: a draft with faults */
    struct str yaml;
    bool is_draft;
    struct routine_draft_get_row draft; /* is_draft */
    struct checked_text text;           /* is_draft */
};

/* ERR_NOT_FOUND: there is no such version, or nobody writes a draft of it, or it is a draft and nobody is logged in. */
MUST_USE enum err shown_open(struct ctx *ctx, const struct town *town, struct str name, struct shown *ret);
/* "nordanstig-utkast". */
struct str draft_name(struct ctx *ctx, struct str code);
/* "Nordanstig, version 2": what a page calls it; "utkast till version 3". */
struct str shown_words(struct ctx *ctx, const struct shown *shown);
/* The version it is compared with: the one before it; of a draft the one it began from. NULL: it is the first. */
const struct routine_version *shown_before(const struct shown *shown);

#endif
