/* GET /arende/{nr}/handling/{n}/stampel: a copy with the arrival stamp, to read and to print: whose it is, when it
 * came, the diary number, its number in the dossier. The original is untouched. Source: S2.19, S2.23, S4.19. */
#include "case_events.h"
#include "case_page.h"
#include "document.h"
#include "dossier.h"
#include "dossier_words.h"
#include "frame.h"
#include "page_parts.h"
#include "stamp_page_html.h"
#include "stamp_view.h"

/* The board whose diary it is, else the administration, else the unit. */
static struct str authority_of(const struct open_case *c)
{
    const struct unit *found = c->unit;
    for (const struct unit *at = c->unit; at; at = town_unit(c->town, at->parent)) {
        if (str_eq(at->level, STR("board")))
            return at->name;
        if (str_eq(at->level, STR("administration")) && !str_eq(found->level, STR("administration")))
            found = at;
    }
    return found->name;
}

enum err stamp_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct dossier_row row;
    int64_t number;
    TRY(case_read(ctx, req->params[0], &c));
    if (!str_to_i64(req->params[1], &number))
        return fail(ctx, ERR_NOT_FOUND, "\"%.*s\" is no paper", STR_ARG(req->params[1]));
    TRY(dossier_get(ctx, c.row.id, number, &row));
    if (str_is_none(c.row.diary_number) || str_eq(row.direction, STR("internal")))
        return fail(ctx, ERR_NOT_FOUND, "only what is in the diary, and came in or went out, bears a stamp");
    struct utc_us now = ctx_now(ctx);
    struct stamp_view view = {
        .municipality = c.town->name,
        .authority = authority_of(&c),
        .arrived = when_date(ctx->arena, ctx->lang, utc_to_date(row.at), utc_to_date(now)),
        .diary_number = c.row.diary_number,
        .case_number = c.row.number,
        .direction = msg_of_code(ctx->lang, MSG_PREFIX("stamp_direction_"), row.direction),
        .number = row.number,
        .kind = paper_kind_words(ctx, &row),
        .is_text = str_eq(row.media_type, STR("text/plain")) && row.name.v == 0,
        .original = document_url(ctx, c.row.number, row.number),
    };
    TRY(paper_file_name(ctx, c.row.id, &row, &view.name));
    view.facts = paper_facts(ctx, &row, view.name);
    if (view.is_text)
        TRY(document_body(ctx, c.row.id, row.body, PURPOSE_handle_case, &view.text));
    view.crumbs = case_crumbs(ctx, c.row.number, msg_text(ctx->lang, MSG_stamp_title), view.original);
    frame_fill(ctx, req, c.town, NAV_TODO, msg_text(ctx->lang, MSG_stamp_title), /* has_fault= */ false, &view.frame);
    html_stamp(&res->body, ctx->lang, &view);
    return OK;
}
