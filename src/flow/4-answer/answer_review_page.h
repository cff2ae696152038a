/* What: fills the part of the look before a reply goes that answer_review.h asks for. Source: S2.31. */
#ifndef GAVA_ANSWER_REVIEW_PAGE_H
#define GAVA_ANSWER_REVIEW_PAGE_H

#include "answer_review.h"
#include "answer_review_view.h"
#include "faults.h"

MUST_USE enum err answer_review_fill(struct ctx *ctx, const struct open_case *c, struct str text,
                                     const struct faults_list *faults, struct review_view *ret);
/* What is missing, beside its field; none is added when nothing is. */
MUST_USE enum err answer_review_faults(struct ctx *ctx, const struct open_case *c, bool checked,
                                       struct faults_list *faults);

#endif
