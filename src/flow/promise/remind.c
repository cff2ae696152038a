#include "remind.h"

#include "change.h"
#include "date_words.h"
#include "db.h"
#include "promise_words.h"
#include "remind_people.h"
#include "remind_sql.h"
#include "reminder_stage.h"
#include "staff_notice.h"

/* How far from today a promise may lie to be looked at, in calendar days: before it no rule reaches further (20 working
 * days); after it a promise has been told of every few days for two months, and the watchdog goes on telling. */
enum { AHEAD_DAYS = 35, BEHIND_DAYS = 70, SOME = 100, ARENA_MAX = 16 << 20 };

/* One promise that may call for a reminder. */
struct remind_one {
    struct remind_due_row row;
    bool is_undated; /* only the case is known, and when it came in */
    struct utc_us received;
    struct date today;
    const struct town *town;
    const struct routine *routine;
    struct remind_case_row about;
    struct reminder_stage stage;
    struct reminded_list people;
};

static bool is_met_by_registering(const struct remind_one *one)
{
    const struct obligation *o = routine_obligation(one->routine, one->row.code);
    return o && o->met_by & EVENT_BIT(EVENT_registered);
}

/* The case is not registered, and registering is promised without a date: then it has one from the arrival. The code
 * stays none otherwise. */
static enum err find_registering(struct ctx *ctx, const struct day_rule *days, struct remind_one *one)
{
    const struct routine *routine = one->routine;
    for (size_t i = 0; i < routine->n_obligations && routine->reminders.registered > 0; i++) {
        const struct obligation *o = &routine->obligations[i];
        struct remind_undated_row *undated;
        size_t n = 0;
        struct date due;
        if (o->met_by & EVENT_BIT(EVENT_registered))
            TRY(remind_undated(ctx, one->row.case_id, o->id, &undated, &n));
        if (n == 0)
            continue;
        TRY(workdays_add(ctx, days, utc_to_date(one->received), routine->reminders.registered, &due));
        one->row.code = o->id;
        one->row.who = undated[0].who;
        one->row.due = date_end(due);
        return OK;
    }
    return OK;
}

/* The gate that the promise shares its name with warns so many calendar days before the step it stands before: a draft
 * must be shown in time for somebody to sleep on it. Said once, on the working day on or before; then the usual stages.
 */
static enum err find_warning(struct ctx *ctx, const struct day_rule *days, struct remind_one *one)
{
    const struct routine *routine = one->routine;
    if (one->stage.is_any)
        return OK;
    for (size_t i = 0; i < routine->n_gates; i++) {
        const struct gate *gate = &routine->gates[i];
        if (gate->warn_days == 0 || !str_eq(gate->id, one->row.code))
            continue;
        struct date step = utc_to_date(utc_add(one->row.due, gate->hours * HOUR_US));
        struct date warn = date_add(step, (int32_t)-gate->warn_days);
        if (!day_is_working(days, warn))
            TRY(workdays_add(ctx, days, warn, -1, &warn));
        one->stage.is_any = one->today.days >= warn.days;
        one->stage.days = -gate->warn_days;
    }
    return OK;
}

static enum err find_stage(struct ctx *ctx, struct remind_one *one)
{
    TRY(remind_case(ctx, one->row.case_id, &one->about));
    TRY(town_routine(ctx, one->about.routine, &one->routine));
    struct day_rule days = *town_days(one->town, one->about.unit);
    days.eves_are_worked = one->routine->eves_are_worked;
    if (one->is_undated)
        TRY(find_registering(ctx, &days, one));
    if (str_is_none(one->row.code))
        return OK;
    TRY(reminder_stage(ctx, &one->routine->reminders, &days, utc_to_date(one->row.due), one->today, &one->stage));
    return find_warning(ctx, &days, one);
}

