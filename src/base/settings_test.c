#include "settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct clock wall;
static struct random generator;

static enum err read_text(struct ctx *ctx, struct str text, struct settings *ret)
{
    return settings_read(ctx, text, STR("gava.conf"), ret);
}

static void an_empty_file_gives_the_defaults(void **state)
{
    struct ctx ctx = ctx_begin(&wall, &generator, 1 << 20);
    struct settings settings;
    assert_int_equal(read_text(&ctx, STR(""), &settings), OK);
    assert_true(str_eq(settings.listen, STR("127.0.0.1:8080")));
    assert_int_equal(settings.session_hours, 12);
    ctx_end(&ctx);
}

static void values_are_trimmed_and_may_stand_in_quotes(void **state)
{
    struct ctx ctx = ctx_begin(&wall, &generator, 1 << 20);
    struct settings settings;
    assert_int_equal(
        read_text(&ctx, STR("# hej\n\n  listen=  0.0.0.0:80 \r\nbase_url = \"https://x = y\"\nworkers = 7"), &settings),
        OK);
    assert_true(str_eq(settings.listen, STR("0.0.0.0:80")));
    assert_true(str_eq(settings.base_url, STR("https://x = y")));
    assert_int_equal(settings.workers, 7);
    ctx_end(&ctx);
}

static void a_fault_is_told_with_file_and_line(void **state)
{
    static const struct {
        struct str text, message;
    } cases[] = {
        {STR_INIT("listen = x\n\nlistne = y"), STR_INIT("gava.conf:3: there is no setting \"listne\"")},
        {STR_INIT("workers = many"), STR_INIT("gava.conf:1: workers must be a whole number, 0 or more, not \"many\"")},
        {STR_INIT("workers = -1"), STR_INIT("gava.conf:1: workers must be a whole number, 0 or more, not \"-1\"")},
        {STR_INIT("workers"), STR_INIT("gava.conf:1: \"workers\" is not a line of the form key = value")},
        {STR_INIT("workers = 1\nworkers = 2"), STR_INIT("gava.conf:2: \"workers\" is set a second time")},
        {STR_INIT("listen = \xff"), STR_INIT("gava.conf: it is not UTF-8 text")},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct ctx ctx = ctx_begin(&wall, &generator, 1 << 20);
        struct settings settings = {.workers = 99};
        assert_int_equal(read_text(&ctx, cases[i].text, &settings), ERR_SETTING);
        assert_int_equal(settings.workers, 99);
        assert_string_equal(str_cz(ctx.arena, ctx.error.message), cases[i].message.p);
        ctx_end(&ctx);
    }
}

static void the_example_with_every_mark_removed_gives_the_defaults(void **state)
{
    struct ctx ctx = ctx_begin(&wall, &generator, 1 << 22);
    struct str example = settings_example(&ctx), line;
    struct out out = out_init(ctx.arena, 1 << 20);
    int n = 0;
    while (str_split(&example, '\n', &line)) {
        bool setting = line.n > 1 && line.p[0] == '#' && line.p[1] != ' ';
        n += setting;
        out_str(&out, setting ? str_skip(line, 1) : line);
        out_char(&out, '\n');
    }
    struct settings settings;
    assert_int_equal(read_text(&ctx, out_take(&out), &settings), OK);
    assert_true(n >= 15);
    assert_int_equal(settings.submits_per_hour, 30);
    ctx_end(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_file_gives_the_defaults),
        cmocka_unit_test(values_are_trimmed_and_may_stand_in_quotes),
        cmocka_unit_test(a_fault_is_told_with_file_and_line),
        cmocka_unit_test(the_example_with_every_mark_removed_gives_the_defaults),
    };
    return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
