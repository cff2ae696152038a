/* GET /arende/{nr}/handling/{n}: a paper of the dossier: a text as a page, a file as a download. */
#include "case_events.h"
#include "case_page.h"
#include "date_words.h"
#include "document.h"
#include "document_page_html.h"
#include "document_view.h"
#include "frame.h"
#include "page_parts.h"

static bool is_text(const struct document_list_row *d)
{
    return str_eq(d->media_type, STR("text/plain")) && d->name.v == 0;
}

static enum err show_text(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                          const struct document_list_row *all, size_t n, const struct document_list_row *d)
{
    const struct staff *staff = d->user.v ? town_staff(c->town, d->user) : NULL;
    struct paper_view view = {
        .title = document_kind_words(ctx, d),
        .number = d->number,
        .at = when_moment(ctx->arena, ctx->lang, d->at, utc_to_date(ctx_now(ctx))),
        .who = staff ? staff->name : msg_text(ctx->lang, MSG_case_person),
        .case_number = c->row.number,
    };
    view.crumbs = case_crumbs(ctx, c->row.number, view.title, document_url(ctx, c->row.number, d->number));
    TRY(document_body(ctx, c->row.id, d->body, PURPOSE_handle_case, &view.text));
    struct document_view *files = ARENA_ARRAY(ctx->arena, struct document_view, n);
    for (size_t i = 0; i < n; i++) {
        if (all[i].parent.v != d->id.v)
            continue;
        struct document_view *file = &files[view.files.n_documents++];
        *file = (struct document_view){.number = all[i].number,
                                       .name = document_kind_words(ctx, &all[i]),
                                       .more = size_words(ctx, all[i].size_bytes),
                                       .url = document_url(ctx, c->row.number, all[i].number)};
        if (all[i].name.v)
            TRY(vault_unseal(ctx, c->row.id, all[i].name, PURPOSE_handle_case, &file->name));
    }
    view.files.documents = files;
    frame_fill(ctx, req, c->town, NAV_TODO,
               str_fmt(ctx->arena, "%.*s %.*s", STR_ARG(c->row.number), STR_ARG(view.title)), /* has_fault= */ false,
               &view.frame);
    html_paper(&res->body, ctx->lang, &view);
    return OK;
}

enum err document_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    TRY(case_read(ctx, req->params[0], &c));
    int64_t number;
    struct document_list_row *all;
    size_t n, i = 0;
    TRY(document_list(ctx, c.row.id, &all, &n));
    if (!str_to_i64(req->params[1], &number))
        return fail(ctx, ERR_NOT_FOUND, "\"%.*s\" is no document", STR_ARG(req->params[1]));
    while (i < n && all[i].number != number)
        i++;
    if (i == n)
        return fail(ctx, ERR_NOT_FOUND, "the case has no document %lld", (long long)number);
    if (is_text(&all[i]))
        return show_text(ctx, req, res, &c, all, n, &all[i]);
    struct str name = str_fmt(ctx->arena, "%.*s-%lld", STR_ARG(c.row.number), (long long)number), body;
    if (all[i].name.v)
        TRY(vault_unseal(ctx, c.row.id, all[i].name, PURPOSE_handle_case, &name));
    TRY(document_body(ctx, c.row.id, all[i].body, PURPOSE_handle_case, &body));
    response_download(ctx, res, name, all[i].media_type, body);
    return OK;
}
