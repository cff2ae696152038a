/* What: the desk where the processes of `gava serve` hand in a page and get a PDF: one process (proc/pdf_worker.c) that
 * runs WeasyPrint for all of them, a few at a time, so that no web worker waits and none may start a program.
 *
 *   web worker --- order, HTML, style, reply socket ---> desk --- fork, exec ---> WeasyPrint
 *       ^                                                  |
 *       +------------ error, or the PDF's file <-----------+     (all of it memory; nothing has a name)
 *
 * Flow: serve_prepare.c makes the desk before the forks; a handler calls pdf_ask(), gives the socket to response_wait()
 * and is called again when it is readable: pdf_take(). Owns: one pair of sockets, made once, that outlives every
 * process on either side. Invariants: (1) each order gets exactly one reply, or its socket is closed; (2) at most
 * PDF_AT_ONCE runs, at most PDF_QUEUE_MAX wait; more are refused as ERR_BUSY at once. Memory: as pdf.h.
 * Source: unix(7) SCM_RIGHTS, SOCK_SEQPACKET; docs/decisions/0029-pdf-desk.md. */
#ifndef GAVA_PDF_DESK_H
#define GAVA_PDF_DESK_H

#include "pdf.h"

enum { PDF_AT_ONCE = 2, PDF_QUEUE_MAX = 16 };

struct pdf_desk {
    int ask_fd;   /* for those who ask */
    int serve_fd; /* for the desk's process */
};

/* ERR_IO: no sockets. */
MUST_USE enum err pdf_desk_open(struct ctx *ctx, struct pdf_desk *ret);

/* Hand in a page. ret_fd becomes readable when there is an answer; it is closed when ctx ends. ERR_BUSY: too many wait
 * already. ERR_TOO_LARGE. Never blocks. */
MUST_USE enum err pdf_ask(struct ctx *ctx, const struct pdf_desk *desk, struct str html,
                          const struct pdf_options *options, int *ret_fd);
/* The answer, or the failure as pdf_write's. ERR_TIMEOUT: there is none yet. ERR_BUSY: the desk was replaced in the
 * middle; asking again helps. Never blocks. */
MUST_USE enum err pdf_take(struct ctx *ctx, int fd, struct str *ret_pdf);

/* The desk's whole life: serve orders until stop_fd is readable, then end what runs. ctx: the process's own. */
void pdf_desk_serve(struct ctx *ctx, const struct pdf_desk *desk, int stop_fd);

/* For pdf.c and pdf_desk.c. */
struct pdf_files {
    int html, css;
};
MUST_USE enum err pdf_files(struct ctx *ctx, struct str html, const struct pdf_options *options, struct pdf_files *ret);
struct pdf_limits pdf_limits_of(const struct pdf_options *options);

#endif
