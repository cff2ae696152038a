/* What: one run of WeasyPrint in a process of its own. Flow: pdf_child_start(), wait on pid_fd at most until
 * stop_at_us, pdf_child_end(). Owns: the process, and the memory file its PDF goes to. Invariants: (1) after
 * pdf_child_end no process is left, not even a dead one; (2) the process inherits nothing but its four files.
 * Not here: several at once, queues (pdf_desk.h). Source: landlock(7), seccomp(2), setrlimit(2). */
#ifndef GAVA_PDF_CHILD_H
#define GAVA_PDF_CHILD_H

#include "pdf.h"

enum { FOLDER_MAX = 32 };

struct pdf_child {
    int pid, pid_fd;    /* pid_fd is readable when the process has ended */
    int pdf_fd, err_fd; /* memory files: what it wrote */
    int64_t stop_at_us; /* monotonic */
    int64_t pdf_max_bytes;
    char folder[FOLDER_MAX]; /* the one place where it may write; goes with it */
};

/* A memory file with these bytes, to be read from its beginning. name: for /proc alone. ERR_IO. */
MUST_USE enum err pdf_memory_file(struct ctx *ctx, const char *name, struct str bytes, int *ret_fd);
/* The bytes of a memory file, in ctx. ERR_TOO_LARGE beyond max_bytes. */
MUST_USE enum err pdf_memory_read(struct ctx *ctx, int fd, int64_t max_bytes, struct str *ret);

/* Both files stay the caller's. ERR_SETTING: not installed. ERR_IO: no process. */
MUST_USE enum err pdf_child_start(struct ctx *ctx, int html_fd, int css_fd, enum pdf_variant variant,
                                  const struct pdf_limits *limits, struct pdf_child *ret);
/* Ends the process if it still runs (then ERR_TIMEOUT), and tells how it went. OK: child->pdf_fd holds a PDF and is the
 * caller's from now on; else it is closed. */
MUST_USE enum err pdf_child_end(struct ctx *ctx, struct pdf_child *child);

#endif
