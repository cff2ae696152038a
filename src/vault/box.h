/* What: sealing bytes with a key: version (1), nonce (24), ciphertext, tag (16). XChaCha20-Poly1305: a random nonce
 * never repeats in practice. Inside vault/ only. Source: libsodium crypto_aead_xchacha20poly1305_ietf; RFC 8439. */
#ifndef GAVA_BOX_H
#define GAVA_BOX_H

#include "ctx.h"

enum { KEY_BYTES = 32, BOX_MORE_BYTES = 1 + 24 + 16 };

/* What a box is for, bound into it: it opens under the same words only. */
struct box_label {
    const char *what;       /* "case key", "sealed" */
    struct case_id case_id; /* .v 0: of no case */
    struct str kind;        /* may be empty; at most 60 bytes */
};

/* ret: body.n + BOX_MORE_BYTES bytes. */
void box_seal(unsigned char *ret, struct str body, struct box_label label, const unsigned char key[KEY_BYTES]);
/* Opens in place: *ret_body points into box. False when the box was changed, or is another's. */
MUST_USE bool box_open(unsigned char *box, size_t n, struct box_label label, const unsigned char key[KEY_BYTES],
                       struct str *ret_body);

#endif
