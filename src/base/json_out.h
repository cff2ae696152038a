/* What: JSON text, written; reading and whole documents are jansson's. Source: RFC 8259. */
#ifndef GAVA_JSON_OUT_H
#define GAVA_JSON_OUT_H

#include "out.h"

/* A JSON string with its quotes; s is UTF-8. STR_NONE gives null. */
void out_json_str(struct out *out, struct str s);

#endif
