#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "asset.h"

static void every_asset_is_found_by_its_path(void **state)
{
    assert_true(asset_count() >= 7);
    for (size_t i = 0; i < asset_count(); i++) {
        struct asset wanted = asset_at(i), found;
        assert_true(asset_find(wanted.path, &found));
        assert_ptr_equal(found.p, wanted.p);
        assert_true(found.n > 100);
        assert_true(str_starts(found.path, STR("/assets/")));
        assert_true(str_starts(found.etag, STR("\"")) && str_ends(found.etag, STR("\"")));
    }
}

static void an_unknown_path_finds_nothing(void **state)
{
    struct asset found;
    assert_false(asset_find(STR("/assets/app.css"), &found));
    assert_false(asset_find(STR(""), &found));
    assert_false(asset_find(STR("/assets/../gava"), &found));
}

static void text_has_a_smaller_gzip_copy_and_a_font_has_none(void **state)
{
    struct asset found;
    assert_true(asset_find(asset_url_app_css().s, &found));
    assert_true(found.gz_n > 0 && found.gz_n < found.n / 3);
    assert_int_equal(found.gz[0], 0x1f);
    assert_int_equal(found.gz[1], 0x8b);
    assert_true(asset_find(asset_url_inter_latin_woff2().s, &found));
    assert_null(found.gz);
    assert_memory_equal(found.p, "wOF2", 4);
}

static void the_style_sheet_names_the_font_by_its_hashed_name(void **state)
{
    struct asset css;
    assert_true(asset_find(asset_url_app_css().s, &css));
    struct str text = {(const char *)css.p, css.n}, font = asset_url_inter_latin_woff2().s;
    assert_true(str_find(text, str_skip(font, strlen("/assets/"))) > 0);
    assert_true(str_find(text, STR("@import")) < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_asset_is_found_by_its_path),
        cmocka_unit_test(an_unknown_path_finds_nothing),
        cmocka_unit_test(text_has_a_smaller_gzip_copy_and_a_font_has_none),
        cmocka_unit_test(the_style_sheet_names_the_font_by_its_hashed_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
