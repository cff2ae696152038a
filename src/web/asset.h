/* What: the files a browser fetches besides pages: style sheets, font, script, crest. Embedded in the program by
 * tools/assets.sh, each under a name that holds a hash of its content, so that an answer may be cached for ever.
 * Flow: templates print asset_url_app_css() and its like (assets_gen.h); the web worker answers with asset_find().
 * Memory: static.
 * Source: RFC 9111 (Cache-Control: immutable, RFC 8246). */
#ifndef GAVA_ASSET_H
#define GAVA_ASSET_H

#include "assets_gen.h"

struct asset {
    struct str path, type;
    const unsigned char *p;
    size_t n;
    const unsigned char *gz; /* NULL where compression gains nothing (the font) */
    size_t gz_n;
    struct str etag; /* with its quotes */
};

/* path from the site's root: "/assets/app-0123456789ab.css". False if there is none. */
bool asset_find(struct str path, struct asset *ret);
/* How many there are, and number i of them: for tests and warm-up. */
size_t asset_count(void);
struct asset asset_at(size_t i);

/* What the generated table holds: sizes are differences of addresses, which C cannot write as constants. */
struct asset_row {
    struct str path, type, etag;
    const unsigned char *p, *end, *gz, *gz_end;
};
extern const struct asset_row asset_rows[]; /* sorted by path */
extern const size_t n_asset_rows;

#endif
