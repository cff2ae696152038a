#include "flow_testing.h"
#include "smtp_testing.h"

#include "answer_send.h"
#include "case_promise.h"
#include "deliver.h"
#include "handover.h"
#include "note.h"
#include "outbox_job.h"
#include "outbox_job_sql.h"
#include "register.h"
#include "site.h"

/* ---- where the job works ---- */

struct post {
    struct server server;
    struct municipality municipality;
    struct job_place place;
};

static void post_init(struct post *post, const struct test_store *t, int port)
{
    *post = (struct post){.municipality = {.slug = STR("ekhamn")}, .server = {.stop_fd = -1}};
    settings_default(&post->server.settings);
    struct settings *settings = &post->server.settings;
    settings->smtp_url = port ? str_fmt(t->ctx.arena, "smtp://127.0.0.1:%d", port) : STR("");
    settings->smtp_tls = STR("none");
    settings->mail_from = STR("synpunkter@ekhamn.example");
    settings->base_url = STR("https://ekhamn.example/");
    post->server.clock = t->clock;
    post->server.n_municipalities = 1;
    post->place = (struct job_place){&post->server, &post->municipality};
}

/* One look at the outbox with a server that answers like this; what the server heard. */
static struct str look_with(struct test_store *t, const struct smtp_answer *script, enum err expected)
{
    struct smtp_server server = smtp_server_start(script, 4);
    struct post post;
    post_init(&post, t, server.port);
    bool more = false;
    enum err err = outbox_job(&t->ctx, &post.place, &more);
    struct str talk = smtp_server_end(&server, t->ctx.arena);
    if (err != expected)
        fail_msg("outbox_job gave %.*s: %.*s (%.*s)", STR_ARG(err_name(err)), STR_ARG(t->ctx.error.message),
                 STR_ARG(t->ctx.error.detail));
    return talk;
}

static struct outbox_of_case_row the_row(struct test_store *t, struct case_id id, size_t i)
{
    struct outbox_of_case_row *rows;
    size_t n;
    assert_ok(&t->ctx, outbox_of_case(&t->ctx, id, &rows, &n));
    assert_true(i < n);
    return rows[i];
}

static void expect_row(struct test_store *t, struct case_id id, size_t i, const char *status, int attempts,
                       const char *error)
{
    struct outbox_of_case_row row = the_row(t, id, i);
    const char *real = str_cz(t->ctx.arena, row.status);
    if (strcmp(real, status) != 0 || row.attempts != attempts || !str_eq(row.last_error, str_from(error)))
        fail_msg("the row is %s after %lld attempts (%.*s)", real, (long long)row.attempts, STR_ARG(row.last_error));
}

