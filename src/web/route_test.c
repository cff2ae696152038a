/* Finding a route; and what each row of routes.def must obey. */
#include "testing.h"

#include "route.h"

static const struct clock wall;
static struct random chance;

static enum err nothing(struct ctx *ctx, struct request *req, struct response *res)
{
    return OK;
}

static const struct route sample[] = {
    {.method = METHOD_GET, .pattern = STR_INIT("/"), .handler = nothing},
    {.method = METHOD_GET, .pattern = STR_INIT("/arende/{nr}"), .handler = nothing},
    {.method = METHOD_POST, .pattern = STR_INIT("/arende/{nr}"), .handler = nothing},
    {.method = METHOD_GET, .pattern = STR_INIT("/arende/nytt"), .handler = nothing},
    {.method = METHOD_POST, .pattern = STR_INIT("/arende/{nr}/fil/{n}"), .handler = nothing},
};

static enum err find(struct ctx *ctx, enum method method, const char *path, const struct route **ret,
                     struct str params[REQUEST_PARAMS_MAX], struct str *allow)
{
    memset(params, 0, sizeof(struct str) * REQUEST_PARAMS_MAX);
    return route_find(ctx, sample, ARRAY_LEN(sample), method, str_from(path), ret, params, allow);
}

static void a_path_finds_its_row_and_its_parts(void **state)
{
    struct ctx ctx = ctx_begin(&wall, &chance, 1 << 20);
    const struct route *route;
    struct str params[REQUEST_PARAMS_MAX], allow;
    assert_int_equal(find(&ctx, METHOD_GET, "/", &route, params, &allow), OK);
    assert_ptr_equal(route, &sample[0]);
    assert_int_equal(find(&ctx, METHOD_HEAD, "/arende/2026%2F17", &route, params, &allow), OK);
    assert_ptr_equal(route, &sample[1]);
    assert_true(str_eq(params[0], STR("2026/17")));
    assert_int_equal(find(&ctx, METHOD_GET, "/arende/nytt", &route, params, &allow), OK);
    assert_ptr_equal(route, &sample[3]);
    assert_int_equal(find(&ctx, METHOD_POST, "/arende/%C3%A5/fil/2", &route, params, &allow), OK);
    assert_true(str_eq(params[0], STR("å")) && str_eq(params[1], STR("2")));
    ctx_end(&ctx);
}

static void other_paths_and_methods_are_told_apart(void **state)
{
    struct ctx ctx = ctx_begin(&wall, &chance, 1 << 20);
    const struct route *route;
    struct str params[REQUEST_PARAMS_MAX], allow;
    static const char *const absent[] = {"/arende",        "/arende/",  "/arende/x/",  "//",
                                         "/arende//fil/1", "/ARENDE/x", "/arende/../x"};
    for (size_t i = 0; i < ARRAY_LEN(absent); i++)
        assert_int_equal(find(&ctx, METHOD_GET, absent[i], &route, params, &allow), ERR_NOT_FOUND);
    assert_int_equal(find(&ctx, METHOD_DELETE, "/arende/x", &route, params, &allow), ERR_METHOD);
    assert_true(str_eq(allow, STR("GET, HEAD, POST")));
    assert_int_equal(find(&ctx, METHOD_POST, "/", &route, params, &allow), ERR_METHOD);
    assert_true(str_eq(allow, STR("GET, HEAD")));
    ctx_end(&ctx);
}

static void a_broken_address_is_a_bad_request(void **state)
{
    struct ctx ctx = ctx_begin(&wall, &chance, 1 << 20);
    const struct route *route;
    struct str params[REQUEST_PARAMS_MAX], allow;
    static const char *const broken[] = {"/arende/%",   "/arende/%4",  "/arende/%zz",
                                         "/arende/%00", "/arende/%FF", "/arende/%0a"};
    for (size_t i = 0; i < ARRAY_LEN(broken); i++)
        assert_int_equal(find(&ctx, METHOD_GET, broken[i], &route, params, &allow), ERR_BAD_REQUEST);
    ctx_end(&ctx);
}

static void every_row_that_changes_something_is_protected(void **state)
{
    size_t n;
    const struct route *routes = route_table(&n);
    assert_true(n >= 3);
    for (size_t i = 0; i < n; i++) {
        const struct route *r = &routes[i];
        if (r->csrf == CSRF_KEY && (!str_starts(r->pattern, STR("/api/")) || r->right == RIGHT_ANYBODY))
            fail_msg("%.*s: a key is for the interface alone, and for a right", STR_ARG(r->pattern));
        if (r->method != METHOD_GET && r->csrf == CSRF_NONE)
            fail_msg("%.*s takes posts from other sites", STR_ARG(r->pattern));
        if (r->method == METHOD_GET && (r->csrf == CSRF_TOKEN || r->body_max != LIMIT_NONE))
            fail_msg("%.*s: a GET has neither token nor body", STR_ARG(r->pattern));
        assert_true(str_starts(r->pattern, STR("/")) && r->text.n > 5);
        for (size_t k = 0; k < i; k++)
            if (routes[k].method == r->method && str_eq(routes[k].pattern, r->pattern))
                fail_msg("%.*s stands there twice", STR_ARG(r->pattern));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_finds_its_row_and_its_parts),
        cmocka_unit_test(other_paths_and_methods_are_told_apart),
        cmocka_unit_test(a_broken_address_is_a_bad_request),
        cmocka_unit_test(every_row_that_changes_something_is_protected),
    };
    return cmocka_run_group_tests_name("route", tests, NULL, NULL);
}
