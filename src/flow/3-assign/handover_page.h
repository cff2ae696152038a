/* What: the hand-over form's table and the look at it, shared by handover_page.c and handover_check_page.c. */
#ifndef GAVA_HANDOVER_PAGE_H
#define GAVA_HANDOVER_PAGE_H

#include "case_promise.h"
#include "faults.h"
#include "handover.h"
#include "handover_view.h"
#include "web.h"

#define HANDOVER_FORM(F)                                                                                               \
    F(version, NUMBER, INT32_MAX, REQUIRED, MSG_case_about)                                                            \
    F(unit, CODE, 60, OPTIONAL, MSG_handover_unit)                                                                     \
    F(manager, LINE, 100, OPTIONAL, MSG_handover_who)                                                                  \
    F(text, LINES, 20000, OPTIONAL, MSG_handover_note)                                                                 \
    F(tell, CODE, 10, OPTIONAL, MSG_handover_tell)                                                                     \
    F(silence, LINES, HANDOVER_REASON_MAX, OPTIONAL, MSG_handover_silence)                                             \
    F(ground, CODE, 60, OPTIONAL, MSG_handover_ground)                                                                 \
    F(confirmed, CHECK, 0, OPTIONAL, MSG_handover_button)                                                              \
    F(step, CODE, 10, OPTIONAL, MSG_handover_button)
FORM(handover, HANDOVER_FORM)

struct handover_form_view handover_form_view_of(struct ctx *ctx, const struct request *req, const struct open_case *c,
                                                const struct handover_form *form, const struct unit *unit,
                                                const struct faults_list *faults, const struct handover_past *past);
/* What handing it to this person in this unit would change; nothing is done yet. */
MUST_USE enum err handover_check(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                                 const struct handover_form *form, const struct staff *to, const struct unit *unit);

#endif
