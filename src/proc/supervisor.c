#include "supervisor.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "log.h"
#include "process.h"
#include "serve_prepare.h"

struct child {
    int pid; /* 0: not running */
    int n_quick_deaths;
    bool retiring; /* it was told to end, to be replaced */
    int64_t started_us, start_at_us;
};

struct supervisor {
    struct ctx *ctx;
    struct server *server;
    struct child children[METER_PROCESSES_MAX]; /* web workers, then the job process, then the PDF one */
    int n, n_web;
    int signal_fd;
    bool told_ready, stopping, reload;
    int64_t stop_at_us;      /* when children that still run are killed */
    int64_t reload_since_us; /* web workers started before are replaced */
};

static struct str number(struct ctx *ctx, int64_t n)
{
    return str_fmt(ctx->arena, "%lld", (long long)n);
}

/* ── what each is ── */

enum kind { KIND_WEB, KIND_JOB, KIND_PDF };

static const struct {
    const char *name, *process;
    int (*main)(struct server *server);
} kinds[] = {{"web", "gava-web", web_main}, {"job", "gava-job", job_main}, {"pdf", "gava-pdf", pdf_main}};

static enum kind kind_of(const struct supervisor *s, int i)
{
    return i < s->n_web ? KIND_WEB : i == s->n_web ? KIND_JOB : KIND_PDF;
}

/* ── starting ── */

static void start_child(struct supervisor *s, int i)
{
    struct server *server = s->server;
    struct meter_row *row = &server->meters->rows[i];
    int parent = getpid();
    atomic_store(&row->ready, 0);
    atomic_store(&row->in_flight, 0);
    atomic_store(&row->open_connections, 0);
    fflush(NULL);
    int pid = fork();
    if (pid == 0) {
        close(s->signal_fd);
        server->process = i;
        process_begin(server, parent);
        meter_add(server->meters, i, METER_starts, 1);
        prctl(PR_SET_NAME, kinds[kind_of(s, i)].process); /* as ps and top show it */
        int status = kinds[kind_of(s, i)].main(server);
        fflush(NULL);
        _exit(status);
    }
    struct child *child = &s->children[i];
    child->started_us = monotonic_us();
    if (pid < 0) {
        child->start_at_us = child->started_us + SECOND_US;
        LOG(ctx_now(s->ctx), LOG_ERROR, "fork_failed", {"text", str_from(strerror(errno))});
        return;
    }
    child->pid = pid;
    child->retiring = false;
    atomic_store(&row->pid, pid);
}

static void start_due(struct supervisor *s, int64_t now_us)
{
    for (int i = 0; i < s->n; i++)
        if (s->children[i].pid == 0 && s->children[i].start_at_us <= now_us)
            start_child(s, i);
}

/* ── ending ── */

static void child_ended(struct supervisor *s, int i, int status)
{
    struct child *child = &s->children[i];
    int64_t now_us = monotonic_us();
    bool wanted = s->stopping || child->retiring;
    atomic_store(&s->server->meters->rows[i].ready, 0);
    atomic_store(&s->server->meters->rows[i].pid, 0);
    child->n_quick_deaths = now_us - child->started_us < SECOND_US && !wanted ? child->n_quick_deaths + 1 : 0;
    int64_t wait_ms =
        child->n_quick_deaths < 2 ? 0 : INT64_C(100) << (child->n_quick_deaths > 8 ? 6 : child->n_quick_deaths - 2);
    child->start_at_us = now_us + (wait_ms < 5000 ? wait_ms : 5000) * 1000;
    if (!wanted)
        LOG(ctx_now(s->ctx), LOG_ERROR, "process_died", {"kind", str_from(kinds[kind_of(s, i)].name)},
            {"pid", number(s->ctx, child->pid)}, {"by", WIFSIGNALED(status) ? STR("signal") : STR("exit")},
            {"status", number(s->ctx, WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status))},
            {"request", str_from(s->server->meters->rows[i].request)}, {"again_in_ms", number(s->ctx, wait_ms)});
    child->pid = 0;
}

static void reap(struct supervisor *s)
{
    int status, pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
        for (int i = 0; i < s->n; i++)
            if (s->children[i].pid == pid)
                child_ended(s, i, status);
}

static int n_running(const struct supervisor *s)
{
    int n = 0;
    for (int i = 0; i < s->n; i++)
        n += s->children[i].pid != 0;
    return n;
}

static void signal_one(const struct supervisor *s, int i, int signal)
{
    if (s->children[i].pid)
        kill(s->children[i].pid, signal);
}

