/* What: roles and rights of rights.def as C. A set of roles is a bit mask.
 * Not here: who has which role (flow/people), the check for a page (web dispatcher) or a step (flow/change).
 * Source: style.md rule 9. */
#ifndef GAVA_RIGHTS_H
#define GAVA_RIGHTS_H

#include "str.h"

enum role {
#define ROLE(code, where, text) ROLE_##code,
#include "rights.def"
#undef ROLE
    ROLE_COUNT
};

enum right {
#define RIGHT(code, roles, text) RIGHT_##code,
#include "rights.def"
#undef RIGHT
    RIGHT_COUNT
};

/* A set of roles: bit 1 << enum role. */
struct roles {
    uint32_t bits;
};
static inline struct roles roles_with(struct roles set, enum role role)
{
    return (struct roles){set.bits | 1u << role};
}
static inline bool roles_has(struct roles set, enum role role)
{
    return set.bits & 1u << role;
}

/* Somebody with these roles has the right. RIGHT_ANYBODY holds for every set, the empty one too. */
bool right_held(enum right right, struct roles roles);
/* As in rights.def: "CASE_READ", static. */
struct str right_name(enum right right);
/* "responsible_manager", static. */
struct str role_name(enum role role);
/* False for an unknown word. */
MUST_USE bool role_find(struct str name, enum role *ret);
/* A role that somebody is given in a unit, not one that follows from a case. */
bool role_is_place(enum role role);

#endif
