/* What: the demo's raw material: the town, its people, and stories whose {words} make them differ.
 * Flow: demo_town.c and demo_walk.c read it. Memory: as long as the ctx it was loaded with. Source: the YAML files
 * beside. */
#ifndef GAVA_DEMO_DATA_H
#define GAVA_DEMO_DATA_H

#include "ctx.h"

struct demo_unit {
    struct str code, name, level, parent, secrecy, routine; /* STR_NONE where not given */
    bool is_public, is_intake;
};
struct demo_role {
    struct str role, unit;
};
struct demo_person {
    struct str login, name, title, phone;
    bool is_shown; /* among the accounts to try first */
    const struct demo_role *roles;
    size_t n_roles;
};
/* How a unit is reached, and whom its staff may ask. */
struct demo_contact {
    struct str unit, function, phone, email, address, hours, help; /* STR_NONE where not given */
    bool is_open;
};
struct demo_phrase {
    struct str name, body, type, by; /* type: of the cases it is for; STR_NONE: all */
};
struct demo_checklist {
    struct str unit, owner, text;
    int64_t age_days; /* since somebody last signed it */
};
/* The next version of a routine: `find` in its text becomes `put`, wherever it stands. days: until its first day; 0: it
 * is a draft. */
struct demo_renewal {
    struct str routine, by, find, put, decided_by, number;
    int64_t days;
};
/* Where a poster or forms hang; ages in days. */
struct demo_place {
    struct str unit, name, by, keeper, outcome; /* by: who wrote it down; outcome: of the last check, or STR_NONE */
    bool poster, form;
    int64_t weeks, age_days, checked_days;
};
struct demo_story {
    struct str id, type, subject, title, story, answer, measure, done, outcome, channel, language;
    struct str exit; /* the routine's exit it leaves by; none: it is handled */
    const struct str *units;
    size_t n_units;
    bool anonymous;
    int from_month,
        to_month; /* when such things happen, 1-12, both included, over New Year if need be; 0: at any time */
};
/* Columns that belong together: all words of a set come from one row. */
struct demo_set {
    const struct str *columns;
    size_t n_columns;
    const struct str *cells; /* n_rows * n_columns */
    size_t n_rows;
};
struct demo_list {
    const struct str *v;
    size_t n;
};
struct demo_data {
    struct str slug, name, phone, address, domain;
    const struct demo_unit *units;
    size_t n_units;
    const struct demo_person *people;
    size_t n_people;
    const struct demo_contact *contacts;
    size_t n_contacts;
    const struct demo_phrase *phrases;
    size_t n_phrases;
    const struct demo_checklist *checklists;
    size_t n_checklists;
    const struct demo_place *places;
    size_t n_places;
    const struct demo_renewal *renewals;
    size_t n_renewals;
    const struct demo_story *stories;
    size_t n_stories;
    const struct demo_set *sets;
    size_t n_sets;
    struct demo_list first_names, last_names, streets, first_responses, call_notes, notes, thanks, unhappy,
        delay_reasons, questions, waiver_reasons;
};

/* ERR_CORRUPT names file and line when the material is not as it should be. */
MUST_USE enum err demo_load(struct ctx *ctx, struct demo_data *ret);

/* Such a thing is told in this month, 1-12. */
bool demo_story_fits(const struct demo_story *story, int month);
/* Put words for {columns} into a text; rows[i] is the row taken from set i. ERR_CORRUPT: no set has such a column. */
MUST_USE enum err demo_words(struct ctx *ctx, const struct demo_data *data, const uint32_t *rows, struct str text,
                             struct str *ret);

#endif
