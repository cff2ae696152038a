/* What: letters as one PDF, asked for and sent. Flow: a handler composes the HTML and calls letter_pdf_ask(); it is
 * called again when the file is there (req->awaited_fd): letter_pdf_take(). Nothing is kept: a letter holds a name and
 * an address. Memory: as ctx. Source: docs/decisions/0029-pdf-desk.md, 0039-letters-are-pdf-a-2u.md. */
#ifndef GAVA_LETTER_PDF_PAGE_H
#define GAVA_LETTER_PDF_PAGE_H

#include "web.h"

/* html: documents with a byte 0 between them. ERR_BUSY: too many wait. ERR_TOO_LARGE. */
MUST_USE enum err letter_pdf_ask(struct ctx *ctx, struct request *req, struct response *res, struct str html);
/* Shown by the browser, never kept by it. Errors as pdf_take(). */
MUST_USE enum err letter_pdf_take(struct ctx *ctx, struct request *req, struct response *res, struct str file_name);

#endif
