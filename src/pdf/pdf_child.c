#include "pdf_child.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "embedded.h"
#include "meters.h"
#include "pdf_sandbox.h"

#define PYTHON "/usr/bin/python3"
#define WEASYPRINT "/usr/bin/weasyprint"
enum { ERR_MAX = 64 * 1024, NAME_MAX_BYTES = 40 };

extern const struct embedded_file archive_files[]; /* archive.py */
extern const size_t n_archive_files;

/* ── memory files ── */

enum err pdf_memory_file(struct ctx *ctx, const char *name, struct str bytes, int *ret_fd)
{
    int fd = memfd_create(name, MFD_CLOEXEC);
    if (fd < 0)
        return fail(ctx, ERR_IO, "could not make a file in memory: %s", strerror(errno));
    for (size_t at = 0; at < bytes.n;) {
        ssize_t n = write(fd, bytes.p + at, bytes.n - at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            fail(ctx, ERR_IO, "could not fill a file in memory: %s", strerror(errno));
            close(fd);
            return ERR_IO;
        }
        at += (size_t)n;
    }
    lseek(fd, 0, SEEK_SET);
    *ret_fd = fd;
    return OK;
}

enum err pdf_memory_read(struct ctx *ctx, int fd, int64_t max_bytes, struct str *ret)
{
    struct stat stat;
    if (fstat(fd, &stat) != 0 || stat.st_size < 0)
        return fail(ctx, ERR_IO, "could not read a file in memory: %s", strerror(errno));
    if (stat.st_size > max_bytes)
        return fail(ctx, ERR_TOO_LARGE, "the PDF has %lld bytes; at most %lld are kept", (long long)stat.st_size,
                    (long long)max_bytes);
    char *bytes = arena_alloc(ctx->arena, (size_t)stat.st_size);
    size_t at = 0;
    while (at < (size_t)stat.st_size) {
        ssize_t n = pread(fd, bytes + at, (size_t)stat.st_size - at, (off_t)at);
        if (n <= 0)
            return fail(ctx, ERR_IO, "could not read a file in memory: %s", n ? strerror(errno) : "it is shorter now");
        at += (size_t)n;
    }
    *ret = (struct str){bytes, at};
    return OK;
}

/* ── its folder ── */

static int remove_one(const char *path, const struct stat *stat, int kind, struct FTW *at)
{
    return remove(path);
}

/* WeasyPrint wants a folder for fonts that a page brings along; no page of ours does, so it stays empty. */
static enum err make_folder(struct ctx *ctx, struct pdf_child *child)
{
    snprintf(child->folder, sizeof child->folder, "/tmp/gava-pdf-XXXXXX");
    if (mkdtemp(child->folder) == NULL)
        return fail(ctx, ERR_IO, "could not make a folder in /tmp: %s", strerror(errno));
    return OK;
}

static void remove_folder(const struct pdf_child *child)
{
    nftw(child->folder, remove_one, /* files at once= */ 4, FTW_DEPTH | FTW_PHYS);
}

/* ── the process ── */

/* In the new process. fds: HTML, PDF, messages, style sheet; they become 0, 1, 2 and 3. */
NORETURN static void become_weasyprint(const int fds[4], const char *folder, enum pdf_variant variant,
                                       const struct pdf_limits *limits)
{
    int high[4];
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (int i = 0; i < 4; i++)
        high[i] = fcntl(fds[i], F_DUPFD, 20);
    for (int i = 0; i < 4; i++)
        if (high[i] < 0 || dup2(high[i], i) < 0)
            _exit(126);
    syscall(SYS_close_range, 4, ~0U, 0);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (chdir("/") != 0)
        _exit(126);
    pdf_sandbox_limits(limits);
    pdf_sandbox(folder);
    /* -I: no module but the system's. The base address leads nowhere, should a page name a file beside itself. */
    const char *tagged[] = {
        "python3", "-I",          "-m", "weasyprint",      "-q", "-e", "utf-8", "--pdf-variant", "pdf/ua-1",
        "-u",      "about:blank", "-s", "/proc/self/fd/3", "-",  "-",  NULL};
    const char *archive[] = {"python3", "-I", "-c", archive_files[0].p, NULL};
    char tmpdir[FOLDER_MAX + 8];
    snprintf(tmpdir, sizeof tmpdir, "TMPDIR=%s", folder);
    const char *envp[] = {"LANG=C.UTF-8", "PATH=/usr/bin", tmpdir, NULL};
    const char *const *argv = variant == PDF_ARCHIVE ? archive : tagged;
    execve(PYTHON, (char *const *)(uintptr_t)argv, (char *const *)(uintptr_t)envp);
    _exit(127);
}

static enum err is_installed(struct ctx *ctx)
{
    if (access(WEASYPRINT, X_OK) == 0 && access(PYTHON, X_OK) == 0)
        return OK;
    fail(ctx, ERR_SETTING, "no PDF can be made: WeasyPrint is not installed");
    return fail_hint(ctx, "apt-get install weasyprint fonts-inter");
}

