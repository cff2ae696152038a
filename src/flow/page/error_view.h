/* What: what the plain error page shows: used where no municipality is known, or its store does not answer, so that
 * neither frame nor menu can be made. Source: style.md rule 38. */
#ifndef GAVA_ERROR_VIEW_H
#define GAVA_ERROR_VIEW_H

#include "html.h"

struct error_plain_view {
    struct str heading, text;
    struct str reference; /* ctx->request_id */
    struct url back;
};

#endif
