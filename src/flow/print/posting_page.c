/* GET /brev (letters to post), POST /brev (print those chosen, or mark them as posted), GET /brev/utskrift.pdf (the
 * file) and POST /arende/{nr}/uppgift/{id}/angra (it was not posted). Not here: the rules (posting.h, deliver.h). */
#include "case_page.h"
#include "deliver.h"
#include "faults.h"
#include "form.h"
#include "frame.h"
#include "letter_pdf_page.h"
#include "page_parts.h"
#include "posting.h"
#include "posting_page_html.h"
#include "posting_view.h"
#include "todo_page.h"

#define POSTING_FORM(F)                                                                                                \
    F(what, CODE, 20, REQUIRED, MSG_posting_title)                                                                     \
    F(b, MANY, POSTING_AT_ONCE, OPTIONAL, MSG_posting_waiting)                                                         \
    F(day, DATE, 0, OPTIONAL, MSG_posting_day)
FORM(posting, POSTING_FORM)

#define UNDO_FORM(F) F(to, CODE, 20, OPTIONAL, MSG_posting_undo)
FORM(undo, UNDO_FORM)

/* What the page shows again when the form came back. */
struct posting_again {
    struct faults_list faults;
    struct notice_view notice;
    const struct posting_ref *chosen;
    size_t n_chosen;
    struct str day; /* STR_NONE: today */
    int status;     /* 0: 200 */
};

/* ── the list ── */

static struct str date_value(struct ctx *ctx, struct date day)
{
    struct out out = out_init(ctx->arena, /* max_bytes= */ 20);
    out_date(&out, day);
    return out_take(&out);
}

static struct str name_of(const struct town *town, struct user_id user)
{
    const struct staff *staff = user.v ? town_staff(town, user) : NULL;
    return staff ? staff->name : STR("");
}

static bool is_chosen(const struct posting_again *again, struct posting_ref ref)
{
    for (size_t i = 0; i < again->n_chosen; i++)
        if (again->chosen[i].task.v == ref.task.v)
            return true;
    return false;
}

static enum err row_view(struct ctx *ctx, const struct town *town, const struct posting_waiting_row *row,
                         const struct posting_again *again, bool all, struct posting_row_view *ret)
{
    const struct routine *routine;
    const struct unit *unit = town_unit(town, row->unit);
    struct posting_ref ref = {row->id, row->document_number};
    struct date today = utc_to_date(ctx_now(ctx));
    TRY(town_routine(ctx, row->routine, &routine));
    *ret = (struct posting_row_view){
        .ref = posting_ref_words(ctx, ref),
        .id = str_fmt(ctx->arena, "brev-%lld", (long long)row->id.v),
        .kind = posting_kind_words(ctx, row->document_kind, row->purpose),
        .number = row->number,
        .title = str_is_empty(row->title) ? WORDS(ctx, case_no_title, .type = type_word(ctx, routine, row->type))
                                          : row->title,
        .unit = unit ? unit->name : STR(""),
        .owner = name_of(town, row->owner),
        .case_url = URL_PATH(ctx->arena, "/arende/%", row->number),
        .look = {STR_NONE},
        .tag = todo_tag(ctx, town, routine, row->due),
        .since = when_date(ctx->arena, ctx->lang, utc_to_date(row->created), today),
        .is_secret = row->secret,
        .is_chosen = all || is_chosen(again, ref),
    };
    if (row->document_number)
        ret->look = URL_PATH(ctx->arena, "/arende/%/brev/%", row->number,
                             str_fmt(ctx->arena, "%lld", (long long)row->document_number));
    if (!utc_is_none(row->due))
        ret->due = when_date(ctx->arena, ctx->lang, utc_to_date(row->due), today);
    if (!utc_is_none(row->printed))
        ret->printed =
            WORDS(ctx, posting_printed, .when = when_date(ctx->arena, ctx->lang, utc_to_date(row->printed), today),
                  .who = name_of(town, row->printed_by));
    return OK;
}

