/* GET and POST /samrad/{id}: somebody asked reads the draft and says what he or she thinks; POST /samrad/{id}/utkast
 * keeps what was begun (the script while one types, a button without). Whoever was not asked finds nothing here, and
 * whoever was finds nothing else of the case. Not here: the rules (consult.h). Source: S0.20, S0.35, S0.36. */
#include "case_page.h"
#include "consult.h"
#include "consult_page_html.h"
#include "consult_view.h"
#include "form.h"
#include "frame.h"
#include "page_parts.h"

#define CONSULT_READ_FORM(F)                                                                                           \
    F(step, CODE, 10, OPTIONAL, MSG_consult_read_text)                                                                 \
    F(text, LINES, CONSULT_TEXT_MAX, OPTIONAL, MSG_consult_read_text)
FORM(consult_read, CONSULT_READ_FORM)

static enum err find_letter(struct ctx *ctx, const struct request *req, struct consult_letter *ret)
{
    int64_t id;
    if (!str_to_i64(req->params[0], &id))
        return fail(ctx, ERR_NOT_FOUND, "\"%.*s\" is no draft to read", STR_ARG(req->params[0]));
    return consult_read(ctx, (struct consult_id){id}, ret);
}

static enum err fill_said(struct ctx *ctx, const struct consult_letter *letter, struct consult_read_view *view)
{
    struct consult_own_views_row *rows;
    size_t n;
    TRY(consult_own_views(ctx, letter->row.id, ctx->who, &rows, &n));
    struct consult_said_view *said = ARENA_ARRAY(ctx->arena, struct consult_said_view, n);
    for (size_t i = 0; i < n; i++) {
        said[i].head = WORDS(ctx, consult_you_wrote,
                             .when = when_moment(ctx->arena, ctx->lang, rows[i].at, utc_to_date(ctx_now(ctx))));
        TRY(vault_unseal(ctx, letter->row.case_id, rows[i].body, PURPOSE_consult, &said[i].text));
    }
    view->said = said;
    view->n_said = n;
    return OK;
}

static struct str until_words(struct ctx *ctx, const struct consult_letter *letter)
{
    if (letter->is_over)
        return STR("");
    if (utc_is_none(letter->row.until) || utc_cmp(letter->row.until, ctx_now(ctx)) <= 0)
        return msg_text(ctx->lang, MSG_consult_read_until_sent);
    return WORDS(ctx, consult_read_until,
                 .when = when_moment(ctx->arena, ctx->lang, letter->row.until, utc_to_date(ctx_now(ctx))));
}

/* The routine's own words for those who read a draft, else the catalogue's. */
static struct str guidance(struct ctx *ctx, const struct routine *routine)
{
    struct str own = guidance_words(ctx, routine, PLACE_consult);
    return str_is_empty(own) ? msg_text(ctx->lang, MSG_consult_guidance) : own;
}

