/* The case page: GET /arende/{nr}; and showing it again after a form on it came back. */
#include "case_page.h"

#include "case_page_html.h"
#include "db.h"
#include "document.h"
#include "frame.h"
#include "page_parts.h"
#include "server.h"
#include "text_cache.h"

struct notice_view done_notice(struct ctx *ctx, struct str code)
{
    enum msg id;
    if (str_is_empty(code) || !msg_find(MSG_PREFIX("done_"), code, &id))
        return (struct notice_view){.tone = TONE_NEUTRAL};
    return (struct notice_view){.tone = TONE_SUCCESS, .heading = msg_text(ctx->lang, id)};
}

void case_done(struct ctx *ctx, struct request *req, struct response *res, struct str number, struct str code)
{
    response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/arende/%?klart=%", number, code));
}

struct crumbs_view case_crumbs(struct ctx *ctx, struct str number, struct str last, struct url last_url)
{
    enum { CRUMBS_MAX = 3 };
    struct crumb_view *crumbs = ARENA_ARRAY(ctx->arena, struct crumb_view, CRUMBS_MAX);
    size_t n = 0;
    crumbs[n++] = (struct crumb_view){msg_text(ctx->lang, MSG_worklist_title), URL("/att-gora")};
    crumbs[n++] = (struct crumb_view){number, URL_PATH(ctx->arena, "/arende/%", number)};
    if (!str_is_empty(last))
        crumbs[n++] = (struct crumb_view){last, last_url};
    return (struct crumbs_view){crumbs, n};
}

static struct url part_url(struct ctx *ctx, struct str number, const char *part)
{
    return URL_PATH(ctx->arena, "/arende/%/%", number, str_from(part));
}

