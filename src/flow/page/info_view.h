/* What: pages that only tell: the accessibility statement (/tillganglighet), how personal data are handled
 * (/personuppgifter), help for staff (/hjalp). Their words are the catalogue's; the municipality's own stand here.
 * Memory: as long as the ctx. Source: lag (2018:1937) and förordning (2018:1938) om tillgänglighet till digital
 * offentlig service; dataskyddsförordningen art. 13. Texts on law need review by the municipality's lawyer (ux/README
 * 5). */
#ifndef GAVA_INFO_VIEW_H
#define GAVA_INFO_VIEW_H

#include "frame_view.h"

struct info_view {
    struct frame_view frame; /* .municipality is named in the texts */
    struct str call;         /* telephone; empty: the sentences with it are left out */
    struct url call_url;
};

#endif
