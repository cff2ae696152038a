/* What: a telephone call or a visit, written down as an official note (tjänsteanteckning): who called, when, what was
 * said, whether the person was reached. Flow: case page -> talk_log() -> document of kind "call", the first response
 * (first_response.h). Owns: nothing of its own. Invariants: (1) it happened after the case came in and not after now;
 * (2) a call that nobody answered is written down but keeps no promise; (3) the note tells by itself when and how, also
 * on paper. Memory: as long as ctx. Not here: calls that are to be made (deliver.h). Source: S1.47, S4.5, S4.7. */
#ifndef GAVA_TALK_H
#define GAVA_TALK_H

#include "first_response.h"

enum talk_how { TALK_WE_CALLED, TALK_THEY_CALLED, TALK_VISIT, TALK_NO_ANSWER, TALK_HOW_COUNT };

struct talk {
    enum talk_how how;
    struct utc_us at;
    enum response_kind told; /* what the person got to know; unused when nobody answered */
    struct str text;         /* what was said; may be empty when nobody answered */
};

MUST_USE bool talk_how_find(struct str code, enum talk_how *ret);
/* "we_called". Static. */
struct str talk_how_code(enum talk_how how);
/* Own transaction. ERR_INVALID: no text, too long, or a moment it cannot have been at. */
MUST_USE enum err talk_log(struct ctx *ctx, struct str number, const struct talk *talk);

#endif
