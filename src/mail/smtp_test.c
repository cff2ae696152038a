#include "smtp_testing.h"

#include "ctx.h"
#include "smtp.h"

/* ---------------------------------------------- helpers */

static struct random os_random;
static const struct clock os_clock = {NULL};
static const struct str message = STR_INIT("Subject: x\r\n\r\nHej\r\n.dold\r\n");

static struct ctx test_ctx(void)
{
    return ctx_begin(&os_clock, &os_random, 8 << 20);
}

static struct smtp_settings settings_for(struct ctx *ctx, const struct smtp_server *server)
{
    return (struct smtp_settings){
        .url = str_fmt(ctx->arena, "smtp://127.0.0.1:%d", server->port), .tls = SMTP_TLS_NONE, .timeout_s = 5};
}

/* Send one mail to a server with this script. */
static enum err send_one(struct ctx *ctx, const struct smtp_answer *script, struct str *ret_talk)
{
    struct smtp_server server = smtp_server_start(script, 1);
    struct smtp_settings settings = settings_for(ctx, &server);
    struct smtp *link;
    assert_int_equal(smtp_open(ctx, &settings, &link), OK);
    enum err err = smtp_send(ctx, link, STR("synpunkter@ekhamn.example"), STR("asa@hem.example"), message);
    struct str talk = smtp_server_end(&server, ctx->arena);
    if (ret_talk)
        *ret_talk = talk;
    return err;
}

static void expect(const struct smtp_answer *script, enum err expected, const char *detail)
{
    struct ctx ctx = test_ctx();
    enum err err = send_one(&ctx, script, NULL);
    if (err != expected)
        fail_msg("expected %.*s, got %.*s (%.*s)", STR_ARG(err_name(expected)), STR_ARG(err_name(err)),
                 STR_ARG(ctx.error.detail));
    if (detail)
        assert_string_equal(str_cz(ctx.arena, ctx.error.detail), detail);
    ctx_end(&ctx);
}

/* ---------------------------------------------- cases */

static void a_mail_arrives_with_envelope_and_dots_kept(void **state)
{
    struct ctx ctx = test_ctx();
    struct str talk;
    assert_int_equal(send_one(&ctx, NULL, &talk), OK);
    assert_true(str_find(talk, STR("MAIL FROM:<synpunkter@ekhamn.example> SIZE=")) >= 0);
    assert_true(str_find(talk, STR("RCPT TO:<asa@hem.example>\r\n")) >= 0);
    assert_true(str_find(talk, STR("\r\nHej\r\n..dold\r\n.\r\n")) >= 0);
    ctx_end(&ctx);
}

static void a_batch_uses_one_connection(void **state)
{
    struct ctx ctx = test_ctx();
    struct smtp_server server = smtp_server_start(NULL, 1);
    struct smtp_settings settings = settings_for(&ctx, &server);
    struct smtp *link;
    assert_int_equal(smtp_open(&ctx, &settings, &link), OK);
    for (int i = 0; i < 3; i++)
        assert_int_equal(smtp_send(&ctx, link, STR("a@ekhamn.example"), STR("b@hem.example"), message), OK);
    struct str talk = smtp_server_end(&server, ctx.arena);
    ptrdiff_t hello = str_find(talk, STR("EHLO"));
    assert_true(hello >= 0 && str_find(str_skip(talk, (size_t)hello + 4), STR("EHLO")) < 0);
    ctx_end(&ctx);
}

static void a_final_no_to_the_receiver_or_the_message_is_refused(void **state)
{
    expect((struct smtp_answer[]){{"RCPT", "550 5.1.1 <asa@hem.example>: user unknown\r\n"}, {0}}, ERR_REFUSED,
           "550 5.1.1 (address) user unknown");
    expect((struct smtp_answer[]){{"RCPT", "550 no such user asa@hem.example here\r\n"}, {0}}, ERR_REFUSED,
           "550 no such user (address) here");
    expect((struct smtp_answer[]){{".", "554 5.7.1 looks like spam\r\n"}, {0}}, ERR_REFUSED,
           "554 5.7.1 looks like spam");
    expect((struct smtp_answer[]){{"DATA", "554 5.5.1 no\r\n"}, {0}}, ERR_REFUSED, "554 5.5.1 no");
    expect((struct smtp_answer[]){{"MAIL", "552 5.3.4 too big\r\n"}, {0}}, ERR_REFUSED, "552 5.3.4 too big");
    expect((struct smtp_answer[]){{".", "550-5.7.26 first line has the reason\r\n550 5.7.26 see\r\n"}, {0}},
           ERR_REFUSED, "550-5.7.26 first line has the reason");
}

