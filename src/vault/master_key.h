/* What: the master key's file: finding, reading, making. Inside vault/ only; the places are told in vault.h. */
#ifndef GAVA_MASTER_KEY_H
#define GAVA_MASTER_KEY_H

#include "box.h"
#include "store.h"

/* key: memory of sodium_malloc. ERR_KEY: no file, or not 64 hexadecimal digits, or readable by others. */
MUST_USE enum err master_key_read(struct ctx *ctx, const struct where *where, unsigned char key[KEY_BYTES]);
/* A new key's file at the first place that may be written, unless there is a file at any of them. */
MUST_USE enum err master_key_make(struct ctx *ctx, const struct where *where);

#endif
