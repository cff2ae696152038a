/* What: the promises of a case that is not there yet: as if it came in at this moment. For the public form and for
 * whoever takes something in and tells the person the dates. Flow: intake_page.c, take_in_page.c -> promises_ahead ->
 * {{use promises_ahead(...)}}. Memory: as long as ctx. Not here: the promises of a case (case_promise.h), how they are
 * counted (routine.h). Source: ux 01, 03; S3.13. */
#ifndef GAVA_AHEAD_PAGE_H
#define GAVA_AHEAD_PAGE_H

#include "page_parts.h"
#include "town.h"

struct ahead {
    const struct unit *unit;
    const struct routine *routine;
    struct str type; /* a code, or "" */
    enum channel channel;
    struct utc_us received;
    bool with_undated; /* those too that wait for something first, with what they wait for */
    bool is_reachable; /* some way to reach the person is known, and an answer is wanted */
};

/* Public promises with a date, as the person reads them; that it has arrived is left out: the page itself tells that.
 */
MUST_USE enum err promises_ahead(struct ctx *ctx, const struct town *town, const struct ahead *ahead,
                                 struct promises_view *ret);

#endif