static void a_no_for_now_is_worth_another_try(void **state)
{
    expect((struct smtp_answer[]){{"RCPT", "450 4.2.0 greylisted\r\n"}, {0}}, ERR_PEER, "450 4.2.0 greylisted");
    expect((struct smtp_answer[]){{"MAIL", "451 4.3.0 later\r\n"}, {0}}, ERR_PEER, "451 4.3.0 later");
    expect((struct smtp_answer[]){{".", "452 4.3.1 disk full\r\n"}, {0}}, ERR_PEER, "452 4.3.1 disk full");
    expect((struct smtp_answer[]){{"", "421 4.3.2 closing\r\n"}, {0}}, ERR_PEER, "421 4.3.2 closing");
}

static void a_no_to_us_is_not_held_against_the_receiver(void **state)
{
    expect((struct smtp_answer[]){{"", "554 5.7.1 you are on a list\r\n"}, {0}}, ERR_PEER, NULL);
    expect((struct smtp_answer[]){{"MAIL", "530 5.7.0 must issue STARTTLS first\r\n"}, {0}}, ERR_PEER, NULL);
    expect((struct smtp_answer[]){{"MAIL", "553 5.1.8 sender address rejected\r\n"}, {0}}, ERR_PEER, NULL);
    expect((struct smtp_answer[]){{"RCPT", "530 5.7.0 authentication required\r\n"}, {0}}, ERR_PEER, NULL);
    expect((struct smtp_answer[]){{"RCPT", "554 5.7.1 relay access denied\r\n"}, {0}}, ERR_PEER, NULL);
}

static void a_server_that_hangs_up_is_worth_another_try(void **state)
{
    expect((struct smtp_answer[]){{"", NULL}, {0}}, ERR_PEER, NULL);
    expect((struct smtp_answer[]){{"RCPT", NULL}, {0}}, ERR_PEER, NULL);
    /* Nobody knows whether the server kept the mail: it is sent again, with the same message id. */
    expect((struct smtp_answer[]){{".", NULL}, {0}}, ERR_PEER, NULL);
}

static void a_server_that_is_not_there_is_worth_another_try(void **state)
{
    struct ctx ctx = test_ctx();
    struct smtp_server server = smtp_server_start(NULL, 1);
    smtp_server_end(&server, ctx.arena);
    struct smtp_settings settings = settings_for(&ctx, &server);
    struct smtp *link;
    assert_int_equal(smtp_open(&ctx, &settings, &link), OK);
    assert_int_equal(smtp_send(&ctx, link, STR("a@ekhamn.example"), STR("b@hem.example"), message), ERR_PEER);
    assert_false(str_is_empty(ctx.error.detail));
    ctx_end(&ctx);
}

static void a_refused_mail_does_not_stop_the_next_one(void **state)
{
    struct ctx ctx = test_ctx();
    static const struct smtp_answer script[] = {{"RCPT TO:<nobody", "550 5.1.1 unknown\r\n"}, {0}};
    struct smtp_server server = smtp_server_start(script, 2);
    struct smtp_settings settings = settings_for(&ctx, &server);
    struct smtp *link;
    assert_int_equal(smtp_open(&ctx, &settings, &link), OK);
    assert_int_equal(smtp_send(&ctx, link, STR("a@ekhamn.example"), STR("nobody@hem.example"), message), ERR_REFUSED);
    assert_int_equal(smtp_send(&ctx, link, STR("a@ekhamn.example"), STR("asa@hem.example"), message), OK);
    smtp_server_end(&server, ctx.arena);
    ctx_end(&ctx);
}

static void required_tls_sends_nothing_in_plain_text(void **state)
{
    struct ctx ctx = test_ctx();
    struct smtp_server server = smtp_server_start(NULL, 1);
    struct smtp_settings settings = settings_for(&ctx, &server);
    settings.tls = SMTP_TLS_REQUIRED;
    struct smtp *link;
    assert_int_equal(smtp_open(&ctx, &settings, &link), OK);
    assert_int_equal(smtp_send(&ctx, link, STR("a@ekhamn.example"), STR("asa@hem.example"), message), ERR_PEER);
    assert_false(str_is_empty(ctx.error.hint));
    assert_true(str_find(smtp_server_end(&server, ctx.arena), STR("MAIL")) < 0);
    ctx_end(&ctx);
}

static void optional_tls_does_without_when_it_is_not_offered(void **state)
{
    struct ctx ctx = test_ctx();
    struct smtp_server server = smtp_server_start(NULL, 1);
    struct smtp_settings settings = settings_for(&ctx, &server);
    settings.tls = SMTP_TLS_OPTIONAL;
    struct smtp *link;
    assert_int_equal(smtp_open(&ctx, &settings, &link), OK);
    assert_int_equal(smtp_send(&ctx, link, STR("a@ekhamn.example"), STR("asa@hem.example"), message), OK);
    smtp_server_end(&server, ctx.arena);
    ctx_end(&ctx);
}

