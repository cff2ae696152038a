#include "testing.h"

#include "mask.h"

/* The text without this person: "*" stands for what was taken out. */
static void assert_masked(const char *text, const struct contact *who, const char *want)
{
    static const struct clock clock;
    struct random random = {0};
    struct ctx ctx = ctx_begin(&clock, &random, 1 << 20);
    size_t n;
    struct str got = mask_person(&ctx, str_from(text), who, STR("*"), &n);
    assert_int_equal(got.n, strlen(want));
    assert_memory_equal(got.p, want, got.n);
    size_t dots = 0;
    for (const char *p = want; *p; p++)
        dots += *p == '*';
    for (const char *p = text; *p; p++)
        dots -= *p == '*';
    assert_int_equal(n, dots);
    ctx_end(&ctx);
}

static const struct contact gunnel = {.name = STR_INIT("Gunnel Åsberg af Ek"),
                                      .email = STR_INIT("Gunnel@Example.se"),
                                      .phone = STR_INIT("+46 70-174 06 35"),
                                      .address = STR_INIT("")};

static void names_are_taken_out_whole_and_in_the_genitive(void **state)
{
    assert_masked("Hej Gunnel!", &gunnel, "Hej *!");
    assert_masked("Gunnels mamma, ÅSBERG", &gunnel, "* mamma, *");
    assert_masked("Gunnelson bor i Åsbergsgatan", &gunnel, "Gunnelson bor i Åsbergsgatan");
    assert_masked("gunnel och åsberg", &gunnel, "gunnel och åsberg"); /* small letters: other words */
    assert_masked("Ek, ek, af", &gunnel, "Ek, ek, af");               /* too short to be told from words */
}

static void the_address_and_the_number_in_any_shape(void **state)
{
    assert_masked("skriv till GUNNEL@example.SE nu", &gunnel, "skriv till * nu");
    assert_masked("ring 070-1740635 eller 0701740635", &gunnel, "ring * eller *");
    assert_masked("ring +46701740635 i dag", &gunnel, "ring * i dag");
    assert_masked("ring 070-174 06 36", &gunnel, "ring 070-174 06 36");
    assert_masked("3 dagar, 2026-12-14", &gunnel, "3 dagar, 2026-12-14");
}

static void nobody_known_nothing_taken_out(void **state)
{
    const struct contact nobody = {
        .name = STR_INIT(""), .email = STR_INIT(""), .phone = STR_INIT(""), .address = STR_INIT("")};
    assert_masked("Hej Gunnel, ring 0701740635!", &nobody, "Hej Gunnel, ring 0701740635!");
    assert_masked("", &gunnel, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_taken_out_whole_and_in_the_genitive),
        cmocka_unit_test(the_address_and_the_number_in_any_shape),
        cmocka_unit_test(nobody_known_nothing_taken_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