/* "amir,karin": log-ins of those told now; STR_NONE: nobody. */
static enum err tell(struct ctx *ctx, const struct remind_one *one, bool above, struct str *ret_logins,
                     struct user_id *ret_first)
{
    struct out out = out_init(ctx->arena, /* max_bytes= */ 16 * 1024);
    *ret_first = (struct user_id){0};
    for (size_t i = 0; i < one->people.n; i++) {
        const struct reminded *person = &one->people.people[i];
        int64_t changed;
        if ((person->part == REMINDED_ABOVE) != above)
            continue;
        TRY(remind_add(ctx, one->row.case_id, one->row.code, one->row.due, one->stage.days, person->id,
                       reminded_part_code(person->part), ctx_now(ctx), one->stage.days <= 0, &changed));
        if (!changed)
            continue;
        if (out.n)
            out_char(&out, ',');
        else
            *ret_first = person->id;
        out_str(&out, town_staff(one->town, person->id)->login);
    }
    *ret_logins = out.n ? out_take(&out) : STR_NONE;
    return OK;
}

static enum err take_step(struct ctx *ctx, const struct remind_one *one, struct open_case *c, enum step step,
                          struct str logins)
{
    if (str_is_none(logins))
        return OK;
    return case_step(ctx, c, step,
                     &(struct step_note){.data = STEP_DATA(ctx, {"promise", one->row.code}, {"to", logins})});
}

static enum err remind_locked(struct ctx *ctx, struct remind_one *one)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open_by_id(ctx, one->row.case_id, &c));
    struct remind_still_row *still;
    size_t n;
    TRY(remind_still(ctx, one->row.case_id, one->row.code, one->row.due, &still, &n));
    if (n == 0)
        return OK; /* kept, or with another date, a moment ago */
    struct str told, told_above;
    struct user_id first, first_above;
    TRY(tell(ctx, one, /* above= */ false, &told, &first));
    TRY(tell(ctx, one, /* above= */ true, &told_above, &first_above));
    if (str_is_none(told) && str_is_none(told_above))
        return OK;
    TRY(remind_mark(ctx, one->row.case_id, one->row.code, one->row.due, first_above));
    TRY(take_step(ctx, one, &c, STEP_remind, told));
    TRY(take_step(ctx, one, &c, STEP_escalate, told_above));
    return tx_commit(&tx);
}

static enum err remind(struct ctx *ctx, void *p)
{
    struct remind_one *one = p;
    TRY(find_stage(ctx, one));
    if (!one->stage.is_any)
        return OK;
    struct remind_was_row *was;
    size_t n;
    TRY(remind_was(ctx, one->row.case_id, one->row.code, one->row.due, one->stage.days, &was, &n));
    if (n)
        return OK;
    struct remind_about about = {.case_id = one->row.case_id,
                                 .unit = one->about.unit,
                                 .owner = one->about.owner,
                                 .receiver = one->about.receiver,
                                 .who = one->row.who,
                                 .is_registration = is_met_by_registering(one),
                                 .at = ctx_now(ctx)};
    TRY(remind_people(ctx, one->town, &about, one->stage.escalates, &one->people));
    return one->people.n ? remind_locked(ctx, one) : OK;
}

static enum err remind_rows(struct ctx *ctx, struct date today, const struct remind_due_row *rows, size_t n,
                            struct remind_at *at, bool *ret_more)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    for (size_t i = 0; i < n; i++) {
        struct remind_one one = {.row = rows[i], .today = today, .town = town};
        TRY(ctx_in_scratch(ctx, ARENA_MAX, remind, &one));
        *at = (struct remind_at){rows[i].due, rows[i].case_id, rows[i].code};
    }
    *ret_more = n == SOME;
    return OK;
}

enum err remind_some(struct ctx *ctx, struct date today, struct remind_at *at, bool *ret_more)
{
    struct remind_due_row *rows;
    size_t n;
    TRY(remind_due(ctx, date_start(date_add(today, -BEHIND_DAYS)), date_end(date_add(today, AHEAD_DAYS)), at->due,
                   at->case_id, str_is_none(at->code) ? STR("") : at->code, SOME, &rows, &n));
    return remind_rows(ctx, today, rows, n, at, ret_more);
}

enum err remind_some_delayed(struct ctx *ctx, struct date today, struct remind_at *at, bool *ret_more)
{
    struct remind_delayed_row *rows;
    size_t n;
    TRY(remind_delayed(ctx, date_start(date_add(today, -BEHIND_DAYS)), date_end(date_add(today, AHEAD_DAYS)), at->due,
                       at->case_id, str_is_none(at->code) ? STR("") : at->code, SOME, &rows, &n));
    struct remind_due_row *due = ARENA_ARRAY(ctx->arena, struct remind_due_row, n);
    for (size_t i = 0; i < n; i++)
        due[i] = (struct remind_due_row){rows[i].case_id, rows[i].code, rows[i].who, rows[i].due};
    return remind_rows(ctx, today, due, n, at, ret_more);
}

