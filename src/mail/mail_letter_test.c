#include "testing.h"

#include "mail_letter.h"

static struct random os_random;
static const struct clock os_clock = {NULL};
static const struct mail_promise promises[] = {
    {STR_INIT("Vi hör av oss."), {STR_INIT("2026-12-29"), STR_INIT("tisdag 29 december")}},
    {STR_INIT("Du får svar."), {STR_INIT("2027-01-08"), STR_INIT("fredag 8 januari 2027")}},
    {STR_INIT("Vi lär oss av det."), {{NULL, 0}, {NULL, 0}}}};

static struct mail_letter a_letter(enum mail_kind kind)
{
    return (struct mail_letter){
        .kind = kind,
        .municipality = STR("Ekhamns kommun"),
        .phone = STR("0980-319 200"),
        .number = STR("2026-0413"),
        .follow = url_foreign(STR("https://ekhamn.example/folj")),
        .words = kind == MAIL_ACKNOWLEDGEMENT
                     ? STR_NONE
                     : STR("Hej!\nTack <för> att du & din mamma hör av er.\r\n \n\n\nJag beklagar."),
        .promises = promises,
        .n_promises = ARRAY_LEN(promises),
    };
}

static struct mail write_letter(struct ctx *ctx, const struct lang *lang, const struct mail_letter *letter)
{
    struct mail mail = {0};
    mail_letter_write(ctx, lang, letter, &mail);
    return mail;
}

static void expect_has(struct str text, const char *part)
{
    if (str_find(text, str_from(part)) < 0)
        fail_msg("\"%s\" is missing in:\n%.*s", part, STR_ARG(text));
}

static void expect_has_not(struct str text, const char *part)
{
    if (str_find(text, str_from(part)) >= 0)
        fail_msg("\"%s\" is in:\n%.*s", part, STR_ARG(text));
}

static void the_acknowledgement_thanks_and_gives_the_dates(void **state)
{
    struct ctx ctx = ctx_begin(&os_clock, &os_random, 16 << 20);
    struct mail_letter letter = a_letter(MAIL_ACKNOWLEDGEMENT);
    letter.n_promises = 3;
    struct mail mail = write_letter(&ctx, &lang_sv, &letter);
    assert_string_equal(str_cz(ctx.arena, mail.subject), "Vi har tagit emot det du skrev – ärende 2026-0413");
    assert_string_equal(
        str_cz(ctx.arena, mail.text),
        "Tack för att du berättar. Vi har tagit emot det du skrev. Då får vi veta vad vi kan göra "
        "bättre.\n\nDet här lovar vi dig\n* Vi hör av oss. Senast tisdag 29 december.\n* Du får svar. "
        "Senast fredag 8 januari 2027.\n* Vi lär oss av det.\n\n-- \nLäs, svara och följ ärende "
        "2026-0413 här. Du behöver koden som du fick när du "
        "skickade:\nhttps://ekhamn.example/folj\nDu kan också ringa oss: 0980-319 200\nEkhamns kommun\n");
    expect_has(mail.html.s, "<li>Du får svar. Senast <time datetime=\"2027-01-08\">fredag 8 januari 2027</time>.</li>");
    expect_has(mail.html.s, "<a href=\"https://ekhamn.example/folj\">https://ekhamn.example/folj</a>");
    expect_has(mail.html.s, "<a href=\"tel:0980319200\">0980-319 200</a>");
    assert_int_equal(mail.origin, MAIL_AUTO_REPLIED);
    assert_true(str_eq(mail.language, STR("sv")));
    ctx_end(&ctx);
}

static void a_routine_may_have_its_own_words_and_subject(void **state)
{
    struct ctx ctx = ctx_begin(&os_clock, &os_random, 16 << 20);
    struct mail_letter letter = a_letter(MAIL_ACKNOWLEDGEMENT);
    letter.subject = STR("Mottagarbevis 2026-0413");
    letter.words = STR("Registratorn har fått din skrivelse.");
    struct mail mail = write_letter(&ctx, &lang_sv, &letter);
    assert_true(str_eq(mail.subject, letter.subject));
    assert_true(str_starts(mail.text, STR("Registratorn har fått din skrivelse.\n\n")));
    /* It says everything itself: nothing is added. */
    letter.n_promises = 0;
    letter.phone = letter.follow.s = STR_NONE;
    mail = write_letter(&ctx, &lang_sv, &letter);
    assert_string_equal(str_cz(ctx.arena, mail.text), "Registratorn har fått din skrivelse.\n\n");
    expect_has_not(mail.html.s, "Ekhamn");
    ctx_end(&ctx);
}

