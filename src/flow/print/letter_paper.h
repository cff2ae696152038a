/* What: a letter that goes out, as it stands on paper: the municipality's head, the address where the window of the
 * envelope is, date, numbers, subject, the words as they were stored, who wrote them, and where one may write back.
 * Flow: letter_page.c (one letter) and posting_page.c (several in one file) compose, letter_page.html draws, the PDF
 * desk makes the file. Owns: nothing. Invariants: (1) the words are those of the document, unchanged; (2) the person's
 * address is opened for the purpose send_reply, which the vault writes down each time; (3) nothing but the address
 * stands where the window may show it (assets/letter.css, decision 0039). Memory: as long as ctx. Not here: the words
 * (case_letter.h), who may (letter_may_print is asked by the pages), when it was posted (posting.h). Source: S0.32,
 * S1.49, S2.24, S4.4. */
#ifndef GAVA_LETTER_PAPER_H
#define GAVA_LETTER_PAPER_H

#include "change.h"
#include "document_sql.h"
#include "letter_view.h"

enum { LETTER_LINES_MAX = 5, LETTER_LINE_CHARS = 40 }; /* of the address: what the window holds */

/* ctx->who may print this case's letters: writes to the person and may open the address. */
bool letter_may_print(const struct open_case *c);
/* A text that went out, or shall: not a file, not what came in. */
bool letter_is_one(const struct str direction, struct str media_type, struct sealed_id name);

/* Fill the paper in the case's language. n_address 0: no address is known. ERR_NOT_FOUND: the document is no letter. */
MUST_USE enum err letter_compose(struct ctx *ctx, const struct open_case *c, const struct document_get_row *document,
                                 struct letter_paper_view *ret);
/* The letter as a document of its own, for the PDF. */
struct str letter_document(struct ctx *ctx, const struct letter_paper_view *paper);
/* Name and address as lines, at most LETTER_LINES_MAX: the name first, unless the address begins with it; what is too
 * much goes into the last line. For the test. */
size_t letter_address_lines(struct arena *arena, struct str name, struct str address, struct str *ret);

#endif
