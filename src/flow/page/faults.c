#include "faults.h"

#include "page_parts.h"

void fault_add(struct faults_list *faults, struct str field, struct str brief, struct str text)
{
    for (size_t i = 0; i < faults->n; i++)
        if (str_eq(faults->v[i].field, field))
            return;
    if (faults->n < FAULTS_MAX)
        faults->v[faults->n++] = (struct fault){field, brief, text};
}

void fault_add_common(struct ctx *ctx, struct faults_list *faults, struct str field, const struct form_value *value,
                      enum msg brief, enum msg text)
{
    if (value->fault == FAULT_NONE)
        return;
    if (value->fault == FAULT_TOO_LONG) {
        struct str words = WORDS(ctx, fault_too_long, .n = (int64_t)value->excess);
        fault_add(faults, field, words, words);
    } else if (value->fault == FAULT_ENCODING) {
        fault_add(faults, field, msg_text(ctx->lang, MSG_fault_encoding), msg_text(ctx->lang, MSG_fault_encoding));
    } else {
        fault_add(faults, field, msg_text(ctx->lang, brief), msg_text(ctx->lang, text));
    }
}

struct str fault_text(const struct faults_list *faults, struct str field)
{
    for (size_t i = 0; i < faults->n; i++)
        if (str_eq(faults->v[i].field, field))
            return faults->v[i].text;
    return STR("");
}

struct field_view field_view(const struct faults_list *faults, struct str field, struct str value)
{
    return (struct field_view){.name = field, .value = value, .fault = fault_text(faults, field)};
}

struct faults_view faults_view(struct ctx *ctx, const struct faults_list *faults)
{
    struct fault_view *views = ARENA_ARRAY(ctx->arena, struct fault_view, faults->n);
    for (size_t i = 0; i < faults->n; i++)
        views[i] = (struct fault_view){.field = faults->v[i].field, .text = faults->v[i].brief};
    return (struct faults_view){views, faults->n};
}
