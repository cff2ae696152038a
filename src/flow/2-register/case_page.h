/* What: the case page for the handlers that change a case: they redirect to it when done, and show it again with what
 * was written when something was wrong. Flow: note_page.c, contact_page.c, close_page.c ... -> case_done or
 * case_show. Memory: as long as ctx. Source: ux/README 6 "Error in form". */
#ifndef GAVA_CASE_PAGE_H
#define GAVA_CASE_PAGE_H

#include "case_view.h"
#include "change.h"
#include "faults.h"
#include "vault.h"
#include "web.h"

/* A form of the page that came back. All zero: nothing did. */
struct case_again {
    struct str form;                      /* note, call, message, keep, waive, way, reason, reopen */
    struct str key;                       /* keep: the event; waive: the promise */
    struct str text;                      /* as it was written or chosen */
    struct str day, time, how, told, who; /* of a talk, a measure: the same */
    struct faults_list faults;
    struct notice_view notice;
    const struct contact *contact; /* opened just now: shown once */
};

/* The case with all its parts; status 422 when there are faults. ERR_NOT_FOUND when it may not be seen. */
MUST_USE enum err case_show(struct ctx *ctx, struct request *req, struct response *res, struct str number,
                            const struct case_again *again);
/* 303 to the case page, which tells that it was done: message done_<code>. */
void case_done(struct ctx *ctx, struct request *req, struct response *res, struct str number, struct str code);
/* What a step's refusal means to the person: that somebody else was first, or that the case has moved on, is told on
 * the case page (409) with everything written still there; any other error is returned as it is. */
MUST_USE enum err case_refused(struct ctx *ctx, struct request *req, struct response *res, struct str number,
                               enum err err, struct case_again *again);

/* case_fill_page.c: everything but the frame and what belongs to the request. usual_days: as diary_panel_fill. */
MUST_USE enum err case_fill(struct ctx *ctx, const struct open_case *c, const struct case_again *again,
                            int64_t usual_days, struct case_view *view);
/* "Klagomål, ännu utan rubrik" until somebody has written a title. */
struct str case_title(struct ctx *ctx, const struct open_case *c);
/* Att göra > 2026-0413 > last; last may be empty. */
struct crumbs_view case_crumbs(struct ctx *ctx, struct str number, struct str last, struct url last_url);
/* What a form page says when the step was refused: somebody else was first (ERR_CONFLICT), or the case has moved on
 * (ERR_CLOSED). Any other code: no notice. */
struct notice_view refused_notice(struct ctx *ctx, enum err refused);
/* What the person wrote, to stand beside a form. */
MUST_USE enum err case_story(struct ctx *ctx, const struct open_case *c, struct str *ret);
/* The routine's own texts for a place, a paragraph each; "" when there are none. */
struct str guidance_words(struct ctx *ctx, const struct routine *routine, enum text_place place);
/* A notice for a flash code of the query (?klart=CODE); no notice for a code the catalogue does not know. */
struct notice_view done_notice(struct ctx *ctx, struct str code);

#endif
