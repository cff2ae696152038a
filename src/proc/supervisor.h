/* What: the parent of all processes of `gava serve`: starts them, replaces those that die, ends them.
 * Flow: serve_cmd.c prepares the server (settings, socket, shared memory, migrations) and calls supervise(), which
 * returns when everything has ended. Invariants: (1) the listening socket belongs to the supervisor and outlives every
 * worker: while one is replaced, the system keeps connections waiting; (2) "ready" is told only when every web worker
 * accepts; (3) a process that dies at once again and again is started ever more seldom (up to every 5 s), never given
 * up. Signals: SIGTERM, SIGINT: requests that have begun are finished, exit 0. SIGHUP: the certificate is read again
 * and the web workers are replaced one by one. Source: style.md rule 16; design.md 3.6. */
#ifndef GAVA_SUPERVISOR_H
#define GAVA_SUPERVISOR_H

#include "server.h"

enum { WORKERS_MAX = METER_PROCESSES_MAX - 2, CHILD_STOP_MAX_S = 35 };

/* n_web workers, the job process and the one that makes PDFs, which ends last: others may be waiting for it. Gives the
 * exit status: 0 after a signal, 1 when a worker could not be started at all. */
int supervise(struct ctx *ctx, struct server *server, int n_web);

#endif
