/* What: what the pages of letters and of phrases share. Not here: what they do (letter_template_page.c, phrase_page.c).
 * Source: letter_template.h. */
#ifndef GAVA_LETTER_TEMPLATE_PAGE_H
#define GAVA_LETTER_TEMPLATE_PAGE_H

#include "letter_template.h"
#include "letter_template_view.h"
#include "web.h"

/* Every field a text may have, with its meaning. */
const struct letter_field_view *letter_fields(struct ctx *ctx, size_t *ret_n);
/* admin_crumbs() without its head for those who may not see /admin. */
struct crumbs_view letter_crumbs(struct ctx *ctx, const struct request *req, enum msg list, struct url list_url,
                                 struct str last, struct url last_url);
/* A complaint as a sentence. */
struct str letter_complaint_words(struct ctx *ctx, const struct letter_complaint *complaint);
/* "Alla rutiner" and each routine once, newest title; the one with this code selected. */
const struct option_view *routine_options(struct ctx *ctx, const struct town *town, struct str selected, size_t *ret_n);

#endif
