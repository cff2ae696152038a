#include "testing.h"

#include "text_cache.h"

static void a_text_is_found_under_its_whole_key_only(void **state)
{
    struct text_cache *cache = text_cache_new(16, 100);
    text_cache_put(cache, STR("case 1|2"), STR("words"));
    assert_true(str_eq(text_cache_find(cache, STR("case 1|2")), STR("words")));
    assert_true(str_is_none(text_cache_find(cache, STR("case 1|3"))));
    assert_true(str_is_none(text_cache_find(cache, STR("case 1|"))));
    text_cache_put(cache, STR("case 1|2"), STR("other words"));
    assert_true(str_eq(text_cache_find(cache, STR("case 1|2")), STR("other words")));
    text_cache_free(cache);
}

static void a_slot_holds_one_text_and_none_that_is_too_long(void **state)
{
    struct text_cache *cache = text_cache_new(1, 4);
    text_cache_put(cache, STR("a"), STR("1234"));
    text_cache_put(cache, STR("b"), STR("12"));
    assert_true(str_is_none(text_cache_find(cache, STR("a"))));
    assert_true(str_eq(text_cache_find(cache, STR("b")), STR("12")));
    text_cache_put(cache, STR("b"), STR("12345"));
    assert_true(str_is_none(text_cache_find(cache, STR("b"))));
    text_cache_free(cache);
    text_cache_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_found_under_its_whole_key_only),
        cmocka_unit_test(a_slot_holds_one_text_and_none_that_is_too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
