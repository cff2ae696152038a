#include "first_response.h"

#include "first_response_sql.h"

static const struct str codes[RESPONSE_KIND_COUNT] = {
#define ACCEPTS(code, text) [RESPONSE_##code] = STR_INIT(#code),
#include "words.def"
#undef ACCEPTS
};

bool response_find(struct str code, enum response_kind *ret)
{
    for (size_t i = 0; i < RESPONSE_KIND_COUNT; i++)
        if (str_eq(code, codes[i])) {
            *ret = (enum response_kind)i;
            return true;
        }
    return false;
}

struct str response_code(enum response_kind kind)
{
    return codes[kind];
}

/* The event besides first_response that a kind stands for; EVENT_COUNT: none. */
static enum event event_of(enum response_kind told)
{
    switch (told) {
    case RESPONSE_contact:
        return EVENT_COUNT;
    case RESPONSE_measure:
        return EVENT_measure_told;
    case RESPONSE_investigation:
        return EVENT_investigation_told;
    case RESPONSE_KIND_COUNT:
        break;
    }
    BUG("no such response");
}

enum err response_given(struct ctx *ctx, const struct open_case *c, enum response_kind told, struct utc_us at)
{
    TRY(fact_set_earlier(ctx, c->row.id, event_code(EVENT_first_response), at));
    enum event event = event_of(told);
    return event == EVENT_COUNT ? OK : fact_set_earlier(ctx, c->row.id, event_code(event), at);
}

enum err response_put(struct ctx *ctx, struct document_id message, enum response_kind told)
{
    return message_told_put(ctx, message, codes[told]);
}

/* What the message says; RESPONSE_KIND_COUNT: nothing of it. */
static enum err told_by(struct ctx *ctx, struct document_id message, enum response_kind *ret)
{
    *ret = RESPONSE_KIND_COUNT;
    struct message_told_get_row row;
    enum err err = message.v ? message_told_get(ctx, message, &row) : ERR_NOT_FOUND;
    if (err == ERR_NOT_FOUND)
        return OK;
    TRY(err);
    return response_find(row.told, ret) ? OK : fail(ctx, ERR_CORRUPT, "a message tells an unknown kind of thing");
}

enum err response_reached(struct ctx *ctx, const struct open_case *c, struct document_id message, struct utc_us at)
{
    enum response_kind told;
    TRY(told_by(ctx, message, &told));
    return told == RESPONSE_KIND_COUNT ? OK : response_given(ctx, c, told, at);
}

enum err response_lost(struct ctx *ctx, struct case_id id, struct document_id message, struct utc_us since)
{
    enum response_kind told;
    TRY(told_by(ctx, message, &told));
    enum event event = told == RESPONSE_KIND_COUNT ? EVENT_COUNT : event_of(told);
    return event == EVENT_COUNT ? OK : fact_clear(ctx, id, event_code(event), since);
}

struct response_owed response_owed(const struct promise *promises, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct promise *p = &promises[i];
        bool is_open = p->state == PROMISE_running || p->state == PROMISE_missed;
        if (is_open && p->obligation->met_by & EVENT_BIT(EVENT_first_response))
            return (struct response_owed){p, p->obligation->accepts ? p->obligation->accepts : 1u << RESPONSE_contact};
    }
    return (struct response_owed){NULL, 0};
}

bool response_keeps(const struct response_owed *owed, enum response_kind told)
{
    return owed->promise && owed->accepts & ((1u << RESPONSE_contact) | (1u << told));
}

enum err response_would_keep(struct ctx *ctx, struct str number, enum response_kind told, bool *ret)
{
    struct open_case c;
    struct promise *promises;
    size_t n;
    TRY(case_read(ctx, number, &c));
    TRY(case_promises(ctx, &c, &promises, &n));
    struct response_owed owed = response_owed(promises, n);
    *ret = owed.promise == NULL || response_keeps(&owed, told);
    return OK;
}
