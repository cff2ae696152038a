/* What: what one process of `gava serve` has for its whole life: settings, clock, the municipalities it serves, and the
 * memory it shares with its siblings. Handlers reach it as req->server, the job runner as its argument.
 * Flow: serve_cmd.c fills the part that all processes have in common before it forks; each process opens its own
 * stores. Owns: nothing; proc/ does. Invariants: n_municipalities is at least 1 once a process serves. Not here: what
 * belongs to one request (ctx.h). Source: style.md rule 14. */
#ifndef GAVA_SERVER_H
#define GAVA_SERVER_H

#include "ctx.h"
#include "meters.h"
#include "settings.h"

struct pdf_desk;   /* pdf/pdf_desk.h */
struct rates;      /* web/rate.h */
struct text_cache; /* text_cache.h */
struct town_cache; /* flow/town.h */

struct municipality {
    struct str slug; /* "ekhamn" */
    struct db *db;
    struct vault *vault;
    struct town_cache *town;
};

struct server {
    struct settings settings;
    struct clock clock;
    struct random random;
    struct str data_dir;          /* --data; STR_NONE with --postgres */
    struct str postgres_url;      /* --postgres; STR_NONE with --data */
    bool rate_limit_off;          /* --rate-limit off */
    bool tls;                     /* we speak TLS ourselves */
    struct str tls_cert, tls_key; /* PEM; empty without TLS */
    int listen_fd;
    int stop_fd;    /* this process's own: readable when it shall end what it does and leave (SIGTERM) */
    struct str url; /* "http://127.0.0.1:8080/" */

    struct text_cache *pages; /* this process's own: case pages of the last minute; NULL in the job process */
    struct municipality *municipalities; /* this process's own stores */
    size_t n_municipalities;

    int64_t log_second, n_logged; /* lines about clients' faults in this second */
    int64_t healthy_us;           /* monotonic: when every store was last found writable */

    struct meters *meters; /* shared by all processes */
    struct rates *rates;   /* shared by all processes */
    struct pdf_desk *pdf;  /* where pages become PDFs; shared by all processes */
    int process;           /* which row of meters is ours */
};

#endif
