/* What: the whole reply as the person gets it: what the manager wrote, with what the letter "reply" puts around it. One
 * function for the preview, the stored document, the mail, the web page and the paper: they cannot differ. Memory: as
 * long as ctx. Not here: the draft (answer.h), sending (answer_send.h). Source: S0.32, S1.10; mock-up 05b "Det här
 * läggs till sist i svaret"; docs/decisions/0038. */
#ifndef GAVA_ANSWER_LETTER_H
#define GAVA_ANSWER_LETTER_H

#include "case_letter.h"

/* text: what the manager wrote. follow: follow_address() (site.h). A template without a place for the text would lose
 * it: then the text stands first. */
MUST_USE enum err answer_letter(struct ctx *ctx, const struct open_case *c, struct str text, struct url follow,
                                struct case_letter *ret);

/* What stands before and after the text; each may be empty. */
struct answer_frame {
    struct str before, after;
};
MUST_USE enum err answer_frame(struct ctx *ctx, const struct open_case *c, struct url follow, struct answer_frame *ret);
/* What an empty reply begins with: thanks, and a greeting with the writer's name. */
MUST_USE enum err answer_start(struct ctx *ctx, const struct open_case *c, struct str *ret);
/* Nothing is written yet: empty, or only what it begins with. */
MUST_USE enum err answer_is_blank(struct ctx *ctx, const struct open_case *c, struct str text, bool *ret);

#endif
