/* What: those concerned read the draft of a reply and say what they think, before it goes: who is asked, what they see,
 * what they said, and that it was considered.
 *
 *     answer_save --> consult_share --> (those asked) consult_say ------+
 *                         |                                             +--> consult_consider --> answer_send.h
 *                         +--> consult_talk: said aloud, written down --+
 *
 * Flow: consult_page.c (the manager), consult_read_page.c (somebody asked), consult_job.c (time that is out). Owns:
 * consult, consult_view, draft_share. Invariants: (1) whoever is asked sees the draft as it was shown, without who
 * complained, and nothing else of the case: they get no right to it (visible.sql knows nothing of this); (2) every word
 * is sealed; (3) nothing said is changed or lost: another view is another row; (4) with the reply that goes the rows
 * become history, and the next reply asks anew; (5) deputies read no drafts: a draft is for the person asked. Memory:
 * as long as ctx. Not here: when it is enough (consult_rules.h), the gates (routine.h), sending (answer_send.h).
 * Source: S0.20, S0.33-S0.37; docs/decisions/0035. */
#ifndef GAVA_CONSULT_H
#define GAVA_CONSULT_H

#include "change.h"
#include "consult_rules.h"
#include "consult_sql.h"

enum { CONSULT_PEOPLE_MAX = 20, CONSULT_TEXT_MAX = 8000 };

/* What the routine's gates need to know of the next reply: sets facts->gate_at. Inside or outside a transaction. */
MUST_USE enum err consult_facts(struct ctx *ctx, const struct open_case *c, struct facts *facts);
/* How far it has come. */
MUST_USE enum err consult_state_of(struct ctx *ctx, const struct open_case *c, const struct consult_wish *wish,
                                   struct consult_state *ret);

/* ---- the manager; each its own transaction, errors of case_step besides those named ---- */

struct consult_ask {
    const struct user_id *people;
    size_t n_people;         /* besides those who are asked already; 0: the draft is only shown again */
    int64_t draft_version;   /* as the page had it */
    struct str question;     /* may be empty */
    struct str story_reason; /* why they must read what the person wrote; empty: they do not */
    bool restart;            /* those asked before get their time once more */
};
/* Show the saved draft to people; those asked before read the new one too. ERR_INVALID: nobody, no draft, somebody who
 * has left, is oneself or may not see a restricted case. ERR_CONFLICT: the draft was saved since. */
MUST_USE enum err consult_share(struct ctx *ctx, struct str number, const struct consult_ask *ask);
/* What somebody concerned said aloud on that day, asked before or not. ERR_INVALID: no words, nobody, a day to come. */
MUST_USE enum err consult_talk(struct ctx *ctx, struct str number, struct user_id who, struct date day,
                               struct str text);
/* What the person has said was considered. said: the moment of the latest words on the page; ERR_CONFLICT: more was
 * said since. */
MUST_USE enum err consult_consider(struct ctx *ctx, struct str number, struct consult_id id, struct utc_us said);
/* The person need not be asked any more. ERR_CLOSED: is not. */
MUST_USE enum err consult_end(struct ctx *ctx, struct str number, struct consult_id id);

/* ---- somebody asked; the caller is the one asked, or ERR_NOT_FOUND ---- */

struct consult_letter {
    struct consult_for_row row;
    struct str draft, question, story, kept; /* opened; question, story and kept may be empty */
    bool is_over;                            /* the reply has gone, or the case is closed: nothing is said any more */
};
/* Inside or outside a transaction; the reading is written down. A draft that has become a reply is not shown. */
MUST_USE enum err consult_read(struct ctx *ctx, struct consult_id id, struct consult_letter *ret);
/* Say it; text empty and nothing true: read, nothing to add. ERR_INVALID: neither, or too long. ERR_CLOSED: is_over. */
MUST_USE enum err consult_say(struct ctx *ctx, struct consult_id id, struct str text, bool nothing);
/* Keep what was begun. Errors as consult_say; an empty text is kept too. */
MUST_USE enum err consult_keep(struct ctx *ctx, struct consult_id id, struct str text);

/* ---- inside a transaction ---- */

/* By the program: the person had the time and said nothing. Takes the step. */
MUST_USE enum err consult_over(struct ctx *ctx, struct open_case *c, struct user_id who);

/* When a reply goes: those asked who had time left are told that the reply went before; all of it is history. */
MUST_USE enum err consult_sent(struct ctx *ctx, const struct open_case *c);

#endif
