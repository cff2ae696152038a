/* What: what every process of `gava serve` does for itself after the fork: signals, limits, sandbox, its own stores.
 * Flow: supervisor.c forks; the child calls process_begin, then web_main or job_main.
 * Invariants: (1) a child ends when its supervisor does; (2) nothing a child does afterwards can start another
 * program, but for pdf_main, which does only that and opens no store.
 * Source: prctl(2), seccomp(2); style.md rule 7. */
#ifndef GAVA_PROCESS_H
#define GAVA_PROCESS_H

#include "server.h"

/* After fork, in the child: SIGTERM goes to server->stop_fd, SIGINT is left to the supervisor, limits are set. */
void process_begin(struct server *server, int supervisor_pid);
/* Open every municipality's store and vault; they stay open until the process ends. ctx lives as long as the process.
 */
MUST_USE enum err process_open_stores(struct ctx *ctx, struct server *server);
/* Give up what is not needed from here on: other programs, debugging, mounting, kernel modules. */
void process_sandbox(void);

/* A web worker's life, the job process's, and that of the one who makes PDFs; each gives the exit status. */
int web_main(struct server *server);
int job_main(struct server *server);
int pdf_main(struct server *server);

#endif