static void the_reply_keeps_paragraphs_and_is_escaped_in_html(void **state)
{
    struct ctx ctx = ctx_begin(&os_clock, &os_random, 16 << 20);
    struct mail_letter letter = a_letter(MAIL_REPLY);
    letter.n_promises = 0;
    struct mail mail = write_letter(&ctx, &lang_sv, &letter);
    assert_string_equal(str_cz(ctx.arena, mail.subject), "Svar i ditt ärende 2026-0413");
    assert_true(str_starts(mail.text,
                           STR("Hej!\nTack <för> att du & din mamma hör av er.\n\nJag beklagar.\n\n-- \nLäs, svara")));
    expect_has(mail.html.s, "<p>Hej!<br>Tack &lt;för&gt; att du &amp; din mamma hör av er.</p>");
    expect_has(mail.html.s, "<p>Jag beklagar.</p>");
    assert_int_equal(mail.origin, MAIL_FROM_PERSON);
    ctx_end(&ctx);
}

static void news_carries_nothing_of_the_case(void **state)
{
    struct ctx ctx = ctx_begin(&os_clock, &os_random, 16 << 20);
    struct mail_letter letter = a_letter(MAIL_NEWS);
    letter.subject = STR("Svar om hemtjänsten");
    struct mail mail = write_letter(&ctx, &lang_sv, &letter);
    assert_string_equal(str_cz(ctx.arena, mail.subject), "Det finns något nytt att läsa hos Ekhamns kommun");
    struct str parts[] = {mail.subject, mail.text, mail.html.s};
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        expect_has_not(parts[i], "mamma");
        expect_has_not(parts[i], "beklagar");
        expect_has_not(parts[i], "hemtjänst");
        expect_has_not(parts[i], "8 januari");
    }
    expect_has(mail.text, "https://ekhamn.example/folj");
    assert_int_equal(mail.origin, MAIL_AUTO_GENERATED);
    ctx_end(&ctx);
}

static void english_readers_get_english_mails(void **state)
{
    struct ctx ctx = ctx_begin(&os_clock, &os_random, 16 << 20);
    struct mail_letter letter = a_letter(MAIL_MESSAGE);
    letter.phone = STR("");
    struct mail mail = write_letter(&ctx, &lang_en, &letter);
    assert_string_equal(str_cz(ctx.arena, mail.subject), "Message in your case 2026-0413");
    expect_has(mail.html.s, "<html lang=\"en\">");
    expect_has_not(mail.text, "call us");
    ctx_end(&ctx);
}

static void a_very_long_reply_loses_no_line(void **state)
{
    struct ctx ctx = ctx_begin(&os_clock, &os_random, 16 << 20);
    struct out words = out_init(ctx.arena, 1 << 20);
    for (int i = 0; i < 5000; i++)
        out_fmt(&words, "rad %d\n\n", i);
    struct mail_letter letter = a_letter(MAIL_REPLY);
    letter.words = out_take(&words);
    struct mail mail = write_letter(&ctx, &lang_sv, &letter);
    expect_has(mail.text, "rad 3998\n");
    expect_has(mail.text, "rad 4999\n");
    expect_has(mail.html.s, "rad 4999</p>");
    ctx_end(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_acknowledgement_thanks_and_gives_the_dates),
        cmocka_unit_test(a_routine_may_have_its_own_words_and_subject),
        cmocka_unit_test(the_reply_keeps_paragraphs_and_is_escaped_in_html),
        cmocka_unit_test(news_carries_nothing_of_the_case),
        cmocka_unit_test(english_readers_get_english_mails),
        cmocka_unit_test(a_very_long_reply_loses_no_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
