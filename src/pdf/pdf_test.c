#include "testing.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "meters.h"
#include "pdf.h"
#include "pdf_desk.h"

static struct random os_random;
static const struct clock os_clock = {NULL};

static const char page[] = "<!DOCTYPE html><html lang=sv><head><meta charset=utf-8><title>Återkoppling</title></head>"
                           "<body><h1>Räksmörgås</h1><p>Vad tycker du?</p></body></html>";

static struct ctx begin(void)
{
    return ctx_begin(&os_clock, &os_random, 128 << 20);
}

static void expect_no_child_left(void)
{
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

static void a_page_becomes_a_tagged_pdf_with_its_language(void **state)
{
    struct ctx ctx = begin();
    struct str pdf;
    struct pdf_options options = {.css = STR("@page { size: A4 } h1 { color: #0b5a6e }")};
    assert_int_equal(pdf_write(&ctx, str_from(page), &options, &pdf), OK);
    assert_true(str_starts(pdf, STR("%PDF-1.7")));
    assert_true(str_find(pdf, STR("/StructTreeRoot")) > 0);
    assert_true(str_find(pdf, STR("/Marked true")) > 0);
    assert_true(str_find(pdf, STR("/Lang (sv)")) > 0);
    assert_true(str_find(pdf, STR("<pdfuaid:part>1")) > 0 || str_find(pdf, STR("pdfuaid:part=\"1\"")) > 0);
    expect_no_child_left();
    ctx_end(&ctx);
}

/* The metadata claim level U, and everything that level asks for is there. */
static void an_archive_copy_says_so_and_is_tagged(void **state)
{
    struct ctx ctx = begin();
    struct str pdf;
    struct pdf_options options = {.variant = PDF_ARCHIVE};
    assert_int_equal(pdf_write(&ctx, str_from(page), &options, &pdf), OK);
    assert_true(str_find(pdf, STR("/GTS_PDFA1")) > 0);
    assert_true(str_find(pdf, STR("pdfaid:part=\"2\" pdfaid:conformance=\"U\"")) > 0);
    assert_true(str_find(pdf, STR("pdfuaid")) < 0);
    assert_true(str_find(pdf, STR("/StructTreeRoot")) > 0);
    assert_true(str_find(pdf, STR("/Marked true")) > 0);
    assert_true(str_find(pdf, STR("/Lang (sv)")) > 0);
    assert_true(str_find(pdf, STR("/ToUnicode")) > 0);
    assert_true(str_find(pdf, STR("/ID [(")) > 0);
    expect_no_child_left();
    ctx_end(&ctx);
}

/* What is written from the right has glyphs whose text WeasyPrint does not tell: then no more is claimed than is so. */
static void a_copy_with_glyphs_of_unknown_text_claims_less(void **state)
{
    struct ctx ctx = begin();
    struct str pdf;
    struct pdf_options options = {.variant = PDF_ARCHIVE};
    struct str html =
        STR("<!DOCTYPE html><html lang=sv><title>x</title><p>\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc");
    assert_int_equal(pdf_write(&ctx, html, &options, &pdf), OK);
    assert_true(str_find(pdf, STR("pdfaid:conformance=\"B\"")) > 0);
    ctx_end(&ctx);
}

static void documents_of_a_batch_begin_on_pages_of_their_own(void **state)
{
    struct ctx ctx = begin();
    struct str pdf;
    struct pdf_options options = {.variant = PDF_ARCHIVE};
    struct out html = out_init(ctx.arena, 4096);
    for (int i = 0; i < 3; i++) {
        if (i)
            out_char(&html, '\0');
        out_str(&html, str_from(page));
    }
    assert_int_equal(pdf_write(&ctx, out_take(&html), &options, &pdf), OK);
    assert_true(str_find(pdf, STR("/Count 3")) > 0);
    ctx_end(&ctx);
}

/* A page that names a server and files of this machine: nobody is called, nothing is read. */
static void nothing_a_page_names_is_fetched(void **state)
{
    struct ctx ctx = begin();
    int server = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof address;
    assert_int_equal(bind(server, (struct sockaddr *)&address, n), 0);
    assert_int_equal(listen(server, 4), 0);
    assert_int_equal(getsockname(server, (struct sockaddr *)&address, &n), 0);
    struct str html = str_fmt(ctx.arena,
                              "<!DOCTYPE html><html lang=sv><title>x</title>"
                              "<link rel=stylesheet href='http://127.0.0.1:%d/a.css'>"
                              "<link rel=attachment href='file:///etc/passwd'>"
                              "<link rel=attachment href='file:///proc/self/environ'>"
                              "<img src='http://127.0.0.1:%d/a.png'><p>x",
                              ntohs(address.sin_port), ntohs(address.sin_port));
    struct str pdf = STR("");
    assert_int_equal(pdf_write(&ctx, html, &(struct pdf_options){0}, &pdf), OK);
    assert_true(str_find(pdf, STR("/EmbeddedFile")) < 0);
    assert_int_equal(accept(server, NULL, NULL), -1);
    assert_int_equal(errno, EAGAIN);
    close(server);
    ctx_end(&ctx);
}

/* The control of the test above: the same attachment is embedded when it may be read. */
static void a_file_that_may_be_read_would_be_embedded(void **state)
{
    struct ctx ctx = begin();
    struct str pdf = STR("");
    struct str html = STR("<!DOCTYPE html><html lang=sv><title>x</title>"
                          "<link rel=attachment href='file:///usr/share/doc/weasyprint/copyright'><p>x");
    assert_int_equal(pdf_write(&ctx, html, &(struct pdf_options){0}, &pdf), OK);
    assert_true(str_find(pdf, STR("/EmbeddedFile")) > 0);
    ctx_end(&ctx);
}

static struct str long_page(struct ctx *ctx, int n)
{
    struct out out = out_init(ctx->arena, 16 << 20);
    out_lit(&out, "<!DOCTYPE html><html lang=sv><title>x</title><table>");
    for (int i = 0; i < n; i++)
        out_fmt(&out, "<tr><td>%d<td>hemligt", i);
    return out_take(&out);
}

static void a_run_without_end_is_stopped_and_leaves_nothing(void **state)
{
    struct ctx ctx = begin();
    struct str html = long_page(&ctx, 200000), pdf = STR("untouched");
    struct pdf_options options = {.limits = {.wall_ms = 1500}};
    int64_t before_us = monotonic_us();
    assert_int_equal(pdf_write(&ctx, html, &options, &pdf), ERR_TIMEOUT);
    assert_true(monotonic_us() - before_us < 10 * SECOND_US);
    assert_true(str_eq(pdf, STR("untouched")));
    assert_true(str_find(ctx.error.hint, STR("shorter")) >= 0);
    expect_no_child_left();
    options.limits = (struct pdf_limits){.cpu_s = 1};
    assert_int_equal(pdf_write(&ctx, html, &options, &pdf), ERR_TIMEOUT);
    expect_no_child_left();
    ctx_end(&ctx);
}

static void memory_and_size_have_limits_and_errors_do_not_quote_the_page(void **state)
{
    struct ctx ctx = begin();
    struct str pdf;
    struct pdf_options options = {.limits = {.memory_bytes = 120 << 20}};
    enum err err = pdf_write(&ctx, long_page(&ctx, 100000), &options, &pdf);
    assert_true(err == ERR_TOO_LARGE || err == ERR_IO);
    assert_true(str_find(ctx.error.detail, STR("hemligt")) < 0);
    options.limits = (struct pdf_limits){.pdf_bytes = 2000};
    assert_int_not_equal(pdf_write(&ctx, str_from(page), &options, &pdf), OK);
    expect_no_child_left();
    char *huge = arena_alloc(ctx.arena, PDF_HTML_MAX + 1);
    assert_int_equal(pdf_write(&ctx, (struct str){huge, PDF_HTML_MAX + 1}, &options, &pdf), ERR_TOO_LARGE);
    ctx_end(&ctx);
}

/* ── the desk, in a process of its own ── */

static int start_desk(const struct pdf_desk *desk, int stop_fd)
{
    int pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* should the test fail */
        struct ctx ctx = begin();
        pdf_desk_serve(&ctx, desk, stop_fd);
        _exit(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD ? 0 : 1);
    }
    return pid;
}

