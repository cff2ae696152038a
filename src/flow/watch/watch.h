/* What: the watchdog: compares what arrived with what is registered, answered for, sent and remembered, and names what
 * stands still. Flow: watch_look() for one kind of thing -> the page /bevakning, `gava watch`, watch_job.c (alarm
 * mails, /metrics). Owns: watch_told, watch_state. Invariants: (1) a look changes nothing and needs no job: the page
 * tells of a job process that is dead; (2) each thing is found from its own rows, never from what a job noted, so
 * nothing can be forgotten; (3) the work costs as much as what stands still (at most WATCH_MAX of a kind), whatever the
 * register holds; (4) somebody who sees no cases is given none, only how many. Memory: as long as ctx. Not here:
 * hashes, journal chain, invariants (`gava verify`, nightly). Source: domain.md 4.2 (Falun 2016: a third of the
 * submissions lay unseen for months); S0.23, S1.13; docs/decisions/0028. */
#ifndef GAVA_WATCH_H
#define GAVA_WATCH_H

#include "settings.h"
#include "town.h"

enum watch_kind {
#define WATCH(code, about, text) WATCH_##code,
#include "watch.def"
#undef WATCH
    WATCH_KIND_COUNT
};

enum { WATCH_MAX = 200 };

/* "unregistered"; "came in and is not registered". Static. */
struct str watch_code(enum watch_kind kind);
struct str watch_text(enum watch_kind kind);
/* About a case, so that those who see it are told; else about the machine. */
bool watch_is_of_case(enum watch_kind kind);

struct watch_found {
    enum watch_kind kind;
    int64_t ref;         /* row number of what stands still */
    struct utc_us since; /* UTC_NONE: not known */
    struct str number;   /* the case's; STR_NONE: no case */
    struct unit_id unit; /* .v 0: none */
    struct user_id who;  /* who has it, or took it in; .v 0 */
    struct str code;     /* promise, kind of mail or task, job */
    struct str error;    /* the mail server's code; may be none */
    int64_t n;           /* failures, free megabytes */
};

struct watch_place {
    struct user_id viewer;           /* whose reach; with everything: nobody's */
    bool everything;                 /* the program itself, or a count */
    const struct settings *settings; /* watch_days, watch_hours, watch_free_mb, smtp_url */
    struct str data_dir;             /* STR_NONE: the store is elsewhere, its disk is not seen from here */
};

/* What of this kind stands still now, the oldest first, at most WATCH_MAX. */
MUST_USE enum err watch_look(struct ctx *ctx, const struct watch_place *place, enum watch_kind kind,
                             struct watch_found **ret, size_t *ret_n);
/* Units the public may choose where nothing came in for a year: no alarm, but somebody should know why. */
MUST_USE enum err watch_idle(struct ctx *ctx, const struct watch_place *place, const struct unit ***ret, size_t *ret_n);

#endif
