/* What: what the person asked for, line by line, as staff read it ("Personen bad om"): listed while the case is
 * investigated or the reply is written, ticked when the reply answers it. Flow: case page and editor list and show
 * them; the look before the reply goes names those left; where the routine says so (reply: questions: answer) the reply
 * waits for them. Owns: asked. Invariants: (1) the words are the case's: sealed; (2) a ticked line says who ticked it
 * and when. Memory: as long as ctx. Not here: the reply (answer.h). Source: S1.31; mock-up 05b. */
#ifndef GAVA_ASKED_H
#define GAVA_ASKED_H

#include "asked_sql.h"
#include "change.h"

enum { ASKED_MAX = 30, ASKED_MAX_CHARS = 200 };

struct asked {
    int64_t id;
    struct str words;
    bool is_answered;
};

/* In the order they were listed. */
MUST_USE enum err asked_list(struct ctx *ctx, struct case_id id, struct asked **ret, size_t *ret_n);
/* Each its own transaction and a step of the case. Words that are listed already change nothing. ERR_INVALID: no words,
 * too long, or ASKED_MAX are listed. */
MUST_USE enum err asked_add(struct ctx *ctx, struct str number, struct str words);
/* ERR_NOT_FOUND: not a line of this case. */
MUST_USE enum err asked_remove(struct ctx *ctx, struct str number, int64_t id);
/* Inside the transaction that saves a reply: exactly these are answered. Ids of other cases do nothing. */
MUST_USE enum err asked_tick(struct ctx *ctx, const struct open_case *c, const int64_t *ids, size_t n);

/* Sentences of the story that end with a question mark. At most max; they point into story. */
size_t asked_guess(struct str story, struct str *ret, size_t max);

#endif
