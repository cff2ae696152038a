#include "page_parts.h"

#include "rule_words.h"

#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

static struct str str_upper_first(struct arena *arena, struct str s, UChar32 first, int32_t length)
{
    uint8_t head[U8_MAX_LENGTH];
    int32_t n_head = 0;
    U8_APPEND_UNSAFE(head, n_head, u_toupper(first));
    struct out out = out_init(arena, s.n + U8_MAX_LENGTH);
    out_bytes(&out, head, (size_t)n_head);
    out_str(&out, str_skip(s, (size_t)length));
    return out_take(&out);
}

struct str with_capital(struct ctx *ctx, struct str s)
{
    if (s.n == 0)
        return s;
    int32_t length = 0;
    UChar32 first;
    U8_NEXT((const uint8_t *)s.p, length, (int32_t)s.n, first);
    return first < 0 || u_toupper(first) == first ? s : str_upper_first(ctx->arena, s, first, length);
}

struct str size_words(struct ctx *ctx, int64_t size_bytes)
{
    enum { KILO = 1000, MEGA = 1000 * 1000 };
    if (size_bytes < KILO)
        return WORDS(ctx, size_bytes, .n = size_bytes);
    if (size_bytes < MEGA)
        return WORDS(ctx, size_kilobytes, .n = (size_bytes + KILO / 2) / KILO);
    int64_t tenths = (size_bytes + MEGA / 20) / (MEGA / 10);
    return WORDS(ctx, size_megabytes, .n = tenths / 10, .n_tenths = tenths % 10);
}

/* ---- names ---- */

struct str promise_name(struct ctx *ctx, const struct obligation *obligation)
{
    return obligation_name(ctx->lang, obligation);
}

struct str promise_name_of_code(struct ctx *ctx, const struct routine *routine, struct str code)
{
    const struct obligation *obligation = routine ? routine_obligation(routine, code) : NULL;
    return obligation ? promise_name(ctx, obligation) : msg_of_code(ctx->lang, MSG_PREFIX("obligation_name_"), code);
}

struct str promise_to_person(struct ctx *ctx, const struct obligation *obligation)
{
    struct str sentence = str_trim(obligation_promise(ctx->lang, obligation));
    return str_ends(sentence, STR(".")) ? str_head(sentence, sentence.n - 1) : sentence;
}

struct str role_word(struct ctx *ctx, const struct routine *routine, struct str role)
{
    return routine_role_words(ctx->lang, routine, role);
}

struct str language_name(struct ctx *ctx, struct str code)
{
    UChar wide[100];
    char name[300];
    int32_t n_wide, n = 0;
    UErrorCode status = U_ZERO_ERROR;
    n_wide = uloc_getDisplayLanguage(str_cz(ctx->arena, code), str_cz(ctx->arena, ctx->lang->code), wide,
                                     (int32_t)ARRAY_LEN(wide), &status);
    u_strToUTF8(name, (int32_t)sizeof name, &n, wide, n_wide, &status);
    return U_FAILURE(status) || n == 0 ? code : str_copy(ctx->arena, (struct str){name, (size_t)n});
}

struct str type_word(struct ctx *ctx, const struct routine *routine, struct str type)
{
    struct str own = routine ? routine_label_of(routine, type) : STR_NONE;
    return with_capital(ctx, str_is_empty(own) ? msg_of_code(ctx->lang, MSG_PREFIX("type_"), type) : own);
}

static struct day_rule rule_of(const struct routine *routine, const struct local_days *local)
{
    return (struct day_rule){.local = local ? *local : (struct local_days){0},
                             .eves_are_worked = routine && routine->eves_are_worked};
}

int64_t days_left(const struct routine *routine, const struct local_days *local, struct date today, struct utc_us due)
{
    struct day_rule rule = rule_of(routine, local);
    return workdays_between(&rule, today, utc_to_date(due));
}

/* ---- why a date is what it is ---- */

