#include "routine_inherit.h"

struct heir {
    struct ctx *ctx;
    struct routine *routine;
    const struct routine *parent;
};

static bool is_left_out(const struct routine_inherits *inherits, struct str id)
{
    for (size_t i = 0; i < inherits->n_without; i++)
        if (str_eq(inherits->without[i], id))
            return true;
    return false;
}

/* Where in a list of n items of this size the id stands; n: nowhere. */
static size_t find_item(const void *items, size_t n, size_t size, size_t offset_id, struct str id)
{
    for (size_t i = 0; i < n; i++) {
        struct str other;
        memcpy(&other, (const char *)items + i * size + offset_id, sizeof(other));
        if (str_eq(other, id))
            return i;
    }
    return n;
}

/* The parent's list in its order, with the file's own entries in the place of those with the same id, without what it
 * leaves out; then the other entries of the file. Each entry begins with its struct in_file; its id lies at offset_id.
 * What is taken over gets the line of "inherits" and node 0: it is not the file's own. */
static void merge_list(struct heir *h, const void **items, size_t *n, const void *from, size_t n_from, size_t size,
                       size_t offset_id)
{
    char *all = arena_alloc_array(h->ctx->arena, *n + n_from, size);
    bool *is_placed = ARENA_ARRAY(h->ctx->arena, bool, *n + 1);
    size_t n_all = 0;
    for (size_t i = 0; i < n_from; i++) {
        const char *item = (const char *)from + i * size;
        struct str id;
        memcpy(&id, item + offset_id, sizeof(id));
        size_t own = find_item(*items, *n, size, offset_id, id);
        if (own < *n) {
            memcpy(all + n_all++ * size, (const char *)*items + own * size, size);
            is_placed[own] = true;
        } else if (!is_left_out(&h->routine->inherits, id)) {
            struct in_file at = {h->routine->inherits.at.line, 0};
            memcpy(all + n_all * size, item, size);
            memcpy(all + n_all++ * size, &at, sizeof(at));
        }
    }
    for (size_t i = 0; i < *n; i++)
        if (!is_placed[i])
            memcpy(all + n_all++ * size, (const char *)*items + i * size, size);
    *items = all;
    *n = n_all;
}

#define MERGE(part, list, type)                                                                                        \
    do {                                                                                                               \
        static_assert(offsetof(struct type, at) == 0, "merge_list");                                                   \
        if (parts & 1u << PART_##part) {                                                                               \
            const void *items_ = h->routine->list;                                                                     \
            merge_list(h, &items_, &h->routine->n_##list, h->parent->list, h->parent->n_##list, sizeof(struct type),   \
                       offsetof(struct type, id));                                                                     \
            h->routine->list = items_;                                                                                 \
        }                                                                                                              \
    } while (0)

/* Gates and closing requirements are one list in the routine and two parts in the file. */
static void inherit_gates(struct heir *h, uint64_t parts)
{
    struct gate *taken = ARENA_ARRAY(h->ctx->arena, struct gate, h->parent->n_gates);
    size_t n = 0;
    for (size_t i = 0; i < h->parent->n_gates; i++) {
        enum routine_part part = h->parent->gates[i].step == GATE_close ? PART_closing : PART_gates;
        if (parts & 1u << part)
            taken[n++] = h->parent->gates[i];
    }
    const void *items = h->routine->gates;
    merge_list(h, &items, &h->routine->n_gates, taken, n, sizeof(struct gate), offsetof(struct gate, id));
    h->routine->gates = items;
    if (parts & 1u << PART_closing && str_is_none(h->routine->closed_by))
        h->routine->closed_by = h->parent->closed_by;
    if (parts & 1u << PART_closing && h->routine->closed_message == CLOSED_MESSAGE_reopen)
        h->routine->closed_message = h->parent->closed_message;
}

void routine_inherit(struct ctx *ctx, struct routine *routine, const struct routine *parent)
{
    struct heir heir = {ctx, routine, parent}, *h = &heir;
    uint64_t parts = routine->inherits.parts;
    MERGE(obligations, obligations, obligation);
    MERGE(exits, exits, routine_exit);
    MERGE(checklists, checklists, checklist);
    MERGE(guidance, guidance, guidance);
    MERGE(hints, hints, hint);
    MERGE(letters, letters, letter);
    MERGE(reports, reports, routine_report);
    inherit_gates(h, parts);
    struct in_file at = {routine->inherits.at.line, 0};
    if (parts & 1u << PART_registration && routine->registration.at.line == 0) {
        routine->registration = h->parent->registration;
        routine->registration.at = at;
    }
    if (parts & 1u << PART_visibility && routine->visibility.at.line == 0) {
        routine->visibility = h->parent->visibility;
        routine->visibility.at = at;
    }
    if (parts & 1u << PART_intake && routine->intake.at.line == 0) {
        routine->intake = h->parent->intake;
        routine->intake.at = at;
    }
    if (parts & 1u << PART_reply && routine->reply.at.line == 0) {
        routine->reply = h->parent->reply;
        routine->reply.at = at;
    }
    if (parts & 1u << PART_survey && routine->survey.at.line == 0) {
        routine->survey = h->parent->survey;
        routine->survey.at = at;
    }
    if (parts & 1u << PART_labels)
        for (int i = 0; i < ROUTINE_LABEL_COUNT; i++)
            if (str_is_none(routine->labels[i]))
                routine->labels[i] = h->parent->labels[i];
}
