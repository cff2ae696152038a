#include "routine_version.h"

#include "change.h"
#include "db.h"
#include "journal.h"
#include "routine_head.h"
#include "town_sql.h"

/* ---- which versions there are ---- */

struct str version_name(struct ctx *ctx, const struct routine_version *version)
{
    return str_fmt(ctx->arena, "%.*s-%lld", STR_ARG(version->code), (long long)version->version);
}

const struct routine_version *version_by_name(struct ctx *ctx, const struct town *town, struct str name)
{
    for (size_t i = 0; i < town->n_routines; i++)
        if (str_eq(version_name(ctx, &town->routines[i]), name))
            return &town->routines[i];
    return NULL;
}

static bool stands(const struct routine_version *version, struct str code)
{
    return str_eq(version->code, code) && utc_is_none(version->withdrawn);
}

const struct routine_version *version_at(const struct town *town, struct str code, struct date day)
{
    const struct routine_version *at = NULL, *first = NULL;
    for (size_t i = 0; i < town->n_routines; i++) {
        const struct routine_version *v = &town->routines[i];
        if (!stands(v, code))
            continue;
        if (first == NULL || v->version < first->version)
            first = v;
        if (v->valid_from.days <= day.days && (at == NULL || v->version > at->version))
            at = v;
    }
    return at ? at : first;
}

const struct routine_version *version_after(const struct town *town, const struct routine_version *version)
{
    const struct routine_version *next = NULL;
    for (size_t i = 0; i < town->n_routines; i++) {
        const struct routine_version *v = &town->routines[i];
        if (stands(v, version->code) && v->version > version->version && (next == NULL || v->version < next->version))
            next = v;
    }
    return next;
}

const struct routine_version *version_before(const struct town *town, const struct routine_version *version)
{
    const struct routine_version *before = NULL;
    for (size_t i = 0; i < town->n_routines; i++) {
        const struct routine_version *v = &town->routines[i];
        if (stands(v, version->code) && v->version < version->version &&
            (before == NULL || v->version > before->version))
            before = v;
    }
    return before;
}

enum err version_has_begun(struct ctx *ctx, const struct town *town, const struct routine_version *version, bool *ret)
{
    size_t n;
    const struct unit_binding *bindings = town_bindings(town, &n);
    struct date today = utc_to_date(ctx_now(ctx));
    for (size_t i = 0; i < n; i++)
        if (bindings[i].routine.v == version->id.v && bindings[i].from.days <= today.days) {
            *ret = true;
            return OK;
        }
    struct routine_has_cases_row row;
    TRY(routine_has_cases(ctx, version->id, &row));
    *ret = row.has;
    return OK;
}

/* ---- who may ---- */

bool routine_may_bind(struct ctx *ctx, const struct town *town, struct unit_id unit)
{
    return ctx->who.v != 0 && right_held(RIGHT_ROUTINE_EDIT, town_roles_at(town, ctx->who, unit));
}

bool routine_may_edit(struct ctx *ctx, const struct town *town, struct str code)
{
    size_t n;
    bool is_followed = false;
    const struct unit_binding *bindings = town_bindings(town, &n);
    for (size_t i = 0; i < n; i++) {
        const struct routine_version *version = town_version(town, bindings[i].routine);
        if (version == NULL || !str_eq(version->code, code))
            continue;
        is_followed = true;
        if (!routine_may_bind(ctx, town, bindings[i].unit))
            return false;
    }
    for (size_t i = 0; !is_followed && i < town->n_units; i++)
        if (town->units[i].parent.v == 0)
            return routine_may_bind(ctx, town, town->units[i].id);
    return is_followed;
}

/* ---- a draft ---- */

enum err routine_draft(struct ctx *ctx, struct str code, struct routine_draft_get_row *ret)
{
    return routine_draft_get(ctx, code, ret);
}

enum err routine_draft_save(struct ctx *ctx, const struct routine_version *base, int64_t seen, struct str yaml)
{
    int64_t n;
    if (seen == 0)
        TRY(routine_draft_add(ctx, base->code, base->id, yaml, ctx->who, ctx_now(ctx), &n));
    else
        TRY(routine_draft_set(ctx, base->code, yaml, ctx->who, ctx_now(ctx), seen, &n));
    return n ? OK : fail(ctx, ERR_CONFLICT, "somebody else has saved the draft of \"%.*s\"", STR_ARG(base->code));
}

