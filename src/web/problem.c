#include "problem.h"

#include "json_out.h"

/* "not_found". */
static struct str code_of(struct ctx *ctx, enum err err)
{
    struct str name = err_name(err);
    struct out out = out_init(ctx->arena, name.n + 1);
    for (size_t i = 0; i < name.n; i++)
        out_char(&out, name.p[i] >= 'A' && name.p[i] <= 'Z' ? (char)(name.p[i] - 'A' + 'a') : name.p[i]);
    return out_take(&out);
}

void problem_write(struct ctx *ctx, const struct request *req, struct response *res, enum err err)
{
    bool ours = res->status >= 500;
    res->content_type = STR("application/problem+json");
    if (err == ERR_UNAUTHENTICATED)
        response_header(res, STR("WWW-Authenticate"), STR("Bearer realm=\"gava\""));
    struct out *out = &res->body;
    out_lit(out, "{\"type\":\"about:blank\",\"title\":");
    out_json_str(out, err_text(err));
    out_fmt(out, ",\"status\":%d,\"code\":", res->status);
    out_json_str(out, code_of(ctx, err));
    if (!ours && !str_is_empty(ctx->error.message)) {
        out_lit(out, ",\"detail\":");
        out_json_str(out, ctx->error.message);
    }
    out_lit(out, ",\"instance\":");
    out_json_str(out, str_fmt(ctx->arena, "urn:gava:request:%.*s", STR_ARG(ctx->request_id)));
    out_lit(out, "}\n");
}
