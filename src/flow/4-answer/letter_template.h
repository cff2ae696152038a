/* What: a municipality's own words for its letters, written by its people while the program runs. Flow: /admin/brev
 * shows what is in force for each routine, kind and language -> letter_template_save -> case_letter() uses it from the
 * next letter on. Owns: letter_template. Invariants: (1) versions of a routine, kind and language are 1, 2, 3 ... and
 * never change: the store itself refuses it; (2) a text with an unknown field is never saved; (3) going back to the
 * routine's text is a version too (withdrawn), so that one sees what held when; (4) what is saved is written into the
 * journal: codes and numbers only. Memory: as long as ctx. Not here: what a letter becomes for a case (case_letter.h).
 * Source: S0.32, S2.24, S4.4; domain.md 2.2. */
#ifndef GAVA_LETTER_TEMPLATE_H
#define GAVA_LETTER_TEMPLATE_H

#include "case_letter.h"
#include "letter_template_sql.h"

enum { TEMPLATE_SUBJECT_MAX_CHARS = 200, TEMPLATE_BODY_MAX_CHARS = 8000 };

/* Which letter: of which routine ("": for all), kind and language. */
struct letter_place {
    struct str routine;
    enum letter_kind kind;
    const struct lang *lang;
};

/* What is wrong with a text that is to be a letter: each a sentence. An unknown field, braces that do not end, a letter
 * without the place for what it is about ({{text}} in a reply). */
struct letter_complaint {
    bool in_subject;
    struct str field; /* the field that is unknown; STR_NONE: text_missing or braces */
    bool text_missing;
};
void letter_template_check(struct ctx *ctx, enum letter_kind kind, struct str subject, struct str body,
                           struct letter_complaint **ret, size_t *ret_n);
/* A letter of this kind is about what somebody writes in it. */
bool letter_needs_text(enum letter_kind kind);

/* Own transaction. version: the newest one as the writer saw it, 0 for none; ERR_CONFLICT: there is a newer one.
 * ERR_INVALID: it has complaints, or there is nothing in it. */
MUST_USE enum err letter_template_save(struct ctx *ctx, const struct letter_place *place, int64_t version,
                                       struct str subject, struct str body);
/* Back to what the routine or the program says. ERR_CONFLICT as above; ERR_NOT_FOUND: there is nothing of one's own. */
MUST_USE enum err letter_template_withdraw(struct ctx *ctx, const struct letter_place *place, int64_t version);
/* The newest version's number, 0: none yet. */
MUST_USE enum err letter_template_version(struct ctx *ctx, const struct letter_place *place, int64_t *ret);

#endif