static void a_wrong_password_is_a_fault_of_ours(void **state)
{
    struct ctx ctx = test_ctx();
    static const struct smtp_answer script[] = {{"EHLO", "250-test\r\n250 AUTH PLAIN\r\n"},
                                                {"AUTH", "334 \r\n"},
                                                {"AGdh", "535 5.7.8 authentication failed\r\n"},
                                                {0}};
    char file[] = "/tmp/gava-smtp-XXXXXX";
    int fd = mkstemp(file);
    assert_int_equal(write(fd, "hemligt\r\nrest", 13), 13);
    close(fd);
    struct smtp_server server = smtp_server_start(script, 1);
    struct smtp_settings settings = settings_for(&ctx, &server);
    settings.user = STR("gava");
    settings.password_file = str_from(file);
    struct smtp *link;
    assert_int_equal(smtp_open(&ctx, &settings, &link), OK);
    assert_int_equal(smtp_send(&ctx, link, STR("a@ekhamn.example"), STR("asa@hem.example"), message), ERR_PEER);
    assert_string_equal(str_cz(ctx.arena, smtp_status_code(ctx.error.detail)), "535 5.7.8");
    /* NUL gava NUL hemligt, base64: the line end and what follows are not part of the password. */
    assert_true(str_find(smtp_server_end(&server, ctx.arena), STR("AGdhdmEAaGVtbGlndA==")) >= 0);
    unlink(file);
    assert_int_equal(smtp_open(&ctx, &settings, &link), ERR_SETTING);
    ctx_end(&ctx);
}

static void wrong_settings_are_told_before_anything_is_sent(void **state)
{
    static const char *const urls[] = {
        "", "mail.ekhamn.example", "http://mail.ekhamn.example", "file:///etc/passwd", "smtp://a b", "smtp://a\r\nb"};
    struct ctx ctx = test_ctx();
    struct smtp *link;
    for (size_t i = 0; i < ARRAY_LEN(urls); i++) {
        struct smtp_settings settings = {.url = str_from(urls[i])};
        assert_int_equal(smtp_open(&ctx, &settings, &link), ERR_SETTING);
    }
    struct smtp_settings no_file = {.url = STR("smtp://127.0.0.1:25"), .user = STR("gava")};
    assert_int_equal(smtp_open(&ctx, &no_file, &link), ERR_SETTING);
    struct smtp_settings good = {.url = STR("smtp://127.0.0.1:1")};
    assert_int_equal(smtp_open(&ctx, &good, &link), OK);
    assert_int_equal(smtp_send(&ctx, link, STR("a@ekhamn.example"), STR("a@b.example> SIZE=1"), message), ERR_INVALID);
    enum smtp_tls tls = SMTP_TLS_NONE;
    assert_true(smtp_tls_parse(STR("required"), &tls) && tls == SMTP_TLS_REQUIRED);
    assert_true(smtp_tls_parse(STR("optional"), &tls) && tls == SMTP_TLS_OPTIONAL);
    assert_true(smtp_tls_parse(STR("none"), &tls) && tls == SMTP_TLS_NONE);
    assert_false(smtp_tls_parse(STR("yes"), &tls));
    ctx_end(&ctx);
}

static void the_status_code_is_taken_out_of_any_answer(void **state)
{
    static const char *const cases[][2] = {{"550 5.1.1 unknown", "550 5.1.1"},
                                           {"550-5.7.26 reason", "550-5.7.26"},
                                           {"450 greylisted", "450"},
                                           {"451 4.3 odd", "451"},
                                           {"552", "552"},
                                           {"550 1234.1.1 odd", "550"},
                                           {"Connection refused", "no answer"},
                                           {"", "no answer"},
                                           {"554 5.7.1", "554 5.7.1"}};
    struct ctx ctx = test_ctx();
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_string_equal(str_cz(ctx.arena, smtp_status_code(str_from(cases[i][0]))), cases[i][1]);
    ctx_end(&ctx);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mail_arrives_with_envelope_and_dots_kept),
        cmocka_unit_test(a_batch_uses_one_connection),
        cmocka_unit_test(a_final_no_to_the_receiver_or_the_message_is_refused),
        cmocka_unit_test(a_no_for_now_is_worth_another_try),
        cmocka_unit_test(a_no_to_us_is_not_held_against_the_receiver),
        cmocka_unit_test(a_server_that_hangs_up_is_worth_another_try),
        cmocka_unit_test(a_server_that_is_not_there_is_worth_another_try),
        cmocka_unit_test(a_refused_mail_does_not_stop_the_next_one),
        cmocka_unit_test(required_tls_sends_nothing_in_plain_text),
        cmocka_unit_test(optional_tls_does_without_when_it_is_not_offered),
        cmocka_unit_test(a_wrong_password_is_a_fault_of_ours),
        cmocka_unit_test(wrong_settings_are_told_before_anything_is_sent),
        cmocka_unit_test(the_status_code_is_taken_out_of_any_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