static bool has_fact(struct test_store *t, struct case_id id, const char *code)
{
    struct fact_list_row *facts;
    size_t n;
    assert_ok(&t->ctx, fact_list(&t->ctx, id, &facts, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(facts[i].code, str_from(code)))
            return true;
    return false;
}

static size_t count_of(struct str s, const char *needle)
{
    size_t n = 0;
    for (ptrdiff_t at; (at = str_find(s, str_from(needle))) >= 0; n++)
        s = str_skip(s, (size_t)at + 1);
    return n;
}

/* Amir, who may do what a manager may. */
static struct user_id be_amir(struct test_store *t)
{
    const struct town *town;
    assert_ok(&t->ctx, town_get(&t->ctx, &town));
    return t->ctx.who = town->staff[0].id;
}

static void answer_the_case(struct test_store *t, struct str number, const char *text)
{
    struct ctx *ctx = &t->ctx;
    struct user_id amir = be_amir(t);
    assert_ok(ctx, handover_ask(ctx, number, -1,
                                &(struct handover_ask){.to = amir, .tell = TELL_LATER, .silence = STR("not today")}));
    struct draft other;
    struct send_stop stop;
    assert_ok(ctx, answer_send(ctx, number, &(struct answer){.text = str_from(text), .secrecy_checked = true},
                               &(struct sending){.gate_reason = STR("")}, &other, &stop));
    ctx->who = (struct user_id){0};
}

/* ---- cases ---- */

static void the_acknowledgement_goes_at_once_and_is_written_down(void **state)
{
    TEST_STORE(t);
    struct receipt receipt = test_submit(&t->ctx, "gator", "Gropen på Kvarngatan är djup.");
    struct str talk = look_with(t, NULL, OK);
    assert_int_equal(count_of(talk, "RCPT TO:<asa@hem.example>"), 1);
    assert_int_equal(count_of(talk, "MAIL FROM:<synpunkter@ekhamn.example>"), 1);
    assert_true(count_of(talk, "https://ekhamn.example/folj") >= 1);
    assert_int_equal(count_of(talk, str_cz(t->ctx.arena, receipt.code)), 0);
    expect_row(t, receipt.id, 0, "sent", 1, "");
    /* Nothing is left to do. */
    talk = look_with(t, NULL, OK);
    assert_int_equal(count_of(talk, "RCPT"), 0);
}

static void the_answer_goes_with_its_words(void **state)
{
    TEST_STORE(t);
    struct receipt receipt = test_submit(&t->ctx, "gator", "Gropen är djup.");
    look_with(t, NULL, OK);
    answer_the_case(t, receipt.number, "Jag beklagar gropen. Den lagas i dag.");
    struct str talk = look_with(t, NULL, OK);
    assert_int_equal(count_of(talk, "Jag beklagar gropen."), 2);
    expect_row(t, receipt.id, 1, "sent", 1, "");
    assert_true(has_fact(t, receipt.id, "replied"));
}

static void a_secret_case_gets_news_without_a_word_of_it(void **state)
{
    TEST_STORE(t);
    struct receipt receipt = test_submit(&t->ctx, "hemtjanst", "Matlådan var fel.");
    struct str talk = look_with(t, NULL, OK);
    answer_the_case(t, receipt.number, "Jag beklagar matlådan.");
    struct str second = look_with(t, NULL, OK);
    struct str talks[] = {talk, second};
    for (size_t i = 0; i < ARRAY_LEN(talks); i++) {
        assert_int_equal(count_of(talks[i], "RCPT TO:<asa@hem.example>"), 1);
        assert_int_equal(count_of(talks[i], "beklagar"), 0);
        assert_int_equal(count_of(talks[i], "Hemtj"), 0);
        assert_int_equal(count_of(talks[i], "Auto-Submitted: auto-generated"), 1);
    }
    expect_row(t, receipt.id, 1, "sent", 1, "");
}

static void a_mark_set_after_queueing_counts(void **state)
{
    TEST_STORE(t);
    struct receipt receipt = test_submit(&t->ctx, "gator", "Min granne har berättat något.");
    be_amir(t);
    struct sorting sorting = {.type = STR("complaint"), .secret = true, .provision = STR("26 kap. 1 § OSL")};
    assert_ok(&t->ctx, sort_case(&t->ctx, receipt.number, -1, &sorting));
    t->ctx.who = (struct user_id){0};
    struct str talk = look_with(t, NULL, OK);
    assert_int_equal(count_of(talk, "Auto-Submitted: auto-generated"), 1);
    assert_int_equal(count_of(talk, "Auto-Submitted: auto-replied"), 0);
}

static void an_unknown_receiver_fails_at_once_and_the_promise_is_not_kept(void **state)
{
    TEST_STORE(t);
    struct receipt receipt = test_submit(&t->ctx, "gator", "Gropen är djup.");
    assert_true(has_fact(t, receipt.id, "acknowledged"));
    look_with(t, (struct smtp_answer[]){{"RCPT", "550 5.1.1 <asa@hem.example> unknown\r\n"}, {0}}, OK);
    expect_row(t, receipt.id, 0, "failed", 1, "550 5.1.1");
    assert_false(has_fact(t, receipt.id, "acknowledged"));
    /* A manager chooses the page instead: then it counts again. */
    be_amir(t);
    assert_ok(&t->ctx, deliver_another_way(&t->ctx, receipt.number, STR("code")));
    assert_true(has_fact(t, receipt.id, "acknowledged"));
}

static void a_no_for_now_is_tried_again_for_about_a_day(void **state)
{
    TEST_STORE(t);
    static const struct smtp_answer later[] = {{"RCPT", "450 4.2.0 later\r\n"}, {0}};
    static const char *const times[] = {"2026-12-14T09:12:00+01:00", "2026-12-14T09:13:00+01:00",
                                        "2026-12-14T09:18:00+01:00", "2026-12-14T09:33:00+01:00",
                                        "2026-12-14T10:33:00+01:00", "2026-12-14T14:33:00+01:00",
                                        "2026-12-14T22:33:00+01:00", "2026-12-15T10:33:00+01:00"};
    struct receipt receipt = test_submit(&t->ctx, "gator", "Gropen är djup.");
    for (size_t i = 0; i < ARRAY_LEN(times); i++) {
        test_clock(t, times[i]);
        look_with(t, later, OK);
        bool last = i + 1 == ARRAY_LEN(times);
        expect_row(t, receipt.id, 0, last ? "failed" : "queued", (int)i + 1, "450 4.2.0");
        /* Not a second too early. */
        struct str talk = look_with(t, later, OK);
        assert_int_equal(count_of(talk, "RCPT"), 0);
        assert_int_equal(has_fact(t, receipt.id, "acknowledged"), !last);
    }
}

static void a_server_that_is_down_ends_the_batch_and_blames_nobody(void **state)
{
    TEST_STORE(t);
    struct receipt first = test_submit(&t->ctx, "gator", "Ett."), second = test_submit(&t->ctx, "gator", "Två.");
    struct smtp_server server = smtp_server_start(NULL, 1);
    smtp_server_end(&server, t->ctx.arena);
    struct post post;
    post_init(&post, t, server.port);
    bool more = false;
    assert_int_equal(outbox_job(&t->ctx, &post.place, &more), ERR_PEER);
    expect_row(t, first.id, 0, "queued", 1, "no answer");
    expect_row(t, second.id, 0, "queued", 0, "");
    assert_true(has_fact(t, first.id, "acknowledged"));
}

static void a_refused_receiver_does_not_stop_the_others(void **state)
{
    TEST_STORE(t);
    struct receipt first = test_submit(&t->ctx, "gator", "Ett."), second = test_submit(&t->ctx, "gator", "Två.");
    look_with(t, (struct smtp_answer[]){{".", "554 5.6.0 not like this\r\n"}, {0}}, OK);
    expect_row(t, first.id, 0, "failed", 1, "554 5.6.0");
    expect_row(t, second.id, 0, "failed", 1, "554 5.6.0");
}

static void after_a_crash_the_mail_goes_again_with_the_same_id(void **state)
{
    TEST_STORE(t);
    struct ctx *ctx = &t->ctx;
    struct receipt receipt = test_submit(ctx, "gator", "Gropen är djup.");
    struct outbox_id id = the_row(t, receipt.id, 0).id;
    struct utc_us real = job_real_now();
    int64_t changed;
    /* Another process has it: nobody else may. */
    assert_ok(ctx, outbox_claim(ctx, id, real, utc_add(real, 60 * SECOND_US), &changed));
    assert_int_equal(changed, 1);
    assert_int_equal(count_of(look_with(t, NULL, OK), "RCPT"), 0);
    assert_ok(ctx, outbox_claim(ctx, id, real, utc_add(real, 60 * SECOND_US), &changed));
    assert_int_equal(changed, 0);
    /* It died after the mail server's yes: its lease ends, although the program's clock stands still. */
    assert_ok(ctx, outbox_put_off(ctx, id, ctx_now(ctx), STR("")));
    assert_ok(ctx, outbox_claim(ctx, id, real, utc_add(real, -SECOND_US), &changed));
    struct str first = look_with(t, NULL, OK);
    assert_int_equal(count_of(first, "RCPT"), 1);
    assert_ok(ctx, outbox_put_off(ctx, id, ctx_now(ctx), STR("")));
    struct str second = look_with(t, NULL, OK);
    ptrdiff_t at = str_find(first, STR("Message-Id: <gava.ekhamn."));
    assert_true(at > 0);
    struct str line = str_head(str_skip(first, (size_t)at), (size_t)str_find(str_skip(first, (size_t)at), STR("\r\n")));
    assert_true(str_ends(line, STR("@ekhamn.example>")));
    assert_true(str_find(second, line) > 0);
}

static void who_chose_another_way_meanwhile_gets_no_mail(void **state)
{
    TEST_STORE(t);
    struct receipt receipt = test_submit(&t->ctx, "gator", "Gropen är djup.");
    /* The row was leased when the way was changed, so it was not given up then. */
    assert_ok(&t->ctx, case_set_reply_preference(&t->ctx, receipt.id, STR("code")));
    assert_int_equal(count_of(look_with(t, NULL, OK), "RCPT"), 0);
    expect_row(t, receipt.id, 0, "given_up", 1, "");
}

static void a_process_told_to_stop_begins_no_other_mail(void **state)
{
    TEST_STORE(t);
    struct receipt receipt = test_submit(&t->ctx, "gator", "Gropen är djup.");
    struct post post;
    int fds[2];
    bool more = false;
    post_init(&post, t, 9);
    assert_int_equal(pipe(fds), 0);
    assert_int_equal(write(fds[1], "x", 1), 1);
    post.server.stop_fd = fds[0];
    assert_ok(&t->ctx, outbox_job(&t->ctx, &post.place, &more));
    expect_row(t, receipt.id, 0, "queued", 0, "");
    close(fds[0]);
    close(fds[1]);
}

static void without_a_mail_server_everything_waits(void **state)
{
    TEST_STORE(t);
    struct receipt receipt = test_submit(&t->ctx, "gator", "Gropen är djup.");
    struct post post;
    post_init(&post, t, 0);
    bool more = true;
    assert_ok(&t->ctx, outbox_job(&t->ctx, &post.place, &more));
    expect_row(t, receipt.id, 0, "queued", 0, "");
}

static void wrong_settings_use_up_no_attempt(void **state)
{
    TEST_STORE(t);
    struct receipt receipt = test_submit(&t->ctx, "gator", "Gropen är djup.");
    struct post post;
    bool more;
    post_init(&post, t, 9);
    post.server.settings.mail_from = STR("");
    assert_int_equal(outbox_job(&t->ctx, &post.place, &more), ERR_SETTING);
    post_init(&post, t, 9);
    post.server.settings.smtp_tls = STR("perhaps");
    assert_int_equal(outbox_job(&t->ctx, &post.place, &more), ERR_SETTING);
    expect_row(t, receipt.id, 0, "queued", 0, "");
}

static void an_address_that_is_none_fails_without_asking_the_server(void **state)
{
    TEST_STORE(t);
    struct receipt receipt = test_submit(&t->ctx, "gator", "Gropen är djup.");
    struct contact contact = {.name = STR("Åsa"), .email = STR("asa@hem")};
    assert_ok(&t->ctx, vault_contact_put(&t->ctx, receipt.id, &contact));
    assert_int_equal(count_of(look_with(t, NULL, OK), "MAIL"), 0);
    expect_row(t, receipt.id, 0, "failed", 1, "INVALID");
}

static void each_municipality_is_linked_at_its_own_address(void **state)
{
    TEST_STORE(t);
    struct post post;
    post_init(&post, t, 0);
    struct ctx *ctx = &t->ctx;
    assert_string_equal(str_cz(ctx->arena, site_address(ctx, &post.server, post.place.municipality)),
                        "https://ekhamn.example");
    post.server.n_municipalities = 2;
    assert_string_equal(str_cz(ctx->arena, site_address(ctx, &post.server, post.place.municipality)),
                        "https://ekhamn.example/ekhamn");
    post.server.settings.hosts = STR("gava.lovberga.example=lovberga gava.ekhamn.example=ekhamn");
    assert_string_equal(str_cz(ctx->arena, site_address(ctx, &post.server, post.place.municipality)),
                        "https://gava.ekhamn.example");
    post.server.settings.hosts = post.server.settings.base_url = STR("");
    post.server.n_municipalities = 1;
    post.server.url = STR("http://127.0.0.1:8080/");
    assert_string_equal(str_cz(ctx->arena, site_address(ctx, &post.server, post.place.municipality)),
                        "http://127.0.0.1:8080");
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        FLOW_TEST(the_acknowledgement_goes_at_once_and_is_written_down),
        FLOW_TEST(the_answer_goes_with_its_words),
        FLOW_TEST(a_secret_case_gets_news_without_a_word_of_it),
        FLOW_TEST(a_mark_set_after_queueing_counts),
        FLOW_TEST(an_unknown_receiver_fails_at_once_and_the_promise_is_not_kept),
        FLOW_TEST(a_no_for_now_is_tried_again_for_about_a_day),
        FLOW_TEST(a_server_that_is_down_ends_the_batch_and_blames_nobody),
        FLOW_TEST(a_refused_receiver_does_not_stop_the_others),
        FLOW_TEST(after_a_crash_the_mail_goes_again_with_the_same_id),
        FLOW_TEST(who_chose_another_way_meanwhile_gets_no_mail),
        FLOW_TEST(a_process_told_to_stop_begins_no_other_mail),
        FLOW_TEST(without_a_mail_server_everything_waits),
        FLOW_TEST(wrong_settings_use_up_no_attempt),
        FLOW_TEST(an_address_that_is_none_fails_without_asking_the_server),
        FLOW_TEST(each_municipality_is_linked_at_its_own_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
