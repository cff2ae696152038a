/* What: the list of letters that somebody must print and post, printing several at once, and marking when they were
 * posted. Flow: a slice makes a letter's task (4-answer/deliver.h); /brev lists them; posting_print() composes them
 * into one file; posting_mark() ticks them off with the day they were posted, and the promise is kept from that day.
 * Owns: task.printed_us, .printed_by. Invariants: (1) only letters of cases one may see are listed; (2) a letter is
 * marked as posted only in the version the page showed: its document stands in the form; (3) what was marked by mistake
 * can be taken back for UNDO_DAYS. Memory: as long as ctx. Not here: the rule of the day (deliver_day_moment), what
 * stands on the paper (letter_paper.h). Source: S2.24, S4.4; docs/decisions/0040-posted-is-a-day.md. */
#ifndef GAVA_POSTING_H
#define GAVA_POSTING_H

#include "change.h"
#include "posting_sql.h"

enum { POSTING_PAGE = 50, POSTING_AT_ONCE = 50, POSTING_DONE_MAX = 30 };

/* What a form names a letter by: its task and the document the page showed, "12-3" (the number in the dossier). */
struct posting_ref {
    struct task_id task;
    int64_t document;
};
struct str posting_ref_words(struct ctx *ctx, struct posting_ref ref);
MUST_USE bool posting_ref_parse(struct str words, struct posting_ref *ret);

/* One letter that could not be printed. */
struct posting_refusal {
    struct str number; /* of the case */
    bool no_address;   /* else: it has been posted, changed or taken back meanwhile */
};
struct posting_batch {
    struct str html; /* documents with a byte 0 between them; "" when there are refusals */
    struct posting_refusal *refusals;
    size_t n_refusals;
};

/* Compose them, in the order given. n: 1 to POSTING_AT_ONCE. ERR_TOO_LARGE: more, or too much text. ERR_FORBIDDEN: of
 * one of them one may not open the address. Opens each address (vault, send_reply). */
MUST_USE enum err posting_print(struct ctx *ctx, const struct posting_ref *refs, size_t n, struct posting_batch *ret);
/* They came out as a file. Works while the connection is read-only. */
MUST_USE enum err posting_set_printed(struct ctx *ctx, const struct posting_ref *refs, size_t n);

/* How marking ended. */
struct posting_result {
    size_t n_marked;
    struct posting_refusal *refusals; /* marked or changed by somebody else meanwhile */
    size_t n_refusals;
    size_t n_before; /* written after the day: then none was marked */
};
/* Posted on this day. Each letter its own transaction: what can be marked is. ERR_INVALID: the day has not come. */
MUST_USE enum err posting_mark(struct ctx *ctx, const struct posting_ref *refs, size_t n, struct date day,
                               struct posting_result *ret);

/* "Svar", "Bekräftelse": what kind of letter it is, by its document, else by what it is for. */
struct str posting_kind_words(const struct ctx *ctx, struct str document_kind, struct str purpose);

#endif
