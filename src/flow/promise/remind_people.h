/* What: who is reminded of a promise: those who answer for it, whoever stands in for them, and the level above. Flow:
 * remind.c asks for each promise that calls for a reminder. Rules: (1) the case's responsible manager answers for what
 * managers and case workers promise; without one (or when that person has left) the nearest managers do; (2) for other
 * roles those who hold the role nearest to the case's unit; when nobody does, the complaints officers; (3) whoever
 * received the case answers with them for its registration, until it is registered; (4) a deputy is told with the one
 * who is away; (5) nobody is told of a case he or she may not see. Memory: as long as ctx. Not here: absences
 * (people/absence.h). Source: S0.23, S1.31, S1.39, S2.28; design.md 4. */
#ifndef GAVA_REMIND_PEOPLE_H
#define GAVA_REMIND_PEOPLE_H

#include "routine.h"
#include "town.h"

enum reminded_part { REMINDED_RESPONSIBLE, REMINDED_DEPUTY, REMINDED_ABOVE };

struct reminded {
    struct user_id id;
    enum reminded_part part;
};

enum { REMINDED_MAX = 60 };
struct reminded_list {
    struct reminded people[REMINDED_MAX];
    size_t n;
};

/* "responsible". Static. */
struct str reminded_part_code(enum reminded_part part);

struct remind_about {
    struct case_id case_id;
    struct unit_id unit;
    struct user_id owner, receiver; /* .v 0: none */
    struct str who;                 /* of the promise */
    bool is_registration;           /* the promise is met by registering */
    struct utc_us at;
};
/* Each person once, in the order above; with_above: the level above too. Empty: there is nobody to tell. */
MUST_USE enum err remind_people(struct ctx *ctx, const struct town *town, const struct remind_about *about,
                                bool with_above, struct reminded_list *ret);

#endif