static enum err wait_and_take(struct ctx *ctx, int fd, struct str *ret)
{
    struct pollfd pollfd = {.fd = fd, .events = POLLIN};
    assert_int_equal(poll(&pollfd, 1, 30 * 1000), 1);
    return pdf_take(ctx, fd, ret);
}

static void the_desk_answers_each_who_asks_and_refuses_beyond_its_queue(void **state)
{
    enum { N = PDF_QUEUE_MAX + PDF_AT_ONCE + 4 };
    struct ctx ctx = begin();
    struct pdf_desk desk;
    assert_int_equal(pdf_desk_open(&ctx, &desk), OK);
    int fds[N], stop[2], n_busy = 0, n_done = 0, n_late = 0;
    for (int i = 0; i < N;
         i++) { /* before it serves: all wait on the wire; most have no time, so that the test is short */
        struct pdf_options options = {.limits = {.wall_ms = i % 8 == 0 ? 0 : 20}};
        assert_int_equal(pdf_ask(&ctx, &desk, str_from(page), &options, &fds[i]), OK);
    }
    struct str pdf;
    assert_int_equal(pdf_take(&ctx, fds[0], &pdf), ERR_TIMEOUT); /* not there yet */
    assert_int_equal(pipe(stop), 0);
    int pid = start_desk(&desk, stop[0]);
    for (int i = 0; i < N; i++) {
        enum err err = wait_and_take(&ctx, fds[i], &pdf);
        n_busy += err == ERR_BUSY;
        n_late += err == ERR_TIMEOUT;
        n_done += err == OK;
        if (err == OK)
            assert_true(str_starts(pdf, STR("%PDF-")));
    }
    assert_int_equal(n_done, 2);
    assert_int_equal(n_late, PDF_QUEUE_MAX - 2);
    assert_int_equal(n_busy, N - PDF_QUEUE_MAX);
    int status;
    assert_int_equal(write(stop[1], "x", 1), 1);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    ctx_end(&ctx);
}

