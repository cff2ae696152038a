#include "route.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

enum err percent_decode(struct ctx *ctx, struct str s, struct str *ret)
{
    struct out out = out_init(ctx->arena, s.n + 1);
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '%') {
            out_char(&out, s.p[i]);
            continue;
        }
        int high = i + 2 < s.n ? hex_digit(s.p[i + 1]) : -1;
        int low = i + 2 < s.n ? hex_digit(s.p[i + 2]) : -1;
        if (high < 0 || low < 0)
            return fail(ctx, ERR_BAD_REQUEST, "the address has a %% that is not followed by two hexadecimal digits");
        out_char(&out, (char)(high * 16 + low));
        i += 2;
    }
    struct str text = out_take(&out);
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] < 0x20 || text.p[i] == 0x7F)
            return fail(ctx, ERR_BAD_REQUEST, "the address has a control character in it");
    if (!str_is_utf8(text))
        return fail(ctx, ERR_BAD_REQUEST, "the address is not UTF-8");
    *ret = text;
    return OK;
}

static bool is_param(struct str segment)
{
    return segment.n > 2 && segment.p[0] == '{';
}

/* Does the path fit the pattern? ret_params get the raw parts; ret_score is higher for a literal early on. */
static bool route_fits(const struct route *route, struct str path, struct str ret_params[REQUEST_PARAMS_MAX],
                       uint32_t *ret_score)
{
    struct str pattern = route->pattern, want, have;
    /* most rows are ruled out by the letters before their first part */
    ptrdiff_t brace = str_find_char(pattern, '{');
    if (brace < 0 ? !str_eq(pattern, path) : !str_starts(path, str_head(pattern, (size_t)brace)))
        return false;
    size_t n_params = 0;
    uint32_t score = 0;
    while (str_split(&pattern, '/', &want)) {
        if (!str_split(&path, '/', &have))
            return false;
        score <<= 1;
        if (is_param(want)) {
            if (have.n == 0)
                return false;
            assert(n_params < REQUEST_PARAMS_MAX);
            ret_params[n_params++] = have;
        } else {
            if (!str_eq(want, have))
                return false;
            score |= 1;
        }
    }
    if (!str_is_none(path))
        return false;
    *ret_score = score;
    return true;
}

static void out_allow(struct out *out, struct str word)
{
    if (out->n)
        out_lit(out, ", ");
    out_str(out, word);
}

enum err route_find(struct ctx *ctx, const struct route *table, size_t n, enum method method, struct str path,
                    const struct route **ret, struct str ret_params[REQUEST_PARAMS_MAX], struct str *ret_allow)
{
    static const struct str names[] = {
        [METHOD_GET] = STR_INIT("GET, HEAD"),   [METHOD_HEAD] = STR_INIT("HEAD"),
        [METHOD_POST] = STR_INIT("POST"),       [METHOD_PUT] = STR_INIT("PUT"),
        [METHOD_PATCH] = STR_INIT("PATCH"),     [METHOD_DELETE] = STR_INIT("DELETE"),
        [METHOD_OPTIONS] = STR_INIT("OPTIONS"), [METHOD_OTHER] = STR_INIT(""),
    };
    if (method == METHOD_HEAD)
        method = METHOD_GET;
    struct out allow = out_init(ctx->arena, 256);
    const struct route *best = NULL;
    uint32_t best_score = 0;
    for (size_t i = 0; i < n; i++) {
        struct str params[REQUEST_PARAMS_MAX] = {STR_NONE};
        uint32_t score;
        if (!route_fits(&table[i], path, params, &score))
            continue;
        if (table[i].method != method) {
            out_allow(&allow, names[table[i].method]);
        } else if (best == NULL || score > best_score) {
            best = &table[i];
            best_score = score;
            memcpy(ret_params, params, sizeof params);
        }
    }
    if (best == NULL && allow.n == 0)
        return fail(ctx, ERR_NOT_FOUND, "no page has the address \"%.*s\"", STR_ARG(str_head(path, 200)));
    if (best == NULL) {
        *ret_allow = out_take(&allow);
        return fail(ctx, ERR_METHOD, "this address takes %.*s only", STR_ARG(*ret_allow));
    }
    for (size_t i = 0; i < REQUEST_PARAMS_MAX && ret_params[i].p; i++)
        TRY(percent_decode(ctx, ret_params[i], &ret_params[i]));
    *ret = best;
    return OK;
}