/* "CREATED-ID" of the last row of the page before. */
static void read_after(const struct request *req, struct utc_us *ret_at, struct task_id *ret_id)
{
    struct str rest = request_query(req, STR("efter")), at;
    int64_t at_us, id;
    *ret_at = (struct utc_us){0};
    *ret_id = (struct task_id){0};
    if (str_split(&rest, '-', &at) && str_to_i64(at, &at_us) && str_to_i64(rest, &id)) {
        *ret_at = (struct utc_us){at_us};
        *ret_id = (struct task_id){id};
    }
}

static enum err fill_waiting(struct ctx *ctx, const struct request *req, const struct town *town,
                             const struct posting_again *again, struct posting_view *view)
{
    struct posting_waiting_row *rows;
    size_t n;
    struct utc_us after;
    struct task_id after_id;
    bool all = str_eq(request_query(req, STR("alla")), STR("1"));
    read_after(req, &after, &after_id);
    TRY(posting_waiting(ctx, ctx->who, after, after_id, POSTING_PAGE + 1, &rows, &n));
    bool more = n > POSTING_PAGE;
    n = more ? POSTING_PAGE : n;
    struct posting_row_view *views = ARENA_ARRAY(ctx->arena, struct posting_row_view, n);
    for (size_t i = 0; i < n; i++)
        TRY(row_view(ctx, town, &rows[i], again, all, &views[i]));
    view->rows = views;
    view->n_rows = n;
    struct str here = str_fmt(ctx->arena, "%lld-%lld", (long long)after.v, (long long)after_id.v);
    if (!all && n > 1)
        view->all = URL_PATH(ctx->arena, "/brev?alla=1&efter=%", here);
    if (more)
        view->next =
            URL_PATH(ctx->arena, "/brev?efter=%",
                     str_fmt(ctx->arena, "%lld-%lld", (long long)rows[n - 1].created.v, (long long)rows[n - 1].id.v));
    return OK;
}

static enum err fill_posted(struct ctx *ctx, const struct request *req, const struct town *town,
                            struct posting_view *view)
{
    struct posting_done_row *rows;
    size_t n;
    struct utc_us now = ctx_now(ctx);
    struct date today = utc_to_date(now);
    TRY(posting_done(ctx, ctx->who, utc_add(now, -UNDO_DAYS * DAY_US), POSTING_DONE_MAX, &rows, &n));
    struct posted_row_view *views = ARENA_ARRAY(ctx->arena, struct posted_row_view, n);
    for (size_t i = 0; i < n; i++) {
        struct str id = str_fmt(ctx->arena, "%lld", (long long)rows[i].id.v);
        views[i] = (struct posted_row_view){
            .number = rows[i].number,
            .kind = posting_kind_words(ctx, rows[i].document_kind, rows[i].purpose),
            .case_url = URL_PATH(ctx->arena, "/arende/%", rows[i].number),
            .undo = utc_is_none(rows[i].closed) ? URL_PATH(ctx->arena, "/arende/%/uppgift/%/angra", rows[i].number, id)
                                                : (struct url){STR_NONE},
            .csrf = req->csrf,
            .text = WORDS(ctx, posting_posted, .when = when_date(ctx->arena, ctx->lang, rows[i].posted, today),
                          .when_ticked = when_date(ctx->arena, ctx->lang, utc_to_date(rows[i].ticked), today),
                          .who = name_of(town, rows[i].ticked_by)),
        };
    }
    view->posted = views;
    view->n_posted = n;
    return OK;
}