enum err routine_draft_discard(struct ctx *ctx, struct str code, int64_t seen)
{
    int64_t n;
    TRY(routine_draft_remove(ctx, code, seen, &n));
    return n ? OK : fail(ctx, ERR_CONFLICT, "somebody else has saved the draft of \"%.*s\"", STR_ARG(code));
}

static void one_fault(struct ctx *ctx, struct checked_text *ret, int line, struct str message)
{
    ret->routine = NULL;
    ret->faults = ARENA_ARRAY(ctx->arena, struct routine_fault, 1);
    ret->faults[0] = (struct routine_fault){line, message};
    ret->n_faults = 1;
}

enum err routine_text_check(struct ctx *ctx, const struct town *town, struct str code, struct str yaml, struct date day,
                            struct checked_text *ret)
{
    *ret = (struct checked_text){.routine = NULL};
    const struct routine *parent = NULL;
    struct str wants = routine_wants(ctx, yaml);
    const struct routine_version *above = str_is_none(wants) ? NULL : version_at(town, wants, day);
    if (above) {
        TRY(town_routine(ctx, above->id, &parent));
        ret->parent = above->id;
    }
    struct routine *routine;
    routine_check(ctx, yaml, parent, &routine, &ret->faults, &ret->n_faults);
    ret->routine = routine;
    if (routine && !str_eq(routine->id, code))
        one_fault(ctx, ret, 1,
                  str_fmt(ctx->arena, "the file is of the routine \"%.*s\", not of \"%.*s\"", STR_ARG(routine->id),
                          STR_ARG(code)));
    return OK;
}

/* ---- publishing ---- */

/* The version a unit follows by itself that day; NULL: it follows the unit above. */
static const struct routine_version *own_version(const struct town *town, struct unit_id unit, struct date day)
{
    size_t n;
    const struct unit_binding *bindings = town_bindings(town, &n);
    const struct routine_version *newest = NULL;
    for (size_t i = 0; i < n; i++) /* by unit, then day */
        if (bindings[i].unit.v == unit.v && bindings[i].from.days <= day.days)
            newest = town_version(town, bindings[i].routine);
    return newest;
}

size_t routine_followers(struct ctx *ctx, const struct town *town, struct str code, struct date day,
                         const struct unit ***ret)
{
    const struct unit **units = ARENA_ARRAY(ctx->arena, const struct unit *, town->n_units);
    size_t n = 0;
    for (size_t i = 0; i < town->n_units; i++) {
        const struct routine_version *version = own_version(town, town->units[i].id, day);
        if (version && str_eq(version->code, code))
            units[n++] = &town->units[i];
    }
    *ret = units;
    return n;
}

size_t routine_heirs(struct ctx *ctx, const struct town *town, struct str code, struct date day, struct str **ret)
{
    struct str *heirs = ARENA_ARRAY(ctx->arena, struct str, town->n_routines);
    size_t n = 0;
    for (size_t i = 0; i < town->n_routines; i++) {
        const struct routine_version *v = &town->routines[i];
        const struct routine_version *parent = v->parent.v ? town_version(town, v->parent) : NULL;
        if (parent && str_eq(parent->code, code) && version_at(town, v->code, day) == v)
            heirs[n++] = v->code;
    }
    *ret = heirs;
    return n;
}

int64_t version_next_number(const struct town *town, struct str code)
{
    int64_t newest = 0;
    for (size_t i = 0; i < town->n_routines; i++)
        if (str_eq(town->routines[i].code, code) && town->routines[i].version > newest)
            newest = town->routines[i].version;
    return newest + 1;
}

/* The units that followed the routine from that day on follow this version; so do those that were to begin later. */
static enum err bind_followers(struct ctx *ctx, const struct town *town, struct str code, struct date from,
                               struct routine_id id)
{
    const struct unit **units;
    size_t n = routine_followers(ctx, town, code, from, &units), n_bindings;
    for (size_t i = 0; i < n; i++)
        TRY(town_bind_routine(ctx, units[i]->id, from, id));
    const struct unit_binding *bindings = town_bindings(town, &n_bindings);
    for (size_t i = 0; i < n_bindings; i++) {
        const struct routine_version *version = town_version(town, bindings[i].routine);
        if (bindings[i].from.days > from.days && version && str_eq(version->code, code))
            TRY(town_bind_routine(ctx, bindings[i].unit, bindings[i].from, id));
    }
    return OK;
}

