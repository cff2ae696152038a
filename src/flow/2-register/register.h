/* What: a case gets its diary number, its type, subject and title, its secrecy mark, and the unit it belongs to.
 * Flow: the registrar's list -> register_page.c -> register_case / sort_case -> assign.
 * Owns: cases.diary_number, registered_us, type, subject, title, secret*, unit_id; series of diary numbers.
 * Invariants: (1) a diary number is given once and never changed; numbers of a series and year have no gaps; (2) the
 * day of arrival is never changed by registering; (3) a mark carries provision, date and person. Not here: numbering of
 * documents (document.h), other units' acceptance (3-assign). Source: S0.23, S0.28, S2.23, S4.17; OSL 5:1, 5:2, 5:5. */
#ifndef GAVA_REGISTER_H
#define GAVA_REGISTER_H

#include "change.h"

enum { TITLE_MAX_CHARS = 120 };

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

/* Give the diary number of the unit's series, "SN-2026-0042". ERR_CONFLICT: it has one already. */
MUST_USE enum err register_case(struct ctx *ctx, struct str number, int64_t version, struct str *ret_diary_number);
/* Choose type, subject, title, secrecy and unit. ERR_INVALID: unknown code, too long title, secret without provision.
 */
MUST_USE enum err sort_case(struct ctx *ctx, struct str number, int64_t version, const struct sorting *sorting);

/* The codes a case may have; static, in the order lists show them. Labels: messages type_<code>, subject_<code>. */
size_t case_types(const struct str **ret);
size_t case_subjects(const struct str **ret);
bool case_type_known(struct str code);
bool case_subject_known(struct str code);

#endif
