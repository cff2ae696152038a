/* What: the forms of the case page on the work itself: POST /arende/{nr}/samtal (a talk), /komplettering (ask for more)
 * and /komplettering/vidare, /arbetsanteckning/{id} (keep or throw away), /atgard (a measure) and /atgard/{id} (done,
 * or not after all). Each leads back to the case; a fault shows it again with what was written. Not here: the rules
 * (talk.h, more.h, jot.h, measure.h). Source: mock-up 05. */
#include "case_page.h"
#include "form.h"
#include "inquiry_panel_page.h"
#include "jot.h"
#include "measure.h"
#include "more.h"
#include "note.h"
#include "take_in_page.h"
#include "talk.h"

#define TALK_FORM(F)                                                                                                   \
    F(how, CODE, 20, REQUIRED, MSG_talk_how)                                                                           \
    F(talk_day, DATE, 0, REQUIRED, MSG_talk_day)                                                                       \
    F(talk_time, LINE, 5, REQUIRED, MSG_talk_time)                                                                     \
    F(talk_told, CODE, 20, OPTIONAL, MSG_told_legend)                                                                  \
    F(text, LINES, NOTE_MAX_CHARS, OPTIONAL, MSG_case_call_label)
FORM(talk, TALK_FORM)

#define MORE_FORM(F) F(text, LINES, NOTE_MAX_CHARS, REQUIRED, MSG_more_label)
FORM(more, MORE_FORM)

#define GO_ON_FORM(F) F(answer, CODE, 10, REQUIRED, MSG_more_open)
FORM(go_on, GO_ON_FORM)

#define JOT_FORM(F)                                                                                                    \
    F(what, CODE, 10, REQUIRED, MSG_jot_title)                                                                         \
    F(kind, CODE, 20, OPTIONAL, MSG_jot_keep_as)
FORM(jot, JOT_FORM)

#define MEASURE_FORM(F)                                                                                                \
    F(text, LINES, MEASURE_MAX_CHARS, REQUIRED, MSG_measure_label)                                                     \
    F(measure_kind, CODE, 10, REQUIRED, MSG_measure_kind)                                                              \
    F(measure_day, DATE, 0, OPTIONAL, MSG_measure_day)                                                                 \
    F(who, CODE, 100, OPTIONAL, MSG_measure_who)
FORM(measure, MEASURE_FORM)

#define MEASURE_CHANGE_FORM(F)                                                                                         \
    F(what, CODE, 10, REQUIRED, MSG_measure_title)                                                                     \
    F(day, DATE, 0, OPTIONAL, MSG_measure_done_day)                                                                    \
    F(text, LINES, MEASURE_MAX_CHARS, OPTIONAL, MSG_measure_drop_reason)
FORM(measure_change, MEASURE_CHANGE_FORM)

static void fault(struct ctx *ctx, struct case_again *again, struct str field, enum msg text)
{
    fault_add(&again->faults, field, msg_text(ctx->lang, text), msg_text(ctx->lang, text));
}

/* The case, for a form that depends on it: one that may not be seen is not found, whatever was sent. */
static enum err see(struct ctx *ctx, struct request *req, struct open_case *ret)
{
    return case_read(ctx, req->params[0], ret);
}

/* ---- a talk ---- */

/* Day and hour as written; false: they cannot be read, or are not between the case's arrival and now. */
static bool read_moment(struct ctx *ctx, const struct open_case *c, const struct talk_form *form, struct utc_us *ret)
{
    int hour, minute;
    if (form->talk_day.fault || !take_in_read_time(form->talk_time.text, &hour, &minute))
        return false;
    struct utc_us now = ctx_now(ctx);
    *ret = utc_from_local(form->talk_day.date, hour, minute, 0, 0);
    /* The form knows minutes: within the one the case came in counts as after it. */
    if (utc_cmp(*ret, c->row.received) < 0 && utc_cmp(utc_add(*ret, MINUTE_US), c->row.received) > 0)
        *ret = c->row.received;
    return utc_cmp(*ret, now) <= 0 && utc_cmp(*ret, c->row.received) >= 0;
}

