/* What: GET and POST /arende/{nr}/svar: write the reply and save it. Flow: the editor always saves a draft first; then
 * it is looked at (?visa=1) and sent (answer_check_page.c). When somebody else saved meanwhile, both texts are shown
 * and nothing is lost. Not here: the rules (answer.h), the page before it goes. Source: mock-up 05b; ux/README 6 "Edit
 * conflict". */
#include "answer_page.h"
#include "answer_page_html.h"
#include "answer_view.h"
#include "case_page.h"
#include "date_words.h"
#include "form.h"
#include "frame.h"
#include "page_parts.h"

enum { MEASURE_MAX_CHARS = 2000 };

#define ANSWER_FORM(F)                                                                                                 \
    F(step, CODE, 10, OPTIONAL, MSG_answer_save)                                                                       \
    F(draft_version, NUMBER, INT32_MAX, OPTIONAL, MSG_answer_text)                                                     \
    F(text, LINES, ANSWER_MAX_CHARS, OPTIONAL, MSG_answer_text)                                                        \
    F(measure_kind, CODE, 10, OPTIONAL, MSG_answer_measure)                                                            \
    F(measure_done, LINE, MEASURE_MAX_CHARS, OPTIONAL, MSG_answer_measure_done)                                        \
    F(measure_later, LINE, MEASURE_MAX_CHARS, OPTIONAL, MSG_answer_measure_later)
FORM(answer, ANSWER_FORM)

static bool is_kind(struct str kind, const char *code)
{
    return str_eq(kind, str_from(code));
}

/* What was written, or what is saved. */
static struct answer_form form_of_draft(const struct draft *draft)
{
    struct answer_form form;
    FORM_EMPTY(&form, answer);
    form.text.text = draft->text;
    form.draft_version.number = draft->version;
    form.measure_kind.text = draft->measure_kind;
    if (is_kind(draft->measure_kind, "done"))
        form.measure_done.text = draft->measure;
    if (is_kind(draft->measure_kind, "later"))
        form.measure_later.text = draft->measure;
    return form;
}

static struct answer answer_of_form(const struct answer_form *form)
{
    struct str measure = STR("");
    if (is_kind(form->measure_kind.text, "done"))
        measure = form->measure_done.text;
    if (is_kind(form->measure_kind.text, "later"))
        measure = form->measure_later.text;
    return (struct answer){
        .text = form->text.text,
        .draft_version = form->draft_version.number,
        .measure_kind = str_is_empty(form->measure_kind.text) ? STR_NONE : form->measure_kind.text,
        .measure = measure,
    };
}

/* ---- writing ---- */

static enum err fill(struct ctx *ctx, struct request *req, const struct open_case *c, const struct answer_form *form,
                     const struct faults_list *faults, struct answer_view *view)
{
    *view = (struct answer_view){
        .csrf = req->csrf,
        .draft_version = form->draft_version.number,
        .action = URL_PATH(ctx->arena, "/arende/%/svar", c->row.number),
        .back = URL_PATH(ctx->arena, "/arende/%", c->row.number),
        .text = field_view(faults, STR("text"), form->text.text),
        .measure_kind = field_view(faults, STR("measure_kind"), form->measure_kind.text),
        .measure_done = field_view(faults, STR("measure_done"), form->measure_done.text),
        .measure_later = field_view(faults, STR("measure_later"), form->measure_later.text),
        .is_done = is_kind(form->measure_kind.text, "done"),
        .is_later = is_kind(form->measure_kind.text, "later"),
        .is_none = is_kind(form->measure_kind.text, "none"),
        .way = answer_way_words(ctx, c),
        .guidance = guidance_words(ctx, c->routine, PLACE_draft),
    };
    TRY(answer_head_fill(ctx, c, faults, &view->head));
    view->head.h1 = WORDS(ctx, answer_heading, .title = case_title(ctx, c));
    return case_story(ctx, c, &view->story);
}

