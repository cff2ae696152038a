/* What: the bytes of a form's fields as UTF-8. Browsers send UTF-8; old clients and phones say something else, or
 * nothing. What cannot be read as text is kept with U+FFFD in the bad places and marked, so that the person can mend
 * it.
 * Source: WHATWG Encoding 4 (labels), 9.1 (windows-1252 stands for ISO 8859-1). */
#ifndef GAVA_CHARSET_H
#define GAVA_CHARSET_H

#include "web.h"

/* bytes as UTF-8. charset: "" is UTF-8; also us-ascii, iso-8859-1, iso-8859-15, windows-1252, in any case. Without
 * change when it is UTF-8 already. ret_bad: not text in this charset, or a NUL in it; then U+FFFD is in the place of
 * what is wrong. */
struct str text_from_charset(struct arena *arena, struct str bytes, struct str charset, bool *ret_bad);

/* Names and values of the fields, names of the files; a field named _charset_ overrides charset. part->type
 * "text/plain; charset=x" overrides both. */
void parts_to_utf8(struct ctx *ctx, struct part *parts, size_t n, struct str charset);

/* The parameter of a header's value: header_param("multipart/form-data; boundary=x", "boundary"). Quotes are removed.
 * STR_NONE when missing. Lives as long as value. */
struct str header_param(struct str value, struct str name);

#endif