static void signal_all(const struct supervisor *s, int signal)
{
    for (int i = 0; i < s->n; i++)
        signal_one(s, i, signal);
}

/* A request that is being finished may wait for its PDF: that process ends when it is alone. */
static void signal_those_who_ask(const struct supervisor *s, int signal)
{
    for (int i = 0; i < s->n; i++)
        if (kind_of(s, i) != KIND_PDF)
            signal_one(s, i, signal);
}

static void begin_stop(struct supervisor *s)
{
    if (s->stopping)
        return;
    s->stopping = true;
    s->stop_at_us = monotonic_us() + CHILD_STOP_MAX_S * SECOND_US;
    signal_those_who_ask(s, SIGTERM);
}

/* ── the certificate again ── */

static void reload(struct supervisor *s)
{
    struct server again = *s->server;
    if (tls_read(s->ctx, &again) != OK) {
        LOG(ctx_now(s->ctx), LOG_ERROR, "reload_failed", {"text", s->ctx->error.message});
        return;
    }
    *s->server = again;
    s->reload = true;
}

/* One web worker at a time is told to end; the next when its successor accepts. */
static void go_on_with_reload(struct supervisor *s)
{
    for (int i = 0; i < s->n_web; i++)
        if (!atomic_load(&s->server->meters->rows[i].ready))
            return;
    int oldest = -1;
    for (int i = 0; i < s->n_web; i++)
        if (s->children[i].pid && s->children[i].started_us < s->reload_since_us &&
            (oldest < 0 || s->children[i].started_us < s->children[oldest].started_us))
            oldest = i;
    if (oldest < 0) {
        s->reload = false;
        return;
    }
    atomic_store(&s->server->meters->rows[oldest].ready, 0);
    s->children[oldest].retiring = true;
    kill(s->children[oldest].pid, SIGTERM);
}

/* ── the loop ── */

static void read_signals(struct supervisor *s)
{
    struct signalfd_siginfo info;
    while (read(s->signal_fd, &info, sizeof info) == (ssize_t)sizeof info) {
        if (info.ssi_signo == SIGTERM || info.ssi_signo == SIGINT) {
            begin_stop(s);
        } else if (info.ssi_signo == SIGHUP && !s->stopping) {
            s->reload_since_us = monotonic_us();
            reload(s);
        }
    }
}

static bool all_ready(const struct supervisor *s)
{
    for (int i = 0; i < s->n_web; i++)
        if (!atomic_load(&s->server->meters->rows[i].ready))
            return false;
    return true;
}

/* A worker that cannot even start once has told why; starting it for ever would only repeat that. */
static bool is_hopeless(const struct supervisor *s)
{
    for (int i = 0; i < s->n; i++)
        if (s->children[i].n_quick_deaths > 2)
            return true;
    return false;
}

static int run(struct supervisor *s)
{
    for (;;) {
        int64_t now_us = monotonic_us();
        if (!s->stopping)
            start_due(s, now_us);
        bool waits = !s->told_ready || s->reload || s->stopping || n_running(s) < s->n;
        struct pollfd pollfd = {.fd = s->signal_fd, .events = POLLIN};
        poll(&pollfd, 1, waits ? 5 : 60 * 1000);
        read_signals(s);
        reap(s);
        if (s->stopping && n_running(s) == 0)
            return 0;
        if (s->stopping && n_running(s) == 1)
            signal_one(s, s->n - 1, SIGTERM); /* the PDF process, or whoever is last: told again does no harm */
        if (s->stopping && monotonic_us() > s->stop_at_us)
            signal_all(s, SIGKILL);
        if (s->reload && !s->stopping)
            go_on_with_reload(s);
        if (s->told_ready || s->stopping)
            continue;
        if (is_hopeless(s)) {
            begin_stop(s);
            signal_all(s, SIGTERM);
            while (n_running(s) > 0) {
                poll(&pollfd, 1, 20);
                reap(s);
            }
            fprintf(stderr, "gava: cannot start serving; the reason stands above\n");
            return 1;
        }
        if (all_ready(s)) {
            printf("ready %.*s\n", STR_ARG(s->server->url));
            fflush(stdout);
            s->told_ready = true;
        }
    }
}

int supervise(struct ctx *ctx, struct server *server, int n_web)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, NULL);
    struct supervisor s = {.ctx = ctx, .server = server, .n_web = n_web, .n = n_web + 2};
    s.signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (s.signal_fd < 0)
        BUG("no signalfd: %s", strerror(errno));
    int status = run(&s);
    close(s.signal_fd);
    return status;
}
