/* What: a page as HTML becomes a PDF: fonts embedded, tagged, with its language and title in the metadata.
 * Flow: a template makes the HTML, an asset the style sheet. A command calls pdf_write(). A web worker never waits: it
 * asks the desk (pdf_desk.h) and answers other requests until the desk's socket is readable.
 * How: WeasyPrint (Debian's package) in a process of its own, which sees no network, no file but programs and fonts, no
 * environment, and has limits on time, memory and size (pdf_child.h). The words reach it through memory, never by a
 * command line or a file with a name. Invariants: (1) nothing an HTML names (http:, file:) is ever fetched; (2)
 * whatever the process does, the caller gets a PDF or an error within the limits; (3) an error never quotes the HTML.
 * Memory: the PDF lies in ctx. Not here: who may read it, keeping it (flow/print/print.h). Source: design.md 4; S0.44;
 * docs/decisions/0029-pdf-desk.md, 0039-letters-are-pdf-a-2u.md; ISO 14289-1 (PDF/UA), ISO 19005-2 (PDF/A). */
#ifndef GAVA_PDF_H
#define GAVA_PDF_H

#include "ctx.h"

enum pdf_variant {
    PDF_TAGGED, /* PDF/UA-1: headings, paragraphs and lists are tagged; for people to read */
    /* PDF/A-2u and tagged (archive.py): everything embedded, colours defined, every glyph with its text; for keeping.
     * The HTML may be several documents with a byte 0 between them: each begins on a page of its own and counts its own
     * pages. A file with glyphs whose text is not known claims PDF/A-2b. */
    PDF_ARCHIVE,
};

/* 0 stands for the usual: PDF_LIMITS. */
struct pdf_limits {
    int64_t wall_ms, cpu_s, memory_bytes, pdf_bytes;
};
#define PDF_LIMITS                                                                                                     \
    ((struct pdf_limits){.wall_ms = 30 * 1000, .cpu_s = 15, .memory_bytes = INT64_C(1) << 30, .pdf_bytes = 32 << 20})

struct pdf_options {
    struct str css; /* style sheet for the page; may be empty */
    enum pdf_variant variant;
    struct pdf_limits limits;
};

/* At most so much HTML, and so much style. */
enum { PDF_HTML_MAX = 8 << 20 };

/* html: a whole document with lang and title. Waits until it is done: for commands and tests.
 * ERR_TOO_LARGE: HTML or PDF. ERR_TIMEOUT: beyond the time (the process is gone then). ERR_SETTING: WeasyPrint is not
 * installed; the hint says how. ERR_IO: it failed. */
MUST_USE enum err pdf_write(struct ctx *ctx, struct str html, const struct pdf_options *options, struct str *ret_pdf);

#endif
