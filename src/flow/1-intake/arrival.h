/* What: how something written came to us: a letter or a paper form with its arrival stamp, an e-mail or a text message
 * taken in by hand, a post on social media; and what somebody outside refers to it by. Flow: take_in() -> arrival_add;
 * the case page -> arrival_of, arrival_lag_days. Owns: arrival. Invariants: (1) the day of
 * arrival can lie before today, never after, and is never changed (append-only; cases.received_us stands in the
 * journal's chain too); (2) cases.received_us follows it, cases.entered_us is the moment of entry; (3) days are
 * Stockholm's days; (4) addresses, names and words are sealed. Memory: as long as ctx. Not here: the fields of the form
 * (channel_page.h), whether it is a case at all (assess.h), mail that comes in by itself (a later issue).
 * Source: S0.26, S2.13-S2.15, S2.19-S2.21, S3.23; domain.md 2.1 nos. 2, 23; TF 2:9 (inkommen). */
#ifndef GAVA_ARRIVAL_H
#define GAVA_ARRIVAL_H

#include "arrival_sql.h"
#include "change.h"

enum { LINK_MAX_CHARS = 1000, ASIDE_MAX_CHARS = 2000, ORGANISATION_MAX_CHARS = 200, REFERENCE_MAX_CHARS = 100 };

/* Texts may be empty. */
struct arrival {
    struct date arrived;
    bool paper_form;
    struct str link, aside, organisation, reference;
};

/* The channel brings a document: letter, e-mail, text message, social media. False for unknown codes too. */
bool arrival_is_written(struct str channel);
/* From when it counts as come: on the day itself now; on an earlier day the time given, or noon (minute_of_day < 0).
 * False: that has not been yet. */
MUST_USE bool arrival_moment(struct date arrived, int minute_of_day, struct utc_us now, struct utc_us *ret);
/* Whole days between two moments as people here count them: 0 on the same day, 1 over one midnight; never below 0. */
int64_t arrival_lag_days(struct utc_us from, struct utc_us to);
/* "https://host/..." without blanks or controls, the only kind of address that is taken in. */
bool arrival_link_good(struct str link);
/* The address of the From header of a mail file (.eml), "" when there is none that can be read. RFC 5322 3.6.2. */
struct str arrival_sender(struct ctx *ctx, struct str mail);

/* Inside the transaction that made the case. */
MUST_USE enum err arrival_add(struct ctx *ctx, struct case_id case_id, const struct arrival *arrival);
/* ERR_NOT_FOUND: it came in no such way. */
MUST_USE enum err arrival_of(struct ctx *ctx, struct case_id case_id, struct arrival *ret);

#endif
