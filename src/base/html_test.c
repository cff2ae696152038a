#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "arena.h"
#include "msg.h"

static void assert_str(struct str got, const char *wanted)
{
    if (!str_eq(got, str_from(wanted)))
        fail_msg("\"%.*s\" instead of \"%s\"", STR_ARG(got), wanted);
}

static void text_and_attributes_are_escaped_each_in_their_way(void **state)
{
    ARENA_SCOPE struct arena *a = arena_new(1 << 20);
    struct out out = out_init(a, 1000);
    html_put_text(&out, STR("<b> & \"'"));
    out_char(&out, '|');
    html_put_attr(&out, STR("<b> & \"'"));
    assert_str(out_take(&out), "&lt;b&gt; &amp; \"'|&lt;b&gt; &amp; &quot;&#39;");
}

static void each_part_of_a_path_is_percent_encoded(void **state)
{
    ARENA_SCOPE struct arena *a = arena_new(1 << 20);
    assert_str(URL_PATH(a, "/arende/%/fil/%?q=%", STR("2026-0413"), STR("../x"), STR("å&b=c")).s,
               "/arende/2026-0413/fil/..%2Fx?q=%C3%A5%26b%3Dc");
}

static void a_foreign_address_is_a_known_scheme_or_nothing(void **state)
{
    assert_str(url_foreign(STR("https://example.se/")).s, "https://example.se/");
    assert_str(url_foreign(STR("HTTPS://example.se/")).s, "HTTPS://example.se/");
    assert_str(url_foreign(STR("javascript:alert(1)")).s, "#");
    assert_str(url_foreign(STR("java\nscript:alert(1)")).s, "#");
    assert_str(url_foreign(STR("data:text/html,x")).s, "#");
    assert_str(url_foreign(STR("//example.se")).s, "#");
    assert_str(url_foreign(STR("https:\n//example.se")).s, "#");
    assert_str(url_foreign(STR("")).s, "#");
}

static void a_telephone_number_loses_what_is_not_dialled(void **state)
{
    ARENA_SCOPE struct arena *a = arena_new(1 << 20);
    assert_str(url_phone(a, STR("0980\u2011319\u00a0200")).s, "tel:0980319200");
    assert_str(url_phone(a, STR("+46 980 31 92 00")).s, "tel:+46980319200");
    assert_str(url_mail(a, STR("a?b@exempel.se")).s, "mailto:a%3Fb@exempel.se");
}

static void the_root_stands_before_our_own_addresses_only(void **state)
{
    ARENA_SCOPE struct arena *a = arena_new(1 << 20);
    struct out out = out_init(a, 1000);
    html_put_url(&out, STR("/ekhamn"), URL("/folj"));
    out_char(&out, ' ');
    html_put_url(&out, STR("/ekhamn"), URL("#top"));
    out_char(&out, ' ');
    html_put_url(&out, STR("/ekhamn"), url_foreign(STR("tel:112")));
    assert_str(out_take(&out), "/ekhamn/folj #top tel:112");
}

static void a_reader_gets_the_language_wanted_most_among_those_there_are(void **state)
{
    assert_ptr_equal(lang_from_header(STR("en-GB,en;q=0.9")), &lang_en);
    assert_ptr_equal(lang_from_header(STR("de, en;q=0.4, sv;q=0.8")), &lang_sv);
    assert_ptr_equal(lang_from_header(STR("fi;q=1, en;q=0.1")), &lang_en);
    assert_ptr_equal(lang_from_header(STR("en;q=0")), &lang_sv);
    assert_ptr_equal(lang_from_header(STR("de")), &lang_sv);
    assert_ptr_equal(lang_from_header(STR_NONE), &lang_sv);
    assert_null(lang_find(STR("fi")));
}

static void a_code_becomes_its_word_and_an_unknown_code_stays(void **state)
{
    assert_str(msg_of_code(&lang_sv, MSG_PREFIX("weekday_"), STR("5")), "fredag");
    assert_str(msg_of_code(&lang_en, MSG_PREFIX("weekday_"), STR("5")), "Friday");
    assert_str(msg_of_code(&lang_sv, MSG_PREFIX("weekday_"), STR("8")), "8");
    assert_str(msg_of_code(&lang_sv, MSG_PREFIX("weekday_"), STR("")), "");
    assert_str(msg_of_code(&lang_sv, MSG_PREFIX("date_"), STR("day")), "day"); /* takes arguments */
}

static void every_message_is_found_by_its_name(void **state)
{
    for (size_t i = 0; i < MSG_COUNT; i++) {
        enum msg id;
        assert_true(msg_find(STR(""), msg_name((enum msg)i), &id));
        assert_int_equal(id, i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_and_attributes_are_escaped_each_in_their_way),
        cmocka_unit_test(each_part_of_a_path_is_percent_encoded),
        cmocka_unit_test(a_foreign_address_is_a_known_scheme_or_nothing),
        cmocka_unit_test(a_telephone_number_loses_what_is_not_dialled),
        cmocka_unit_test(the_root_stands_before_our_own_addresses_only),
        cmocka_unit_test(a_reader_gets_the_language_wanted_most_among_those_there_are),
        cmocka_unit_test(a_code_becomes_its_word_and_an_unknown_code_stays),
        cmocka_unit_test(every_message_is_found_by_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
