/* GET /admin: the administrator's pages, and what they share. Not here: units and people (admin_unit_page.c,
 * admin_person_page.c), what may be changed (admin.h). */
#include "admin_page.h"

#include "admin_page_html.h"
#include "fold.h"
#include "frame.h"
#include "page_parts.h"

struct crumbs_view admin_crumbs(struct ctx *ctx, enum msg list, struct url list_url, struct str last,
                                struct url last_url)
{
    struct crumb_view *crumbs = ARENA_ARRAY(ctx->arena, struct crumb_view, 3);
    size_t n = 0;
    crumbs[n++] = (struct crumb_view){msg_text(ctx->lang, MSG_frame_admin), URL("/admin")};
    crumbs[n++] = (struct crumb_view){msg_text(ctx->lang, list), list_url};
    if (!str_is_none(last_url.s))
        crumbs[n++] = (struct crumb_view){last, last_url};
    return (struct crumbs_view){crumbs, n};
}

struct notice_view admin_done_notice(struct ctx *ctx, const struct request *req)
{
    struct str done = request_query(req, STR("klart"));
    enum msg text;
    if (str_is_none(done) || !msg_find(MSG_PREFIX("admin_done_"), done, &text))
        return (struct notice_view){.tone = TONE_NEUTRAL};
    return (struct notice_view){.tone = TONE_SUCCESS, .heading = msg_text(ctx->lang, text)};
}

void admin_fault(struct ctx *ctx, struct faults_list *faults, struct str field, enum msg text)
{
    fault_add(faults, field, msg_text(ctx->lang, text), msg_text(ctx->lang, text));
}

struct str admin_words(struct ctx *ctx, const struct request *req, struct str *ret_typed)
{
    enum { WORDS_MAX = 100 };
    struct str words = request_query(req, STR("q"));
    *ret_typed = str_is_none(words) ? STR("") : str_utf8_head(str_trim(words), WORDS_MAX);
    return fold_case(ctx, *ret_typed);
}

size_t admin_from(const struct request *req)
{
    int64_t from;
    return str_to_i64(request_query(req, STR("fran")), &from) && from > 0 && from < INT32_MAX ? (size_t)from : 0;
}

enum err admin_page(struct ctx *ctx, struct request *req, struct response *res)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct admin_view view = {.n_units = 0};
    for (size_t i = 0; i < town->n_units; i++)
        view.n_units += admin_reaches_unit(ctx, town, town->units[i].id);
    for (size_t i = 0; i < town->n_staff; i++)
        view.n_people += town->staff[i].active && admin_reaches_person(ctx, town, &town->staff[i]);
    frame_fill(ctx, req, town, NAV_NONE, msg_text(ctx->lang, MSG_frame_admin), /* has_fault= */ false, &view.frame);
    html_admin(&res->body, ctx->lang, &view);
    return OK;
}
