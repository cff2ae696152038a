#include "yaml_lines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct str file = STR_INIT("# ett förord\n"
                                        "routine: default\n"
                                        "document:\n"
                                        "  title: \"Rutin # 1\"\n"
                                        "obligations:\n"
                                        "  - id: forward\n"
                                        "    within: {n: 2, unit: working_day}   # två dagar\n"
                                        "\n"
                                        "  # om svar\n"
                                        "  - id: reply\n"
                                        "    interpretation: >-\n"
                                        "      Så står det.\n"
                                        "\n"
                                        "      Och så.\n"
                                        "reports: []\n");

static struct ctx begin(void)
{
    static const struct clock clock = {.file = NULL};
    return ctx_begin(&clock, NULL, 1 << 20);
}

static void assert_str(struct str got, const char *wanted)
{
    if (!str_eq(got, str_from(wanted)))
        fail_msg("\"%.*s\" instead of \"%s\"", STR_ARG(got), wanted);
}

static void the_head_ends_where_the_promises_begin(void **state)
{
    struct ctx ctx = begin();
    struct yaml_view head = yaml_head(&ctx, file, 20);
    assert_int_equal(head.n_lines, 3);
    assert_str(head.lines[0].key, "routine:");
    assert_str(head.lines[0].value, " default");
    assert_str(head.lines[2].value, " \"Rutin # 1\"");
    assert_str(head.lines[2].comment, "");
    assert_int_equal(yaml_head(&ctx, file, 2).n_lines, 2);
    ctx_end(&ctx);
}

static void an_item_is_cut_out_without_what_follows_it(void **state)
{
    struct ctx ctx = begin();
    struct yaml_view item = yaml_item(&ctx, file, 6, STR("forward"));
    assert_int_equal(item.n_lines, 2);
    assert_str(item.lines[0].indent, "  - ");
    assert_str(item.lines[0].key, "id:");
    assert_str(item.lines[1].value, " {n: 2, unit: working_day}   ");
    assert_str(item.lines[1].comment, "# två dagar");
    item = yaml_item(&ctx, file, 10, STR("reply"));
    assert_int_equal(item.n_lines, 5);
    assert_str(item.lines[4].value, "Och så.");
    ctx_end(&ctx);
}

static void a_line_of_another_file_shows_nothing(void **state)
{
    struct ctx ctx = begin();
    assert_int_equal(yaml_item(&ctx, file, 6, STR("reply")).n_lines, 0);
    assert_int_equal(yaml_item(&ctx, file, 0, STR("reply")).n_lines, 0);
    assert_int_equal(yaml_item(&ctx, file, 400, STR("reply")).n_lines, 0);
    assert_int_equal(yaml_item(&ctx, STR(""), 1, STR("reply")).n_lines, 0);
    ctx_end(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_head_ends_where_the_promises_begin),
        cmocka_unit_test(an_item_is_cut_out_without_what_follows_it),
        cmocka_unit_test(a_line_of_another_file_shows_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
