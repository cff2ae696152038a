#include "testing.h"

#include "hints.h"

static const struct str holidays[] = {STR_INIT("semest*"), STR_INIT("vikarie*"), STR_INIT("*brist*")};
static const struct str we[] = {STR_INIT("vi beklagar")};
static const struct str regret[] = {STR_INIT("beklag*"), STR_INIT("förlåt"), STR_INIT("ledsen")};
static const struct hint hints[] = {
    {.id = STR_INIT("blame"), .find = holidays, .n_find = ARRAY_LEN(holidays)},
    {.id = STR_INIT("we"), .find = we, .n_find = ARRAY_LEN(we)},
    {.id = STR_INIT("regret"),
     .missing = regret,
     .n_missing = ARRAY_LEN(regret),
     .types = (uint64_t)1 << TYPE_complaint},
};

/* "blame(semestern) we(Vi beklagar) regret()" */
static void expect_hints(struct ctx *ctx, const char *text, enum feedback_type type, const char *expected)
{
    const struct routine routine = {.hints = hints, .n_hints = ARRAY_LEN(hints)};
    struct hint_found *found;
    size_t n;
    routine_hints(ctx, &routine, str_from(text), type, &found, &n);
    struct out out = out_init(ctx->arena, 1000);
    for (size_t i = 0; i < n; i++)
        out_fmt(&out, "%s%.*s(%.*s)", i ? " " : "", STR_ARG(found[i].hint->id), STR_ARG(found[i].words));
    if (!str_eq(out_take(&out), str_from(expected)))
        fail_msg("%s: %.*s instead of %s", text, STR_ARG(out_take(&out)), expected);
}

static void hints_find_whole_words_however_they_are_written(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"", ""},
        {"...", ""},
        {"Jag beklagar det som hände.", ""},
        {"Det var SEMESTERTIDER, förlåt.", "blame(SEMESTERTIDER)"},
        {"Förlåt. ”Vikarien” kunde inte.", "blame(Vikarien)"},
        {"Förlåt. Det är personalbristen.", "blame(personalbristen)"},
        {"Förlåt. Det var se\xc2\xadmes\xc2\xadter.", "blame(se\xc2\xadmes\xc2\xadter)"},
        {"Förlåt, sommar-\nvikarierna och vika-\nrien", "blame(vika-\nrien)"},
        {"Vi beklagar.", "we(Vi beklagar)"},
        {"VI BEKLAGAR och vi  beklagar", "we(VI BEKLAGAR)"},
        {"Avi beklagar. Vi beklagarna.", ""},
        {"Jag vill inte beklaga mig", ""},
        {"Jag är LEDSEN.", ""},
        {"Tack för att du skrev.", "regret()"},
        {"»Vi beklagar« att vikarien var ny", "blame(vikarien) we(Vi beklagar)"},
    };
    static const struct clock clock = {0};
    static struct random random;
    struct ctx ctx = ctx_begin(&clock, &random, 1 << 20);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        expect_hints(&ctx, cases[i].text, TYPE_complaint, cases[i].expected);
    expect_hints(&ctx, "Tack för att du skrev.", TYPE_praise, "");
    ctx_end(&ctx);
}

static void a_pattern_has_words_and_stars_at_their_ends(void **state)
{
    (void)state;
    static const char *const good[] = {"semest*", "*brist*", "vi beklagar", "kan inte hjälpa", "åäö"};
    static const char *const bad[] = {"", "*", "a*b", "vi, beklagar", "två  ord", "**"};
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        assert_true(hint_pattern_is_good(str_from(good[i])));
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(hint_pattern_is_good(str_from(bad[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(hints_find_whole_words_however_they_are_written),
                                       cmocka_unit_test(a_pattern_has_words_and_stars_at_their_ends)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