enum err talk_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct talk_form form;
    size_t n_faults;
    struct talk talk = {.told = RESPONSE_contact};
    TRY(see(ctx, req, &c));
    TRY(FORM_READ(ctx, req, talk, &form, &n_faults));
    bool told_ok = str_is_empty(form.talk_told.text) || response_find(form.talk_told.text, &talk.told);
    if (!talk_how_find(form.how.text, &talk.how) || !told_ok)
        return fail(ctx, ERR_BAD_REQUEST, "\"%.*s\" is no way to talk", STR_ARG(form.how.text));
    struct case_again again = {.form = STR("call"),
                               .text = form.text.text,
                               .day = form.talk_day.text,
                               .time = form.talk_time.text,
                               .how = form.how.text,
                               .told = response_code(talk.told)};
    if (!read_moment(ctx, &c, &form, &talk.at))
        fault(ctx, &again, STR("talk_day"), MSG_talk_day_wrong);
    fault_add_common(ctx, &again.faults, STR("text-call"), &form.text, MSG_case_text_missing, MSG_case_text_missing);
    if (talk.how != TALK_NO_ANSWER && str_is_empty(form.text.text))
        fault(ctx, &again, STR("text-call"), MSG_case_text_missing);
    if (again.faults.n)
        return case_show(ctx, req, res, c.row.number, &again);
    talk.text = form.text.text;
    bool is_kept = true;
    TRY(response_would_keep(ctx, c.row.number, talk.told, &is_kept));
    enum err err = talk_log(ctx, c.row.number, &talk);
    if (err != OK)
        return case_refused(ctx, req, res, c.row.number, err, &again);
    case_done(ctx, req, res, c.row.number,
              talk.how == TALK_NO_ANSWER ? STR("ingen_svarade")
              : is_kept                  ? STR("samtal")
                                         : STR("samtal_racker_inte"));
    return OK;
}

/* ---- asking for more ---- */

enum err more_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct more_form form;
    size_t n_faults;
    TRY(see(ctx, req, &c));
    TRY(FORM_READ(ctx, req, more, &form, &n_faults));
    struct case_again again = {.form = STR("more"), .text = form.text.text};
    fault_add_common(ctx, &again.faults, STR("text-more"), &form.text, MSG_more_missing, MSG_more_missing);
    if (again.faults.n)
        return case_show(ctx, req, res, c.row.number, &again);
    enum err err = more_ask(ctx, c.row.number, form.text.text);
    if (err != OK)
        return case_refused(ctx, req, res, c.row.number, err, &again);
    case_done(ctx, req, res, c.row.number, STR("komplettering"));
    return OK;
}

enum err go_on_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct go_on_form form;
    size_t n_faults;
    TRY(see(ctx, req, &c));
    TRY(FORM_READ(ctx, req, go_on, &form, &n_faults));
    bool answered = str_eq(form.answer.text, STR("yes"));
    if (!answered && !str_eq(form.answer.text, STR("no")))
        return fail(ctx, ERR_BAD_REQUEST, "neither yes nor no");
    struct case_again again = {.form = STR_NONE};
    enum err err = more_go_on(ctx, c.row.number, answered);
    if (err != OK)
        return case_refused(ctx, req, res, c.row.number, err, &again);
    case_done(ctx, req, res, c.row.number, STR("vidare"));
    return OK;
}

/* ---- working material ---- */

enum err jot_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct jot_form form;
    struct working_note_id id;
    size_t n_faults;
    TRY(see(ctx, req, &c));
    TRY(FORM_READ(ctx, req, jot, &form, &n_faults));
    if (!str_to_i64(req->params[1], &id.v))
        return fail(ctx, ERR_NOT_FOUND, "\"%.*s\" is no working note", STR_ARG(req->params[1]));
    bool is_keep = str_eq(form.what.text, STR("keep"));
    if (!is_keep && !str_eq(form.what.text, STR("drop")))
        return fail(ctx, ERR_BAD_REQUEST, "\"%.*s\" is nothing one can do to a note", STR_ARG(form.what.text));
    struct case_again again = {.form = STR_NONE};
    enum err err = is_keep ? jot_keep(ctx, c.row.number, id, form.kind.text) : jot_drop(ctx, c.row.number, id);
    if (err == ERR_NOT_FOUND) /* somebody has kept it or thrown it away already */
        err = ERR_CONFLICT;
    if (err != OK)
        return case_refused(ctx, req, res, c.row.number, err, &again);
    case_done(ctx, req, res, c.row.number, is_keep ? STR("i_akten") : STR("kastat"));
    return OK;
}

/* ---- measures ---- */

static struct user_id user_of(const struct town *town, struct str login)
{
    for (size_t i = 0; i < town->n_staff; i++)
        if (town->staff[i].active && str_eq(town->staff[i].login, login))
            return town->staff[i].id;
    return (struct user_id){0};
}

