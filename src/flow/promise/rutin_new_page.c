/* What: /rutin/{version}/ny: the next version of a routine: its text is written or read from a file, kept with all its
 * faults, compared, and published with a first day. Flow: GET shows the draft, or the current text; POST saves and
 * checks it; POST .../publicera and .../kasta-utkast. What was written is never lost: after a conflict it stands in the
 * form, beside what the other one saved. Source: routine_version.h. */
#include "date_words.h"
#include "faults.h"
#include "form.h"
#include "frame.h"
#include "page_parts.h"
#include "rutin_changes_page.h"
#include "rutin_shown.h"
#include "rutin_version_page_html.h"
#include "rutin_version_view.h"
#include "rutin_what_if_page.h"
#include "town_sql.h"

enum { DECISION_MAX = 180, FAULT_LINE_MAX = 120, NAMES_MAX = 12 };

#define TEXT_FORM(F)                                                                                                   \
    F(seen, NUMBER, INT32_MAX, OPTIONAL, MSG_rutin_text)                                                               \
    F(text, LINES, ROUTINE_FILE_MAX, OPTIONAL, MSG_rutin_text)                                                         \
    F(file, FILES, 1, OPTIONAL, MSG_rutin_file)
FORM(text, TEXT_FORM)

#define PUBLISH_FORM(F)                                                                                                \
    F(seen, NUMBER, INT32_MAX, OPTIONAL, MSG_rutin_text)                                                               \
    F(from, DATE, 0, REQUIRED, MSG_rutin_first_day)                                                                    \
    F(decided_by, LINE, DECISION_MAX, REQUIRED, MSG_rutin_key_decided_by)                                              \
    F(number, LINE, DECISION_MAX, OPTIONAL, MSG_rutin_key_number)                                                      \
    F(heirs, CHECK, 0, OPTIONAL, MSG_rutin_heirs)
FORM(publish, PUBLISH_FORM)

#define SEEN_FORM(F) F(seen, NUMBER, INT32_MAX, OPTIONAL, MSG_rutin_text)
FORM(seen, SEEN_FORM)

struct writing {
    const struct town *town;
    const struct routine_version *version; /* the one in the address */
    const struct routine_version *base;    /* the one the text began from */
    bool has_draft;
    struct routine_draft_get_row draft;
    struct str text; /* in the form */
    struct checked_text checked;
    struct date today;
    struct notice_view notice;
    struct str others_text; /* a conflict */
    struct publish_form order;
};

/* ---- which one ---- */

static enum err open_writing(struct ctx *ctx, const struct request *req, struct writing *w)
{
    TRY(town_get(ctx, &w->town));
    w->today = utc_to_date(ctx_now(ctx));
    w->version = version_by_name(ctx, w->town, req->params[0]);
    if (w->version == NULL)
        return fail(ctx, ERR_NOT_FOUND, "there is no routine \"%.*s\"", STR_ARG(req->params[0]));
    if (!routine_may_edit(ctx, w->town, w->version->code))
        return fail(ctx, ERR_FORBIDDEN, "the routine \"%.*s\" is kept by others", STR_ARG(w->version->code));
    enum err err = routine_draft(ctx, w->version->code, &w->draft);
    if (err != OK && err != ERR_NOT_FOUND)
        return err;
    w->has_draft = err == OK;
    w->base = w->has_draft ? town_version(w->town, w->draft.base) : w->version;
    FORM_EMPTY(&w->order, publish);
    return w->base ? OK : fail(ctx, ERR_CORRUPT, "a draft began from a version that is not there");
}

/* What the form begins with: the draft, else the text of the version in the address. */
static enum err take_stored_text(struct ctx *ctx, struct writing *w)
{
    struct town_routine_yaml_row row = {.yaml = w->draft.yaml};
    if (!w->has_draft)
        TRY(town_routine_yaml(ctx, w->version->id, &row));
    w->text = row.yaml;
    return OK;
}

/* ---- what is shown ---- */

/* The line with that number, from 1. */
static struct str line_of(struct str text, int64_t number)
{
    struct str rest = text, line = STR("");
    for (int64_t i = 0; i < number; i++)
        if (!str_split(&rest, '\n', &line))
            return STR("");
    return str_utf8_head(str_trim(line), FAULT_LINE_MAX);
}

static void fill_text_faults(struct ctx *ctx, const struct writing *w, struct rutin_new_view *view)
{
    struct text_fault_view *faults = ARENA_ARRAY(ctx->arena, struct text_fault_view, w->checked.n_faults);
    for (size_t i = 0; i < w->checked.n_faults; i++) {
        const struct routine_fault *fault = &w->checked.faults[i];
        faults[i] = (struct text_fault_view){fault->line, line_of(w->text, fault->line), fault->message};
    }
    view->text_faults = faults;
    view->n_text_faults = w->checked.n_faults;
}

