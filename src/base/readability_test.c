#include "testing.h"

#include "out.h"
#include "readability.h"

/* Counted by hand. */
static void lix_is_what_one_counts_by_hand(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t words, sentences;
        int64_t lix;
        enum read_ease ease;
    } cases[] = {
        {"", 0, 0, 0, READ_EASY},
        {"\n ... \n", 0, 0, 0, READ_EASY},
        {"Hej!", 1, 1, 1, READ_EASY},
        {"Jag ringer dig den 15 januari. Då vet vi mer.", 10, 2, 15, READ_EASY},          /* 10/2 + 100*1/10 */
        {"Vi ses kl. 10.24 hos oss, bl.a. med kocken.", 11, 1, 11, READ_EASY},            /* 10 och 24; bl och a */
        {"Hej\n\nTack för brevet\nVänliga hälsningar\nÅsa Öberg", 8, 4, 27, READ_EASY},   /* 8/4 + 100*2/8 */
        {"Specialkosten märktes felaktigt. Är det åtgärdat?", 6, 2, 70, READ_HARD},       /* 3 + 100*4/6 */
        {"Ett två tre fyra fem sex sju åtta nio tio elva sjätte.", 12, 1, 12, READ_EASY}, /* 6 letters are short */
        {"Köket märker maten. Personalen kontrollerar lådan idag.", 7, 2, 32, READ_EASY}, /* 3,5 + 100*2/7 */
        {"Köket märker numera maten. Personalen kontrollerar lådan.", 7, 2, 32, READ_EASY},
    };
    ARENA_SCOPE struct arena *arena = arena_new(1 << 20);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct readability r = readability_of(arena, str_from(cases[i].text));
        if (r.n_words != cases[i].words || r.n_sentences != cases[i].sentences || r.lix != cases[i].lix ||
            r.ease != cases[i].ease)
            fail_msg("%s: %zu words, %zu sentences, LIX %lld", cases[i].text, r.n_words, r.n_sentences,
                     (long long)r.lix);
    }
}

static void the_two_longest_sentences_are_named_longest_first(void **state)
{
    (void)state;
    ARENA_SCOPE struct arena *arena = arena_new(1 << 20);
    struct out out = out_init(arena, 4000);
    static const int lengths[] = {21, 5, 30, 20, 25};
    for (size_t i = 0; i < ARRAY_LEN(lengths); i++) {
        for (int w = 0; w < lengths[i]; w++)
            out_fmt(&out, "%s", w ? " ord" : "Ord");
        out_lit(&out, ". ");
    }
    struct readability r = readability_of(arena, out_take(&out));
    assert_int_equal(r.n_sentences, 5);
    assert_int_equal(r.longest_words[0], 30);
    assert_int_equal(r.longest_words[1], 25);
    assert_true(str_starts(r.longest[0], STR("Ord ord")) && str_ends(r.longest[0], STR("ord.")));
    assert_true(str_is_none(readability_of(arena, STR("Kort.")).longest[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(lix_is_what_one_counts_by_hand),
                                       cmocka_unit_test(the_two_longest_sentences_are_named_longest_first)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
