#include "testing.h"

#include "out.h"
#include "word_cut.h"

static void words_end_where_a_reader_ends_them(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Vi beklagar, mycket.", "Vi|beklagar|mycket|"},
        {"”Åäö” »semester« “vikarie” \"resurs\" 'brist'", "Åäö|semester|vikarie|resurs|brist|"},
        {"vika-\nrie och vika-\r\nrie", "vikarie|och|vikarie|"},
        {"vikarie-brist", "vikarie|brist|"},
        {"se\xc2\xadmes\xc2\xadter", "semester|"},
        {"semester\xc2\xa0i\xe2\x80\x93juli\xe2\x80\xa6", "semester|i|juli|"},
        {"don't l\xe2\x80\x99homme", "don't|l\xe2\x80\x99homme|"},
        {"kl. 10.24, 3 × 4", "kl|10|24|3|4|"},
        {"-\n- \xc2\xad ”", ""},
        {"", ""},
    };
    ARENA_SCOPE struct arena *arena = arena_new(1 << 20);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct out out = out_init(arena, 1000);
        struct str rest = str_from(cases[i][0]), word;
        while (word_next(&rest, &word)) {
            out_str(&out, word_plain(arena, word));
            out_char(&out, '|');
        }
        assert_string_equal(str_cz(arena, out_take(&out)), cases[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_end_where_a_reader_ends_them)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
