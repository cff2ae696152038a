/* Where a redirect leads: what the header may carry, and never to another site. */
#include "testing.h"

#include "web.h"

static const struct clock wall;
static struct random chance;

static void assert_location(const char *prefix, const char *to, const char *wanted)
{
    struct ctx ctx = ctx_begin(&wall, &chance, 1 << 20);
    struct request req = {.prefix = str_from(prefix)};
    struct response res = response_begin(&ctx);
    response_redirect(&ctx, &req, &res, (struct url){str_from(to)});
    assert_int_equal(res.status, 303);
    assert_int_equal(res.n_headers, 1);
    assert_string_equal(str_cz(ctx.arena, res.headers[0].name), "Location");
    assert_string_equal(str_cz(ctx.arena, res.headers[0].value), wanted);
    ctx_end(&ctx);
}

static void a_plain_address_stays_as_it_is(void **state)
{
    assert_location("", "/att-gora", "/att-gora");
    assert_location("/ekhamn", "/arende/EKH-2026-1?klart=sparat#p", "/ekhamn/arende/EKH-2026-1?klart=sparat#p");
    assert_location("", "/a-._~!$&'()*+,;=:@/?", "/a-._~!$&'()*+,;=:@/?");
}

static void what_is_encoded_is_not_encoded_again(void **state)
{
    assert_location("", "/logga-in?till=%2Farende%2FEKH-1%3Fq%3D%25C3%25A5",
                    "/logga-in?till=%2Farende%2FEKH-1%3Fq%3D%25C3%25A5");
    assert_location("", "/arenden?q=%c3%a5+%26", "/arenden?q=%c3%a5+%26");
}

static void whatever_a_header_cannot_carry_is_encoded(void **state)
{
    assert_location("", "/arenden?q=fel matlåda", "/arenden?q=fel%20matl%C3%A5da");
    assert_location("", "/a\r\nSet-Cookie: x=1", "/a%0D%0ASet-Cookie:%20x=1");
    assert_location("", "/100%", "/100%25");
    assert_location("", "/a%zz%4", "/a%25zz%254");
    assert_location("", "/a\"<>[]^`{|}\\", "/a%22%3C%3E%5B%5D%5E%60%7B%7C%7D%5C");
    assert_location("", "/\x7F\t", "/%7F%09");
}

static void an_address_never_leads_to_another_site(void **state)
{
    assert_location("", "//evil.example/x", "/.//evil.example/x");
    assert_location("", "///evil.example", "/.///evil.example");
    assert_location("", "/\\evil.example", "/%5Cevil.example");
    assert_location("/ekhamn", "//evil.example", "/ekhamn//evil.example");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_address_stays_as_it_is),
        cmocka_unit_test(what_is_encoded_is_not_encoded_again),
        cmocka_unit_test(whatever_a_header_cannot_carry_is_encoded),
        cmocka_unit_test(an_address_never_leads_to_another_site),
    };
    return cmocka_run_group_tests_name("response", tests, NULL, NULL);
}