static void a_desk_that_dies_is_told_and_its_successor_serves_the_rest(void **state)
{
    struct ctx ctx = begin();
    struct pdf_desk desk;
    assert_int_equal(pdf_desk_open(&ctx, &desk), OK);
    int first, second, stop[2];
    assert_int_equal(pipe(stop), 0);
    int pid = start_desk(&desk, stop[0]);
    assert_int_equal(pdf_ask(&ctx, &desk, long_page(&ctx, 100000), &(struct pdf_options){0}, &first), OK);
    poll(NULL, 0, 300);
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    struct str pdf;
    assert_int_equal(wait_and_take(&ctx, first, &pdf), ERR_BUSY);
    assert_int_equal(pdf_ask(&ctx, &desk, str_from(page), &(struct pdf_options){0}, &second), OK);
    pid = start_desk(&desk, stop[0]);
    assert_int_equal(wait_and_take(&ctx, second, &pdf), OK);
    assert_int_equal(write(stop[1], "x", 1), 1);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    ctx_end(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_becomes_a_tagged_pdf_with_its_language),
        cmocka_unit_test(an_archive_copy_says_so_and_is_tagged),
        cmocka_unit_test(a_copy_with_glyphs_of_unknown_text_claims_less),
        cmocka_unit_test(documents_of_a_batch_begin_on_pages_of_their_own),
        cmocka_unit_test(nothing_a_page_names_is_fetched),
        cmocka_unit_test(a_file_that_may_be_read_would_be_embedded),
        cmocka_unit_test(a_run_without_end_is_stopped_and_leaves_nothing),
        cmocka_unit_test(memory_and_size_have_limits_and_errors_do_not_quote_the_page),
        cmocka_unit_test(the_desk_answers_each_who_asks_and_refuses_beyond_its_queue),
        cmocka_unit_test(a_desk_that_dies_is_told_and_its_successor_serves_the_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
