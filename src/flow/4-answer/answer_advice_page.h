/* What: fills the advice beside a reply. Flow: editor, the look before it goes, and POST /arende/{nr}/svar/rad while
 * one types. Not here: the rules (hints.h, readability.h). Source: as answer_advice_view.h. */
#ifndef GAVA_ANSWER_ADVICE_PAGE_H
#define GAVA_ANSWER_ADVICE_PAGE_H

#include "answer_advice_view.h"
#include "change.h"

struct advice_view answer_advice(struct ctx *ctx, const struct open_case *c, struct str text);

#endif