enum err case_show(struct ctx *ctx, struct request *req, struct response *res, struct str number,
                   const struct case_again *again)
{
    /* One moment of the store for all of it, and its locks taken once. What is read of the vault is written down
     * before. */
    struct open_case c;
    TRY(case_read(ctx, number, &c));
    TRY(vault_announce(ctx, c.row.id, PURPOSE_handle_case));
    TX_SCOPE struct tx tx;
    TRY(tx_begin_read(ctx, &tx));
    struct case_view view = {
        .csrf = req->csrf,
        .version = c.row.version,
        .number = c.row.number,
        .promise_url = part_url(ctx, c.row.number, "lofte"),
        .note_url = part_url(ctx, c.row.number, "anteckning"),
        .way_url = part_url(ctx, c.row.number, "nytt-satt"),
        .contact_url = part_url(ctx, c.row.number, "kontakt"),
        .answer_url = part_url(ctx, c.row.number, "svar"),
        .sort_url = part_url(ctx, c.row.number, "sortera"),
        .register_url = part_url(ctx, c.row.number, "registrera"),
        .accept_url = part_url(ctx, c.row.number, "ta-over"),
        .assign_url = part_url(ctx, c.row.number, "tilldela"),
        .close_url = part_url(ctx, c.row.number, "avsluta"),
        .crumbs = case_crumbs(ctx, c.row.number, STR_NONE, (struct url){STR_NONE}),
        .title = case_title(ctx, &c),
        .faults = faults_view(ctx, &again->faults),
        .notice = again->notice,
    };
    if (view.notice.tone == TONE_NEUTRAL)
        view.notice = done_notice(ctx, request_query(req, STR("klart")));
    TRY(case_fill(ctx, &c, again, req->server->settings.registration_working_days, &view));
    TRY(tx_commit(&tx));
    struct str title = str_fmt(ctx->arena, "%.*s %.*s", STR_ARG(c.row.number), STR_ARG(view.title));
    frame_fill(ctx, req, c.town, NAV_TODO, title, again->faults.n > 0, &view.frame);
    html_case(&res->body, ctx->lang, &view);
    if (again->faults.n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

struct notice_view refused_notice(struct ctx *ctx, enum err refused)
{
    if (refused == ERR_CONFLICT)
        return (struct notice_view){.tone = TONE_DANGER,
                                    .heading = msg_text(ctx->lang, MSG_case_conflict),
                                    .text = msg_text(ctx->lang, MSG_case_conflict_text)};
    if (refused == ERR_CLOSED)
        return (struct notice_view){.tone = TONE_DANGER,
                                    .heading = msg_text(ctx->lang, MSG_case_moved_on),
                                    .text = msg_text(ctx->lang, MSG_case_moved_on_text)};
    return (struct notice_view){.tone = TONE_NEUTRAL};
}

enum err case_story(struct ctx *ctx, const struct open_case *c, struct str *ret)
{
    struct document_list_row *all;
    size_t n;
    TRY(document_list(ctx, c->row.id, &all, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].kind, STR("submission")))
            return document_body(ctx, c->row.id, all[i].body, PURPOSE_handle_case, ret);
    *ret = STR("");
    return OK;
}

/* A text of the file: its lines are broken for the file's width, only empty lines part paragraphs. */
static void out_unwrapped(struct out *out, struct str text)
{
    struct str rest = str_trim(text), line;
    bool in_paragraph = false;
    while (str_split(&rest, '\n', &line)) {
        line = str_trim(line);
        if (str_is_empty(line))
            out_lit(out, "\n\n");
        else if (in_paragraph)
            out_char(out, ' ');
        out_str(out, line);
        in_paragraph = !str_is_empty(line);
    }
}

struct str guidance_words(struct ctx *ctx, const struct routine *routine, enum text_place place)
{
    enum { GUIDANCE_MAX_BYTES = 64 * 1024 };
    struct out out = out_init(ctx->arena, GUIDANCE_MAX_BYTES);
    size_t at = 0;
    const struct guidance *guidance;
    while ((guidance = routine_guidance(routine, place, &at)) != NULL) {
        if (out.n)
            out_lit(&out, "\n\n");
        out_unwrapped(&out, guidance->text);
    }
    return out_take(&out);
}

enum err case_refused(struct ctx *ctx, struct request *req, struct response *res, struct str number, enum err err,
                      struct case_again *again)
{
    if (err != ERR_CONFLICT && err != ERR_CLOSED)
        return err;
    again->notice = refused_notice(ctx, err);
    TRY(case_show(ctx, req, res, number, again));
    res->status = err_http_status(err);
    return OK;
}

/* Everything the plain page depends on. Every change of a case makes its version grow, every change of units, people or
 * routines the town's; what time alone changes is right for a minute; csrf stands for the session. */
static struct str page_key(struct ctx *ctx, const struct request *req, const struct case_find_row *seen,
                           const struct town *town)
{
    return str_fmt(ctx->arena, "%.*s %lld %lld %lld %lld %lld %.*s %.*s %.*s", STR_ARG(town->slug),
                   (long long)seen->id.v, (long long)seen->version, (long long)town->changed, (long long)ctx->who.v,
                   (long long)(ctx_now(ctx).v / MINUTE_US), STR_ARG(ctx->lang->code), STR_ARG(ctx->lang->root),
                   STR_ARG(req->csrf));
}

/* Read again within the minute, by the same person, unchanged: as it was. Whether the person may see the case is asked
 * of the store every time, and that it was opened is in the read-log already (it is written once an hour). */
enum err case_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct text_cache *pages = req->server->pages;
    const struct case_again plain = {.form = STR_NONE};
    if (pages == NULL || req->n_query)
        return case_show(ctx, req, res, req->params[0], &plain);
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct case_find_row seen;
    TRY(case_find(ctx, req->params[0], ctx->who, &seen));
    struct str key = page_key(ctx, req, &seen, town), kept = text_cache_find(pages, key);
    if (!str_is_none(kept)) {
        out_str(&res->body, kept);
        return OK;
    }
    TRY(case_show(ctx, req, res, req->params[0], &plain));
    text_cache_put(pages, key, out_take(&res->body));
    return OK;
}