/* The text with its head, and what is wrong with it. */
static enum err text_ready(struct ctx *ctx, const struct town *town, struct str code, struct str yaml,
                           const struct routine_head *head, struct checked_text *ret, struct str *ret_yaml,
                           enum publish_fault *ret_fault)
{
    TRY(routine_text_check(ctx, town, code, yaml, head->valid_from, ret));
    if (ret->routine == NULL) {
        *ret_fault = PUBLISH_HAS_FAULTS;
        return OK;
    }
    *ret_yaml = routine_with_head(ctx, yaml, head);
    TRY(routine_text_check(ctx, town, code, *ret_yaml, head->valid_from, ret));
    const struct routine *routine = ret->routine;
    if (routine == NULL || routine->version != head->version ||
        routine->document.valid_from.days != head->valid_from.days ||
        !str_eq(routine->document.decided_by, head->decided_by) || !str_eq(routine->document.number, head->number))
        *ret_fault = PUBLISH_HEAD;
    else if (!date_is_none(routine->document.valid_until) && routine->document.valid_until.days < head->valid_from.days)
        *ret_fault = PUBLISH_UNTIL;
    return OK;
}

static bool is_after_all(const struct town *town, struct str code, struct date from)
{
    for (size_t i = 0; i < town->n_routines; i++)
        if (stands(&town->routines[i], code) && town->routines[i].valid_from.days >= from.days)
            return false;
    return true;
}

/* Each heir's own text once more, on the new version. */
static enum err renew_heirs(struct ctx *ctx, const struct town *town, const struct publish_order *order,
                            struct routine_id parent, const struct routine *above, enum publish_fault *ret_fault)
{
    struct str *codes;
    size_t n = routine_heirs(ctx, town, order->code, order->from, &codes);
    for (size_t i = 0; i < n; i++) {
        const struct routine_version *old = version_at(town, codes[i], order->from);
        struct town_routine_yaml_row row;
        TRY(town_routine_yaml(ctx, old->id, &row));
        struct routine_head head = {version_next_number(town, codes[i]), order->from, order->decided_by, order->number};
        struct str yaml = routine_with_head(ctx, row.yaml, &head);
        struct routine *routine;
        struct routine_fault *faults;
        size_t n_faults;
        routine_check(ctx, yaml, above, &routine, &faults, &n_faults);
        if (routine == NULL || !is_after_all(town, codes[i], order->from) || !routine_may_edit(ctx, town, codes[i])) {
            *ret_fault = PUBLISH_HEIR_FAULTS;
            return OK;
        }
        struct routine_id id;
        TRY(town_add_routine(ctx, yaml, codes[i], parent, &id));
        TRY(bind_followers(ctx, town, codes[i], order->from, id));
    }
    return OK;
}

static enum publish_fault order_fault(struct ctx *ctx, const struct town *town, const struct publish_order *order)
{
    if (order->from.days <= utc_to_date(ctx_now(ctx)).days)
        return PUBLISH_TOO_EARLY;
    if (!is_after_all(town, order->code, order->from))
        return PUBLISH_NOT_LATER;
    return str_is_empty(order->decided_by) ? PUBLISH_NO_DECISION : PUBLISH_OK;
}

enum err routine_publish(struct ctx *ctx, const struct publish_order *order, enum publish_fault *ret_fault,
                         struct str *ret_name)
{
    *ret_fault = PUBLISH_OK;
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct routine_draft_get_row draft;
    int64_t n;
    enum err err = routine_draft_get(ctx, order->code, &draft);
    if (err == ERR_NOT_FOUND)
        return fail(ctx, ERR_CONFLICT, "the draft of \"%.*s\" is gone", STR_ARG(order->code));
    TRY(err);
    TRY(routine_draft_remove(ctx, order->code, order->seen,
                             &n)); /* of two at once the other waits here, and finds none */
    if (n == 0)
        return fail(ctx, ERR_CONFLICT, "somebody else has saved the draft of \"%.*s\"", STR_ARG(order->code));
    const struct town *town;
    TRY(town_get(ctx, &town));
    *ret_fault = order_fault(ctx, town, order);
    if (*ret_fault != PUBLISH_OK)
        return OK; /* rolled back */
    struct routine_head head = {version_next_number(town, order->code), order->from, order->decided_by, order->number};
    struct checked_text text;
    struct str yaml;
    TRY(text_ready(ctx, town, order->code, draft.yaml, &head, &text, &yaml, ret_fault));
    if (*ret_fault != PUBLISH_OK)
        return OK;
    struct routine_id id;
    TRY(town_add_routine(ctx, yaml, order->code, text.parent, &id));
    TRY(bind_followers(ctx, town, order->code, order->from, id));
    if (order->renew_heirs)
        TRY(renew_heirs(ctx, town, order, id, text.routine, ret_fault));
    if (*ret_fault != PUBLISH_OK)
        return OK;
    *ret_name = str_fmt(ctx->arena, "%.*s-%lld", STR_ARG(order->code), (long long)head.version);
    return tx_commit(&tx);
}

