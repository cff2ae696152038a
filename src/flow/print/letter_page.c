/* GET /arende/{nr}/brev/{n} (the letter, to look at) and /arende/{nr}/brev/{n}.pdf (to print): document n of the
 * dossier. Not here: what stands on it (letter_paper.h), several at once (posting_page.c). */
#include "case_events.h"
#include "case_page.h"
#include "frame.h"
#include "letter_page_html.h"
#include "letter_paper.h"
#include "letter_pdf_page.h"
#include "page_parts.h"
#include "pdf_desk.h"
#include "server.h"

/* "7" or "7.pdf": the paper's number in the dossier. */
static bool read_number(struct str file, int64_t *ret, bool *ret_is_pdf)
{
    *ret_is_pdf = str_ends(file, STR(".pdf"));
    return str_to_i64(*ret_is_pdf ? str_head(file, file.n - 4) : file, ret);
}

static enum err show(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                     int64_t number, const struct letter_paper_view *paper)
{
    struct out out = out_init(ctx->arena, RESPONSE_MAX / 2);
    struct str n = str_fmt(ctx->arena, "%lld", (long long)number);
    struct lang lang = *lang_find(paper->language);
    lang.root = ctx->lang->root;
    html_letter_sheet(&out, &lang, paper);
    struct letter_page_view view = {
        .paper = {out_take(&out)},
        .lang = lang.code,
        .other_way = URL_PATH(ctx->arena, "/arende/%#nytt-satt", c->row.number),
        .posting = URL("/brev"),
        .pdf = {STR_NONE},
    };
    if (paper->n_address)
        view.pdf = URL_PATH(ctx->arena, "/arende/%/brev/%.pdf", c->row.number, n);
    if (paper->is_address_long)
        view.notice = (struct notice_view){.tone = TONE_WARNING,
                                           .heading = msg_text(ctx->lang, MSG_letter_long_address),
                                           .text = msg_text(ctx->lang, MSG_letter_long_address_text)};
    if (paper->n_address == 0)
        view.notice = (struct notice_view){.tone = TONE_WARNING,
                                           .heading = msg_text(ctx->lang, MSG_letter_no_address),
                                           .text = msg_text(ctx->lang, MSG_letter_no_address_text)};
    view.crumbs = case_crumbs(ctx, c->row.number, msg_text(ctx->lang, MSG_letter_preview),
                              URL_PATH(ctx->arena, "/arende/%/brev/%", c->row.number, n));
    frame_fill(ctx, req, c->town, NAV_TODO, msg_text(ctx->lang, MSG_letter_preview), /* has_fault= */ false,
               &view.frame);
    html_letter(&res->body, ctx->lang, &view);
    return OK;
}

enum err letter_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct document_get_row document;
    int64_t number;
    bool is_pdf;
    TRY(case_read(ctx, req->params[0], &c));
    if (!letter_may_print(&c))
        return fail(ctx, ERR_FORBIDDEN, "whoever prints a letter may open the person's address");
    if (!read_number(req->params[1], &number, &is_pdf))
        return fail(ctx, ERR_NOT_FOUND, "\"%.*s\" is no document", STR_ARG(req->params[1]));
    struct str file_name = str_fmt(ctx->arena, "brev-%.*s-%lld.pdf", STR_ARG(c.row.number), (long long)number);
    if (req->awaited_fd)
        return letter_pdf_take(ctx, req, res, file_name);
    struct letter_paper_view paper;
    TRY(document_get(ctx, c.row.id, number, &document));
    TRY(letter_compose(ctx, &c, &document, &paper));
    if (!is_pdf || paper.n_address == 0)
        return show(ctx, req, res, &c, number, &paper);
    return letter_pdf_ask(ctx, req, res, letter_document(ctx, &paper));
}
