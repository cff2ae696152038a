#include "routine.h"

#include "words.h"

/* == Looking things up ============================================================================================= */

const struct obligation *routine_obligation(const struct routine *routine, struct str id)
{
    for (size_t i = 0; i < routine->n_obligations; i++)
        if (str_eq(routine->obligations[i].id, id))
            return &routine->obligations[i];
    return NULL;
}

const struct routine_exit *routine_exit(const struct routine *routine, struct str id)
{
    for (size_t i = 0; i < routine->n_exits; i++)
        if (str_eq(routine->exits[i].id, id))
            return &routine->exits[i];
    return NULL;
}

const struct letter *routine_letter(const struct routine *routine, struct str id)
{
    for (size_t i = 0; i < routine->n_letters; i++)
        if (str_eq(routine->letters[i].id, id))
            return &routine->letters[i];
    return NULL;
}

const struct guidance *routine_guidance(const struct routine *routine, enum text_place place, size_t *at)
{
    while (*at < routine->n_guidance) {
        const struct guidance *guidance = &routine->guidance[(*at)++];
        if (guidance->place == place)
            return guidance;
    }
    return NULL;
}

const struct checklist *routine_checklist(const struct routine *routine, enum text_place place, size_t *at)
{
    while (*at < routine->n_checklists) {
        const struct checklist *checklist = &routine->checklists[(*at)++];
        if (checklist->place == place)
            return checklist;
    }
    return NULL;
}

struct str routine_label(const struct routine *routine, enum routine_label label)
{
    return routine->labels[label];
}

struct str routine_label_of(const struct routine *routine, struct str code)
{
    int label = words_find(words_label, ROUTINE_LABEL_COUNT, code);
    return label >= 0 ? routine->labels[label] : STR_NONE;
}

/* == Loading ======================================================================================================= */

enum err routine_load(struct ctx *ctx, struct str yaml, struct str file_name, const struct routine *parent_or_null,
                      struct routine **ret)
{
    struct routine *routine;
    struct routine_fault *faults;
    size_t n_faults;
    routine_check(ctx, yaml, parent_or_null, &routine, &faults, &n_faults);
    if (n_faults == 0) {
        *ret = routine;
        return OK;
    }
    (void)fail(ctx, ERR_INVALID, "%.*s:%d: %.*s", STR_ARG(file_name), faults[0].line, STR_ARG(faults[0].message));
    if (n_faults > 1)
        (void)fail_detail(ctx, "and %zu more faults", n_faults - 1);
    return fail_hint(ctx, "gava routine check %.*s shows them all", STR_ARG(file_name));
}
