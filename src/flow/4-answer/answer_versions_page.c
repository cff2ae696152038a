/* GET /arende/{nr}/svar/utkast: what the draft said before, version by version. POST
 * /arende/{nr}/svar/utkast/{version}: that version becomes the draft; what the draft said until now is kept beside the
 * others. Not here: when a version is kept (answer.h). */
#include "answer_page.h"
#include "answer_versions_page_html.h"
#include "answer_versions_view.h"
#include "case_page.h"
#include "date_words.h"
#include "form.h"
#include "frame.h"
#include "page_parts.h"

enum { SHOWN_MAX = 20 };

#define RESTORE_FORM(F) F(draft_version, NUMBER, INT32_MAX, OPTIONAL, MSG_answer_text)
FORM(restore, RESTORE_FORM)

static enum err fill_versions(struct ctx *ctx, const struct open_case *c, struct answer_versions_view *view)
{
    struct draft *kept;
    size_t n;
    TRY(answer_versions(ctx, c->row.id, &kept, &n));
    struct draft_version_view *views = ARENA_ARRAY(ctx->arena, struct draft_version_view, SHOWN_MAX);
    for (size_t i = 0; i < n && view->n_versions < SHOWN_MAX; i++) {
        struct draft draft;
        enum err err = answer_version(ctx, c->row.id, kept[i].version, &draft);
        if (err == ERR_NOT_FOUND) /* it made room, or the reply was sent, in this very moment */
            continue;
        TRY(err);
        const struct staff *staff = town_staff(c->town, draft.user);
        struct str version = str_fmt(ctx->arena, "%lld", (long long)draft.version);
        views[view->n_versions++] = (struct draft_version_view){
            .saved = when_moment(ctx->arena, ctx->lang, draft.saved, utc_to_date(ctx_now(ctx))),
            .who = staff ? staff->name : STR(""),
            .text = draft.text,
            .restore = URL_PATH(ctx->arena, "/arende/%/svar/utkast/%", c->row.number, version),
        };
    }
    view->versions = views;
    return OK;
}

enum err answer_versions_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct draft draft;
    struct faults_list faults = {.n = 0};
    TRY(answer_open(ctx, req, &c));
    TRY(answer_draft(ctx, c.row.id, &draft));
    struct answer_versions_view view = {
        .csrf = req->csrf,
        .back = URL_PATH(ctx->arena, "/arende/%/svar", c.row.number),
        .draft_version = draft.version,
    };
    TRY(answer_head_fill(ctx, &c, &faults, &view.head));
    view.head.h1 = msg_text(ctx->lang, MSG_answer_versions);
    view.head.heading = case_title(ctx, &c);
    TRY(fill_versions(ctx, &c, &view));
    frame_fill(ctx, req, c.town, NAV_TODO, view.head.h1, false, &view.frame);
    html_answer_versions(&res->body, ctx->lang, &view);
    return OK;
}

enum err answer_restore_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct draft kept, other = {.version = 0};
    struct restore_form form;
    size_t n_faults;
    int64_t version;
    TRY(answer_open(ctx, req, &c));
    TRY(FORM_READ(ctx, req, restore, &form, &n_faults));
    if (!str_to_i64(req->params[1], &version))
        return fail(ctx, ERR_NOT_FOUND, "\"%.*s\" is no version", STR_ARG(req->params[1]));
    TRY(answer_version(ctx, c.row.id, version, &kept));
    struct answer answer = {.text = kept.text,
                            .draft_version = form.draft_version.number,
                            .measure_kind = kept.measure_kind,
                            .measure = kept.measure,
                            .corrected = kept.corrected,
                            .apology = kept.apology,
                            .keep_before = true};
    enum err err = answer_save_text(ctx, c.row.number, &answer, &other);
    if (err == ERR_CONFLICT)
        return answer_show_editor(ctx, req, res, &c, &kept, &other);
    TRY(err);
    response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/arende/%/svar?klart=textigen", c.row.number));
    return OK;
}