static struct str follower_names(struct ctx *ctx, const struct writing *w)
{
    const struct unit **units;
    size_t n = routine_followers(ctx, w->town, w->version->code, (struct date){w->today.days + 1}, &units), n_shown = 0;
    struct str *names = ARENA_ARRAY(ctx->arena, struct str, n + 1);
    for (; n_shown < n && n_shown < NAMES_MAX; n_shown++)
        names[n_shown] = units[n_shown]->name;
    if (n > n_shown)
        names[n_shown++] = WORDS(ctx, rutin_more_units, .n = (int64_t)(n - NAMES_MAX));
    return list_words(ctx, ctx->lang, names, n_shown);
}

static void fill_heirs(struct ctx *ctx, const struct writing *w, struct rutin_new_view *view)
{
    struct date tomorrow = {w->today.days + 1};
    struct str *codes;
    size_t n = routine_heirs(ctx, w->town, w->version->code, tomorrow, &codes);
    struct str *titles = ARENA_ARRAY(ctx->arena, struct str, n);
    for (size_t i = 0; i < n; i++)
        titles[i] = version_at(w->town, codes[i], tomorrow)->title;
    view->heirs = titles;
    view->n_heirs = n;
}

/* What the newest trying of this very text gave for the reply, or else for its first promise. */
static enum err fill_tried(struct ctx *ctx, const struct writing *w, const struct routine *old,
                           struct rutin_new_view *view)
{
    struct what_if_latest_row trying;
    struct what_if_promises_row *rows;
    size_t n, at = 0;
    enum err err = what_if_latest(ctx, w->version->code, &trying);
    if (err == ERR_NOT_FOUND)
        return OK;
    TRY(err);
    if (utc_is_none(trying.done) || !str_eq(trying.yaml, w->text))
        return OK;
    TRY(what_if_promises(ctx, trying.id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].code, STR("reply")))
            at = i;
    if (n > 0)
        view->tried = what_if_words(ctx, promise_name_of_code(ctx, old, rows[at].code), &rows[at]);
    return OK;
}

static enum err fill_publishing(struct ctx *ctx, const struct writing *w, struct rutin_new_view *view)
{
    const struct routine *old;
    TRY(town_routine(ctx, w->base->id, &old));
    struct routine_diff diff = routine_diff(ctx, old, w->checked.routine);
    struct str name = draft_name(ctx, w->version->code);
    view->may_publish = true;
    view->summary = changes_summary(ctx, &diff);
    view->changes = URL_PATH(ctx->arena, "/rutin/%/andringar", name);
    view->read = URL_PATH(ctx->arena, "/rutin/%", name);
    view->try_it = URL_PATH(ctx->arena, "/rutin/%/prova", name);
    TRY(fill_tried(ctx, w, old, view));
    view->units = follower_names(ctx, w);
    fill_heirs(ctx, w, view);
    view->renew_heirs = w->order.heirs.on;
    if (str_is_empty(view->decided_by.value) && str_is_empty(view->decided_by.fault))
        view->decided_by.value = w->checked.routine->document.decided_by;
    struct date from = w->checked.routine->document.valid_from;
    if (str_is_empty(view->from.value) && str_is_empty(view->from.fault) && from.days > w->today.days) {
        struct out day = out_init(ctx->arena, /* max_bytes= */ 40);
        out_date(&day, from);
        view->from.value = out_take(&day);
    }
    return OK;
}

static struct crumbs_view crumbs_of(struct ctx *ctx, const struct writing *w)
{
    struct crumb_view *crumbs = ARENA_ARRAY(ctx->arena, struct crumb_view, 2);
    struct str name = version_name(ctx, w->version);
    crumbs[0] = (struct crumb_view){w->version->title, URL_PATH(ctx->arena, "/rutin/%", name)};
    crumbs[1] = (struct crumb_view){msg_text(ctx->lang, MSG_rutin_next), URL_PATH(ctx->arena, "/rutin/%/ny", name)};
    return (struct crumbs_view){crumbs, 2};
}

static struct str saved_words(struct ctx *ctx, const struct writing *w)
{
    if (!w->has_draft)
        return STR("");
    const struct staff *who = town_staff(w->town, w->draft.saved_by);
    return WORDS(ctx, rutin_saved, .when = when_moment(ctx->arena, ctx->lang, w->draft.saved, w->today),
                 .who = who ? who->name : STR(""));
}

static struct notice_view base_notice(struct ctx *ctx, const struct writing *w)
{
    const struct routine_version *newer = version_after(w->town, w->base);
    if (w->notice.tone != TONE_NEUTRAL || newer == NULL)
        return w->notice;
    return (struct notice_view){.tone = TONE_WARNING,
                                .heading = WORDS(ctx, rutin_newer, .n = newer->version),
                                .text = WORDS(ctx, rutin_newer_text, .n = w->base->version),
                                .link = URL_PATH(ctx->arena, "/rutin/%", version_name(ctx, newer)),
                                .link_text = msg_text(ctx->lang, MSG_rutin_show_it)};
}