static enum err show(struct ctx *ctx, struct request *req, struct response *res, const struct consult_letter *letter,
                     struct str text, const struct faults_list *faults)
{
    const struct town *town;
    const struct routine *routine;
    TRY(town_get(ctx, &town));
    TRY(town_routine(ctx, letter->row.routine, &routine));
    const struct staff *by = town_staff(town, letter->row.by);
    const struct unit *unit = town_unit(town, letter->row.unit);
    struct str id = str_fmt(ctx->arena, "%lld", (long long)letter->row.id.v);
    struct crumb_view *crumbs = ARENA_ARRAY(ctx->arena, struct crumb_view, 2);
    crumbs[0] = (struct crumb_view){msg_text(ctx->lang, MSG_worklist_title), URL("/att-gora")};
    crumbs[1] = (struct crumb_view){msg_text(ctx->lang, MSG_consult_read_crumb), URL_PATH(ctx->arena, "/samrad/%", id)};
    struct consult_read_view view = {
        .csrf = req->csrf,
        .action = crumbs[1].url,
        .keep_action = URL_PATH(ctx->arena, "/samrad/%/utkast", id),
        .crumbs = {crumbs, 2},
        .notice = done_notice(ctx, request_query(req, STR("klart"))),
        .faults = faults_view(ctx, faults),
        .intro = WORDS(ctx, consult_read_intro, .who = by ? by->name : STR(""), .unit = unit ? unit->name : STR(""),
                       .number = letter->row.number),
        .until = until_words(ctx, letter),
        .question = letter->question,
        .draft = letter->draft,
        .story = letter->story,
        .guidance = guidance(ctx, routine),
        .is_over = letter->is_over,
        .is_heard = !utc_is_none(letter->row.heard),
        .text = field_view(faults, STR("text"), text),
        .is_kept = !str_is_empty(letter->kept),
    };
    if (letter->is_over)
        view.over_at = when_moment(ctx->arena, ctx->lang, letter->row.sent, utc_to_date(ctx_now(ctx)));
    TRY(fill_said(ctx, letter, &view));
    frame_fill(ctx, req, town, NAV_TODO, msg_text(ctx->lang, MSG_consult_read_heading), faults->n > 0, &view.frame);
    html_consult_read(&res->body, ctx->lang, &view);
    if (faults->n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

enum err consult_read_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct consult_letter letter;
    TRY(find_letter(ctx, req, &letter));
    return show(ctx, req, res, &letter, letter.kept, &(struct faults_list){.n = 0});
}

enum err consult_read_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct consult_letter letter;
    struct consult_read_form form;
    size_t n_faults;
    struct faults_list faults = {.n = 0};
    TRY(find_letter(ctx, req, &letter));
    TRY(FORM_READ(ctx, req, consult_read, &form, &n_faults));
    bool nothing = str_eq(form.step.text, STR("nothing"));
    fault_add_common(ctx, &faults, STR("text"), &form.text, MSG_consult_read_missing, MSG_consult_read_missing);
    if (!nothing && str_is_empty(form.text.text))
        fault_add(&faults, STR("text"), msg_text(ctx->lang, MSG_consult_read_missing),
                  msg_text(ctx->lang, MSG_consult_read_missing));
    if (nothing && !str_is_empty(form.text.text)) /* words were written: nobody throws them away by a button */
        fault_add(&faults, STR("text"), msg_text(ctx->lang, MSG_consult_read_which),
                  msg_text(ctx->lang, MSG_consult_read_which));
    if (faults.n)
        return show(ctx, req, res, &letter, form.text.text, &faults);
    enum err err = consult_say(ctx, letter.row.id, form.text.text, nothing);
    if (err == ERR_CLOSED) { /* the reply went while this was written: the page says so, with the words still there */
        TRY(find_letter(ctx, req, &letter));
        TRY(show(ctx, req, res, &letter, form.text.text, &faults));
        res->status = err_http_status(err);
        return OK;
    }
    TRY(err);
    response_redirect(ctx, req, res,
                      nothing ? URL_PATH(ctx->arena, "/samrad/%?klart=samrad_inget", req->params[0])
                              : URL_PATH(ctx->arena, "/samrad/%?klart=samrad_skrivet", req->params[0]));
    return OK;
}

enum err consult_keep_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct consult_letter letter;
    struct consult_read_form form;
    size_t n_faults;
    TRY(find_letter(ctx, req, &letter));
    TRY(FORM_READ(ctx, req, consult_read, &form, &n_faults));
    TRY(consult_keep(ctx, letter.row.id, form.text.text));
    if (req->partial) {
        res->content_type = STR("text/plain; charset=utf-8");
        out_str(&res->body, WORDS(ctx, take_draft_saved, .when = when_time(ctx->arena, ctx->lang, ctx_now(ctx))));
        return OK;
    }
    response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/samrad/%?klart=samrad_sparat", req->params[0]));
    return OK;
}
