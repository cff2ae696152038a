/* What: work that happens by the clock, in the job process of `gava serve`: which jobs there are (jobs.def), whose turn
 * it is. Flow: proc/job_worker.c loops over municipalities and jobs -> job_look() -> the job's function in flow/ or
 * here. Owns: table job_run. Invariants: (1) a job that is not POLL runs on one host at a time and not before its time;
 * (2) a host that dies in the middle gives the job back after JOB_LEASE_S; (3) when it is time is asked of ctx's clock,
 * how long a lease lasts of the machine's own: a clock that stands still (tests, demos) must not make a dead process's
 * lease eternal. Memory: ctx is fresh for each look. Not here: leases of single rows (outbox_job.sql), processes and
 * sleeping (proc/). Source: style.md rules 8, 26, 46; design.md 3.8. */
#ifndef GAVA_JOB_H
#define GAVA_JOB_H

#include "ctx.h"
#include "server.h"

/* Where a job works: one municipality of one process. ctx->db, vault, town and lang are set to it. */
struct job_place {
    const struct server *server;
    const struct municipality *municipality;
};

/* One bounded piece of work. *ret_more (false before): there is more to do at once. An error is logged, and the job
 * rests for JOB_REST_S. */
typedef enum err job_fn(struct ctx *ctx, const struct job_place *place, bool *ret_more);

enum job_when { JOB_POLL, JOB_EVERY, JOB_NIGHTLY };
struct job {
    const char *code;
    enum job_when when;
    int64_t number; /* POLL: ms; EVERY: minutes; NIGHTLY: minutes after local midnight */
    job_fn *run;
    const char *text;
};
extern const struct job jobs[]; /* jobs.def */
extern const size_t n_jobs;

enum { JOB_LEASE_S = 600, JOB_REST_S = 10, JOB_LOOK_MS = 1000 };

/* Run the job if it is its time and nobody else runs it. *ret_ran: it ran. */
MUST_USE enum err job_look(struct ctx *ctx, const struct job_place *place, const struct job *job, bool *ret_ran,
                           bool *ret_more);
/* How long until one should look again, real time. */
int64_t job_pause_us(const struct job *job);
/* The process was told to end: a job with many pieces stops after the one it is at. */
bool job_is_told_to_stop(const struct job_place *place);
/* The machine's own clock: for leases. */
struct utc_us job_real_now(void);

/* The latest moment not after now at which a NIGHTLY job should have begun. */
struct utc_us job_night_before(struct utc_us now, int64_t minutes_after_midnight);

#define JOB(code, when, function, text) job_fn function;
#include "jobs.def"
#undef JOB

#endif
