/* What: what staff write down while a case is worked on: a note, what was found out and why it happened, a message to
 * the person; and ticking off or letting go a promise that has no step of its own. Flow: case_page.c -> note_*; a
 * message is also the first response (first_response.h). Owns: nothing of its own: document, waiver, event. Invariants:
 * (1) words go into a sealed document, codes into the journal; (2) letting a promise go needs a written reason. Source:
 * S1.47, S1.50, S2.32, S2.33, S4.5, S4.7. */
#ifndef GAVA_NOTE_H
#define GAVA_NOTE_H

#include "case_promise.h"
#include "change.h"
#include "first_response.h"

enum { NOTE_MAX_CHARS = 20000 };

/* ERR_INVALID: no text, or longer than NOTE_MAX_CHARS. */
MUST_USE enum err note_check_text(struct ctx *ctx, struct str text);

/* Each its own transaction. ERR_INVALID: no text, or too long. */
MUST_USE enum err note_add(struct ctx *ctx, struct str number, struct str text);
/* What was found out; why it happened: papers of the investigation (the routine may ask for the latter before closing).
 */
MUST_USE enum err note_investigation(struct ctx *ctx, struct str number, struct str text);
MUST_USE enum err note_analysis(struct ctx *ctx, struct str number, struct str text);
/* A message to the person by the way chosen, and what it says as a first response. On the follow-up page at once. */
MUST_USE enum err note_message(struct ctx *ctx, struct str number, struct str text, enum response_kind told);
/* Inside a transaction: let a promise or a gate go, with a reason. */
MUST_USE enum err case_waive(struct ctx *ctx, struct open_case *c, struct str code, struct str reason);
/* Something the routine asks for and no step of the program does has happened (an event of routine/events.def: talked
 * through at the unit meeting, copy sent ...); text may be empty. ERR_INVALID: the routine does not ask for it. */
MUST_USE enum err note_happened(struct ctx *ctx, struct str number, struct str event, struct str text);
/* A promise or a gate is let go. ERR_INVALID: no reason given, or the routine has no such promise or gate. */
MUST_USE enum err note_waived(struct ctx *ctx, struct str number, struct str code, struct str reason);

#endif
