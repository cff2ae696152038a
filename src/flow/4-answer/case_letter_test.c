#include "flow_testing.h"

#include "case_letter.h"
#include "letter_template.h"
#include "letters.h"

static size_t count_of(struct str text, const char *needle)
{
    size_t n = 0;
    struct str word = str_from(needle);
    for (ptrdiff_t at; (at = str_find(text, word)) >= 0; n++)
        text = str_skip(text, (size_t)at + word.n);
    return n;
}

static void a_routine_s_own_letter_acknowledges_in_its_own_words(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct receipt receipt = test_submit(ctx, "bistand", "Ingen ringde upp.");
    struct open_case c;
    struct case_letter letter;
    const struct letter_fill nothing = {.text = STR_NONE};
    assert_ok(ctx, case_open_by_id(ctx, receipt.id, &c));
    struct url follow = url_foreign(STR("https://ekhamn.example/folj"));
    assert_ok(ctx, case_letter(ctx, ctx->lang, &c, LETTER_acknowledgement, &nothing, follow, &letter));
    assert_int_equal(letter.source, LETTER_FROM_ROUTINE);
    struct str number = str_fmt(ctx->arena, "Vi har fått det du skrev (%.*s)", STR_ARG(receipt.number));
    assert_string_equal(str_cz(ctx->arena, letter.subject), str_cz(ctx->arena, number));
    assert_int_equal(count_of(letter.body, "{{"), 0);
    assert_int_equal(count_of(letter.body, "https://ekhamn.example/folj"), 1);
    assert_int_equal(count_of(letter.body, "den 14 december. Ditt ärendenummer är "), 1); /* no break at the margin */
    assert_int_equal(count_of(letter.body, "Det här lovar vi dig:\n* "), 1);
    assert_int_equal(count_of(letter.body, "ringa"), 0); /* there is no telephone number */
    assert_true(letter.has_follow && letter.has_promises);
}

static void lines_wrapped_at_a_margin_run_together_and_others_stay(void **state)
{
    TEST_STORE(t);
    struct str text =
        STR("Hej!\n\nEn rad som är så lång att den som skrev den bröt den vid sin marginal och\nfortsatte.\n"
            "* En punkt i en lista som är så lång att den själv skulle kunna brytas, men nej\n* två\n\nSlut\n");
    assert_string_equal(
        str_cz(t->ctx.arena, letter_unwrap(&t->ctx, text)),
        "Hej!\n\nEn rad som är så lång att den som skrev den bröt den vid sin marginal och fortsatte.\n"
        "* En punkt i en lista som är så lång att den själv skulle kunna brytas, men nej\n* två\n\nSlut\n");
}

static void a_sentence_with_nothing_to_say_is_left_out(void **state)
{
    TEST_STORE(t);
    static const char *const cases[][2] = {{"Du kan skriva. Du kan ringa \1.", "Du kan skriva."},
                                           {"Ring \1. Eller skriv!\nHej", " Eller skriv!\nHej"},
                                           {"Ett.\n\nDet här lovar vi:\n\1\n\nTvå.", "Ett.\n\n\n\nTvå."},
                                           {"Svar senast \1, tror jag. Nästa.", " Nästa."},
                                           {"Hälsningar\n\1, \1\nEnheten", "Hälsningar\n\nEnheten"},
                                           {"\1", ""},
                                           {"Inget saknas.", "Inget saknas."}};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_string_equal(str_cz(t->ctx.arena, letter_without_nothing(&t->ctx, str_from(cases[i][0]))), cases[i][1]);
}

static void every_letter_of_the_catalogue_can_be_read(void **state)
{
    TEST_STORE(t);
    const struct lang *langs[] = {&lang_sv, &lang_en};
    for (size_t l = 0; l < ARRAY_LEN(langs); l++)
        for (enum letter_kind kind = 0; kind < LETTER_KIND_COUNT; kind++) {
            struct letter_words words;
            struct letter_complaint *complaints;
            size_t n;
            letter_words_given(&t->ctx, langs[l], NULL, kind, &words);
            assert_int_equal(words.source, LETTER_FROM_PROGRAM);
            letter_template_check(&t->ctx, kind, words.subject, words.body, &complaints, &n);
            assert_int_equal(n, 0);
            assert_true(str_starts(words.body, STR("H")) || str_starts(words.body, STR("{{text}}")));
            assert_int_equal(count_of(words.body, "[["), 0);
        }
}

