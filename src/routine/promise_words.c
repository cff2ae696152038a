#include "promise_words.h"

#include "date_words.h"

static bool is_swedish(const struct lang *lang)
{
    return str_eq(lang->code, STR("sv"));
}

/* == Names ========================================================================================================= */

static struct str own_or_catalogue(const struct lang *lang, struct str own, struct str prefix, struct str id)
{
    enum msg message;
    bool is_known = msg_find(prefix, id, &message);
    if (!str_is_none(own) && (is_swedish(lang) || !is_known))
        return own;
    return is_known ? msg_text(lang, message) : id;
}

struct str obligation_name(const struct lang *lang, const struct obligation *obligation)
{
    return own_or_catalogue(lang, obligation->name, MSG_PREFIX("obligation_name_"), obligation->id);
}

struct str obligation_promise(const struct lang *lang, const struct obligation *obligation)
{
    return own_or_catalogue(lang, obligation->promise, MSG_PREFIX("obligation_promise_"), obligation->id);
}

bool obligation_has_words(struct str id)
{
    enum msg message;
    return msg_find(MSG_PREFIX("obligation_name_"), id, &message) &&
           msg_find(MSG_PREFIX("obligation_promise_"), id, &message);
}

struct str gate_name(const struct lang *lang, const struct gate *gate)
{
    return own_or_catalogue(lang, gate->name, MSG_PREFIX("gate_name_"), gate->id);
}

bool gate_has_words(struct str id)
{
    enum msg message;
    return msg_find(MSG_PREFIX("gate_name_"), id, &message);
}

struct str routine_role_words(const struct lang *lang, const struct routine *routine, struct str role)
{
    struct str own = routine ? routine_label_of(routine, role) : STR_NONE;
    return own_or_catalogue(lang, own, MSG_PREFIX("routine_role_"), role);
}

/* == Days ========================================================================================================== */

struct str skipped_day_reason(const struct lang *lang, const struct day_info *why)
{
    if (why->feast != FEAST_COUNT)
        return msg_of_code(lang, MSG_PREFIX("feast_"), feast_code(why->feast));
    return why->name; /* the unit's own; none for weekends, whose weekday says it */
}

void skipped_day_words(struct ctx *ctx, const struct lang *lang, const struct skipped_day *day, struct date today,
                       struct out *out)
{
    struct str date = when_day(ctx->arena, lang, day->date, today).words, name = skipped_day_reason(lang, &day->why);
    if (str_is_empty(name))
        text_msg_reason_day(out, lang, (struct msg_reason_day){.date = date});
    else
        text_msg_reason_day_named(out, lang, (struct msg_reason_day_named){.date = date, .name = name});
}

static struct str day_list(struct ctx *ctx, const struct lang *lang, const struct skipped_day *days, size_t n,
                           struct date today)
{
    struct out out = out_init(ctx->arena, 90000);
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            out_lit(&out, ", ");
        skipped_day_words(ctx, lang, &days[i], today, &out);
    }
    return out_take(&out);
}

/* == Sentences ===================================================================================================== */

struct str anchor_words(struct ctx *ctx, const struct lang *lang, const struct routine *routine,
                        const struct anchor *from)
{
    if (!from->is_due)
        return msg_of_code(lang, MSG_PREFIX("routine_event_"), event_code(from->event));
    const struct obligation *other = routine ? routine_obligation(routine, from->obligation) : NULL;
    struct out out = out_init(ctx->arena, 1000);
    text_msg_reason_last_day_of(
        &out, lang, (struct msg_reason_last_day_of){.name = other ? obligation_name(lang, other) : from->obligation});
    return out_take(&out);
}

static void explain_working_days(struct ctx *ctx, const struct lang *lang, const struct promise *p, struct date today,
                                 struct out *out)
{
    int64_t n = p->obligation->within.n;
    const struct date_reason *r = &p->reason;
    if (n > 0)
        text_msg_reason_working_days(out, lang, (struct msg_reason_working_days){.n = n});
    else if (n < 0)
        text_msg_reason_working_days_before(out, lang, (struct msg_reason_working_days_before){.n = -n});
    else
        out_str(out, msg_text(lang, MSG_reason_same_day));
    if (r->n_skipped > 0) {
        out_char(out, ' ');
        text_msg_reason_skipped(
            out, lang, (struct msg_reason_skipped){.days = day_list(ctx, lang, r->skipped, r->n_skipped, today)});
    }
    if (r->n_half > 0) {
        out_char(out, ' ');
        text_msg_reason_half(out, lang,
                             (struct msg_reason_half){.days = day_list(ctx, lang, r->half, r->n_half, today)});
    }
}

