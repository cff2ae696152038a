/* What: one municipality as the flow sees it: its name, units, people and routines, in memory.
 * Flow: town_get() first thing in a handler; it reads everything again only when municipality.changed has grown.
 * Owns: municipality, unit, unit_above, routine, unit_routine, user_role, unit_reader. Invariants: (1) exactly one unit
 * takes what has no unit; (2) unit_above holds each unit with itself; (3) unit_reader is what user_role and unit_above
 * say of the roles with RIGHT_CASE_READ; (4) a routine version's text never changes. Memory: a struct town lives until
 * the next town_get() that finds a change: keep nothing of it past a request. Not here: log-in and passwords (login.h),
 * sessions (web/session.h). Source: S0.43, S2.1, S3.4, S3.41; domain.md 2.1 no. 24. */
#ifndef GAVA_TOWN_H
#define GAVA_TOWN_H

#include "calendar.h"
#include "ctx.h"
#include "rights.h"
#include "routine.h"

struct unit {
    struct unit_id id, parent;
    struct str code, name, level, secrecy_provision; /* secrecy_provision may be none */
    bool is_public, is_intake;
    struct str diary, diary_pattern; /* own, external, or "": as above; see town_diary() */
    int depth;                       /* 0 at the top */
    /* How the unit is reached as a function; each may be empty. */
    struct str contact_function, phone, email, visiting_address, hours;
    bool in_directory;   /* that is shown to everybody at /kontakt */
    struct user_id help; /* whom its staff may always ask; .v 0: as the unit above */
};

struct staff_role {
    enum role role;
    struct unit_id unit;
};

struct staff {
    struct user_id id;
    struct str login, name, title;
    struct str email, phone, mobile; /* each may be empty */
    bool active;
    size_t n_roles;
    const struct staff_role *roles;
    size_t n_absent;
    const struct user_id *absent; /* whom the person stands in for today */
};

struct routine_version {
    struct routine_id id, parent;
    struct str code, title;
    int64_t version;
    struct date valid_from, valid_until;
    struct utc_us added, withdrawn; /* withdrawn UTC_NONE: it stands */
    struct user_id added_by;        /* .v 0: the command line */
    const struct routine *loaded;   /* NULL until somebody asks */
};

/* From that day on the unit follows that version. */
struct unit_binding {
    struct unit_id unit;
    struct date from;
    struct routine_id routine;
};

struct town {
    struct str slug, name, phone, address, theme;
    int64_t changed;
    size_t n_units;
    const struct unit *units; /* in list order, parents anywhere */
    size_t n_staff;
    const struct staff *staff; /* by id */
    size_t n_routines;
    struct routine_version *routines;
    struct town_more *more; /* bindings, local days: town.c */
};

struct town_cache;
struct town_cache *town_cache_new(void);
void town_cache_free(struct town_cache *cache);

/* The municipality of ctx->town. One small query when nothing changed. */
MUST_USE enum err town_get(struct ctx *ctx, const struct town **ret);

/* NULL when there is none. O(log n) / O(n). */
const struct unit *town_unit(const struct town *town, struct unit_id id);
const struct unit *town_unit_by_code(const struct town *town, struct str code);
const struct unit *town_intake_unit(const struct town *town);
const struct staff *town_staff(const struct town *town, struct user_id id);
/* unit lies at or below above. */
bool town_is_below(const struct town *town, struct unit_id unit, struct unit_id above);
/* Whose diary the unit's cases are in: its own setting, else that of the unit above. true: another system's, whose
 * numbers look like ret_pattern (diary_rules.h; may be empty). */
bool town_diary_is_external(const struct town *town, const struct unit *unit, struct str *ret_pattern);
/* The roles a person has somewhere; those in a unit and above it. With those of whom the person stands in for today. */
struct roles town_roles(const struct town *town, struct user_id user);
struct roles town_roles_at(const struct town *town, struct user_id user, struct unit_id unit);
/* Active people with the role in the unit or above it, nearest first; lives as long as ctx. */
size_t town_people(struct ctx *ctx, const struct town *town, enum role role, struct unit_id unit,
                   const struct staff ***ret);

/* Who stands in for the person today; NULL: nobody, the person is here (people/absence.h). O(people). */
const struct staff *town_stand_in(const struct town *town, struct user_id user);
/* Whom the staff of a unit may always ask: the active person named there, or who stands in for that person, else in the
 * nearest unit above; NULL: nobody is, so the municipality's own number (S2.45). */
