/* What: any letter of the program, filled in for a case: subject and plain text, ready to be stored, mailed or printed.
 * Flow: intake's mail (outbox_job.c), hand-over notice, delay notice, first response, reply, referral, follow-up: each
 * asks case_letter() for its kind, shows what it got, stores it as a document and sends that. Looked for, first found:
 *
 *   the municipality's own template for this routine  ->  for all routines  ->  the routine's YAML letter  -> catalogue
 *        (letter_template, any language)                                        (Swedish only)              (sv, en)
 *
 * Invariants: (1) there is always a letter; (2) a sentence or line whose placeholder has nothing to say - no telephone
 * number, no date yet - is left out whole, and a heading ("Det här lovar vi dig:") before nothing goes with it; (3)
 * what staff wrote (text, reason) stands as it was written, line by line; (4) lines that a routine file's author
 * wrapped at the margin run together again, so that a telephone may wrap them. Memory: as long as ctx. Not here:
 * writing templates (letter_template.h), what may stand between braces (routine/placeholders.def), the envelope (name
 * and address), mail (mail_letter.h). Source: S0.27, S0.32, S0.44, S1.35, S2.24, S4.4. */
#ifndef GAVA_CASE_LETTER_H
#define GAVA_CASE_LETTER_H

#include "change.h"
#include "msg.h"

enum letter_kind {
#define KIND(code, text) LETTER_##code,
#include "letter_kinds.def"
#undef KIND
    LETTER_KIND_COUNT
};
/* "reply" for LETTER_reply. Static. */
struct str letter_kind_code(enum letter_kind kind);
MUST_USE bool letter_kind_find(struct str code, enum letter_kind *ret);

/* What only the one who sends it knows. Each may be empty: then what speaks of it is left out. */
struct letter_fill {
    struct str text;           /* {{text}}: what somebody writes in this very letter */
    struct str reason;         /* {{reason}} */
    struct when_text new_date; /* {{new_date}}: when_day(...) */
    struct str other_body;     /* {{other_body}} */
};

enum letter_source { LETTER_FROM_OWN, LETTER_FROM_ROUTINE, LETTER_FROM_PROGRAM };

struct case_letter {
    struct str subject, body;
    enum letter_source source;
    bool has_text;                            /* it has a place for {{text}} */
    bool has_promises, has_follow, has_phone; /* it says these itself */
};

/* The letter in the language lang. c: as it is now (or a copy with another owner: who is meant by {{manager_name}}).
 * {{sender_name}} is ctx->who, of a job the owner. follow: follow_address() (site.h), whole; .s STR_NONE: not said.
 * Inside or outside a transaction. */
MUST_USE enum err case_letter(struct ctx *ctx, const struct lang *lang, const struct open_case *c,
                              enum letter_kind kind, const struct letter_fill *fill, struct url follow,
                              struct case_letter *ret);

/* The words of a letter before they are filled in, with {{placeholders}}: what is in force for a routine. */
struct letter_words {
    struct str subject, body;
    enum letter_source source;
    bool for_all;    /* own: for all routines */
    int64_t version; /* own: its number */
};
/* routine.id "" or NULL routine: what holds for all. *ret is what the first of the sources has. */
MUST_USE enum err letter_words(struct ctx *ctx, const struct lang *lang, const struct routine *routine_or_null,
                               enum letter_kind kind, struct letter_words *ret);
/* The same without the municipality's own. */
void letter_words_given(struct ctx *ctx, const struct lang *lang, const struct routine *routine_or_null,
                        enum letter_kind kind, struct letter_words *ret);
/* Words with every placeholder replaced by values[] (by enum placeholder). Sentences without a value are left out. */
struct str letter_filled(struct ctx *ctx, struct str words, const struct str *values);

/* Words with fields, filled in for a case as a letter is, without what only a letter knows (text, reason ...). */
MUST_USE enum err case_words_filled(struct ctx *ctx, const struct lang *lang, const struct open_case *c,
                                    struct str words, struct str *ret);

/* For the test. Lines longer than a margin run together with the next. */
struct str letter_unwrap(struct ctx *ctx, struct str text);
/* Without the sentences that hold a byte 1, which stands for an empty value. */
struct str letter_without_nothing(struct ctx *ctx, struct str text);

/* The language a person reads: that of the case, else Swedish. */
const struct lang *case_language(const struct open_case *c);

#endif
