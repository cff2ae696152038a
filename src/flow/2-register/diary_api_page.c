/* GET /api/v1/cases?diary=missing, PUT /api/v1/cases/{number}/diary, GET /api/v1/openapi.json: the interface for a
 * diary that another system keeps. JSON in and out; failures are problems (web/problem.h). Not here: the rules
 * (diary_api.h). Source: S0.23, S2.23; design.md contract. */
#include "diary_api.h"
#include "embedded.h"
#include "json_out.h"
#include "town.h"
#include "web.h"

/* Made by tools/embed.sh from openapi.json. */
extern const struct embedded_file openapi_files[];
extern const size_t n_openapi_files;

enum { API_PAGE = 100 };

static void out_time(struct out *out, struct utc_us at)
{
    if (utc_is_none(at)) {
        out_lit(out, "null");
        return;
    }
    out_char(out, '"');
    out_utc_local(out, at);
    out_char(out, '"');
}

static void out_case(struct out *out, const struct unit *unit, const struct diary_api_missing_row *row)
{
    out_lit(out, "{\"number\":");
    out_json_str(out, row->number);
    out_lit(out, ",\"unit\":{\"code\":");
    out_json_str(out, unit->code);
    out_lit(out, ",\"name\":");
    out_json_str(out, unit->name);
    out_lit(out, "},\"type\":");
    out_json_str(out, row->type);
    out_lit(out, ",\"channel\":");
    out_json_str(out, row->channel);
    out_lit(out, ",\"receivedAt\":");
    out_time(out, row->received);
    out_lit(out, ",\"brief\":");
    out_json_str(out, row->secret ? STR_NONE : row->title);
    out_fmt(out, ",\"secret\":%s}", row->secret ? "true" : "false");
}

/* "since-id" of the page before. */
static enum err read_after(struct ctx *ctx, const struct request *req, struct utc_us *ret, struct case_id *ret_id)
{
    struct str rest = request_query(req, STR("after")), since, id;
    *ret = (struct utc_us){0};
    *ret_id = (struct case_id){0};
    if (str_is_none(rest))
        return OK;
    if (!str_split(&rest, '-', &since) || !str_split(&rest, '-', &id) || !str_to_i64(since, &ret->v) ||
        !str_to_i64(id, &ret_id->v))
        return fail(ctx, ERR_BAD_REQUEST, "\"after\" is taken from \"next\" of the page before");
    return OK;
}

enum err diary_api_cases(struct ctx *ctx, struct request *req, struct response *res)
{
    const struct town *town;
    struct utc_us after;
    struct case_id after_id;
    struct diary_api_missing_row *rows;
    size_t n, n_shown = 0;
    if (!str_eq(request_query(req, STR("diary")), STR("missing")))
        return fail(ctx, ERR_BAD_REQUEST, "say ?diary=missing: nothing else can be asked for");
    TRY(read_after(ctx, req, &after, &after_id));
    TRY(town_get(ctx, &town));
    TRY(diary_api_missing(ctx, req->key_unit, after, after_id, API_PAGE, &rows, &n));
    res->content_type = STR("application/json");
    struct out *out = &res->body;
    out_lit(out, "{\"cases\":[");
    for (size_t i = 0; i < n; i++) {
        const struct unit *unit = town_unit(town, rows[i].unit);
        struct str pattern;
        if (unit == NULL || !town_diary_is_external(town, unit, &pattern))
            continue;
        if (n_shown++)
            out_char(out, ',');
        out_case(out, unit, &rows[i]);
    }
    out_lit(out, "],\"next\":");
    struct str next = STR_NONE;
    if (n == API_PAGE)
        next = str_fmt(ctx->arena, "%.*s/api/v1/cases?diary=missing&after=%lld-%lld", STR_ARG(req->prefix),
                       (long long)rows[n - 1].since.v, (long long)rows[n - 1].id.v);
    out_json_str(out, next);
    out_lit(out, "}\n");
    return OK;
}

static bool is_json(struct str type)
{
    ptrdiff_t semicolon = str_find_char(type, ';');
    return str_eq_ascii_case(str_trim(semicolon < 0 ? type : str_head(type, (size_t)semicolon)),
                             STR("application/json"));
}

enum err diary_api_put(struct ctx *ctx, struct request *req, struct response *res)
{
    struct diary_put put;
    struct diary_api_case entered;
    if (!is_json(req->content_type))
        return fail(ctx, ERR_TYPE, "the body is sent as application/json");
    TRY(diary_put_read(ctx, req->body, &put));
    TRY(diary_api_enter(ctx, req->key_id, req->key_unit, req->params[0], &put, &entered));
    res->content_type = STR("application/json");
    struct out *out = &res->body;
    out_lit(out, "{\"number\":");
    out_json_str(out, entered.number);
    out_lit(out, ",\"diaryNumber\":");
    out_json_str(out, entered.diary_number);
    out_lit(out, ",\"receivedAt\":");
    out_time(out, entered.received);
    out_lit(out, ",\"registeredAt\":");
    out_time(out, entered.registered);
    out_lit(out, "}\n");
    return OK;
}

enum err openapi_page(struct ctx *ctx, struct request *req, struct response *res)
{
    assert(n_openapi_files == 1);
    res->content_type = STR("application/json");
    res->content = embedded_text(&openapi_files[0]);
    res->cache = CACHE_HOUR;
    return OK;
}
