#include "pdf_desk.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "meters.h"
#include "pdf_child.h"

enum { ORDER_FDS = 3, REPLY_TEXT_MAX = 300, DESK_ARENA_MAX = 1 << 20, DESK_TICK_MS = 1000 };

/* What goes over the sockets; both ends are this very program. With an order: HTML, style sheet, reply socket. */
struct order {
    enum pdf_variant variant;
    struct pdf_limits limits;
};
/* With a reply whose code is OK: the PDF's file. */
struct reply {
    enum err code;
    char message[REPLY_TEXT_MAX], detail[REPLY_TEXT_MAX], hint[REPLY_TEXT_MAX];
};

enum err pdf_desk_open(struct ctx *ctx, struct pdf_desk *ret)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0)
        return fail(ctx, ERR_IO, "could not open the desk for PDFs: %s", strerror(errno));
    *ret = (struct pdf_desk){.ask_fd = ends[0], .serve_fd = ends[1]};
    return OK;
}

/* ── messages with files ── */

union control {
    char bytes[CMSG_SPACE(ORDER_FDS * sizeof(int))];
    struct cmsghdr align;
};

static ssize_t send_with_files(int fd, const void *bytes, size_t n, const int *files, size_t n_files)
{
    union control control = {{0}};
    struct iovec part = {(void *)(uintptr_t)bytes, n};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (n_files) {
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(n_files * sizeof(int));
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(n_files * sizeof(int));
        memcpy(CMSG_DATA(head), files, n_files * sizeof(int));
    }
    return sendmsg(fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
}

/* Bytes received, 0 at the end, -1 with errno. ret_files: at most ORDER_FDS, the caller's. */
static ssize_t receive_with_files(int fd, void *bytes, size_t n, int *ret_files, size_t *ret_n_files)
{
    union control control = {{0}};
    struct iovec part = {bytes, n};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    ssize_t got = recvmsg(fd, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    *ret_n_files = 0;
    struct cmsghdr *head = got > 0 ? CMSG_FIRSTHDR(&message) : NULL;
    if (head && head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS) {
        *ret_n_files = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        memcpy(ret_files, CMSG_DATA(head), *ret_n_files * sizeof(int));
    }
    return got;
}

static void close_all(const int *files, size_t n)
{
    for (size_t i = 0; i < n; i++)
        close(files[i]);
}

/* ── those who ask ── */

static void close_fd(void *p)
{
    close((int)(intptr_t)p);
}

static enum err hand_in(struct ctx *ctx, const struct pdf_desk *desk, const struct order *order, const int files[3])
{
    if (send_with_files(desk->ask_fd, order, sizeof *order, files, ORDER_FDS) == (ssize_t)sizeof *order)
        return OK;
    fail(ctx, errno == EAGAIN ? ERR_BUSY : ERR_IO, "could not hand in a page at the desk for PDFs");
    return fail_detail(ctx, "%s", strerror(errno));
}

enum err pdf_ask(struct ctx *ctx, const struct pdf_desk *desk, struct str html, const struct pdf_options *options,
                 int *ret_fd)
{
    struct order order = {.variant = options->variant, .limits = pdf_limits_of(options)};
    struct pdf_files files;
    TRY(pdf_files(ctx, html, options, &files));
    int ends[2];
    enum err err = OK;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
        err = fail(ctx, ERR_IO, "could not open a socket for a PDF: %s", strerror(errno));
    } else {
        err = hand_in(ctx, desk, &order, (const int[]){files.html, files.css, ends[1]});
        close(ends[1]);
        if (err == OK) {
            ctx_defer(ctx, close_fd, (void *)(intptr_t)ends[0]);
            *ret_fd = ends[0];
        } else {
            close(ends[0]);
        }
    }
    close(files.html);
    close(files.css);
    return err;
}

enum err pdf_take(struct ctx *ctx, int fd, struct str *ret_pdf)
{
    struct reply reply;
    int files[ORDER_FDS];
    size_t n_files;
    ssize_t got = receive_with_files(fd, &reply, sizeof reply, files, &n_files);
    if (got < 0 && errno == EAGAIN)
        return fail(ctx, ERR_TIMEOUT, "the PDF is not there yet");
    if (got != (ssize_t)sizeof reply) {
        close_all(files, n_files);
        return fail(ctx, ERR_BUSY, "the process that makes PDFs was replaced; asking again helps");
    }
    if (reply.code != OK) {
        close_all(files, n_files);
        fail(ctx, reply.code, "%s", reply.message);
        fail_detail(ctx, "%s", reply.detail);
        return fail_hint(ctx, "%s", reply.hint);
    }
    enum err err = n_files == 1 ? pdf_memory_read(ctx, files[0], INT64_C(1) << 30, ret_pdf)
                                : fail(ctx, ERR_IO, "a reply without its PDF");
    close_all(files, n_files);
    return err;
}

/* ── the desk ── */

struct waiting {
    struct order order;
    int files[ORDER_FDS]; /* HTML, style sheet, reply socket */
};
struct running {
    struct pdf_child child;
    int reply_fd;
};
struct desk {
    struct ctx *ctx;
    int serve_fd;
    struct waiting waiting[PDF_QUEUE_MAX]; /* oldest first */
    size_t n_waiting;
    struct running running[PDF_AT_ONCE];
    size_t n_running;
};

static void copy_text(char *to, struct str text)
{
    struct str head = str_utf8_head(str_head(text, REPLY_TEXT_MAX - 1), REPLY_TEXT_MAX);
    if (head.n)
        memcpy(to, head.p, head.n);
    to[head.n] = 0;
}

/* Tell how it went; nobody may be there any more. pdf_fd: only when code is OK. */
static void answer(const struct ctx *ctx, int reply_fd, enum err code, int pdf_fd)
{
    struct reply reply = {.code = code};
    if (code != OK) {
        copy_text(reply.message, ctx->error.message);
        copy_text(reply.detail, ctx->error.detail);
        copy_text(reply.hint, ctx->error.hint);
    }
    (void)send_with_files(reply_fd, &reply, sizeof reply, &pdf_fd, code == OK);
    close(reply_fd);
}

static bool has_left(int reply_fd)
{
    struct pollfd pollfd = {.fd = reply_fd};
    return poll(&pollfd, 1, 0) > 0 && (pollfd.revents & (POLLHUP | POLLERR));
}

/* Those on the wire come into the queue; what does not fit is told so. */
static void take_orders(struct desk *desk)
{
    for (;;) {
        struct waiting order;
        size_t n_files;
        ssize_t got = receive_with_files(desk->serve_fd, &order.order, sizeof order.order, order.files, &n_files);
        if (got <= 0)
            return;
        if (got != (ssize_t)sizeof order.order || n_files != ORDER_FDS) {
            close_all(order.files, n_files);
        } else if (desk->n_waiting == PDF_QUEUE_MAX) {
            enum err err = fail(desk->ctx, ERR_BUSY, "%d PDFs wait already", PDF_QUEUE_MAX);
            answer(desk->ctx, order.files[2], err, -1);
            close_all(order.files, 2);
        } else {
            desk->waiting[desk->n_waiting++] = order;
        }
    }
}

static void start_next(struct desk *desk)
{
    struct waiting next = desk->waiting[0];
    desk->n_waiting--;
    memmove(desk->waiting, desk->waiting + 1, desk->n_waiting * sizeof *desk->waiting);
    struct running *running = &desk->running[desk->n_running];
    running->reply_fd = next.files[2];
    if (has_left(running->reply_fd)) {
        close_all(next.files, ORDER_FDS);
        return;
    }
    enum err err = pdf_child_start(desk->ctx, next.files[0], next.files[1], next.order.variant, &next.order.limits,
                                   &running->child);
    close_all(next.files, 2);
    if (err == OK)
        desk->n_running++;
    else
        answer(desk->ctx, running->reply_fd, err, -1);
}

static void end_one(struct desk *desk, size_t i)
{
    struct running *running = &desk->running[i];
    enum err err = pdf_child_end(desk->ctx, &running->child);
    answer(desk->ctx, running->reply_fd, err, running->child.pdf_fd);
    if (err == OK)
        close(running->child.pdf_fd);
    *running = desk->running[--desk->n_running];
}

/* Until something comes in, a process ends, or its time is up. False: told to stop. */
static bool wait_for_events(struct desk *desk, int stop_fd)
{
    struct pollfd fds[2 + PDF_AT_ONCE] = {{.fd = stop_fd, .events = POLLIN}, {.fd = desk->serve_fd, .events = POLLIN}};
    int64_t wait_ms = DESK_TICK_MS;
    for (size_t i = 0; i < desk->n_running; i++) {
        const struct pdf_child *child = &desk->running[i].child;
        fds[2 + i] = (struct pollfd){.fd = child->pid_fd, .events = POLLIN};
        int64_t left_ms = (child->stop_at_us - monotonic_us()) / 1000 + 1;
        wait_ms = left_ms < wait_ms ? left_ms : wait_ms;
    }
    size_t n = desk->n_running;
    if (poll(fds, 2 + n, wait_ms > 0 ? (int)wait_ms : 0) < 0)
        return true;
    for (size_t i = n; i-- > 0;)
        if (fds[2 + i].revents || desk->running[i].child.stop_at_us <= monotonic_us())
            end_one(desk, i);
    return fds[0].revents == 0;
}

static bool turn(struct desk *desk, int stop_fd)
{
    take_orders(desk);
    while (desk->n_running < PDF_AT_ONCE && desk->n_waiting > 0)
        start_next(desk);
    return wait_for_events(desk, stop_fd);
}

void pdf_desk_serve(struct ctx *ctx, const struct pdf_desk *at, int stop_fd)
{
    struct desk desk = {.serve_fd = at->serve_fd};
    bool goes_on = true;
    while (goes_on) { /* each turn with fresh memory: errors' texts only */
        struct ctx turn_ctx = ctx_begin(ctx->clock, ctx->random, DESK_ARENA_MAX);
        desk.ctx = &turn_ctx;
        goes_on = turn(&desk, stop_fd);
        ctx_end(&turn_ctx);
    }
    struct ctx last = ctx_begin(ctx->clock, ctx->random, DESK_ARENA_MAX);
    desk.ctx = &last;
    while (desk.n_running > 0)
        end_one(&desk, 0);
    for (size_t i = 0; i < desk.n_waiting; i++)
        close_all(desk.waiting[i].files, ORDER_FDS);
    ctx_end(&last);
}
