/* What: the part of /ta-emot that belongs to a way of coming in: letter, e-mail, text message, social media, and on
 * whose behalf staff forwards it. Flow: take_in_page.c reads the form (CHANNEL_FIELDS are lines of TAKE_IN_FORM), asks
 * channel_said() when it came, channel_check() what is wrong, channel_arrival() for what take_in() stores; the page's
 * part is made by channel_fill(). Memory: as long as ctx. Not here: storing it (arrival.h), the rest of the form
 * (take_in_page.h). Source: S0.26, S2.6, S2.8, S2.13-S2.15, S2.20-S2.22. */
#ifndef GAVA_CHANNEL_PAGE_H
#define GAVA_CHANNEL_PAGE_H

#include "arrival.h"
#include "channel_view.h"
#include "faults.h"

#define CHANNEL_FIELDS(F)                                                                                              \
    F(arrived_on, DATE, 0, OPTIONAL, MSG_take_arrived_on)                                                              \
    F(arrived_at, LINE, 5, OPTIONAL, MSG_take_arrived_at)                                                              \
    F(paper_form, CHECK, 0, OPTIONAL, MSG_take_paper_form)                                                             \
    F(from_email, EMAIL, 254, OPTIONAL, MSG_take_from_email)                                                           \
    F(from_phone, PHONE, 40, OPTIONAL, MSG_take_from_phone)                                                            \
    F(link, LINE, LINK_MAX_CHARS, OPTIONAL, MSG_take_link_post)                                                        \
    F(aside, LINES, ASIDE_MAX_CHARS, OPTIONAL, MSG_take_aside)                                                         \
    F(doubtful, CHECK, 0, OPTIONAL, MSG_take_doubtful)                                                                 \
    F(organisation, LINE, ORGANISATION_MAX_CHARS, OPTIONAL, MSG_take_organisation)                                     \
    F(reference, LINE, REFERENCE_MAX_CHARS, OPTIONAL, MSG_take_reference)

struct take_in_form;
struct attached;

/* What came in writing counts as come when it came (arrival_moment). False: that has not been yet, or cannot be read.
 */
MUST_USE bool channel_said(const struct take_in_form *form, struct utc_us now, struct utc_us *ret);
/* The sender's address becomes how the person is reached, where nothing else was said: from the fields, or the mail
 * file's own From. */
void channel_complete(struct ctx *ctx, struct take_in_form *form, size_t n_files, const struct attached *files);
/* Faults of these fields; is_said_wrong: channel_said() was false. */
void channel_check(struct ctx *ctx, const struct take_in_form *form, bool is_said_wrong, struct faults_list *faults);
/* What is stored beside the case; said: when it came. */
struct arrival channel_arrival(const struct take_in_form *form, struct utc_us said);
/* Is there anything to store? */
bool channel_has_arrival(const struct take_in_form *form);
void channel_fill(struct ctx *ctx, const struct take_in_form *form, const struct faults_list *faults,
                  struct channel_view *ret);

#endif
