/* What: sentences about handing over that several pages share. Memory: as long as ctx. */
#ifndef GAVA_HANDOVER_WORDS_H
#define GAVA_HANDOVER_WORDS_H

#include "absence.h"
#include "date_words.h"
#include "handover.h"
#include "handover_view.h"

/* "Amir Haddad, enhetschef" or the name alone; "" for nobody. */
struct str staff_words(struct ctx *ctx, const struct staff *staff);
/* "Borta till 7 januari. Lena Ek står in."; "" when there. */
MUST_USE enum err away_words(struct ctx *ctx, const struct town *town, struct user_id who, struct str *ret);
/* The active grounds for a select, "Personen säger ja ... (OSL 10 kap. 1 §)". */
MUST_USE enum err ground_options(struct ctx *ctx, struct str chosen, const struct option_view **ret, size_t *ret_n);
/* Who answers for the case now: name and title, or the role at the unit, and why. */
struct responsible_words {
    struct str name, title, why, stand_in;
};
MUST_USE enum err responsible_words(struct ctx *ctx, const struct open_case *c, struct responsible_words *ret);
/* "Det här är andra gången ärendet lämnas över ..."; "" when the routine does not warn. */
struct str warning_words(struct ctx *ctx, const struct routine *routine, const struct handover_past *past);

#endif
