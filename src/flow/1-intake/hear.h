/* What: the person writes again, on the follow-up page (later: by mail). On a closed case that opens it,
 * or somebody must consider it, as the routine says.
 * Flow: follow_page.c -> hear_by_code / hear. Owns: nothing of its own: document, event.
 * Source: JO on Nordanstig 2021 (domain.md 3): a message on a closed case is never just put aside. */
#ifndef GAVA_HEAR_H
#define GAVA_HEAR_H

#include "attach.h"
#include "change.h"

enum { MESSAGE_MAX_CHARS = 20000 };

struct message {
    struct str text;
    struct str form_token; /* STR_NONE or empty: every call is a new message */
    size_t n_files;
    const struct attached *files;
};

/* Inside a transaction, with a case opened by id. At least one character or one file, else ERR_INVALID. The same form
 * again does nothing. */
MUST_USE enum err hear(struct ctx *ctx, struct open_case *c, const struct message *message);

#endif