static enum err show(struct ctx *ctx, struct request *req, struct response *res, const struct posting_again *again)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct str today = date_value(ctx, utc_to_date(ctx_now(ctx)));
    struct posting_view view = {
        .csrf = req->csrf,
        .today = today,
        .faults = faults_view(ctx, &again->faults),
        .notice = again->notice,
        .choose = field_view(&again->faults, STR("b"), STR("")),
        .day = field_view(&again->faults, STR("day"), str_is_none(again->day) ? today : again->day),
        .all = {STR_NONE},
        .next = {STR_NONE},
    };
    if (view.notice.tone == TONE_NEUTRAL)
        view.notice = done_notice(ctx, request_query(req, STR("klart")));
    TRY(fill_waiting(ctx, req, town, again, &view));
    TRY(fill_posted(ctx, req, town, &view));
    struct crumb_view *crumbs = ARENA_ARRAY(ctx->arena, struct crumb_view, 2);
    crumbs[0] = (struct crumb_view){msg_text(ctx->lang, MSG_worklist_title), URL("/att-gora")};
    crumbs[1] = (struct crumb_view){msg_text(ctx->lang, MSG_posting_title), URL("/brev")};
    view.crumbs = (struct crumbs_view){crumbs, 2};
    frame_fill(ctx, req, town, NAV_TODO, msg_text(ctx->lang, MSG_posting_title), again->faults.n > 0, &view.frame);
    html_posting(&res->body, ctx->lang, &view);
    if (again->status)
        res->status = again->status;
    return OK;
}

enum err posting_page(struct ctx *ctx, struct request *req, struct response *res)
{
    return show(ctx, req, res, &(struct posting_again){.day = STR_NONE});
}

/* ── what could not be done ── */

static struct notice_view refusals_notice(struct ctx *ctx, const struct posting_refusal *refusals, size_t n)
{
    enum { LIST_MAX_BYTES = 8 * 1024 };
    struct out missing = out_init(ctx->arena, LIST_MAX_BYTES), changed = out_init(ctx->arena, LIST_MAX_BYTES);
    for (size_t i = 0; i < n; i++) {
        struct out *out = refusals[i].no_address ? &missing : &changed;
        if (str_is_empty(refusals[i].number))
            continue;
        if (out->n)
            out_lit(out, ", ");
        out_str(out, refusals[i].number);
    }
    struct out text = out_init(ctx->arena, 3 * LIST_MAX_BYTES);
    if (missing.n)
        out_str(&text, WORDS(ctx, posting_missing, .numbers = out_take(&missing)));
    else
        out_str(&text, WORDS(ctx, posting_changed, .numbers = out_take(&changed)));
    return (struct notice_view){
        .tone = TONE_WARNING, .heading = msg_text(ctx->lang, MSG_posting_refused), .text = out_take(&text)};
}

/* ── printing ── */

/* "12-3.14-2" */
static struct str refs_words(struct ctx *ctx, const struct posting_ref *refs, size_t n)
{
    struct out out = out_init(ctx->arena, /* max_bytes= */ 8 * 1024);
    for (size_t i = 0; i < n; i++) {
        if (i)
            out_char(&out, '.');
        out_str(&out, posting_ref_words(ctx, refs[i]));
    }
    return out_take(&out);
}

static enum err read_refs(struct ctx *ctx, struct str words, struct posting_ref *refs, size_t *ret_n)
{
    struct str rest = words, one;
    *ret_n = 0;
    while (str_split(&rest, '.', &one)) {
        if (*ret_n == POSTING_AT_ONCE)
            return fail(ctx, ERR_TOO_LARGE, "at most %d letters are printed at once", POSTING_AT_ONCE);
        if (!posting_ref_parse(one, &refs[(*ret_n)++]))
            return fail(ctx, ERR_NOT_FOUND, "\"%.*s\" is no letter", STR_ARG(one));
    }
    return *ret_n ? OK : fail(ctx, ERR_NOT_FOUND, "no letter was named");
}

enum err posting_pdf(struct ctx *ctx, struct request *req, struct response *res)
{
    struct posting_ref refs[POSTING_AT_ONCE];
    size_t n;
    if (str_is_empty(request_query(req, STR("b")))) /* nothing was chosen: choose */
        return posting_page(ctx, req, res);
    TRY(read_refs(ctx, request_query(req, STR("b")), refs, &n));
    if (req->awaited_fd) {
        TRY(letter_pdf_take(ctx, req, res, STR("brev.pdf")));
        return posting_set_printed(ctx, refs, n);
    }
    struct posting_batch batch;
    TRY(posting_print(ctx, refs, n, &batch));
    if (batch.n_refusals == 0)
        return letter_pdf_ask(ctx, req, res, batch.html);
    struct posting_again again = {.day = STR_NONE, .chosen = refs, .n_chosen = n};
    again.notice = refusals_notice(ctx, batch.refusals, batch.n_refusals);
    again.status = err_http_status(ERR_CONFLICT);
    return show(ctx, req, res, &again);
}

