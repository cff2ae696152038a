/* What: the squares of a QR code, for a template to draw. Flow: qr_make(), then {{use qr(&v->qr)}} (paper_page.html).
 * Invariants: (1) error correction level Q: a quarter of the code may be dirty or torn off; (2) the quiet zone of four
 * modules belongs to the drawing. Memory: as ctx. Source: ISO/IEC 18004; libqrencode. */
#ifndef GAVA_QR_H
#define GAVA_QR_H

#include "ctx.h"

/* One dark run in a row, in modules, with the quiet zone counted. */
struct qr_run {
    int64_t x, y, width;
};
struct qr {
    int64_t size; /* modules on each side, quiet zone and all */
    const struct qr_run *runs;
    size_t n_runs;
};

/* text: 1-1000 bytes. ERR_TOO_LARGE: longer than a code that is read from a wall can hold. */
MUST_USE enum err qr_make(struct ctx *ctx, struct str text, struct qr *ret);

#endif
