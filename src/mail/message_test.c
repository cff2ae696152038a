#include "message.h"

#include <setjmp.h>

#include <cmocka.h>
#include <gmime/gmime.h>

static struct random os_random;
static const struct clock os_clock = {NULL};

static struct mail letter(void)
{
    return (struct mail){
        .from = {STR("Ekhamns kommun"), STR("synpunkter@ekhamn.example")},
        .to = {STR("Åsa Öberg-Ängström"), STR("asa@hem.example")},
        .subject = STR("Vi har fått din synpunkt – ärende 2026-0413"),
        .text = STR("Hej!\n\nTack för att du berättar. Räksmörgås på ön.\n.\nFrom här\n"),
        .html = {STR("<!doctype html><html lang=\"sv\"><body><p>Räksmörgås på ön.</p></body></html>")},
        .message_id = STR("ack-12.ekhamn@ekhamn.example"),
        .date = {INT64_C(1797236400000000)},
        .origin = MAIL_AUTO_REPLIED,
        .language = STR("sv"),
    };
}

/* The composed bytes; fails the test when they break a rule every mail must keep. */
static struct str compose(struct ctx *ctx, const struct mail *mail)
{
    struct str bytes;
    enum err err = message_compose(ctx, mail, &bytes);
    if (err != OK)
        fail_msg("%.*s", STR_ARG(ctx->error.message));
    struct str rest = bytes, line;
    while (str_split(&rest, '\n', &line)) {
        if (str_is_none(rest) && line.n == 0)
            break;
        assert_true(line.n > 0 && line.p[line.n - 1] == '\r');
        assert_true(line.n - 1 <= 998);
        for (size_t i = 0; i + 1 < line.n; i++)
            if ((unsigned char)line.p[i] >= 0x80 || line.p[i] == '\r' || line.p[i] == 0)
                fail_msg("a byte that is not 7-bit text in \"%.*s\"", STR_ARG(line));
    }
    return bytes;
}

static GMimeMessage *decode(struct str bytes)
{
    g_mime_init();
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes.p, bytes.n);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    g_object_unref(parser);
    g_object_unref(stream);
    assert_non_null(message);
    return message;
}

static struct ctx test_ctx(void)
{
    return ctx_begin(&os_clock, &os_random, 64 << 20);
}

static size_t count(struct str s, struct str needle)
{
    size_t n = 0;
    for (ptrdiff_t at; (at = str_find(s, needle)) >= 0; n++)
        s = str_skip(s, (size_t)at + needle.n);
    return n;
}

static struct str head_of(struct str bytes)
{
    ptrdiff_t at = str_find(bytes, STR("\r\n\r\n"));
    assert_true(at > 0);
    return str_head(bytes, (size_t)at + 2);
}

static void swedish_letters_survive_in_names_subject_and_both_parts(void **state)
{
    struct ctx ctx = test_ctx();
    struct mail mail = letter();
    GMimeMessage *message = decode(compose(&ctx, &mail));
    assert_string_equal(g_mime_message_get_subject(message), "Vi har fått din synpunkt – ärende 2026-0413");
    InternetAddressList *to = g_mime_message_get_to(message);
    assert_int_equal(internet_address_list_length(to), 1);
    InternetAddress *one = internet_address_list_get_address(to, 0);
    assert_string_equal(internet_address_get_name(one), "Åsa Öberg-Ängström");
    assert_string_equal(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one)), "asa@hem.example");
    GMimeMultipart *both = GMIME_MULTIPART(g_mime_message_get_mime_part(message));
    assert_int_equal(g_mime_multipart_get_count(both), 2);
    char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(g_mime_multipart_get_part(both, 0)));
    char *html = g_mime_text_part_get_text(GMIME_TEXT_PART(g_mime_multipart_get_part(both, 1)));
    assert_string_equal(text, "Hej!\r\n\r\nTack för att du berättar. Räksmörgås på ön.\r\n.\r\nFrom här\r\n");
    assert_non_null(strstr(html, "<p>Räksmörgås på ön.</p>"));
    g_free(text);
    g_free(html);
    g_object_unref(message);
    ctx_end(&ctx);
}

