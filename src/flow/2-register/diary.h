/* What: the diary of the cases: the queue of those who keep it, closing it and opening it again, entering the reply.
 * Flow: case_step -> diary_refresh works out what the case waits for (diary_rules.h); diary_page.c shows the queue;
 * register.h enters a case, here the rest.
 *
 *   arrival --- register ---> [file] ---> ... reply ---> [reply entered] ---> unit closes ---> diary closed
 *                (register)    (then: of the routine)      (enter_reply)                        (close_diary)
 *
 * Owns: cases.diary_wait, diary_wait_us, diary_by, diary_for (worked out), diary_closed_us, diary_closed_by.
 * Invariants: (1) the columns of waiting are what diary_waiting_of() said at the latest step; (2) a case without a
 * diary number waits for "register", so nothing that came in can be forgotten; (3) the status of the case and the
 * closing in the diary never change each other (S4.20); (4) the time from arrival to registration is measured from
 * cases.received_us, which nothing can change: a late registration hides no late answer (domain.md 2.1 no. 2).
 * Memory: as long as ctx. Not here: the number (register.h), the papers (dossier.h), another system's diary
 * (diary_api_page.c). Source: OSL 5:1; S0.22, S0.23, S1.38, S1.39, S2.18, S2.23-S2.27, S3.23, S4.17, S4.20. */
#ifndef GAVA_DIARY_H
#define GAVA_DIARY_H

#include "change.h"
#include "diary_rules.h"
#include "diary_sql.h"

enum { DIARY_PAGE = 50, DIARY_LAG_DAYS = 30 };

struct diary_query {
    enum diary_wait wait;
    bool mine;           /* only what the routine gives to the viewer's roles, or to a role nobody holds */
    struct utc_us after; /* keyset: the last row of the page before; .v 0 for the first */
    struct case_id after_id;
};
/* At most DIARY_PAGE rows, the longest waiting first. Needs RIGHT_DIARY; what the viewer may not see is not there. */
MUST_USE enum err diary_queue(struct ctx *ctx, const struct diary_query *q, struct diary_queue_read_row **ret,
                              size_t *ret_n, bool *ret_more);
/* By enum diary_wait; each counted to at most 1,000. */
MUST_USE enum err diary_counts(struct ctx *ctx, bool mine, int64_t ret[DIARY_WAIT_COUNT]);

/* How long registering took, of what was registered in the latest DIARY_LAG_DAYS days. */
struct diary_lag {
    int64_t n, n_late;
    int64_t median_days, longest_days; /* working days from arrival; 0: the same day */
};
MUST_USE enum err diary_lag(struct ctx *ctx, const struct town *town, int64_t usual_days, struct diary_lag *ret);

/* What the routine engine's caller stores with the next promise; inside the case's transaction. */
struct diary_state {
    struct diary_facts facts;
    struct diary_waiting waiting;
};
/* How the case stands in the diary now. facts lives as long as the result is used. */
MUST_USE enum err diary_state(struct ctx *ctx, const struct open_case *c, const struct facts *facts,
                              struct diary_state *ret);

/* Each its own transaction; errors of case_step besides those named. version: cases.version as the page had it, or -1.
 */

/* The reply stands in the diary: paper is its number in the dossier (0: the latest that went out). event_number: the
 * diary's number of the event, may be empty. Facts copy_registered and, with a number, event_numbered. ERR_INVALID: no
 * such paper, or the number is too long. */
MUST_USE enum err diary_enter_reply(struct ctx *ctx, struct str number, int64_t version, int64_t paper,
                                    struct str event_number);
/* ERR_INVALID: not in the diary yet, or neither closed by the unit nor answered in the diary. ERR_CONFLICT: closed. */
MUST_USE enum err diary_close(struct ctx *ctx, struct str number, int64_t version);
/* ERR_CONFLICT: it is open there. */
MUST_USE enum err diary_open(struct ctx *ctx, struct str number, int64_t version);

/* "EKHAMN-2026-0042:3": what the event number is suggested to be in a diary of our own. */
struct str diary_event_number(struct ctx *ctx, struct str diary_number, int64_t paper);

#endif
