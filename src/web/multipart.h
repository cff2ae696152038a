/* What: multipart/form-data into parts that point into the body; nothing is copied but what must be decoded.
 * Invariants: (1) strict in structure: delimiters at the start of a line, every part with a Content-Disposition: form-
 * data and a name, the last delimiter there - a body cut short is an error, never a shorter form; (2) a file's content
 * is untouched.
 * Lenient where clients differ: transport padding, blank lines before the first delimiter, anything after the last
 * one, header names in any case, Content-Transfer-Encoding base64.
 * Not here: whether the content fits the field (form.h), the charset of texts (charset.h).
 * Source: RFC 7578, RFC 2046 5.1.1, WHATWG HTML 4.10.22.7 (escapes in names), RFC 8187 (filename*). */
#ifndef GAVA_MULTIPART_H
#define GAVA_MULTIPART_H

#include "web.h"

enum {
    MULTIPART_PARTS_MAX = 256,
    MULTIPART_HEADERS_MAX = 16,
    MULTIPART_HEADER_BYTES_MAX = 8192,
    MULTIPART_TEXT_MAX = 1 << 20
};

/* boundary: without the leading "--", 1-70 bytes. ERR_BAD_REQUEST: not such a body; the message says at which byte.
 * ERR_TOO_LARGE: too many parts, headers, or fields with more than MULTIPART_TEXT_MAX bytes in all. */
MUST_USE enum err multipart_parse(struct ctx *ctx, struct str body, struct str boundary, struct part **ret,
                                  size_t *ret_n);

#endif
