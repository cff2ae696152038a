/* What: the small forms on the case page: POST /arende/{nr}/anteckning (notes, a message), /lofte (tick off, let
 * go), /uppgift/{id} (letter posted, call made), /nytt-satt (another way to reach the person). Each leads back to the
 * case; a fault shows it again with what was written. Not here: the rules (note.h, deliver.h). Source: mock-up 05. */
#include "case_page.h"
#include "deliver.h"
#include "form.h"
#include "jot.h"
#include "note.h"

#define NOTE_FORM(F)                                                                                                   \
    F(kind, CODE, 20, REQUIRED, MSG_case_note)                                                                         \
    F(text, LINES, NOTE_MAX_CHARS, REQUIRED, MSG_case_note)                                                            \
    F(told, CODE, 20, OPTIONAL, MSG_told_legend)
FORM(note, NOTE_FORM)

#define PROMISE_FORM(F)                                                                                                \
    F(what, CODE, 20, REQUIRED, MSG_case_promises)                                                                     \
    F(code, CODE, 60, REQUIRED, MSG_case_promises)                                                                     \
    F(text, LINES, NOTE_MAX_CHARS, OPTIONAL, MSG_case_keep_note)                                                       \
    F(to, CODE, 20, OPTIONAL, MSG_close_title)
FORM(promise, PROMISE_FORM)

#define WAY_FORM(F) F(way, CODE, 20, OPTIONAL, MSG_case_way)
FORM(way, WAY_FORM)

/* The kinds of note: what adds it, and what is said afterwards. */
static const struct {
    struct str kind, field, done;
    enum err (*add)(struct ctx *, struct str number, struct str text);
} note_kinds[] = {
    {STR_INIT("note"), STR_INIT("text-note"), STR_INIT("antecknat"), note_add},
    {STR_INIT("investigation"), STR_INIT("text-note"), STR_INIT("utrett"), note_investigation},
    {STR_INIT("analysis"), STR_INIT("text-note"), STR_INIT("utrett"), note_analysis},
    {STR_INIT("jot"), STR_INIT("text-note"), STR_INIT("arbetsanteckning"), jot_add},
    {STR_INIT("message"), STR_INIT("text-message"), STR_INIT("meddelat"), NULL},
};

enum err note_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct str number = req->params[0];
    struct note_form form;
    size_t n_faults, kind = 0;
    TRY(FORM_READ(ctx, req, note, &form, &n_faults));
    while (kind < ARRAY_LEN(note_kinds) && !str_eq(form.kind.text, note_kinds[kind].kind))
        kind++;
    enum response_kind told = RESPONSE_contact;
    bool told_ok = str_is_empty(form.told.text) || response_find(form.told.text, &told);
    if (kind == ARRAY_LEN(note_kinds) || !told_ok)
        return fail(ctx, ERR_BAD_REQUEST, "\"%.*s\" is no kind of note", STR_ARG(form.kind.text));
    struct case_again again = {.form = note_kinds[kind].kind, .text = form.text.text, .told = response_code(told)};
    fault_add_common(ctx, &again.faults, note_kinds[kind].field, &form.text, MSG_case_text_missing,
                     MSG_case_text_missing);
    if (again.faults.n)
        return case_show(ctx, req, res, number, &again);
    bool keeps = true;
    if (note_kinds[kind].add == NULL)
        TRY(response_would_keep(ctx, number, told, &keeps));
    enum err err = note_kinds[kind].add ? note_kinds[kind].add(ctx, number, form.text.text)
                                        : note_message(ctx, number, form.text.text, told);
    if (err != OK)
        return case_refused(ctx, req, res, number, err, &again);
    case_done(ctx, req, res, number, keeps ? note_kinds[kind].done : STR("meddelat_racker_inte"));
    return OK;
}

enum err promise_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct str number = req->params[0];
    struct promise_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, promise, &form, &n_faults));
    bool is_keep = str_eq(form.what.text, STR("keep"));
    if (!is_keep && !str_eq(form.what.text, STR("waive")))
        return fail(ctx, ERR_BAD_REQUEST, "\"%.*s\" is nothing one can do to a promise", STR_ARG(form.what.text));
    struct case_again again = {.form = form.what.text, .key = form.code.text, .text = form.text.text};
    struct str field = str_fmt(ctx->arena, "%.*s-%.*s", STR_ARG(form.what.text), STR_ARG(form.code.text));
    fault_add_common(ctx, &again.faults, field, &form.text, MSG_case_reason_missing, MSG_case_reason_missing);
    if (!is_keep && str_is_empty(form.text.text))
        fault_add(&again.faults, field, msg_text(ctx->lang, MSG_case_reason_missing),
                  msg_text(ctx->lang, MSG_case_reason_missing));
    if (again.faults.n)
        return case_show(ctx, req, res, number, &again);
    enum err err = is_keep ? note_happened(ctx, number, form.code.text, form.text.text)
                           : note_waived(ctx, number, form.code.text, form.text.text);
    if (err != OK)
        return case_refused(ctx, req, res, number, err, &again);
    if (str_eq(form.to.text, STR("close"))) /* ticked off on the way to closing */
        response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/arende/%/avsluta?klart=avbockat", number));
    else
        case_done(ctx, req, res, number, is_keep ? STR("avbockat") : STR("slappt"));
    return OK;
}

/* day: of a letter, when it was posted; none: now. */
#define TASK_FORM(F) F(day, DATE, 0, OPTIONAL, MSG_posting_day)
FORM(task, TASK_FORM)

enum err task_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct str number = req->params[0];
    struct task_id id;
    if (!str_to_i64(req->params[1], &id.v))
        return fail(ctx, ERR_NOT_FOUND, "\"%.*s\" is no task", STR_ARG(req->params[1]));
    struct open_case c;
    TRY(case_read(ctx, number, &c)); /* a case that may not be seen, before anything about its tasks */
    struct task_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, task, &form, &n_faults));
    struct date day = str_is_empty(form.day.text) ? DATE_NONE : form.day.date;
    enum err err = n_faults ? ERR_INVALID : deliver_task_done(ctx, number, id, day);
    struct case_again again = {.form = STR_NONE};
    if (err == ERR_INVALID) {
        struct str field = str_fmt(ctx->arena, "dag-%lld", (long long)id.v);
        fault_add(&again.faults, field, msg_text(ctx->lang, MSG_posting_day_wrong),
                  msg_text(ctx->lang, MSG_posting_day_wrong));
        return case_show(ctx, req, res, number, &again);
    }
    if (err == ERR_NOT_FOUND) /* somebody has ticked it off already */
        err = ERR_CONFLICT;
    if (err != OK)
        return case_refused(ctx, req, res, number, err, &again);
    case_done(ctx, req, res, number, STR("avbockat"));
    return OK;
}

enum err way_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct str number = req->params[0];
    struct way_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, way, &form, &n_faults));
    struct case_again again = {.form = STR("way"), .text = form.way.text};
    enum err err = str_is_empty(form.way.text) ? ERR_INVALID : deliver_another_way(ctx, number, form.way.text);
    if (err == ERR_INVALID) {
        fault_add(&again.faults, STR("way"), msg_text(ctx->lang, MSG_case_way_missing),
                  msg_text(ctx->lang, MSG_case_way_missing));
        return case_show(ctx, req, res, number, &again);
    }
    if (err != OK)
        return case_refused(ctx, req, res, number, err, &again);
    case_done(ctx, req, res, number, STR("nysatt"));
    return OK;
}
