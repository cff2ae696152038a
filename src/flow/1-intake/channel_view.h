/* What: the fields of /ta-emot that belong to a way of coming in, as their template reads them. Every way's fields are
 * in the page; the style sheet shows those of the way that is chosen, so that it works without script (gv-for-written,
 * gv-for-letter, gv-for-email, gv-for-sms, gv-for-social_media, gv-for-oral). Memory: as long as ctx. Not here: the
 * rest of the form (take_in_view.h). Source: S2.13-S2.15, S2.20-S2.22. */
#ifndef GAVA_CHANNEL_VIEW_H
#define GAVA_CHANNEL_VIEW_H

#include "parts_view.h"

struct channel_view {
    struct field_view arrived_on, arrived_at; /* arrived_on: today unless another day was given */
    struct str today;                         /* the latest day the browser offers */
    bool is_paper_form;
    struct field_view from_email, from_phone;
    struct field_view link, aside;
    bool is_doubtful; /* unclear whether it is a case: the quality unit judges */
    struct field_view organisation, reference;
    struct str accept; /* kinds of files */
};

#endif
