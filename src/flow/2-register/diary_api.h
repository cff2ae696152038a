/* What: the interface to a diary that another system keeps: which cases wait for its number, and taking the number.
 * Flow: a connector asks GET /api/v1/cases?diary=missing, registers there, and says PUT .../diary; diary_api_page.c
 * answers. Owns: nothing; enters cases by register.h. Invariants: (1) only cases of the key's unit and below, never a
 * restricted one (visible_to_key), and only where the diary is another system's; (2) saying the same twice is no fault,
 * saying another number is a conflict; (3) a body is one JSON object of known members, nothing else.
 * Memory: as long as ctx. Not here: keys (web/api_access.h). Source: S0.23, S2.23; RFC 8259, RFC 3339. */
#ifndef GAVA_DIARY_API_H
#define GAVA_DIARY_API_H

#include "change.h"
#include "diary_api_sql.h"

/* {"diaryNumber": "SN 2026/190", "registeredAt": "2026-12-14T09:12:00+01:00"} */
struct diary_put {
    struct str diary_number;
    struct utc_us registered; /* .v 0: not said */
};
/* Read a body. ERR_BAD_REQUEST: no JSON; ERR_INVALID: not the members above, or not of their kinds. Pure. */
MUST_USE enum err diary_put_read(struct ctx *ctx, struct str body, struct diary_put *ret);

struct diary_api_case {
    struct str number, diary_number; /* diary_number: STR_NONE until it is entered */
    struct utc_us received, registered;
};
/* Enter the number for the key. Own transaction. ERR_NOT_FOUND: no such case for this key. ERR_INVALID: the diary is
 * our own, the number does not fit, or the time cannot be. ERR_CONFLICT: another number, or another case's. */
MUST_USE enum err diary_api_enter(struct ctx *ctx, int64_t key, struct unit_id key_unit, struct str number,
                                  const struct diary_put *put, struct diary_api_case *ret);

#endif
