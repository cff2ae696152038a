#include "pdf.h"

#include <poll.h>
#include <unistd.h>

#include "meters.h"
#include "pdf_child.h"
#include "pdf_desk.h"

struct pdf_limits pdf_limits_of(const struct pdf_options *options)
{
    struct pdf_limits limits = options->limits, usual = PDF_LIMITS;
    limits.wall_ms = limits.wall_ms ? limits.wall_ms : usual.wall_ms;
    limits.cpu_s = limits.cpu_s ? limits.cpu_s : usual.cpu_s;
    limits.memory_bytes = limits.memory_bytes ? limits.memory_bytes : usual.memory_bytes;
    limits.pdf_bytes = limits.pdf_bytes ? limits.pdf_bytes : usual.pdf_bytes;
    return limits;
}

enum err pdf_files(struct ctx *ctx, struct str html, const struct pdf_options *options, struct pdf_files *ret)
{
    if (html.n > PDF_HTML_MAX || options->css.n > PDF_HTML_MAX)
        return fail(ctx, ERR_TOO_LARGE, "a page of %zu bytes; at most %d become a PDF", html.n, PDF_HTML_MAX);
    TRY(pdf_memory_file(ctx, "gava-pdf-html", html, &ret->html));
    enum err err = pdf_memory_file(ctx, "gava-pdf-css", options->css, &ret->css);
    if (err != OK)
        close(ret->html);
    return err;
}

static void wait_for(const struct pdf_child *child)
{
    struct pollfd pollfd = {.fd = child->pid_fd, .events = POLLIN};
    int64_t left_ms;
    while ((left_ms = (child->stop_at_us - monotonic_us()) / 1000) > 0)
        if (poll(&pollfd, 1, (int)left_ms) > 0)
            return;
}

enum err pdf_write(struct ctx *ctx, struct str html, const struct pdf_options *options, struct str *ret_pdf)
{
    struct pdf_limits limits = pdf_limits_of(options);
    struct pdf_files files;
    struct pdf_child child;
    TRY(pdf_files(ctx, html, options, &files));
    enum err err = pdf_child_start(ctx, files.html, files.css, options->variant, &limits, &child);
    close(files.html);
    close(files.css);
    TRY(err);
    wait_for(&child);
    TRY(pdf_child_end(ctx, &child));
    err = pdf_memory_read(ctx, child.pdf_fd, limits.pdf_bytes, ret_pdf);
    close(child.pdf_fd);
    return err;
}
