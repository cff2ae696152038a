/* What: those asked about a draft, made ready for a template; and what the routine wants, as sentences. Flow:
 * consult_page.c, consult_panel_page.c and answer_check_page.c. Memory: as long as ctx. */
#ifndef GAVA_CONSULT_WORDS_PAGE_H
#define GAVA_CONSULT_WORDS_PAGE_H

#include "case_promise.h"
#include "consult.h"
#include "consult_view.h"

/* Everybody asked before the next reply, with what they said. csrf none: nothing can be ticked on this page. */
MUST_USE enum err consult_people_fill(struct ctx *ctx, const struct open_case *c, struct str csrf,
                                      struct consult_people_view *ret);
/* "Rutinen vill att minst en person som berörs får läsa ... i 24 timmar."; "" where it wants nothing. */
struct str consult_wish_words(struct ctx *ctx, const struct consult_wish *wish);
/* Until when the draft must be shown for the time to fit before the reply's own date; a warning from the routine's day
 * on, and when it no longer fits. No notice when it was shown, or nothing has a date. */
MUST_USE enum err consult_fits(struct ctx *ctx, const struct open_case *c, const struct consult_wish *wish,
                               const struct consult_state *state, struct notice_view *ret);
/* "Karin Öberg", "Karin Öberg och Lena Ek": those who still have time, for "när ... har haft sin tid"; "" for nobody.
 */
struct str consult_waiting_names(struct ctx *ctx, const struct open_case *c, const struct consult_list_row *rows,
                                 size_t n);

#endif
