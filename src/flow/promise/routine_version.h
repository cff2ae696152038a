/* What: the life of a routine's versions: a draft is written and shown, published with a first day, withdrawn before it
 * begins to apply, replaced by the next.
 *
 *        save          publish (first day: tomorrow or later)      the first day
 *   (draft) ---> draft ------------------------------> published ---------------> in force ---> replaced by the next
 *                  |  discard                              | withdraw
 *                  +-------> gone                          +-------> withdrawn (its number stays used)
 *
 * Flow: rutin_new_page.c, rutin_list_page.c -> here -> town.h. Owns: routine_draft; routine.withdrawn_us; future rows
 * of unit_routine. Invariants: (1) what is published never applies to a day that has begun: a case keeps the version
 * that was in force when it arrived; (2) a version number is given once; (3) a stored text never changes; (4) a routine
 * that inherits keeps the version it was published on until it is renewed; (5) publishing, withdrawing and binding are
 * rows of the journal, about no case. Memory: as long as ctx. Not here: words (rule_words.h), what a version would have
 * meant (what_if.h). Source: design.md 1; docs/decisions/0047. */
#ifndef GAVA_ROUTINE_VERSION_H
#define GAVA_ROUTINE_VERSION_H

#include "routine_version_sql.h"
#include "town.h"

/* ---- which versions there are ---- */

/* "nordanstig-2". */
struct str version_name(struct ctx *ctx, const struct routine_version *version);
/* NULL: there is none. Withdrawn ones are found too. */
const struct routine_version *version_by_name(struct ctx *ctx, const struct town *town, struct str name);
/* The version of a routine that holds on that day, by its first day; of a routine none of whose versions has begun, the
 * first. Withdrawn ones never. NULL: no such routine. */
const struct routine_version *version_at(const struct town *town, struct str code, struct date day);
/* The one that replaces or was replaced by this one: by number, without withdrawn ones. NULL: none. */
const struct routine_version *version_after(const struct town *town, const struct routine_version *version);
const struct routine_version *version_before(const struct town *town, const struct routine_version *version);
/* The number the next one gets: numbers of withdrawn versions stay used. */
int64_t version_next_number(const struct town *town, struct str code);
/* Some unit follows it today or did, or a case stands under it: it can no longer be withdrawn. */
MUST_USE enum err version_has_begun(struct ctx *ctx, const struct town *town, const struct routine_version *version,
                                    bool *ret);

/* ctx->who may change the routine: holds RIGHT_ROUTINE_EDIT in every unit that follows it by itself, now or later (in
 * the topmost unit when none does). */
bool routine_may_edit(struct ctx *ctx, const struct town *town, struct str code);
/* The same for what one unit follows. */
bool routine_may_bind(struct ctx *ctx, const struct town *town, struct unit_id unit);

/* ---- a draft ---- */

/* ERR_NOT_FOUND: nobody writes one. */
MUST_USE enum err routine_draft(struct ctx *ctx, struct str code, struct routine_draft_get_row *ret);
/* Keeps the text, faults and all. seen: version of the draft as the page had it, 0: there was none. ERR_CONFLICT:
 * somebody else has saved since. Own transaction. */
MUST_USE enum err routine_draft_save(struct ctx *ctx, const struct routine_version *base, int64_t seen,
                                     struct str yaml);
MUST_USE enum err routine_draft_discard(struct ctx *ctx, struct str code, int64_t seen);

/* A text read as the next version of a routine. */
struct checked_text {
    const struct routine *routine; /* NULL: it has faults */
    struct routine_id parent;      /* what it inherits from, as that is on the day; .v 0: stands alone */
    struct routine_fault *faults;
    size_t n_faults;
};
/* A text that names another routine than code, or inherits from one that is not here, has a fault. day: from which it
 * shall hold. */
MUST_USE enum err routine_text_check(struct ctx *ctx, const struct town *town, struct str code, struct str yaml,
                                     struct date day, struct checked_text *ret);

/* ---- publishing ---- */

enum publish_fault {
    PUBLISH_OK,
    PUBLISH_TOO_EARLY,   /* not after today */
    PUBLISH_NOT_LATER,   /* not after the first day of every other version */
    PUBLISH_HAS_FAULTS,  /* the text is no routine */
    PUBLISH_HEAD,        /* its head is written in a way the program cannot fill in */
    PUBLISH_UNTIL,       /* it says that it ends before it begins */
    PUBLISH_HEIR_FAULTS, /* a routine that inherits from it would have faults */
    PUBLISH_NO_DECISION, /* nobody is named who decided */
};
struct publish_order {
    struct str code;
    int64_t seen; /* version of the draft that was looked at */
    struct date from;
    struct str decided_by, number;
    bool renew_heirs; /* new versions of the routines that inherit from it, with the same first day */
};
/* The draft becomes the next version: every unit that would follow an older one from that day on follows it. What is
 * wrong with the order comes back in *ret_fault, and then nothing is done. ERR_CONFLICT: the draft was changed or
 * published by somebody else. Own transaction. */
MUST_USE enum err routine_publish(struct ctx *ctx, const struct publish_order *order, enum publish_fault *ret_fault,
                                  struct str *ret_name);
/* Routines whose version of that day builds on a version of this one: their codes. */
size_t routine_heirs(struct ctx *ctx, const struct town *town, struct str code, struct date day, struct str **ret);
/* Units that would follow a new version from that day: those that follow an older one by themselves then. */
size_t routine_followers(struct ctx *ctx, const struct town *town, struct str code, struct date day,
                         const struct unit ***ret);

/* Taken back, with the versions of other routines that were renewed on it. ERR_CLOSED: it has begun to apply.
 * Own transaction. */
MUST_USE enum err routine_withdraw(struct ctx *ctx, struct routine_id id);

/* ---- who follows which ---- */

/* From that day (tomorrow or later) the unit follows the routine, in the versions that hold from then on. ERR_INVALID:
 * the day is not after today. Own transaction. */
MUST_USE enum err routine_follow(struct ctx *ctx, struct unit_id unit, struct str code, struct date from);
/* What was to begin on that day does not. ERR_CLOSED: it has begun. Own transaction. */
MUST_USE enum err routine_unfollow(struct ctx *ctx, struct unit_id unit, struct date from);

#endif