/* The day, as the kind reads it: done then, or to be done by then. */
static void read_measure(struct ctx *ctx, const struct open_case *c, const struct measure_form *form,
                         struct case_again *again, struct new_measure *m)
{
    bool is_done = str_eq(form->measure_kind.text, STR("done")), has_day = !str_is_empty(form->measure_day.text);
    *m = (struct new_measure){
        .text = form->text.text, .done = DATE_NONE, .due = DATE_NONE, .who = user_of(c->town, form->who.text)};
    fault_add_common(ctx, &again->faults, STR("text-measure"), &form->text, MSG_measure_missing, MSG_measure_missing);
    if (form->measure_day.fault || (is_done && !has_day))
        fault(ctx, again, STR("measure_day"), MSG_measure_day_missing);
    else if (is_done && !measure_day_ok(ctx, c, form->measure_day.date))
        fault(ctx, again, STR("measure_day"), MSG_measure_day_wrong);
    else if (!is_done && has_day && form->measure_day.date.days < utc_to_date(ctx_now(ctx)).days)
        fault(ctx, again, STR("measure_day"), MSG_measure_due_wrong);
    if (has_day && is_done)
        m->done = form->measure_day.date;
    else if (has_day)
        m->due = form->measure_day.date;
}

enum err measure_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct measure_form form;
    struct new_measure m;
    size_t n_faults;
    TRY(see(ctx, req, &c));
    TRY(FORM_READ(ctx, req, measure, &form, &n_faults));
    struct case_again again = {.form = STR("measure"),
                               .text = form.text.text,
                               .day = form.measure_day.text,
                               .how = form.measure_kind.text,
                               .who = form.who.text};
    if (!str_eq(form.measure_kind.text, STR("done")) && !str_eq(form.measure_kind.text, STR("later")))
        return fail(ctx, ERR_BAD_REQUEST, "\"%.*s\" is no kind of measure", STR_ARG(form.measure_kind.text));
    read_measure(ctx, &c, &form, &again, &m);
    if (again.faults.n)
        return case_show(ctx, req, res, c.row.number, &again);
    enum err err = measure_log(ctx, c.row.number, &m);
    if (err != OK)
        return case_refused(ctx, req, res, c.row.number, err, &again);
    case_done(ctx, req, res, c.row.number, STR("atgard"));
    return OK;
}

enum err measure_change_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct measure_change_form form;
    struct measure_id id;
    size_t n_faults;
    TRY(see(ctx, req, &c));
    TRY(FORM_READ(ctx, req, measure_change, &form, &n_faults));
    if (!str_to_i64(req->params[1], &id.v))
        return fail(ctx, ERR_NOT_FOUND, "\"%.*s\" is no measure", STR_ARG(req->params[1]));
    bool is_done = str_eq(form.what.text, STR("done"));
    if (!is_done && !str_eq(form.what.text, STR("drop")))
        return fail(ctx, ERR_BAD_REQUEST, "\"%.*s\" is nothing one can do to a measure", STR_ARG(form.what.text));
    struct case_again again = {.form = is_done ? STR("measure-done") : STR("measure-drop"),
                               .key = req->params[1],
                               .text = form.text.text,
                               .day = form.day.text};
    bool day_ok = !form.day.fault && !str_is_empty(form.day.text) && measure_day_ok(ctx, &c, form.day.date);
    if (is_done && !day_ok)
        fault(ctx, &again, str_fmt(ctx->arena, "day-%.*s", STR_ARG(req->params[1])), MSG_measure_day_wrong);
    if (!is_done && (form.text.fault || str_is_empty(form.text.text)))
        fault(ctx, &again, str_fmt(ctx->arena, "why-%.*s", STR_ARG(req->params[1])), MSG_measure_reason_missing);
    if (again.faults.n)
        return case_show(ctx, req, res, c.row.number, &again);
    enum err err = is_done ? measure_finish(ctx, c.row.number, id, form.day.date)
                           : measure_drop(ctx, c.row.number, id, form.text.text);
    if (err == ERR_NOT_FOUND) /* ticked off already */
        err = ERR_CONFLICT;
    if (err != OK)
        return case_refused(ctx, req, res, c.row.number, err, &again);
    case_done(ctx, req, res, c.row.number, is_done ? STR("atgard_gjord") : STR("atgard_slappt"));
    return OK;
}