enum err remind_some_unregistered(struct ctx *ctx, struct date today, struct remind_at *at, bool *ret_more)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct remind_unregistered_row *rows;
    size_t n;
    TRY(remind_unregistered(ctx, date_start(date_add(today, -BEHIND_DAYS)), at->due, at->case_id, SOME, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct remind_one one = {.row = {.case_id = rows[i].case_id, .code = STR_NONE},
                                 .is_undated = true,
                                 .received = rows[i].received,
                                 .today = today,
                                 .town = town};
        TRY(ctx_in_scratch(ctx, ARENA_MAX, remind, &one));
        *at = (struct remind_at){rows[i].received, rows[i].case_id, STR_NONE};
    }
    *ret_more = n == SOME;
    return OK;
}

/* ---- one mail a person and day ---- */

enum err remind_digests(struct ctx *ctx)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct remind_waiting_row *rows;
    size_t n;
    TRY(remind_waiting(ctx, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct notice_id notice;
        TRY(staff_notice_many(ctx, rows[i].user, NOTICE_reminder_digest, rows[i].n, &notice));
        TRY(remind_into_digest(ctx, rows[i].user, notice));
    }
    return tx_commit(&tx);
}

/* The person waits for it, and must be told before its date if it will be late (S1.49). */
static bool warns_of_delay(const struct remind_digest_row *row, struct date due, struct date today)
{
    return row->answers && due.days >= today.days && str_eq(row->part, reminded_part_code(REMINDED_RESPONSIBLE));
}

static enum err put_line(struct ctx *ctx, const struct lang *lang, struct str site, const struct remind_digest_row *row,
                         struct out *out)
{
    const struct routine *routine;
    TRY(town_routine(ctx, row->routine, &routine));
    const struct obligation *o = routine_obligation(routine, row->code);
    struct str what = o ? obligation_name(lang, o) : row->code;
    struct date today = utc_to_date(ctx_now(ctx)), due = utc_to_date(row->due);
    struct when_text when = when_day(ctx->arena, lang, due, today);
    struct str number = row->restricted ? msg_text(lang, MSG_remind_a_case) : row->number;
    out_lit(out, "* ");
    if (str_eq(row->part, reminded_part_code(REMINDED_ABOVE)))
        text_msg_remind_line_above(out, lang,
                                   (struct msg_remind_line_above){.number = number, .what = what, .when = when});
    else if (due.days < today.days)
        text_msg_remind_line_late(out, lang,
                                  (struct msg_remind_line_late){.number = number, .what = what, .when = when});
    else if (due.days == today.days)
        text_msg_remind_line_today(out, lang, (struct msg_remind_line_today){.number = number, .what = what});
    else
        text_msg_remind_line(out, lang, (struct msg_remind_line){.number = number, .what = what, .when = when});
    out_char(out, '\n');
    if (warns_of_delay(row, due, today)) {
        out_lit(out, "  ");
        text_msg_remind_tell_delay(out, lang, (struct msg_remind_tell_delay){.when = when});
        out_char(out, '\n');
    }
    if (!row->restricted) {
        out_lit(out, "  ");
        out_str(out, site);
        out_str(out, URL_PATH(ctx->arena, "/arende/%", row->number).s);
        out_char(out, '\n');
    }
    return OK;
}

enum err remind_digest_text(struct ctx *ctx, const struct lang *lang, struct str site, struct notice_id notice,
                            struct out *out, int64_t *ret_n)
{
    struct remind_digest_row *rows;
    size_t n;
    TRY(remind_digest(ctx, notice, &rows, &n));
    const struct town *town; /* routines are the town's: it must be the newest */
    TRY(town_get(ctx, &town));
    for (size_t i = 0; i < n; i++)
        TRY(put_line(ctx, lang, site, &rows[i], out));
    *ret_n = (int64_t)n;
    return OK;
}