static void explain_calendar_days(struct ctx *ctx, const struct lang *lang, const struct promise *p, struct date today,
                                  struct out *out)
{
    int64_t n = p->obligation->within.n;
    const struct date_reason *r = &p->reason;
    if (n >= 0)
        text_msg_reason_calendar_days(out, lang, (struct msg_reason_calendar_days){.n = n});
    else
        text_msg_reason_calendar_days_before(out, lang, (struct msg_reason_calendar_days_before){.n = -n});
    if (!r->is_rolled)
        return;
    out_char(out, ' ');
    text_msg_reason_rolled(out, lang,
                           (struct msg_reason_rolled){.days = day_list(ctx, lang, r->skipped, r->n_skipped, today)});
}

static void explain_hours(const struct lang *lang, const struct promise *p, struct out *out)
{
    int64_t n = p->obligation->within.n;
    if (n >= 0)
        text_msg_reason_hours(out, lang, (struct msg_reason_hours){.n = n});
    else
        text_msg_reason_hours_before(out, lang, (struct msg_reason_hours_before){.n = -n});
}

static void explain_count(struct ctx *ctx, const struct lang *lang, const struct promise *p, struct date today,
                          struct out *out)
{
    out_char(out, ' ');
    switch (p->obligation->within.unit) {
    case LIMIT_working_day:
        explain_working_days(ctx, lang, p, today, out);
        break;
    case LIMIT_calendar_day:
        explain_calendar_days(ctx, lang, p, today, out);
        break;
    case LIMIT_hour:
        explain_hours(lang, p, out);
        break;
    case LIMIT_UNIT_COUNT:
        BUG("limit unit");
    }
    bool is_hours = p->obligation->within.unit == LIMIT_hour;
    struct when_text when = is_hours ? when_moment(ctx->arena, lang, p->due, today)
                                     : when_day(ctx->arena, lang, utc_to_date(p->due), today);
    out_char(out, ' ');
    text_msg_reason_last(out, lang, (struct msg_reason_last){.date = when.words});
}

static void explain_start(struct ctx *ctx, const struct lang *lang, const struct routine *routine,
                          const struct promise *p, struct date today, struct out *out)
{
    const struct obligation *o = p->obligation;
    struct str anchor = anchor_words(ctx, lang, routine, &o->from);
    if (utc_is_none(p->started_at)) {
        text_msg_reason_not_started(out, lang, (struct msg_reason_not_started){.event = anchor});
        return;
    }
    bool is_moment = o->within.at.line != 0 && o->within.unit == LIMIT_hour;
    struct when_text when = is_moment ? when_moment(ctx->arena, lang, p->started_at, today)
                                      : when_day(ctx->arena, lang, utc_to_date(p->started_at), today);
    text_msg_reason_from(out, lang, (struct msg_reason_from){.event = anchor, .date = when.words});
}

void promise_explain(struct ctx *ctx, const struct lang *lang, const struct routine *routine,
                     const struct promise *promise, struct date today, struct out *out)
{
    const struct obligation *o = promise->obligation;
    explain_start(ctx, lang, routine, promise, today, out);
    if (o->within.at.line == 0) {
        out_char(out, ' ');
        out_str(out, msg_text(lang, promise->is_planned ? MSG_promise_planned : MSG_reason_no_limit));
    } else if (!utc_is_none(promise->due)) {
        explain_count(ctx, lang, promise, today, out);
    }
    if (!str_is_none(o->when.overdue)) {
        const struct obligation *other = routine_obligation(routine, o->when.overdue);
        out_char(out, ' ');
        text_msg_reason_if_late(
            out, lang, (struct msg_reason_if_late){.name = other ? obligation_name(lang, other) : o->when.overdue});
    }
    if (!str_is_none(o->clause)) {
        out_char(out, ' ');
        text_msg_reason_source(out, lang, (struct msg_reason_source){.clause = o->clause});
    }
}