/* ---- taking back ---- */

static enum err write_down(struct ctx *ctx, struct str kind, struct str data)
{
    struct event_id event;
    TRY(journal_append(ctx, (struct case_id){0}, kind, data, (struct document_id){0}, &event));
    return town_touch(ctx);
}

static enum err withdraw_one(struct ctx *ctx, const struct town *town, const struct routine_version *version)
{
    bool has_begun;
    int64_t n_changed;
    size_t n;
    TRY(version_has_begun(ctx, town, version, &has_begun));
    if (has_begun)
        return fail(ctx, ERR_CLOSED, "version %lld of \"%.*s\" has begun to apply", (long long)version->version,
                    STR_ARG(version->code));
    TRY(routine_set_withdrawn(ctx, version->id, ctx_now(ctx), &n_changed));
    if (n_changed == 0)
        return OK; /* somebody else was first: it is withdrawn */
    const struct unit_binding *bindings = town_bindings(town, &n);
    const struct routine_version *before = version_before(town, version);
    for (size_t i = 0; i < n; i++) {
        if (bindings[i].routine.v != version->id.v)
            continue;
        if (before && bindings[i].from.days > version->valid_from.days) /* it was to begin with the routine later */
            TRY(town_bind_routine(ctx, bindings[i].unit, bindings[i].from, before->id));
        else
            TRY(unit_routine_remove(ctx, bindings[i].unit, bindings[i].from, &n_changed));
    }
    return write_down(ctx, STR("routine_withdraw"),
                      STEP_DATA(ctx, {"routine", version->code},
                                {"version", str_fmt(ctx->arena, "%lld", (long long)version->version)}));
}

enum err routine_withdraw(struct ctx *ctx, struct routine_id id)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    const struct town *town;
    TRY(town_get(ctx, &town));
    const struct routine_version *version = town_version(town, id);
    if (version == NULL)
        return fail(ctx, ERR_NOT_FOUND, "there is no routine version %lld", (long long)id.v);
    for (size_t i = 0; i < town->n_routines; i++) {
        const struct routine_version *heir = &town->routines[i];
        if (heir->parent.v != id.v || !utc_is_none(heir->withdrawn))
            continue;
        if (!routine_may_edit(ctx, town, heir->code))
            return fail(ctx, ERR_FORBIDDEN, "\"%.*s\" builds on it, and is kept by others", STR_ARG(heir->code));
        TRY(withdraw_one(ctx, town, heir));
    }
    TRY(withdraw_one(ctx, town, version));
    return tx_commit(&tx);
}

/* ---- who follows which ---- */

enum err routine_follow(struct ctx *ctx, struct unit_id unit, struct str code, struct date from)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    const struct town *town;
    TRY(town_get(ctx, &town));
    if (from.days <= utc_to_date(ctx_now(ctx)).days)
        return fail(ctx, ERR_INVALID, "a unit changes routine tomorrow at the earliest");
    const struct routine_version *at = version_at(town, code, from);
    if (at == NULL)
        return fail(ctx, ERR_INVALID, "there is no routine \"%.*s\"", STR_ARG(code));
    TRY(town_bind_routine(ctx, unit, from, at->id));
    for (size_t i = 0; i < town->n_routines; i++) { /* versions that were published already and begin later */
        const struct routine_version *later = &town->routines[i];
        if (stands(later, code) && later->valid_from.days > from.days && later != at)
            TRY(town_bind_routine(ctx, unit, later->valid_from, later->id));
    }
    return tx_commit(&tx);
}

enum err routine_unfollow(struct ctx *ctx, struct unit_id unit, struct date from)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    const struct town *town;
    int64_t n;
    TRY(town_get(ctx, &town));
    if (from.days <= utc_to_date(ctx_now(ctx)).days)
        return fail(ctx, ERR_CLOSED, "it has begun to apply");
    TRY(unit_routine_remove(ctx, unit, from, &n));
    if (n == 0)
        return fail(ctx, ERR_NOT_FOUND, "nothing begins on that day");
    TRY(write_down(ctx, STR("routine_unbind"), STEP_DATA(ctx, {"unit", town_unit(town, unit)->code})));
    return tx_commit(&tx);
}
