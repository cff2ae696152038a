/* What: the pages of the reply for each other: the editor (answer_page.c), and the look at it before it goes
 * (answer_check_page.c). Flow: GET and POST /arende/{nr}/svar -> answer_page.c; ?visa=1 and step=send go on to
 * answer_check_page.c. Memory: as long as ctx. Source: mock-up 05b. */
#ifndef GAVA_ANSWER_PAGE_H
#define GAVA_ANSWER_PAGE_H

#include "answer.h"
#include "answer_head_view.h"
#include "faults.h"
#include "web.h"

/* answer_head_page.c: what both have above their text: where one is, the case, until when. h1 and heading are left to
 * the page. */
MUST_USE enum err answer_head_fill(struct ctx *ctx, const struct open_case *c, const struct faults_list *faults,
                                   struct answer_head_view *ret);
/* How the person gets it, in words. */
struct str answer_way_words(struct ctx *ctx, const struct open_case *c);
/* The case of the address, if ctx->who may answer it now. ERR_CLOSED, ERR_FORBIDDEN, or as case_read. */
MUST_USE enum err answer_open(struct ctx *ctx, const struct request *req, struct open_case *ret);

/* The editor with a draft in it. other: what somebody else saved or sent meanwhile (then 409); NULL: nobody did. */
MUST_USE enum err answer_show_editor(struct ctx *ctx, struct request *req, struct response *res,
                                     const struct open_case *c, const struct draft *own, const struct draft *other);
/* The saved draft as the person will read it, with what the routine still asks for. */
MUST_USE enum err answer_show_check(struct ctx *ctx, struct request *req, struct response *res,
                                    const struct open_case *c, const struct draft *draft);
/* The saved draft goes out, if it is still the one that was looked at. */
MUST_USE enum err answer_send_submit(struct ctx *ctx, struct request *req, struct response *res,
                                     const struct open_case *c);

#endif
