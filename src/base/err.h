/* What: expected failures. A function that can fail returns enum err (0 = OK); the text for people lies in ctx->error,
 * written once, where the failure was found.
 * Not here: bugs (BUG in base.h), no memory (arena_alloc ends the process). Source: style.md rules 21-25. */
#ifndef GAVA_ERR_H
#define GAVA_ERR_H

#include "str.h"

enum err {
    OK = 0,
#define ERR(code, http, smtp, retry, text) ERR_##code,
#include "errors.def"
#undef ERR
    ERR_COUNT
};

/* Short and factual, in English, for logs and the command line. "could not" when a retry may help, "cannot" when never.
 */
struct error {
    enum err code;
    struct str message; /* what, with the value complained of in quotes */
    struct str detail;  /* may be STR_NONE: what the library said */
    struct str hint;    /* may be STR_NONE: what to do */
};

int err_http_status(enum err code);
int err_smtp_status(enum err code);
bool err_may_retry(enum err code);
/* The code's name as in errors.def, "NOT_FOUND"; "ok" for OK. Static. */
struct str err_name(enum err code);
/* The default text of errors.def. Static. */
struct str err_text(enum err code);

#endif
