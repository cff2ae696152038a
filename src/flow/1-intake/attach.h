/* What: files that come with a submission or a message: at most five of 10 MB, typed by content, kept over a form's
 * faults. Owns: form_file. Invariants: (1) the type is what libmagic says of the bytes, never what the sender says; (2)
 * a type outside the list is refused with its name; (3) kept files are sealed, found only with the form's token, and
 * swept after a day. Memory: as long as ctx. Not here: storing with the case (document.h). Source: S2.14; issue text
 * "up to 5 attachments". */
#ifndef GAVA_ATTACH_H
#define GAVA_ATTACH_H

#include "ctx.h"

enum { ATTACH_MAX_FILES = 5, ATTACH_MAX_BYTES = 10 * 1024 * 1024 };

struct attached {
    struct str name;       /* cleaned: no path, no controls, at most 120 characters */
    struct str media_type; /* by content */
    struct str body;
};

/* Look at the bytes. ERR_TYPE: not a kind that is taken in; ERR_TOO_LARGE; ERR_INVALID: empty. */
MUST_USE enum err attach_check(struct ctx *ctx, struct str client_name, struct str body, struct attached *ret);
/* Media types a page may offer as accept="...". Static. */
struct str attach_accept(void);

/* Keep for the next try with this form token; replaces what was kept at those positions. Own transaction. */
MUST_USE enum err attach_keep(struct ctx *ctx, struct str form_token, size_t n, const struct attached *files);
/* What was kept, in order; n 0 when nothing. */
MUST_USE enum err attach_kept(struct ctx *ctx, struct str form_token, struct attached **ret, size_t *ret_n);
/* Inside a transaction: forget what was kept (it is part of a case now, or was taken away). */
MUST_USE enum err attach_forget(struct ctx *ctx, struct str form_token);

#endif
