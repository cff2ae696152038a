#include "email_address.h"

#include <setjmp.h>

#include <cmocka.h>

#include "arena.h"

static void expect_address(const char *typed, const char *expected)
{
    ARENA_SCOPE struct arena *arena = arena_new(1 << 16);
    struct str ret;
    bool ok = email_address_parse(arena, str_from(typed), &ret);
    if (!expected) {
        if (ok)
            fail_msg("\"%s\" was taken as \"%.*s\"", typed, STR_ARG(ret));
        return;
    }
    if (!ok)
        fail_msg("\"%s\" was refused", typed);
    assert_string_equal(str_cz(arena, ret), expected);
}

static void ordinary_addresses_are_taken_as_typed(void **state)
{
    expect_address("anna@ekhamn.example", "anna@ekhamn.example");
    expect_address("Anna.Lind+gava@ekhamn.example", "Anna.Lind+gava@ekhamn.example");
    expect_address("o'brien_#1@a.b-c.example", "o'brien_#1@a.b-c.example");
    expect_address("  anna@ekhamn.example\r\n", "anna@ekhamn.example");
}

static void the_domain_is_folded_and_international_names_become_ascii(void **state)
{
    expect_address("anna@Ekhamn.EXAMPLE", "anna@ekhamn.example");
    expect_address("anna@räka.example", "anna@xn--rka-qla.example");
    expect_address("anna@xn--rka-qla.example", "anna@xn--rka-qla.example");
}

static void what_cannot_be_delivered_is_refused(void **state)
{
    static const char *const typed[] = {"",
                                        "anna",
                                        "@ekhamn.example",
                                        "anna@",
                                        "anna@ekhamn",
                                        "anna@.example",
                                        "anna@ekhamn..example",
                                        "anna@ekhamn.example.",
                                        "anna@-ekhamn.example",
                                        "anna@ekhamn-.example",
                                        "anna@127.0.0.1",
                                        "anna@[127.0.0.1]",
                                        ".anna@ekhamn.example",
                                        "anna.@ekhamn.example",
                                        "an..na@ekhamn.example",
                                        "åsa@ekhamn.example",
                                        "\"anna lind\"@ekhamn.example",
                                        "anna@ekhamn@ekhamn.example",
                                        "anna@under_score.example",
                                        "anna@ekhamn.example, bo@ekhamn.example",
                                        "\xff@ekhamn.example",
                                        "anna@\xc3.example"};
    for (size_t i = 0; i < ARRAY_LEN(typed); i++)
        expect_address(typed[i], NULL);
}

static void nothing_that_ends_a_header_or_a_command_gets_through(void **state)
{
    expect_address("anna@ekhamn.example\r\nBcc: bo@ekhamn.example", NULL);
    expect_address("anna\r\nBcc@ekhamn.example", NULL);
    expect_address("anna@ekhamn.example> SIZE=1", NULL);
    expect_address("<anna@ekhamn.example>", NULL);
    expect_address("anna lind@ekhamn.example", NULL);
    ARENA_SCOPE struct arena *arena = arena_new(1 << 16);
    struct str ret, with_nul = STR("anna@ekhamn.example\0.se");
    assert_false(email_address_parse(arena, with_nul, &ret));
}

static void lengths_are_those_of_smtp(void **state)
{
    char local64[64 + sizeof "@ekhamn.example"], local65[65 + sizeof "@ekhamn.example"];
    memset(local64, 'a', sizeof local64);
    memcpy(local64 + 64, "@ekhamn.example", sizeof "@ekhamn.example");
    memset(local65, 'a', sizeof local65);
    memcpy(local65 + 65, "@ekhamn.example", sizeof "@ekhamn.example");
    expect_address(local64, local64);
    expect_address(local65, NULL);
    char label64[sizeof "a@" + 64 + sizeof ".example"] = "a@";
    memset(label64 + 2, 'b', 64);
    memcpy(label64 + 66, ".example", sizeof ".example");
    expect_address(label64, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ordinary_addresses_are_taken_as_typed),
        cmocka_unit_test(the_domain_is_folded_and_international_names_become_ascii),
        cmocka_unit_test(what_cannot_be_delivered_is_refused),
        cmocka_unit_test(nothing_that_ends_a_header_or_a_command_gets_through),
        cmocka_unit_test(lengths_are_those_of_smtp),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
