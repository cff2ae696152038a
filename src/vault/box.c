#include "box.h"

#include <endian.h>
#include <sodium.h>

enum { VERSION = 1, NONCE_AT = 1, BODY_AT = 1 + 24, TAG_BYTES = 16, LABEL_MAX = 128 };

static_assert(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES == BODY_AT - NONCE_AT, "nonce");
static_assert(crypto_aead_xchacha20poly1305_ietf_ABYTES == TAG_BYTES, "tag");
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == KEY_BYTES, "key");

/* The label's bytes: what, NUL, case (8 bytes, little-endian), kind. */
static size_t label_write(unsigned char *to, struct box_label label)
{
    size_t n = strlen(label.what) + 1;
    uint64_t case_id = htole64((uint64_t)label.case_id.v);
    assert(n + sizeof case_id + label.kind.n <= LABEL_MAX);
    memcpy(to, label.what, n);
    memcpy(to + n, &case_id, sizeof case_id);
    if (label.kind.n)
        memcpy(to + n + sizeof case_id, label.kind.p, label.kind.n);
    return n + sizeof case_id + label.kind.n;
}

void box_seal(unsigned char *ret, struct str body, struct box_label label, const unsigned char key[KEY_BYTES])
{
    unsigned char words[LABEL_MAX];
    size_t n = label_write(words, label);
    ret[0] = VERSION;
    randombytes_buf(ret + NONCE_AT, BODY_AT - NONCE_AT);
    crypto_aead_xchacha20poly1305_ietf_encrypt(ret + BODY_AT, NULL, (const unsigned char *)body.p, body.n, words, n,
                                               NULL, ret + NONCE_AT, key);
}

bool box_open(unsigned char *box, size_t n, struct box_label label, const unsigned char key[KEY_BYTES],
              struct str *ret_body)
{
    unsigned char words[LABEL_MAX];
    size_t n_words = label_write(words, label);
    if (n < BOX_MORE_BYTES || box[0] != VERSION)
        return false;
    size_t n_body = n - BOX_MORE_BYTES;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt_detached(box + BODY_AT, NULL, box + BODY_AT, n_body,
                                                            box + BODY_AT + n_body, words, n_words, box + NONCE_AT,
                                                            key) != 0)
        return false;
    *ret_body = (struct str){(const char *)box + BODY_AT, n_body};
    return true;
}
