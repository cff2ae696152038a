/* What: the person writes again, on the follow-up page (later: by mail). On a closed case that opens it.
 * Flow: follow_page.c -> hear_by_code / hear. Owns: nothing of its own: document, event.
 * Source: JO on Nordanstig 2021 (domain.md 3): a message on a closed case is never just put aside. */
#ifndef GAVA_HEAR_H
#define GAVA_HEAR_H

#include "attach.h"
#include "change.h"

enum { MESSAGE_MAX_CHARS = 20000 };

/* Inside a transaction, with a case opened by id. text: at least one character or one file. ERR_INVALID otherwise. */
MUST_USE enum err hear(struct ctx *ctx, struct open_case *c, struct str text, size_t n_files,
                       const struct attached *files);

#endif
