/* What: whole small files in and out. Not here: attachments, stores. */
#ifndef GAVA_FILE_H
#define GAVA_FILE_H

#include "ctx.h"

/* The file's bytes, at most max_bytes. ERR_IO: it cannot be opened or read (message names it); ERR_TOO_LARGE. */
MUST_USE enum err file_read(struct ctx *ctx, struct str path, size_t max_bytes, struct str *ret);
/* Bytes that may still be written on the disk where this file or folder lies. ERR_IO. */
MUST_USE enum err file_space(struct ctx *ctx, struct str path, int64_t *ret_free_bytes);

#endif