/* ── marking ── */

static enum err mark(struct ctx *ctx, struct request *req, struct response *res, struct date day,
                     struct posting_again *again)
{
    struct posting_result result;
    enum err err = posting_mark(ctx, again->chosen, again->n_chosen, day, &result);
    if (err == ERR_INVALID || (err == OK && result.n_before)) {
        struct str words = msg_text(ctx->lang, err == OK ? MSG_posting_day_before : MSG_posting_day_future);
        fault_add(&again->faults, STR("day"), words, words);
        again->status = err_http_status(ERR_INVALID);
        return show(ctx, req, res, again);
    }
    TRY(err);
    if (result.n_refusals == 0) {
        response_redirect(ctx, req, res, URL("/brev?klart=postat"));
        return OK;
    }
    again->notice = refusals_notice(ctx, result.refusals, result.n_refusals);
    again->n_chosen = 0;
    again->status = err_http_status(ERR_CONFLICT);
    return show(ctx, req, res, again);
}

enum err posting_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct posting_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, posting, &form, &n_faults));
    struct posting_ref *refs = ARENA_ARRAY(ctx->arena, struct posting_ref, POSTING_AT_ONCE);
    struct posting_again again = {.day = form.day.text, .chosen = refs};
    for (size_t i = 0; i < form.b.n_files && i < POSTING_AT_ONCE; i++)
        if (posting_ref_parse(form.b.files[i].value, &refs[again.n_chosen]))
            again.n_chosen++;
    bool is_print = str_eq(form.what.text, STR("print"));
    if (again.n_chosen == 0)
        fault_add(&again.faults, STR("b"), msg_text(ctx->lang, MSG_posting_choose),
                  msg_text(ctx->lang, MSG_posting_choose));
    if (form.b.fault == FAULT_TOO_MANY)
        fault_add(&again.faults, STR("b"), msg_text(ctx->lang, MSG_posting_too_many),
                  msg_text(ctx->lang, MSG_posting_too_many));
    if (!is_print && (form.day.fault != FAULT_NONE || str_is_empty(form.day.text)))
        fault_add(&again.faults, STR("day"), msg_text(ctx->lang, MSG_posting_day_missing),
                  msg_text(ctx->lang, MSG_posting_day_missing));
    if (again.faults.n) {
        again.status = err_http_status(ERR_INVALID);
        return show(ctx, req, res, &again);
    }
    if (!is_print)
        return mark(ctx, req, res, form.day.date, &again);
    response_redirect(ctx, req, res,
                      URL_PATH(ctx->arena, "/brev/utskrift.pdf?b=%", refs_words(ctx, refs, again.n_chosen)));
    return OK;
}

enum err task_undo_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct str number = req->params[0];
    struct undo_form form;
    struct task_id id;
    size_t n_faults;
    if (!str_to_i64(req->params[1], &id.v))
        return fail(ctx, ERR_NOT_FOUND, "\"%.*s\" is no task", STR_ARG(req->params[1]));
    TRY(FORM_READ(ctx, req, undo, &form, &n_faults));
    enum err err = deliver_task_undone(ctx, number, id);
    struct case_again again = {.form = STR_NONE};
    if (err != OK)
        return case_refused(ctx, req, res, number, err, &again);
    if (str_eq(form.to.text, STR("brev")))
        response_redirect(ctx, req, res, URL("/brev?klart=inte_postat"));
    else
        case_done(ctx, req, res, number, STR("inte_postat"));
    return OK;
}
