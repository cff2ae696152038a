/* What: the phrase library: words that staff choose from while they write a reply, kept by the municipality. Flow:
 * /admin/fraser writes them -> the editor offers those of the case's unit (or above), routine and type, filled in.
 * Owns: phrase. Invariant: a phrase holds only known fields ({{...}} of placeholders.def). Memory: as long as ctx. Not
 * here: whole letters (letter_template.h). Source: S0.32. */
#ifndef GAVA_PHRASE_H
#define GAVA_PHRASE_H

#include "change.h"
#include "phrase_sql.h"

enum { PHRASE_NAME_MAX_CHARS = 80, PHRASE_BODY_MAX_CHARS = 2000 };

struct phrase {
    int64_t id; /* 0: a new one */
    struct str name, body;
    struct unit_id unit; /* .v 0: for all */
    struct str routine;  /* "": for all */
    struct str type;     /* "": for all */
    bool active;         /* false: no longer offered */
};

/* All of them, by name; at most 500. */
MUST_USE enum err phrase_all(struct ctx *ctx, struct phrase **ret, size_t *ret_n);
/* ERR_NOT_FOUND. */
MUST_USE enum err phrase_get(struct ctx *ctx, int64_t id, struct phrase *ret);
/* Own transaction. ERR_INVALID: no name or body, an unknown field (letter_template.h tells which), a unit, routine or
 * type there is not. */
MUST_USE enum err phrase_save(struct ctx *ctx, const struct phrase *phrase, int64_t *ret_id);

/* Those offered for a case, filled in for it; body is what goes into the text. */
MUST_USE enum err phrases_for(struct ctx *ctx, const struct open_case *c, struct phrase **ret, size_t *ret_n);

#endif
