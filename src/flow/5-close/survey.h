/* What: one question to the person some days after closing, "Är du nöjd med hur vi tog hand om det du berättade?", with
 * a link of its own; whoever says no can have the case opened again.
 *
 *   close_case -> survey_begin: row, mail for later (outbox)     GET /omdome/TOKEN: the question; changes nothing
 *   asked_us: the mail goes; the question stands on /folj       POST: survey_answer; "Ja, titta igen": survey_again
 *
 * Owns: survey. Invariants: (1) only the keyed hash of a token is stored; the token is worked out again for the mail
 * and the follow-up page; (2) one answer a token: a later one takes its place, as long as the routine says; what was
 * written is a document each time; (3) programs that open every link in a mail answer nothing; (4) once the case is
 * open again the question is over. Memory: as long as ctx. Not here: when and how often (routine.h, survey_rule), the
 * pages (survey_page.c). Source: S1.10; docs/decisions/0046. */
#ifndef GAVA_SURVEY_H
#define GAVA_SURVEY_H

#include "change.h"
#include "survey_sql.h"

enum { SURVEY_MAX_CHARS = 4000 };

enum survey_state {
    SURVEY_none,     /* nothing is asked, or not yet */
    SURVEY_open,     /* may be answered */
    SURVEY_answered, /* was, and may be changed */
    SURVEY_over,     /* no more */
};

struct survey {
    struct survey_id id;
    struct case_id case_id;
    enum survey_state state;
    struct str token;  /* of survey_of_case only */
    struct str answer; /* yes, partly, no; "" */
    struct utc_us asked, answered, open_until;
    bool is_reopened; /* the case is open again */
};

/* Inside the closing transaction, after its step. Nothing where the routine asks nothing, or the person wants no answer
 * or cannot be reached. */
MUST_USE enum err survey_begin(struct ctx *ctx, const struct open_case *c);
/* The question of this closing, or of the last that was answered. state SURVEY_none: there is none. */
MUST_USE enum err survey_of_case(struct ctx *ctx, const struct open_case *c, struct survey *ret);
/* ERR_NOT_FOUND: no such token. */
MUST_USE enum err survey_by_token(struct ctx *ctx, struct str token, struct survey *ret);

bool survey_answer_known(struct str answer);
/* Own transaction. ERR_CLOSED: it is over. ERR_INVALID: unknown answer, or words too long. */
MUST_USE enum err survey_answer(struct ctx *ctx, struct str token, struct str answer, struct str words);
/* Own transaction: the case is opened again. ERR_CLOSED: over, or it is open already. ERR_INVALID: the person has not
 * said that something is wrong. */
MUST_USE enum err survey_again(struct ctx *ctx, struct str token);

#endif
