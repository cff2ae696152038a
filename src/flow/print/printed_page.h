/* What: a page of HTML sent as a PDF, made once. Flow: a handler composes the HTML, then printed_send(), which finds
 * the PDF of exactly this page in the store, or asks the desk for it, lets the connection rest, and is called again by
 * the same handler when it is there. Owns: printed. Invariants: (1) the key is the hash of page and style: what is
 * found is never out of date; (2) at most one PDF for each kind, unit and language is kept. Not here: making it
 * (pdf_desk.h), who may read it (routes.def: it holds no word of a case). Source: S0.10, S0.11;
 * docs/decisions/0029-pdf-desk.md. */
#ifndef GAVA_PRINTED_PAGE_H
#define GAVA_PRINTED_PAGE_H

#include "web.h"

struct printed {
    struct str kind; /* poster, form, oral */
    struct unit_id unit;
    struct str language;
    struct str html, css;
    struct str file_name; /* "affisch-norr.pdf" */
};

/* The answer is shown by the browser, not downloaded: people look before they print. ERR_TOO_MANY: the address asked
 * for too many that had to be made. Else as pdf_take(). */
MUST_USE enum err printed_send(struct ctx *ctx, struct request *req, struct response *res, const struct printed *what);

#endif
