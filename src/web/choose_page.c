#include "choose_page.h"

#include "choose_page_html.h"
#include "choose_view.h"
#include "server.h"
#include "session_sql.h"

enum err choose_page(struct ctx *ctx, struct request *req, struct response *res)
{
    const struct server *server = req->server;
    struct choose_view view = {.choices = ARENA_ARRAY(ctx->arena, struct choice_view, server->n_municipalities)};
    for (size_t i = 0; i < server->n_municipalities; i++) {
        struct municipality_title_row row;
        ctx->db = server->municipalities[i].db;
        TRY(municipality_title(ctx, &row));
        view.choices[view.n_choices++] =
            (struct choice_view){row.name, URL_PATH(ctx->arena, "/%/", server->municipalities[i].slug)};
    }
    ctx->db = NULL;
    html_choose(&res->body, ctx->lang, &view);
    return OK;
}
