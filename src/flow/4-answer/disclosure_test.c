#include "testing.h"

#include "disclosure.h"
#include "out.h"

static void what_tells_who_somebody_is_is_found_by_its_shape(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", ""},
        {"Köket ringer dig den 15 januari kl. 10.24. Beloppet är 1 250 kronor.", ""},
        {"Ärende 2026-0413, diarienummer 2026/00190.", ""},
        {"Hon är född 19560312-1234 och bor där.", "identity:19560312-1234|"},
        {"560312-1234, 560372-1234 och 561312-1234", "identity:560312-1234|identity:560372-1234|"},
        {"Ring 0980-319 200 eller +46 70 123 45 67.", "phone:0980-319 200|phone:+46 70 123 45 67|"},
        {"Skriv till anna.öberg@hem.example.", "email:anna.öberg@hem.example|"},
        {"a@b, @hem, hem@ och x@y.se", "email:x@y.se|"},
    };
    static const char *const names[] = {"identity", "phone", "email"};
    ARENA_SCOPE struct arena *arena = arena_new(1 << 20);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct disclosure *found;
        size_t n;
        struct out out = out_init(arena, 1000);
        disclosures_find(arena, str_from(cases[i][0]), &found, &n);
        for (size_t k = 0; k < n; k++)
            out_fmt(&out, "%s:%.*s|", names[found[k].kind], STR_ARG(found[k].text));
        assert_string_equal(str_cz(arena, out_take(&out)), cases[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_tells_who_somebody_is_is_found_by_its_shape)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