static void the_same_mail_gives_the_same_bytes(void **state)
{
    struct ctx ctx = test_ctx();
    struct mail mail = letter();
    struct str first = compose(&ctx, &mail), second = compose(&ctx, &mail);
    assert_true(str_eq(first, second));
    ctx_end(&ctx);
}

static void the_header_is_exactly_this(void **state)
{
    struct ctx ctx = test_ctx();
    struct mail mail = letter();
    mail.reply_to = STR("svar@ekhamn.example");
    mail.in_reply_to = STR("abc@hem.example");
    struct str head = head_of(compose(&ctx, &mail));
    const char *expected = "Date: Mon, 14 Dec 2026 08:20:00 +0000\r\n"
                           "From: Ekhamns kommun <synpunkter@ekhamn.example>\r\n"
                           "Reply-To: svar@ekhamn.example\r\n"
                           "Subject: Vi har =?UTF-8?B?ZsOldHQgZGluIHN5bnB1bmt0IOKAkyDDpHJlbmRl?= 2026-0413\r\n"
                           "To: =?UTF-8?b?w4VzYSDDlmJlcmctw4RuZ3N0csO2bQ==?= <asa@hem.example>\r\n"
                           "Message-Id: <ack-12.ekhamn@ekhamn.example>\r\n"
                           "In-Reply-To: <abc@hem.example>\r\n"
                           "References: <abc@hem.example>\r\n"
                           "Auto-Submitted: auto-replied\r\n"
                           "X-Auto-Response-Suppress: OOF, AutoReply\r\n"
                           "Content-Language: sv\r\n"
                           "MIME-Version: 1.0\r\n"
                           "Content-Type: multipart/alternative;\r\n"
                           "\tboundary=\"=_gava-ack-12-ekhamn-ekhamn-example\"\r\n";
    assert_string_equal(str_cz(ctx.arena, head), expected);
    ctx_end(&ctx);
}

static void a_line_break_in_a_name_or_subject_adds_no_header(void **state)
{
    static const char *const nasty[] = {"Anna\r\nBcc: alla@ekhamn.example",
                                        "Anna\nBcc: alla@ekhamn.example\n\nHej",
                                        "Anna\rBcc: alla@ekhamn.example",
                                        "\"Anna\" <bo@ekhamn.example>, Bo",
                                        "=?utf-8?Q?Anna=0D=0ABcc:_alla@ekhamn.example?=",
                                        "Anna\xff\xfe\r\n\tBcc: x",
                                        "\xe2\x80\xa8"
                                        "Bcc: x\xc2\x85"
                                        "Bcc: y",
                                        "a, b; c: d;"};
    for (size_t i = 0; i < ARRAY_LEN(nasty); i++) {
        struct ctx ctx = test_ctx();
        struct mail mail = letter();
        mail.to.name = mail.from.name = mail.subject = mail.language = str_from(nasty[i]);
        struct str head = head_of(compose(&ctx, &mail));
        assert_int_equal(count(head, STR("\r\nBcc")), 0);
        GMimeMessage *message = decode(compose(&ctx, &mail));
        InternetAddressList *to = g_mime_message_get_to(message);
        assert_int_equal(internet_address_list_length(to), 1);
        assert_string_equal(
            internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(internet_address_list_get_address(to, 0))),
            "asa@hem.example");
        assert_null(g_mime_message_get_bcc(message) && internet_address_list_length(g_mime_message_get_bcc(message)) > 0
                        ? "bcc"
                        : NULL);
        assert_null(strpbrk(g_mime_message_get_subject(message), "\r\n"));
        g_object_unref(message);
        ctx_end(&ctx);
    }
}

