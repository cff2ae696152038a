/* GET /arende/{nr}/akt: all papers of a case as a register list. Who sent them is a word; the names are opened on
 * demand
 * (?namn=1), which the read-log shows. Not here: changing and adding (paper_page.c).
 * Source: OSL 5:1, 5:2; S2.26, S2.34. */
#include "case_events.h"
#include "case_page.h"
#include "diary_panel_page.h"
#include "dossier.h"
#include "dossier_page_html.h"
#include "dossier_view.h"
#include "dossier_words.h"
#include "frame.h"
#include "page_parts.h"

/* The case's own title stands for the first paper until somebody writes a line for it. */
static struct str brief_of(const struct open_case *c, const struct dossier_row *row)
{
    if (!str_is_empty(row->brief))
        return row->brief;
    bool is_first = str_eq(row->kind, STR("submission"));
    return is_first && !str_is_none(c->row.title) ? c->row.title : STR("");
}

static enum err row_view(struct ctx *ctx, const struct open_case *c, const struct dossier_row *row, bool with_names,
                         struct dossier_row_view *ret)
{
    struct paper_entry entry = dossier_entry_of(row);
    struct str n = str_fmt(ctx->arena, "%lld", (long long)row->number);
    const struct url none = {STR_NONE};
    struct str name = STR("");
    *ret = (struct dossier_row_view){
        .number = row->number,
        .at = when_date(ctx->arena, ctx->lang, utc_to_date(row->at), utc_to_date(ctx_now(ctx))),
        .direction = direction_words(ctx, row->direction),
        .party = party_words(ctx, entry.party),
        .brief = brief_of(c, row),
        .kind = paper_kind_words(ctx, row),
        .event_number = entry.event_number,
        .hidden =
            str_eq(row->direction, STR("internal")) ? STR("") : hidden_words(ctx, entry.hide_party, entry.hide_brief),
        .is_attachment = row->parent.v != 0,
        .url = document_url(ctx, c->row.number, row->number),
        .change = case_may(c, STEP_describe_paper)
                      ? URL_PATH(ctx->arena, "/arende/%/handling/%/uppgifter", c->row.number, n)
                      : none,
        .stamp = str_is_none(c->row.diary_number) || str_eq(row->direction, STR("internal"))
                     ? none
                     : URL_PATH(ctx->arena, "/arende/%/handling/%/stampel", c->row.number, n),
    };
    if (row->name.v)
        TRY(paper_file_name(ctx, c->row.id, row, &ret->kind));
    if (with_names)
        TRY(dossier_name(ctx, c->row.id, row, &name));
    if (!str_is_empty(name))
        ret->party = str_fmt(ctx->arena, "%.*s: %.*s", STR_ARG(ret->party), STR_ARG(name));
    return OK;
}

static struct facts_view dossier_facts(struct ctx *ctx, const struct open_case *c)
{
    const struct {
        enum msg name;
        struct str value;
    } all[] = {
        {MSG_diary_number,
         str_is_none(c->row.diary_number) ? msg_text(ctx->lang, MSG_dossier_no_number) : c->row.diary_number},
        {MSG_fact_received, when_moment(ctx->arena, ctx->lang, c->row.received, utc_to_date(ctx_now(ctx))).words},
        {MSG_fact_unit, c->unit->name},
    };
    struct fact_view *facts = ARENA_ARRAY(ctx->arena, struct fact_view, ARRAY_LEN(all));
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        facts[i] = (struct fact_view){msg_text(ctx->lang, all[i].name), all[i].value};
    return (struct facts_view){facts, ARRAY_LEN(all)};
}

enum err dossier_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    TRY(case_read(ctx, req->params[0], &c));
    struct dossier_list_row *rows;
    size_t n;
    TRY(dossier_list(ctx, c.row.id, &rows, &n));
    bool may_names = right_held(RIGHT_CONTACT_OPEN, c.roles);
    bool with_names = may_names && str_eq(request_query(req, STR("namn")), STR("1"));
    struct url here = URL_PATH(ctx->arena, "/arende/%/akt", c.row.number);
    struct dossier_view view = {
        .crumbs = case_crumbs(ctx, c.row.number, msg_text(ctx->lang, MSG_dossier_link), here),
        .notice = done_notice(ctx, request_query(req, STR("klart"))),
        .title = case_title(ctx, &c),
        .number = c.row.number,
        .facts = dossier_facts(ctx, &c),
        .n_rows = n,
        .names_shown = with_names,
        .show_names = with_names ? here : URL_PATH(ctx->arena, "/arende/%/akt?namn=1", c.row.number),
    };
    if (case_may(&c, STEP_add_paper))
        view.add = URL_PATH(ctx->arena, "/arende/%/ny-handling", c.row.number);
    struct dossier_row_view *views = ARENA_ARRAY(ctx->arena, struct dossier_row_view, n);
    for (size_t i = 0; i < n; i++) {
        TRY(row_view(ctx, &c, &rows[i], with_names, &views[i]));
        view.may_show_names |= may_names && rows[i].party_name.v != 0;
    }
    view.rows = views;
    frame_fill(ctx, req, c.town, NAV_TODO, WORDS(ctx, dossier_title, .number = c.row.number), /* has_fault= */ false,
               &view.frame);
    html_dossier(&res->body, ctx->lang, &view);
    return OK;
}
