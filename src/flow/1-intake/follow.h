/* What: a submitter finds the own case again by number and code, reads and writes there.
 * Flow: follow_page.c: POST /folj -> follow_find -> a short session of kind "follow" -> /folj/arende.
 * Invariants: (1) a wrong number and a wrong code give the same answer after the same work; (2) the code stands in no
 * address and no log; (3) nothing here shows who the submitter is. Not here: slowing down guesses (routes.def's rate
 * limit), the session (web/session.h). Source: ux/README 2; peers.md G3. */
#ifndef GAVA_FOLLOW_H
#define GAVA_FOLLOW_H

#include "change.h"

/* number as people type it: blanks and a missing hyphen do not matter ("2026 413" is 2026-0413). ERR_NOT_FOUND. */
MUST_USE enum err follow_find(struct ctx *ctx, struct str number, struct str code, struct case_id *ret);
/* The number as it is written in the register, or the trimmed text when it is none. */
struct str follow_number(struct ctx *ctx, struct str typed);

#endif