/* status: of the answer. */
static enum err show(struct ctx *ctx, struct request *req, struct response *res, struct writing *w,
                     const struct faults_list *faults, enum err status)
{
    struct date tomorrow = {w->today.days + 1};
    struct str name = version_name(ctx, w->version);
    TRY(routine_text_check(ctx, w->town, w->version->code, w->text, tomorrow, &w->checked));
    struct out earliest = out_init(ctx->arena, /* max_bytes= */ 40);
    out_date(&earliest, tomorrow);
    struct rutin_new_view view = {
        .csrf = req->csrf,
        .crumbs = crumbs_of(ctx, w),
        .notice = base_notice(ctx, w),
        .faults = faults_view(ctx, faults),
        .heading = WORDS(ctx, rutin_next_of, .title = w->version->title),
        .back = URL_PATH(ctx->arena, "/rutin/%", name),
        .save = URL_PATH(ctx->arena, "/rutin/%/ny", name),
        .publish = URL_PATH(ctx->arena, "/rutin/%/publicera", name),
        .discard = URL_PATH(ctx->arena, "/rutin/%/kasta-utkast", name),
        .seen = w->has_draft ? w->draft.version : 0,
        .saved = saved_words(ctx, w),
        .text = field_view(faults, STR("text"), w->text),
        .file = field_view(faults, STR("file"), STR("")),
        .from = field_view(faults, STR("from"), w->order.from.text),
        .decided_by = field_view(faults, STR("decided_by"), w->order.decided_by.text),
        .number = field_view(faults, STR("number"), w->order.number.text),
        .others_text = w->others_text,
        .next = version_next_number(w->town, w->version->code),
        .earliest = out_take(&earliest),
    };
    fill_text_faults(ctx, w, &view);
    if (w->has_draft && w->checked.routine && str_is_empty(w->others_text))
        TRY(fill_publishing(ctx, w, &view));
    frame_fill(ctx, req, w->town, NAV_ROUTINE, view.heading, faults->n > 0, &view.frame);
    html_rutin_new(&res->body, ctx->lang, &view);
    if (status != OK)
        res->status = err_http_status(status);
    return OK;
}

enum err rutin_new_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct writing w = {.notice = {.tone = TONE_NEUTRAL}};
    TRY(open_writing(ctx, req, &w));
    TRY(take_stored_text(ctx, &w));
    struct str done = request_query(req, STR("klart"));
    enum msg text;
    if (!str_is_none(done) && msg_find(MSG_PREFIX("rutin_done_"), done, &text))
        w.notice = (struct notice_view){.tone = TONE_SUCCESS, .heading = msg_text(ctx->lang, text)};
    return show(ctx, req, res, &w, &(struct faults_list){.n = 0}, OK);
}

/* ---- saving ---- */

/* Somebody else has saved or published meanwhile: what was written here stays in the form, and what they wrote is shown
 * beside it. Saving once more saves over it. */
static enum err show_conflict(struct ctx *ctx, struct request *req, struct response *res, struct writing *w)
{
    struct str mine = w->text;
    TRY(open_writing(ctx, req, w));
    w->text = mine;
    w->others_text = w->has_draft ? w->draft.yaml : STR("");
    w->notice = (struct notice_view){.tone = TONE_WARNING,
                                     .heading = msg_text(ctx->lang, w->has_draft ? MSG_rutin_conflict : MSG_rutin_gone),
                                     .text = msg_text(ctx->lang, MSG_rutin_conflict_text)};
    return show(ctx, req, res, w, &(struct faults_list){.n = 0}, ERR_CONFLICT);
}

static struct str with_last_line_end(struct ctx *ctx, struct str text)
{
    struct out out = out_init(ctx->arena, text.n + 1);
    out_str(&out, text);
    out_char(&out, '\n');
    return out_take(&out);
}

/* The text that was sent: the file's, when one was chosen. */
static void take_sent_text(struct ctx *ctx, const struct text_form *form, struct writing *w, struct faults_list *faults)
{
    w->text = form->text.text;
    struct str file = form->file.n_files ? form->file.files[0].value : STR_NONE;
    if (!str_is_none(file)) {
        if (file.n > ROUTINE_FILE_MAX || !str_is_utf8(file))
            fault_add(faults, STR("file"), msg_text(ctx->lang, MSG_rutin_file_wrong),
                      msg_text(ctx->lang, MSG_rutin_file_wrong));
        else
            w->text = str_trim(str_to_clean_utf8(ctx->arena, file));
    }
    if (form->text.fault != FAULT_NONE)
        fault_add_common(ctx, faults, STR("text"), &form->text, MSG_rutin_text_missing, MSG_rutin_text_missing);
    else if (str_is_empty(w->text))
        fault_add(faults, STR("text"), msg_text(ctx->lang, MSG_rutin_text_missing),
                  msg_text(ctx->lang, MSG_rutin_text_missing));
    else
        w->text = with_last_line_end(ctx, w->text);
}