struct tag_view days_tag(struct ctx *ctx, int64_t left, bool is_late)
{
    if (is_late)
        return (struct tag_view){left == 0 ? msg_text(ctx->lang, MSG_worklist_tag_late)
                                           : WORDS(ctx, worklist_days_late, .n = -left),
                                 TONE_DANGER, ICON_WARNING};
    if (left == 0)
        return (struct tag_view){msg_text(ctx->lang, MSG_worklist_tag_today), TONE_WARNING, ICON_CLOCK};
    enum { SOON_DAYS = 2 };
    return (struct tag_view){WORDS(ctx, worklist_days_left, .n = left), left <= SOON_DAYS ? TONE_NEUTRAL : TONE_OUTLINE,
                             ICON_NONE};
}

struct str amount_words(struct ctx *ctx, const struct limit *within)
{
    return limit_words(ctx, ctx->lang, within, /* is_exact= */ false);
}

static struct str reason_words(struct ctx *ctx, const struct skipped_day *day)
{
    struct str reason = skipped_day_reason(ctx->lang, &day->why);
    if (!str_is_empty(reason))
        return reason;
    return msg_text(ctx->lang, day->why.kind == DAY_WEEKEND ? MSG_day_weekend : MSG_day_closed);
}

static const struct explain_view *explain(struct ctx *ctx, const struct promise_reader *reader,
                                          const struct promise *promise)
{
    const struct obligation *o = promise->obligation;
    const struct date_reason *why = &promise->reason;
    bool in_hours = o->within.unit == LIMIT_hour;
    struct explain_view *view = ARENA_NEW(ctx->arena, struct explain_view);
    struct explain_day *skipped = ARENA_ARRAY(ctx->arena, struct explain_day, why->n_skipped);
    for (size_t i = 0; i < why->n_skipped; i++)
        skipped[i] = (struct explain_day){when_day(ctx->arena, ctx->lang, why->skipped[i].date, reader->today),
                                          reason_words(ctx, &why->skipped[i])};
    *view = (struct explain_view){
        .id = o->id,
        .in_hours = in_hours,
        .from_event = anchor_words(ctx, ctx->lang, reader->routine, &o->from),
        .from = in_hours ? when_moment(ctx->arena, ctx->lang, promise->started_at, reader->today)
                         : when_day(ctx->arena, ctx->lang, why->day0, reader->today),
        .amount = amount_words(ctx, &o->within),
        .skipped = skipped,
        .n_skipped = why->n_skipped,
        .due = in_hours ? when_moment(ctx->arena, ctx->lang, promise->due, reader->today)
                        : when_day(ctx->arena, ctx->lang, why->last, reader->today),
        .clause = o->clause,
        .quote = o->quote,
        .interpretation = o->interpretation,
    };
    if (why->is_rolled)
        view->roll = WORDS(ctx, explain_rolled, .when = when_day(ctx->arena, ctx->lang, why->counted, reader->today));
    return view;
}

/* ---- a promise ---- */

static enum promise_mark mark_of(enum promise_state state, bool is_next)
{
    switch (state) {
    case PROMISE_met:
    case PROMISE_met_late:
        return MARK_KEPT;
    case PROMISE_missed:
        return MARK_LATE;
    case PROMISE_waived:
        return MARK_LET_GO;
    case PROMISE_running:
        return is_next ? MARK_NEXT : MARK_LATER;
    case PROMISE_not_started:
    case PROMISE_not_applicable:
        return MARK_LATER;
    case PROMISE_STATE_COUNT:
        break;
    }
    BUG("no state");
}

static struct str who_words(struct ctx *ctx, const struct promise_reader *reader, const struct obligation *o)
{
    if (!reader->is_staff)
        return STR_NONE;
    if (!str_is_empty(reader->owner) && str_eq(o->who, STR("responsible_manager")))
        return reader->owner;
    return with_capital(ctx, role_word(ctx, reader->routine, o->who));
}

