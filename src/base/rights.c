#include "rights.h"

enum { CASE = 0, PLACE = 1 };

enum {
#define ROLE(code, where, text) code = 1u << ROLE_##code,
#include "rights.def"
#undef ROLE
    ALL_ROLES = (1u << ROLE_COUNT) - 1
};

static const struct {
    const char *name;
    uint32_t roles;
} rights[] = {
#define RIGHT(code, mask, text) [RIGHT_##code] = {#code, mask},
#include "rights.def"
#undef RIGHT
};

static const struct {
    const char *name;
    int where;
} roles[] = {
#define ROLE(code, where, text) [ROLE_##code] = {#code, where},
#include "rights.def"
#undef ROLE
};

bool right_held(enum right right, struct roles set)
{
    return right == RIGHT_ANYBODY || (rights[right].roles & set.bits) != 0;
}

struct str right_name(enum right right)
{
    return str_from(rights[right].name);
}

struct str role_name(enum role role)
{
    return str_from(roles[role].name);
}

bool role_find(struct str name, enum role *ret)
{
    for (enum role role = 0; role < ROLE_COUNT; role++)
        if (str_eq(name, role_name(role))) {
            *ret = role;
            return true;
        }
    return false;
}

bool role_is_place(enum role role)
{
    return roles[role].where == PLACE;
}