enum err rutin_new_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct writing w = {.notice = {.tone = TONE_NEUTRAL}};
    struct text_form form;
    struct faults_list faults = {.n = 0};
    size_t n_faults;
    TRY(open_writing(ctx, req, &w));
    TRY(FORM_READ(ctx, req, text, &form, &n_faults));
    take_sent_text(ctx, &form, &w, &faults);
    if (faults.n)
        return show(ctx, req, res, &w, &faults, ERR_INVALID);
    enum err err = routine_draft_save(ctx, w.version, form.seen.number, w.text);
    if (err == ERR_CONFLICT)
        return show_conflict(ctx, req, res, &w);
    TRY(err);
    response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/rutin/%/ny?klart=sparad", version_name(ctx, w.version)));
    return OK;
}

enum err rutin_discard_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct writing w = {.notice = {.tone = TONE_NEUTRAL}};
    struct seen_form form;
    size_t n_faults;
    TRY(open_writing(ctx, req, &w));
    TRY(FORM_READ(ctx, req, seen, &form, &n_faults));
    enum err err = routine_draft_discard(ctx, w.version->code, form.seen.number);
    struct str done = err == ERR_CONFLICT ? STR("andrad") : STR("kastad");
    if (err != ERR_CONFLICT)
        TRY(err);
    response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/rutin/%/ny?klart=%", version_name(ctx, w.version), done));
    return OK;
}

/* ---- publishing ---- */

static void order_fault(struct ctx *ctx, struct faults_list *faults, const char *field, enum msg text)
{
    fault_add(faults, str_from(field), msg_text(ctx->lang, text), msg_text(ctx->lang, text));
}

static void add_publish_fault(struct ctx *ctx, struct faults_list *faults, enum publish_fault fault)
{
    switch (fault) {
    case PUBLISH_OK:
        break;
    case PUBLISH_TOO_EARLY:
        order_fault(ctx, faults, "from", MSG_rutin_too_early);
        break;
    case PUBLISH_NOT_LATER:
        order_fault(ctx, faults, "from", MSG_rutin_not_later);
        break;
    case PUBLISH_HAS_FAULTS:
        order_fault(ctx, faults, "text", MSG_rutin_has_faults);
        break;
    case PUBLISH_HEAD:
        order_fault(ctx, faults, "text", MSG_rutin_head);
        break;
    case PUBLISH_UNTIL:
        order_fault(ctx, faults, "text", MSG_rutin_until);
        break;
    case PUBLISH_HEIR_FAULTS:
        order_fault(ctx, faults, "heirs", MSG_rutin_heir_faults);
        break;
    case PUBLISH_NO_DECISION:
        order_fault(ctx, faults, "decided_by", MSG_rutin_no_decision);
        break;
    }
}

enum err rutin_publish_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct writing w = {.notice = {.tone = TONE_NEUTRAL}};
    struct faults_list faults = {.n = 0};
    size_t n_faults;
    TRY(open_writing(ctx, req, &w));
    TRY(FORM_READ(ctx, req, publish, &w.order, &n_faults));
    fault_add_common(ctx, &faults, STR("from"), &w.order.from, MSG_rutin_too_early, MSG_rutin_too_early);
    fault_add_common(ctx, &faults, STR("decided_by"), &w.order.decided_by, MSG_rutin_no_decision,
                     MSG_rutin_no_decision);
    fault_add_common(ctx, &faults, STR("number"), &w.order.number, MSG_rutin_key_number, MSG_rutin_key_number);
    TRY(take_stored_text(ctx, &w));
    if (faults.n)
        return show(ctx, req, res, &w, &faults, ERR_INVALID);
    struct publish_order order = {.code = w.version->code,
                                  .seen = w.order.seen.number,
                                  .from = w.order.from.date,
                                  .decided_by = w.order.decided_by.text,
                                  .number = w.order.number.text,
                                  .renew_heirs = w.order.heirs.on};
    enum publish_fault fault;
    struct str name;
    enum err err = routine_publish(ctx, &order, &fault, &name);
    if (err == ERR_CONFLICT)
        return show_conflict(ctx, req, res, &w);
    TRY(err);
    add_publish_fault(ctx, &faults, fault);
    if (faults.n)
        return show(ctx, req, res, &w, &faults, ERR_INVALID);
    response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/rutin/%?klart=publicerad", name));
    return OK;
}