static void be_amir(struct test_store *t)
{
    const struct town *town;
    assert_ok(&t->ctx, town_get(&t->ctx, &town));
    t->ctx.who = town->staff[0].id;
}

static struct case_letter letter_of(struct test_store *t, struct case_id id, enum letter_kind kind,
                                    const struct letter_fill *fill)
{
    struct open_case c;
    struct case_letter letter;
    assert_ok(&t->ctx, case_open_by_id(&t->ctx, id, &c));
    assert_ok(&t->ctx, case_letter(&t->ctx, case_language(&c), &c, kind, fill, (struct url){STR_NONE}, &letter));
    return letter;
}

static void save(struct test_store *t, const char *routine, int64_t version, const char *body, enum err expected)
{
    const struct letter_place place = {str_from(routine), LETTER_first_response, &lang_sv};
    assert_int_equal(letter_template_save(&t->ctx, &place, version, STR("Om {{case_number}}"), str_from(body)),
                     expected);
}

static void the_municipality_s_own_words_come_before_the_routine_s(void **state)
{
    TEST_STORE(t);
    struct receipt receipt = test_submit(&t->ctx, "gator", "Gropen är djup.");
    const struct letter_fill fill = {.text = STR("Vi lagar den. Ring!\n\nI dag")};
    be_amir(t);
    assert_int_equal(letter_of(t, receipt.id, LETTER_first_response, &fill).source, LETTER_FROM_ROUTINE);
    save(t, "", 0, "Alla: {{text}}", OK);
    assert_string_equal(str_cz(t->ctx.arena, letter_of(t, receipt.id, LETTER_first_response, &fill).body),
                        "Alla: Vi lagar den. Ring!\n\nI dag");
    save(t, "default", 0, "Denna: {{text}} Nummer {{phone}}. {{ unit }}", OK);
    struct case_letter own = letter_of(t, receipt.id, LETTER_first_response, &fill);
    assert_int_equal(own.source, LETTER_FROM_OWN);
    assert_string_equal(str_cz(t->ctx.arena, own.body), "Denna: Vi lagar den. Ring!\n\nI dag Gator och parker");
    /* Somebody else was first; an unknown field; no place for the text. */
    save(t, "default", 0, "{{text}}", ERR_CONFLICT);
    save(t, "default", 1, "{{text}} {{förnamn}}", ERR_INVALID);
    save(t, "default", 1, "{{text", ERR_INVALID);
    save(t, "default", 1, "Hej!", ERR_INVALID);
    const struct letter_place place = {STR("default"), LETTER_first_response, &lang_sv};
    assert_int_equal(letter_template_withdraw(&t->ctx, &place, 0), ERR_CONFLICT);
    assert_ok(&t->ctx, letter_template_withdraw(&t->ctx, &place, 1));
    assert_int_equal(letter_template_withdraw(&t->ctx, &place, 2), ERR_NOT_FOUND);
    assert_int_equal(count_of(letter_of(t, receipt.id, LETTER_first_response, &fill).body, "Alla: "), 1);
    struct letter_template_versions_row *rows;
    size_t n;
    assert_ok(&t->ctx, letter_template_versions(&t->ctx, STR("default"), STR("first_response"), STR("sv"), &rows, &n));
    assert_int_equal(n, 2);
    assert_true(rows[0].withdrawn && rows[0].version == 2 && !rows[1].withdrawn);
}

static void what_staff_wrote_stands_as_it_was_written(void **state)
{
    TEST_STORE(t);
    struct receipt receipt = test_submit(&t->ctx, "gator", "Gropen är djup.");
    be_amir(t);
    const char *text = "Hej! {{text}} är inget fält här, och den här raden är längre än marginalen i en rutin.\n"
                       "Nästa rad\n* en punkt";
    struct case_letter letter = letter_of(t, receipt.id, LETTER_reply, &(struct letter_fill){.text = str_from(text)});
    assert_int_equal(count_of(letter.body, text), 1);
    assert_true(letter.has_text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FLOW_TEST(a_routine_s_own_letter_acknowledges_in_its_own_words),
        FLOW_TEST(lines_wrapped_at_a_margin_run_together_and_others_stay),
        FLOW_TEST(a_sentence_with_nothing_to_say_is_left_out),
        FLOW_TEST(every_letter_of_the_catalogue_can_be_read),
        FLOW_TEST(the_municipality_s_own_words_come_before_the_routine_s),
        FLOW_TEST(what_staff_wrote_stands_as_it_was_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
