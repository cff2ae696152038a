/* What: a case gets its diary number, its type, subject and title, its secrecy mark, and the unit it belongs to.
 * Flow: the diary's queue (diary.h) -> register_page.c, or another system (diary_api_page.c) -> register_entry;
 * sort_case -> assign. Owns: cases.diary_number, registered_us, type, subject, title, secret*, unit_id; series of diary
 * numbers. Invariants: (1) a diary number is given once and never changed; numbers of a series and year have no gaps;
 * (2) the day of arrival is never changed by registering; (3) a mark carries provision, date and person. Not here:
 * numbering of documents (document.h), other units' acceptance (3-assign). Source: S0.23, S0.28, S2.23, S4.17; OSL 5:1,
 * 5:2, 5:5. */
#ifndef GAVA_REGISTER_H
#define GAVA_REGISTER_H

#include "change.h"
#include "diary_rules.h"

enum { TITLE_MAX_CHARS = BRIEF_MAX_CHARS };

struct sorting {
    struct str type;    /* a code of case_types */
    struct str subject; /* a code of case_subjects, or STR_NONE */
    struct str title;   /* briefly, without personal data; STR_NONE: none yet */
    bool secret;
    struct str provision; /* when secret: "26 kap. 1 § OSL" */
    struct unit_id unit;  /* where it belongs; .v 0: stays */
};

/* Each its own transaction; errors of case_step besides those named. version: cases.version as the page had it, or -1.
 */

/* What may be said when a case is entered. All zero: only the number of the unit's own series. */
struct diary_entry {
    struct str diary_number;     /* from another system's diary; STR_NONE or "": the unit's own series */
    struct utc_us registered;    /* when it was entered there; .v 0: now */
    struct str title;            /* briefly what it concerns, without personal data; STR_NONE: left as it is */
    struct str party;            /* who sent the first paper, a code of party_codes(); STR_NONE: as usual */
    struct str api_key;          /* number of the key by which another system entered it; STR_NONE: a person did */
    bool hide_party, hide_brief; /* of the first paper, in the public diary */
};
/* Enter the case. With a number: town_diary_is_external() must say so. The stamped copy can be read from then on (fact
 * stamped_copy_sent). ERR_CONFLICT: it has a number already, or another case has this one. ERR_INVALID: the number is
 * missing or does not fit the pattern, the time is before the arrival or after now, or the title points somebody out.
 */
MUST_USE enum err register_entry(struct ctx *ctx, struct str number, int64_t version, const struct diary_entry *entry,
                                 struct str *ret_diary_number);
/* The same inside a transaction, for a case opened by the caller, who answers for the right. */
MUST_USE enum err register_opened(struct ctx *ctx, struct open_case *c, const struct diary_entry *entry,
                                  struct str *ret_diary_number);
/* With nothing said: the number of the unit's series, "SN-2026-0042". */
MUST_USE enum err register_case(struct ctx *ctx, struct str number, int64_t version, struct str *ret_diary_number);
/* Choose type, subject, title, secrecy and unit. ERR_INVALID: unknown code, too long title, secret without provision.
 */
MUST_USE enum err sort_case(struct ctx *ctx, struct str number, int64_t version, const struct sorting *sorting);

/* Inside a transaction: the case goes to another unit, and its routine and dates with it. ERR_INVALID: no such unit. */
MUST_USE enum err case_move(struct ctx *ctx, struct open_case *c, struct unit_id unit);

/* The codes a case may have; static, in the order lists show them. Labels: messages type_<code>, subject_<code>. */
size_t case_types(const struct str **ret);
size_t case_subjects(const struct str **ret);
bool case_type_known(struct str code);
bool case_subject_known(struct str code);

#endif