/* What a child that never ran leaves. */
static void give_up(struct pdf_child *child)
{
    close(child->pdf_fd);
    close(child->err_fd);
    remove_folder(child);
}

static enum err start_process(struct ctx *ctx, const int fds[4], enum pdf_variant variant,
                              const struct pdf_limits *limits, struct pdf_child *child)
{
    assert(n_archive_files == 1);
    fflush(NULL);
    child->pid = fork();
    if (child->pid == 0)
        become_weasyprint(fds, child->folder, variant, limits);
    child->pid_fd = child->pid > 0 ? (int)syscall(SYS_pidfd_open, child->pid, 0) : -1;
    if (child->pid_fd >= 0)
        return OK;
    fail(ctx, ERR_IO, "could not start a process for the PDF: %s", strerror(errno));
    if (child->pid > 0) {
        kill(child->pid, SIGKILL);
        waitpid(child->pid, NULL, 0);
    }
    return ERR_IO;
}

enum err pdf_child_start(struct ctx *ctx, int html_fd, int css_fd, enum pdf_variant variant,
                         const struct pdf_limits *limits, struct pdf_child *ret)
{
    TRY(is_installed(ctx));
    struct pdf_child child = {.pdf_fd = -1,
                              .err_fd = -1,
                              .stop_at_us = monotonic_us() + limits->wall_ms * 1000,
                              .pdf_max_bytes = limits->pdf_bytes};
    TRY(make_folder(ctx, &child));
    enum err err = pdf_memory_file(ctx, "gava-pdf", STR(""), &child.pdf_fd);
    if (err == OK)
        err = pdf_memory_file(ctx, "gava-pdf-messages", STR(""), &child.err_fd);
    if (err == OK)
        err = start_process(ctx, (const int[]){html_fd, child.pdf_fd, child.err_fd, css_fd}, variant, limits, &child);
    if (err == OK)
        *ret = child;
    else
        give_up(&child);
    return err;
}

/* ── how it went ── */

/* Python ends with "MemoryError" or "module.SomeError: text": only the name, for the text may quote the page. */
static struct str error_name(struct ctx *ctx, int err_fd)
{
    struct str text = STR("");
    if (pdf_memory_read(ctx, err_fd, ERR_MAX, &text) != OK)
        return STR("");
    text = str_trim(text);
    size_t at = text.n;
    while (at > 0 && text.p[at - 1] != '\n')
        at--;
    struct str line = str_skip(text, at);
    size_t n = 0;
    while (n < line.n && n < NAME_MAX_BYTES &&
           ((line.p[n] >= 'a' && line.p[n] <= 'z') || (line.p[n] >= 'A' && line.p[n] <= 'Z') || line.p[n] == '.'))
        n++;
    return n == line.n || line.p[n] == ':' ? str_head(line, n) : STR("");
}

static enum err tell_failure(struct ctx *ctx, const struct pdf_child *child, int status)
{
    if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL)) {
        fail(ctx, ERR_TIMEOUT, "the PDF took too much time");
        return fail_hint(ctx, "make the document shorter, or try again when the machine has less to do");
    }
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ)
        return fail(ctx, ERR_TOO_LARGE, "the PDF is larger than %lld bytes", (long long)child->pdf_max_bytes);
    struct str name = error_name(ctx, child->err_fd);
    bool by_memory = str_eq(name, STR("MemoryError"));
    fail(ctx, by_memory ? ERR_TOO_LARGE : ERR_IO, "the PDF could not be made");
    fail_detail(ctx, "WeasyPrint ended with %s %d %.*s", WIFSIGNALED(status) ? "signal" : "status",
                WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status), STR_ARG(name));
    return fail_hint(ctx, by_memory ? "make the document shorter" : "does weasyprint --info work on this machine?");
}

static enum err read_outcome(struct ctx *ctx, const struct pdf_child *child, int status)
{
    char head[5] = {0};
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return tell_failure(ctx, child, status);
    if (pread(child->pdf_fd, head, sizeof head, 0) != sizeof head || memcmp(head, "%PDF-", sizeof head) != 0)
        return tell_failure(ctx, child, status);
    return OK;
}

enum err pdf_child_end(struct ctx *ctx, struct pdf_child *child)
{
    int status = 0;
    int ended = waitpid(child->pid, &status, WNOHANG);
    if (ended == 0) {
        kill(child->pid, SIGKILL);
        ended = waitpid(child->pid, &status, 0);
    }
    if (ended != child->pid)
        BUG("the PDF process %d is not ours", child->pid);
    enum err err = read_outcome(ctx, child, status);
    close(child->pid_fd);
    close(child->err_fd);
    remove_folder(child);
    if (err != OK)
        close(child->pdf_fd);
    return err;
}
