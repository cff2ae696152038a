/* What: lists of cases as staff see them: what waits for me, my unit's, all I may see, closed ones; filtered, searched,
 * paged. Owns: nothing; reads cases through @visible. Invariants: (1) at most WORKLIST_PAGE rows a page, keyset-paged;
 * (2) a title is staff-written: lists open nothing in the vault; (3) a search by words keeps to the
 * list and its filters ("all" then means closed cases too), one by number finds the case wherever it is. Memory: as
 * long as ctx. Not here: the page with its groups (worklist_page.c). Source: mock-up 04; performance.md. */
#ifndef GAVA_WORKLIST_H
#define GAVA_WORKLIST_H

#include "town.h"
#include "worklist_sql.h"

enum { WORKLIST_PAGE = 50 };

enum worklist_scope {
    WORK_MINE,
    WORK_UNIT,
    WORK_TO_JUDGE, /* unclear whether it is a case (assess.h) */
    WORK_WRITTEN,  /* letters and the like that staff took in, not yet in the diary (S3.23) */
    WORK_ALL,
    WORK_CLOSED
};

struct worklist_query {
    enum worklist_scope scope;
    struct str promise;  /* code of the next promise, or STR_NONE */
    struct unit_id unit; /* and those below; .v 0: any */
    struct str subject;  /* or STR_NONE */
    struct str words;    /* a number or words; STR_NONE: no search */
    struct utc_us after; /* keyset: the last row of the page before; UTC 0 and .v 0 for the first page */
    struct case_id after_id;
};

struct worklist_row {
    struct case_id id;
    struct str number, type, subject, title, status, next_promise;
    struct unit_id unit;
    struct user_id owner;
    bool secret;
    struct utc_us received, registered, accepted, next_due, closed;
    int64_t reminded;           /* times, of the date in reminded_due */
    struct utc_us reminded_due; /* UTC_NONE: never */
    struct user_id escalated;   /* who above knows of it; .v 0: nobody */
};

struct worklist {
    struct worklist_row *rows;
    size_t n;
    bool more;
};

struct worklist_counts {
    int64_t mine, late, today, unit, to_judge, written, all; /* counted to at most 1,000 */
};

/* The two queues are work of those who hold the right for it; the other lists are everybody's. */
bool worklist_has(const struct town *town, struct user_id user, enum worklist_scope scope);

MUST_USE enum err worklist_read(struct ctx *ctx, const struct town *town, const struct worklist_query *q,
                                struct worklist *ret);
MUST_USE enum err worklist_count(struct ctx *ctx, const struct town *town, struct worklist_counts *ret);
/* The unit a person's "my unit" means: the lowest unit where a role is held; .v 0: none. */
struct unit_id worklist_home_unit(const struct town *town, struct user_id user);

#endif
