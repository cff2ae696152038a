#include "testing.h"

#include "demo_data.h"
#include "register.h"
#include "rights.h"

static struct clock clock_;
static struct random random_;

static bool has_unit(const struct demo_data *data, struct str code)
{
    for (size_t i = 0; i < data->n_units; i++)
        if (str_eq(data->units[i].code, code))
            return true;
    return false;
}

static void every_story_names_units_types_and_words_that_exist(void **state)
{
    struct ctx ctx = ctx_begin(&clock_, &random_, 64 << 20);
    struct demo_data data;
    assert_int_equal(demo_load(&ctx, &data), OK);
    assert_true(data.n_stories >= 110);
    uint32_t *rows = ARENA_ARRAY(ctx.arena, uint32_t, data.n_sets);
    for (size_t i = 0; i < data.n_stories; i++) {
        const struct demo_story *story = &data.stories[i];
        struct str words;
        if (!case_type_known(story->type) || !case_subject_known(story->subject) ||
            demo_words(&ctx, &data, rows, story->story, &words) != OK ||
            demo_words(&ctx, &data, rows, story->answer, &words) != OK || story->n_units == 0 ||
            str_utf8_len(story->title) > TITLE_MAX_CHARS)
            fail_msg("story %.*s: %.*s", STR_ARG(story->id), STR_ARG(ctx.error.message));
        for (size_t u = 0; u < story->n_units; u++)
            if (!has_unit(&data, story->units[u]))
                fail_msg("story %.*s: no unit %.*s", STR_ARG(story->id), STR_ARG(story->units[u]));
    }
    ctx_end(&ctx);
}

static void every_person_has_roles_in_units_that_exist(void **state)
{
    struct ctx ctx = ctx_begin(&clock_, &random_, 64 << 20);
    struct demo_data data;
    assert_int_equal(demo_load(&ctx, &data), OK);
    assert_true(data.n_people >= 25);
    for (size_t i = 0; i < data.n_people; i++)
        for (size_t r = 0; r < data.people[i].n_roles; r++) {
            enum role role;
            assert_true(role_find(data.people[i].roles[r].role, &role));
            struct str unit = data.people[i].roles[r].unit;
            assert_true(has_unit(&data, unit) || str_eq(unit, data.slug));
        }
    ctx_end(&ctx);
}

static void every_month_has_stories_and_winter_is_no_summer(void **state)
{
    struct ctx ctx = ctx_begin(&clock_, &random_, 64 << 20);
    struct demo_data data;
    assert_int_equal(demo_load(&ctx, &data), OK);
    for (int month = 1; month <= 12; month++) {
        size_t n = 0;
        for (size_t i = 0; i < data.n_stories; i++)
            n += demo_story_fits(&data.stories[i], month);
        assert_true(n >= 60);
    }
    const struct demo_story winter = {.from_month = 11, .to_month = 3}, summer = {.from_month = 6, .to_month = 8};
    assert_true(demo_story_fits(&winter, 11) && demo_story_fits(&winter, 3) && !demo_story_fits(&winter, 4));
    assert_true(demo_story_fits(&summer, 6) && demo_story_fits(&summer, 8) && !demo_story_fits(&summer, 5));
    ctx_end(&ctx);
}

/* At least 400 cases differ: each story has some set with as many rows as it is told, and the rows go in turn. */
static void no_story_reads_the_same_twice_in_four_tellings(void **state)
{
    enum { TELLINGS = 4 };
    struct ctx ctx = ctx_begin(&clock_, &random_, 64 << 20);
    struct demo_data data;
    assert_int_equal(demo_load(&ctx, &data), OK);
    uint32_t *rows = ARENA_ARRAY(ctx.arena, uint32_t, data.n_sets);
    for (size_t i = 0; i < data.n_stories; i++) {
        struct str told[TELLINGS];
        for (uint32_t k = 0; k < TELLINGS; k++) {
            for (size_t s = 0; s < data.n_sets; s++)
                rows[s] = k % (uint32_t)data.sets[s].n_rows;
            assert_int_equal(demo_words(&ctx, &data, rows, data.stories[i].story, &told[k]), OK);
            for (uint32_t other = 0; other < k; other++)
                if (str_eq(told[k], told[other]))
                    fail_msg("story %.*s reads the same twice", STR_ARG(data.stories[i].id));
        }
    }
    ctx_end(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_story_names_units_types_and_words_that_exist),
        cmocka_unit_test(every_month_has_stories_and_winter_is_no_summer),
        cmocka_unit_test(no_story_reads_the_same_twice_in_four_tellings),
        cmocka_unit_test(every_person_has_roles_in_units_that_exist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
