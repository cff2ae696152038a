#include "db.h"
#include "server.h"
#include "session_sql.h"
#include "web.h"

enum err health_page(struct ctx *ctx, struct request *req, struct response *res)
{
    /* asked more often than once a second, it is not worth a write each time */
    bool fresh = req->server->healthy_us > monotonic_us() - SECOND_US;
    for (size_t i = 0; !fresh && i < req->server->n_municipalities; i++) {
        ctx->db = req->server->municipalities[i].db;
        db_read_only(ctx, false);
        TRY(health_write(ctx, /* now= */ 1));
    }
    ctx->db = NULL;
    if (!fresh)
        req->server->healthy_us = monotonic_us();
    res->content_type = STR("text/plain; charset=utf-8");
    out_lit(&res->body, "ok\n");
    return OK;
}
