/* What: the editor's form, for the files that read it (answer_page.c), keep it while one types (answer_draft_page.c)
 * and show it (answer_fill_page.c). Memory: as long as ctx. Source: mock-up 05b. */
#ifndef GAVA_ANSWER_FORM_PAGE_H
#define GAVA_ANSWER_FORM_PAGE_H

#include "answer.h"
#include "answer_view.h"
#include "asked.h"
#include "faults.h"
#include "form.h"
#include "msg.h"

enum { MEASURE_MAX_CHARS = 2000 };

#define ANSWER_FORM(F)                                                                                                 \
    F(step, CODE, 10, OPTIONAL, MSG_answer_save)                                                                       \
    F(draft_version, NUMBER, INT32_MAX, OPTIONAL, MSG_answer_text)                                                     \
    F(replace, CODE, 3, OPTIONAL, MSG_answer_text)                                                                     \
    F(text, LINES, ANSWER_MAX_CHARS, OPTIONAL, MSG_answer_text)                                                        \
    F(measure_kind, CODE, 10, OPTIONAL, MSG_answer_measure)                                                            \
    F(measure_done, LINE, MEASURE_MAX_CHARS, OPTIONAL, MSG_answer_measure_done)                                        \
    F(measure_later, LINE, MEASURE_MAX_CHARS, OPTIONAL, MSG_answer_measure_later)                                      \
    F(corrected, DATE, 0, OPTIONAL, MSG_answer_corrected)                                                              \
    F(apology, CHECK, 0, OPTIONAL, MSG_answer_apology)                                                                 \
    F(answered, MANY, ASKED_MAX, OPTIONAL, MSG_asked_heading)                                                          \
    F(ask, LINE, ASKED_MAX_CHARS, OPTIONAL, MSG_asked_add)                                                             \
    F(pick, NUMBER, 1000, OPTIONAL, MSG_asked_add)                                                                     \
    F(drop, ID, 0, OPTIONAL, MSG_asked_heading)                                                                        \
    F(phrase, ID, 0, OPTIONAL, MSG_answer_phrase)
FORM(answer, ANSWER_FORM)

/* What is saved, as the form shows it. */
struct answer_form answer_form_of_draft(const struct draft *draft);
/* What the form says. ids of the ticked questions live as long as ctx. */
struct answer answer_of_form(struct ctx *ctx, const struct answer_form *form);
/* What is wrong with it, for people. */
void answer_form_check(struct ctx *ctx, const struct answer_form *form, struct faults_list *faults);

/* Everything of the editor but the frame. site_follow: follow_address(). draft: what is saved, for who and when. */
MUST_USE enum err answer_fill(struct ctx *ctx, const struct request *req, const struct open_case *c,
                              const struct answer_form *form, const struct faults_list *faults,
                              struct answer_view *view);
/* Somebody else's draft beside the own text. */
void answer_fill_other(struct ctx *ctx, const struct open_case *c, struct str own, const struct draft *other,
                       struct answer_view *view);

#endif