/* other: what somebody else saved meanwhile; NULL when nobody did. */
static enum err show_editor(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                            const struct answer_form *form, const struct faults_list *faults, const struct draft *other)
{
    struct answer_view view;
    TRY(fill(ctx, req, c, form, faults, &view));
    struct notice_view *notice = &view.head.notice;
    if (other) {
        *notice = refused_notice(ctx, ERR_CONFLICT);
        notice->text = msg_text(ctx->lang, other->version ? MSG_answer_conflict_text : MSG_answer_conflict_sent_text);
        view.draft_version = other->version; /* saving once more is meant then */
    }
    if (other && other->version) {
        const struct staff *staff = town_staff(c->town, other->user);
        view.has_other = true;
        view.other = other->text;
        view.other_by = staff ? staff->name : STR_NONE;
        view.other_at = when_moment(ctx->arena, ctx->lang, other->saved, utc_to_date(ctx_now(ctx)));
    }
    if (notice->tone == TONE_NEUTRAL)
        *notice = done_notice(ctx, request_query(req, STR("klart")));
    struct str title = WORDS(ctx, answer_title, .number = c->row.number);
    frame_fill(ctx, req, c->town, NAV_TODO, title, faults->n > 0, &view.frame);
    html_answer(&res->body, ctx->lang, &view);
    if (faults->n || other)
        res->status = err_http_status(faults->n ? ERR_INVALID : ERR_CONFLICT);
    return OK;
}

enum err answer_show_editor(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                            const struct draft *own, const struct draft *other)
{
    struct answer_form form = form_of_draft(own);
    return show_editor(ctx, req, res, c, &form, &(struct faults_list){.n = 0}, other);
}

enum err answer_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct draft draft;
    TRY(answer_open(ctx, req, &c));
    TRY(answer_draft(ctx, c.row.id, &draft));
    if (str_eq(request_query(req, STR("visa")), STR("1")) && !str_is_empty(draft.text))
        return answer_show_check(ctx, req, res, &c, &draft);
    return answer_show_editor(ctx, req, res, &c, &draft, NULL);
}

/* ---- saving ---- */

static void check_form(struct ctx *ctx, const struct answer_form *form, struct faults_list *faults)
{
    const struct {
        struct str field;
        const struct form_value *value;
    } all[] = {{STR_INIT("text"), &form->text},
               {STR_INIT("measure_done"), &form->measure_done},
               {STR_INIT("measure_later"), &form->measure_later}};
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        fault_add_common(ctx, faults, all[i].field, all[i].value, MSG_answer_missing, MSG_answer_missing);
    struct str kind = form->measure_kind.text;
    if (!str_is_empty(kind) && !is_kind(kind, "done") && !is_kind(kind, "later") && !is_kind(kind, "none"))
        fault_add(faults, STR("measure_kind"), msg_text(ctx->lang, MSG_answer_measure_unknown),
                  msg_text(ctx->lang, MSG_answer_measure_unknown));
}

static enum err save(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                     const struct answer_form *form, bool then_check)
{
    struct faults_list faults = {.n = 0};
    check_form(ctx, form, &faults);
    if (then_check && str_is_empty(form->text.text))
        fault_add(&faults, STR("text"), msg_text(ctx->lang, MSG_answer_missing),
                  msg_text(ctx->lang, MSG_answer_missing));
    if (faults.n)
        return show_editor(ctx, req, res, c, form, &faults, NULL);
    struct answer answer = answer_of_form(form);
    struct draft other = {.version = 0};
    enum err err = answer_save(ctx, c->row.number, &answer, &other);
    if (err == ERR_CONFLICT)
        return show_editor(ctx, req, res, c, form, &faults, &other);
    TRY(err);
    response_redirect(ctx, req, res,
                      then_check ? URL_PATH(ctx->arena, "/arende/%/svar?visa=1", c->row.number)
                                 : URL_PATH(ctx->arena, "/arende/%/svar?klart=utkast", c->row.number));
    return OK;
}

enum err answer_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    TRY(answer_open(ctx, req, &c));
    struct answer_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, answer, &form, &n_faults));
    if (is_kind(form.step.text, "send"))
        return answer_send_submit(ctx, req, res, &c);
    return save(ctx, req, res, &c, &form, /* then_check= */ is_kind(form.step.text, "check"));
}