static struct when_text due_words(struct ctx *ctx, const struct promise_reader *reader, const struct promise *promise)
{
    if (utc_is_none(promise->due))
        return (struct when_text){0};
    if (promise->obligation->within.unit == LIMIT_hour)
        return when_moment(ctx->arena, ctx->lang, promise->due, reader->today);
    return when_day(ctx->arena, ctx->lang, utc_to_date(promise->due), reader->today);
}

struct promise_view promise_view(struct ctx *ctx, const struct promise_reader *reader, const struct promise *promise,
                                 bool is_next)
{
    const struct obligation *o = promise->obligation;
    enum promise_mark mark = mark_of(promise->state, is_next);
    struct promise_view view = {
        .mark = mark,
        .label = reader->is_staff ? promise_name(ctx, o) : promise_to_person(ctx, o),
        .who = who_words(ctx, reader, o),
        .due = due_words(ctx, reader, promise),
        .kept_late = promise->state == PROMISE_met_late,
        .new_due = utc_is_none(promise->new_due)
                       ? (struct when_text){STR_NONE, STR_NONE}
                       : when_day(ctx->arena, ctx->lang, utc_to_date(promise->new_due), reader->today),
    };
    if (mark == MARK_KEPT) {
        struct date met = utc_to_date(promise->met_at);
        view.kept = when_date(ctx->arena, ctx->lang, met, reader->today);
        view.kept_same_day = !utc_is_none(promise->started_at) && met.days == utc_to_date(promise->started_at).days;
    } else if (mark == MARK_LET_GO) {
        view.kept = when_date(ctx->arena, ctx->lang, utc_to_date(promise->waived_at), reader->today);
    } else if (!utc_is_none(promise->due)) { /* a new date changes nothing of how late it is */
        int64_t left = days_left(reader->routine, reader->local, reader->today, promise->due);
        view.has_days_left = reader->is_staff && (mark != MARK_LATE || left < 0);
        view.days_left = left < 0 ? -left : left;
    } else if (promise->state == PROMISE_not_started) {
        view.note = WORDS(ctx, promise_dated_when, .event = anchor_words(ctx, ctx->lang, reader->routine, &o->from));
    }
    if (promise->is_before && promise->state != PROMISE_met)
        view.note = msg_text(ctx->lang, MSG_promise_before);
    if (promise->is_planned)
        view.note = msg_text(ctx->lang, MSG_promise_planned);
    else if (!promise->is_before && reader->with_explanations && !utc_is_none(promise->due))
        view.explain = explain(ctx, reader, promise);
    return view;
}

/* A delay notice is promised to the person only where there is a delay; before, the form says it in a sentence. */
static bool is_shown(const struct promise_reader *reader, const struct promise *promise)
{
    bool waits_for_lateness = !str_is_empty(promise->obligation->when.overdue) && promise->state == PROMISE_not_started;
    if (promise->state == PROMISE_not_applicable || waits_for_lateness)
        return false;
    if (reader->is_staff)
        return true;
    bool is_notice = promise->obligation->met_by & EVENT_BIT(EVENT_delay_notified);
    bool is_told = promise->state == PROMISE_met || promise->state == PROMISE_met_late;
    return promise->obligation->is_public && (!is_notice || is_told);
}

struct promises_view promise_views(struct ctx *ctx, const struct promise_reader *reader, const struct promise *promises,
                                   size_t n)
{
    struct promise *shown = ARENA_ARRAY(ctx->arena, struct promise, n);
    size_t n_shown = 0;
    for (size_t i = 0; i < n; i++)
        if (is_shown(reader, &promises[i]))
            shown[n_shown++] = promises[i];
    const struct promise *next = promise_next(shown, n_shown);
    struct promise_view *views = ARENA_ARRAY(ctx->arena, struct promise_view, n_shown);
    for (size_t i = 0; i < n_shown; i++)
        views[i] = promise_view(ctx, reader, &shown[i], &shown[i] == next);
    return (struct promises_view){views, n_shown};
}
