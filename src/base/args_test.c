#include "args.h"

#include <setjmp.h>

#include <cmocka.h>

#include <fcntl.h>
#include <unistd.h>

struct got {
    struct str text, operand;
    int64_t number;
    struct date date;
    struct utc_us time;
    struct arg_list list, rest;
    bool is_on;
};

/* Words after "test" read by one table of every kind; gives the status, EXIT_DONE also when all was read. stdout and
 * stderr go nowhere. */
static int read_words(struct ctx *ctx, struct got *got, size_t n, const char *const *words)
{
    char *argv[16] = {(char[]){"test"}};
    assert_true(n < ARRAY_LEN(argv) - 1);
    for (size_t i = 0; i < n; i++)
        argv[i + 1] = strdup(words[i]);
    *got = (struct got){.text = STR("preset"), .operand = STR_NONE, .number = 7, .date = DATE_NONE, .time = UTC_NONE};
    const struct arg args[] = {
        ARG_TEXT("--text", "T", false, &got->text, "a text"),
        ARG_INT("--number", "N", false, &got->number, "a number"),
        ARG_DATE("--date", false, &got->date, "a day"),
        ARG_TIME("--time", false, &got->time, "a time"),
        ARG_LIST("--item", "I", false, &got->list, "some"),
        ARG_SWITCH("--on", &got->is_on, "a switch"),
        ARG_TEXT("FILE", NULL, true, &got->operand, "a file"),
        ARG_LIST("MORE", NULL, false, &got->rest, "more files"),
    };
    fflush(NULL);
    int out = dup(1), err = dup(2), nowhere = open("/dev/null", O_WRONLY), status = EXIT_DONE;
    dup2(nowhere, 1);
    dup2(nowhere, 2);
    if (args_read(ctx, (int)n + 1, argv, ARRAY_LEN(args), args, &status))
        status = EXIT_DONE;
    fflush(NULL);
    dup2(out, 1);
    dup2(err, 2);
    close(out);
    close(err);
    close(nowhere);
    /* Texts point into argv: copy before it goes. */
    got->text = str_copy(ctx->arena, got->text);
    got->operand = str_copy(ctx->arena, got->operand);
    for (size_t i = 0; i < n; i++)
        free(argv[i + 1]);
    return status;
}
#define READ(...)                                                                                                      \
    read_words(&ctx, &got, sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *), (const char *[]){__VA_ARGS__})

static struct ctx test_ctx(void)
{
    static const struct clock clock = {0};
    static struct random random;
    return ctx_begin(&clock, &random, 1 << 20);
}

static void options_and_operands_come_in_any_order(void **state)
{
    struct ctx ctx = test_ctx();
    struct got got;
    assert_int_equal(READ("a", "--number", "-5", "--text=x=y", "b", "--on", "--item", "1", "--item=2", "c"), EXIT_DONE);
    assert_true(str_eq(got.operand, STR("a")) && str_eq(got.text, STR("x=y")));
    assert_int_equal(got.number, -5);
    assert_true(got.is_on);
    assert_int_equal(got.list.n, 2);
    assert_int_equal(got.rest.n, 2);
    ctx_end(&ctx);
}

static void what_is_not_given_keeps_its_preset(void **state)
{
    struct ctx ctx = test_ctx();
    struct got got;
    assert_int_equal(READ("a"), EXIT_DONE);
    assert_true(str_eq(got.text, STR("preset")) && got.number == 7 && date_is_none(got.date) && utc_is_none(got.time));
    assert_false(got.is_on);
    ctx_end(&ctx);
}

static void after_two_hyphens_everything_is_an_operand(void **state)
{
    struct ctx ctx = test_ctx();
    struct got got;
    assert_int_equal(READ("--", "--text", "--help"), EXIT_DONE);
    assert_true(str_eq(got.operand, STR("--text")));
    assert_int_equal(got.rest.n, 1);
    assert_int_equal(READ("-"), EXIT_DONE);
    assert_true(str_eq(got.operand, STR("-")));
    ctx_end(&ctx);
}

static void a_wrong_shape_is_usage(void **state)
{
    struct ctx ctx = test_ctx();
    struct got got;
    assert_int_equal(READ("--on"), EXIT_USAGE);
    assert_int_equal(READ("a", "--unknown"), EXIT_USAGE);
    assert_int_equal(READ("a", "--text"), EXIT_USAGE);
    assert_int_equal(READ("a", "--text", "x", "--text", "y"), EXIT_USAGE);
    assert_int_equal(READ("a", "--on=yes"), EXIT_USAGE);
    ctx_end(&ctx);
}

static void a_value_that_cannot_be_is_wrong_input(void **state)
{
    struct ctx ctx = test_ctx();
    struct got got;
    assert_int_equal(READ("a", "--number", "five"), EXIT_WRONG);
    assert_int_equal(READ("a", "--number", "99999999999999999999"), EXIT_WRONG);
    assert_int_equal(READ("a", "--date", "2026-02-30"), EXIT_WRONG);
    assert_int_equal(READ("a", "--time", "noon"), EXIT_WRONG);
    assert_int_equal(READ("a", "--text", "\xff"), EXIT_WRONG);
    assert_int_equal(READ("a", "--date", "2026-12-18", "--time", "2026-12-18T10:05"), EXIT_DONE);
    ctx_end(&ctx);
}

static void help_is_done_whatever_else_is_missing(void **state)
{
    struct ctx ctx = test_ctx();
    struct got got;
    assert_int_equal(READ("--help"), EXIT_DONE);
    assert_int_equal(READ("--number", "five", "-h"), EXIT_DONE);
    assert_int_equal(got.number, 7);
    ctx_end(&ctx);
}

static void trying_again_may_help_only_where_the_error_says_so(void **state)
{
    struct ctx ctx = test_ctx();
    fflush(NULL);
    int err = dup(2), nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, 2);
    int wrong = command_status(&ctx, (fail)(&ctx, ERR_INVALID, "wrong"));
    int busy = command_status(&ctx, (fail)(&ctx, ERR_BUSY, "busy"));
    fflush(NULL);
    dup2(err, 2);
    close(err);
    close(nowhere);
    assert_int_equal(wrong, EXIT_WRONG);
    assert_int_equal(busy, EXIT_TRY_AGAIN);
    assert_int_equal(command_status(&ctx, OK), EXIT_DONE);
    ctx_end(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_and_operands_come_in_any_order),
        cmocka_unit_test(what_is_not_given_keeps_its_preset),
        cmocka_unit_test(after_two_hyphens_everything_is_an_operand),
        cmocka_unit_test(a_wrong_shape_is_usage),
        cmocka_unit_test(a_value_that_cannot_be_is_wrong_input),
        cmocka_unit_test(help_is_done_whatever_else_is_missing),
        cmocka_unit_test(trying_again_may_help_only_where_the_error_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