static void an_address_or_id_with_a_line_break_is_refused(void **state)
{
    struct ctx ctx = test_ctx();
    struct str bytes = STR("untouched");
    struct mail mail = letter();
    mail.to.address = STR("asa@hem.example\r\nBcc: alla@ekhamn.example");
    assert_int_equal(message_compose(&ctx, &mail, &bytes), ERR_INVALID);
    /* An address is personal: it is not repeated in the error, which goes to a log. */
    assert_true(str_find(ctx.error.message, STR("hem.example")) < 0);
    mail = letter();
    mail.message_id = STR("a@b>\r\nBcc: x@y");
    assert_int_equal(message_compose(&ctx, &mail, &bytes), ERR_INVALID);
    mail = letter();
    mail.in_reply_to = STR("a b@c");
    assert_int_equal(message_compose(&ctx, &mail, &bytes), ERR_INVALID);
    mail = letter();
    mail.reply_to = STR("inte en adress");
    assert_int_equal(message_compose(&ctx, &mail, &bytes), ERR_INVALID);
    assert_true(str_eq(bytes, STR("untouched")));
    ctx_end(&ctx);
}

static void very_long_lines_and_words_stay_within_what_smtp_allows(void **state)
{
    struct ctx ctx = test_ctx();
    struct out long_text = out_init(ctx.arena, 1 << 20);
    for (int i = 0; i < 50000; i++)
        out_lit(&long_text, "åäö ");
    for (int i = 0; i < 5000; i++)
        out_char(&long_text, 'x');
    struct mail mail = letter();
    mail.text = out_take(&long_text);
    mail.subject = mail.to.name = str_skip(mail.text, mail.text.n - 4000);
    GMimeMessage *message = decode(compose(&ctx, &mail));
    assert_int_equal(strlen(g_mime_message_get_subject(message)), 200);
    GMimeMultipart *both = GMIME_MULTIPART(g_mime_message_get_mime_part(message));
    char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(g_mime_multipart_get_part(both, 0)));
    assert_int_equal(strlen(text), mail.text.n + 2);
    g_free(text);
    g_object_unref(message);
    ctx_end(&ctx);
}

static void every_line_end_becomes_crlf_once(void **state)
{
    struct ctx ctx = test_ctx();
    struct mail mail = letter();
    mail.text = STR("ett\r\ntvå\ntre\rfyra");
    mail.html = (struct html){STR_NONE};
    struct str bytes = compose(&ctx, &mail);
    assert_true(str_ends(bytes, STR("\r\n\r\nett\r\ntv=C3=A5\r\ntre\r\nfyra\r\n")));
    ctx_end(&ctx);
}

static void a_mail_without_html_is_plain_text_alone(void **state)
{
    struct ctx ctx = test_ctx();
    struct mail mail = letter();
    mail.html = (struct html){STR_NONE};
    mail.origin = MAIL_FROM_PERSON;
    struct str head = head_of(compose(&ctx, &mail));
    assert_true(str_find(head, STR("Content-Type: text/plain; charset=utf-8\r\n")) > 0);
    assert_true(str_find(head, STR("Content-Transfer-Encoding: quoted-printable\r\n")) > 0);
    assert_true(str_find(head, STR("Auto-Submitted")) < 0);
    ctx_end(&ctx);
}

static void too_large_a_text_is_told_not_cut(void **state)
{
    struct ctx ctx = test_ctx();
    struct mail mail = letter();
    char *big = arena_alloc(ctx.arena, (1 << 20) + 1);
    memset(big, 'a', (1 << 20) + 1);
    mail.text = (struct str){big, (1 << 20) + 1};
    struct str bytes;
    assert_int_equal(message_compose(&ctx, &mail, &bytes), ERR_TOO_LARGE);
    ctx_end(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(swedish_letters_survive_in_names_subject_and_both_parts),
        cmocka_unit_test(the_same_mail_gives_the_same_bytes),
        cmocka_unit_test(the_header_is_exactly_this),
        cmocka_unit_test(a_line_break_in_a_name_or_subject_adds_no_header),
        cmocka_unit_test(an_address_or_id_with_a_line_break_is_refused),
        cmocka_unit_test(very_long_lines_and_words_stay_within_what_smtp_allows),
        cmocka_unit_test(every_line_end_becomes_crlf_once),
        cmocka_unit_test(a_mail_without_html_is_plain_text_alone),
        cmocka_unit_test(too_large_a_text_is_told_not_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
