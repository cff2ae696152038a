#include "testing.h"

#include "qr.h"

static struct random os_random;
static const struct clock os_clock = {NULL};

/* Reading it back is tests/flow/25-poster.test.mjs (zbarimg). */
static void a_code_has_its_corners_and_a_quiet_zone(void **state)
{
    struct ctx ctx = ctx_begin(&os_clock, &os_random, 4 << 20);
    struct qr qr;
    assert_int_equal(qr_make(&ctx, STR("https://ekhamn.example/synpunkter?unit=hemtjanst"), &qr), OK);
    assert_true(qr.size >= 21 + 8 && (qr.size - 8 - 17) % 4 == 0);
    assert_int_equal(qr.runs[0].x, 4); /* the corner mark's upper edge: seven modules */
    assert_int_equal(qr.runs[0].y, 4);
    assert_int_equal(qr.runs[0].width, 7);
    for (size_t i = 0; i < qr.n_runs; i++) {
        assert_true(qr.runs[i].x >= 4 && qr.runs[i].x + qr.runs[i].width <= qr.size - 4);
        assert_true(qr.runs[i].y >= 4 && qr.runs[i].y < qr.size - 4);
        assert_true(i == 0 || qr.runs[i].y > qr.runs[i - 1].y ||
                    qr.runs[i].x > qr.runs[i - 1].x + qr.runs[i - 1].width);
    }
    ctx_end(&ctx);
}

static void a_text_that_no_telephone_reads_from_a_wall_is_refused(void **state)
{
    struct ctx ctx = ctx_begin(&os_clock, &os_random, 4 << 20);
    struct qr qr;
    char text[1001];
    memset(text, 'a', sizeof text);
    assert_int_equal(qr_make(&ctx, STR(""), &qr), ERR_TOO_LARGE);
    assert_int_equal(qr_make(&ctx, (struct str){text, 1001}, &qr), ERR_TOO_LARGE);
    assert_int_equal(qr_make(&ctx, (struct str){text, 700}, &qr), ERR_TOO_LARGE);
    assert_int_equal(qr_make(&ctx, (struct str){text, 300}, &qr), OK);
    ctx_end(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_has_its_corners_and_a_quiet_zone),
        cmocka_unit_test(a_text_that_no_telephone_reads_from_a_wall_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