const struct staff *town_help(const struct town *town, struct unit_id unit);
/* Where a person mostly works: the lowest unit of the roles held; .v 0 when none is. */
struct unit_id town_unit_of(const struct town *town, struct user_id user);

/* By unit, then day; future ones too. NULL when there is no such version. */
const struct unit_binding *town_bindings(const struct town *town, size_t *ret_n);
const struct routine_version *town_version(const struct town *town, struct routine_id id);
/* The routine version a case of this unit that arrived on this day stands under; looks in the units above when the unit
 * has none of its own. ERR_SETTING when nobody decided. */
MUST_USE enum err town_routine_at(struct ctx *ctx, const struct town *town, struct unit_id unit, struct date arrived,
                                  struct routine_id *ret);
/* The loaded routine. Lives as long as the town. */
MUST_USE enum err town_routine(struct ctx *ctx, struct routine_id id, const struct routine **ret);
/* The unit's closed and half days (and those for all). Lives as long as the town. */
const struct day_rule *town_days(const struct town *town, struct unit_id unit);

/* Set-up, each inside the caller's transaction; each makes every process read again and is written into the journal
 * (about no case; codes only: "unit_add", "user_set", "role_remove" ...). */
struct unit_spec {
    struct str code, name, level;
    struct unit_id parent;        /* .v 0: top */
    struct str secrecy_provision; /* STR_NONE: not secret to begin with */
    bool is_public, is_intake;
    int64_t position;
};
MUST_USE enum err town_add_unit(struct ctx *ctx, const struct unit_spec *spec, struct unit_id *ret);
/* What an administrator may change of a unit. Its code, its place in the organisation and who takes in what has no unit
 * stay. */
struct unit_change {
    struct str name;
    struct str secrecy_provision; /* STR_NONE: not secret to begin with */
    struct str contact_function, phone, email, visiting_address, hours;
    bool is_public, in_directory;
    struct user_id help; /* .v 0: as the unit above */
};
/* ERR_INVALID: no name. ERR_NOT_FOUND: no such unit. */
MUST_USE enum err town_set_unit(struct ctx *ctx, struct unit_id unit, const struct unit_change *change);
/* A day when the unit and those below it are closed, or close at noon (is_half). */
MUST_USE enum err town_add_day(struct ctx *ctx, struct unit_id unit, struct date day, struct str name, bool is_half);
/* number: the row's, as unit_days() lists it. ERR_NOT_FOUND: not a day of this unit. */
MUST_USE enum err town_remove_day(struct ctx *ctx, struct unit_id unit, int64_t number);
/* Check and store a routine file. parent .v 0: stands alone. ERR_INVALID with file and line when it has faults. */
MUST_USE enum err town_add_routine(struct ctx *ctx, struct str yaml, struct str file_name, struct routine_id parent,
                                   struct routine_id *ret);
MUST_USE enum err town_bind_routine(struct ctx *ctx, struct unit_id unit, struct date from, struct routine_id routine);
/* diary: "own", "external" or "" (as the unit above). ERR_INVALID: another word, or too long a pattern. */
MUST_USE enum err town_set_diary(struct ctx *ctx, struct unit_id unit, struct str diary, struct str pattern);
struct user_spec {
    struct str login, name, title, email, phone, language;
    struct str mobile;   /* STR_NONE: none */
    struct str password; /* STR_NONE: cannot log in with a password */
};
/* ERR_CONFLICT: the login is taken. ERR_INVALID: password shorter than 12 characters. */
MUST_USE enum err town_add_user(struct ctx *ctx, const struct user_spec *spec, struct user_id *ret);
/* spec: name, title, email, phone, mobile count; the rest stays. ERR_INVALID: no name. ERR_NOT_FOUND: nobody. */
MUST_USE enum err town_set_user(struct ctx *ctx, struct user_id user, const struct user_spec *spec);
/* Somebody who has left cannot log in, and is shown nowhere; what he or she did stays signed. */
MUST_USE enum err town_set_active(struct ctx *ctx, struct user_id user, bool active);
MUST_USE enum err town_add_role(struct ctx *ctx, struct user_id user, enum role role, struct unit_id unit);
/* ERR_NOT_FOUND: the person does not hold it. */
MUST_USE enum err town_remove_role(struct ctx *ctx, struct user_id user, enum role role, struct unit_id unit);

#endif
